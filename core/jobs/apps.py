"""The app of work in the background."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "core.jobs"
    label = "jobs"
    verbose_name = _("Work in the background")

    def ready(self) -> None:
        """Web processes know every kind of job, for its name on the page."""
        autodiscover_modules("tasks")
