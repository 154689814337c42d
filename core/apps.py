"""The ground floor's own app: history of states, version of the public data."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
