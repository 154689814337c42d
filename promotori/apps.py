"""The app that puts the parts together: home page, portal-wide search, demo data."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "promotori"
    label = "portal"
