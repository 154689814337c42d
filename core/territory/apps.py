"""The app of places: countries, regions, counties and their administrative units."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "core.territory"
    label = "territory"
    verbose_name = _("Territory")
