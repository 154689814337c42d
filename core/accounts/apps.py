"""The app of people and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "core.accounts"
    label = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from core.accounts.second_factor import remember_set_up

        authenticator_added.connect(remember_set_up, dispatch_uid="accounts.remember_set_up")
