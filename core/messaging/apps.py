"""The app of the portal's mails: outbox, wording, preferences."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "core.messaging"
    label = "messaging"
    verbose_name = _("Mails of the portal")

    def ready(self) -> None:
        """Every app's ``emails.py`` registers its kinds, so that staff see all of them."""
        autodiscover_modules("emails")
