"""App configuration of meetings."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        """Every app's ``homes.py`` says what it has of gatherings, ``teampages.py`` where their teams work."""
        autodiscover_modules("homes", "teampages")
