"""The app of statutory pages and feedback."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "core.pages"
    label = "pages"
    verbose_name = _("Pages and messages")
