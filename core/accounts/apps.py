"""The app of people and roles."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "core.accounts"
    label = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_removed
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_migrate
        from django.utils.module_loading import autodiscover_modules

        from core.accounts.second_factor import forget_proof, remember_set_up

        post_migrate.connect(_store_first_texts, sender=self, dispatch_uid="accounts.store_first_texts")
        authenticator_added.connect(remember_set_up, dispatch_uid="accounts.remember_set_up")
        authenticator_removed.connect(forget_proof, dispatch_uid="accounts.forget_proof")
        user_logged_in.connect(_end_absence, dispatch_uid="accounts.end_absence")
        # Each app's lines of the own area, what it keeps about people, and for what it asks their consent.
        autodiscover_modules("area", "personal_data", "consents")
        import_module("core.accounts.own_records")


def _store_first_texts(sender: AppConfig, **kwargs: Any) -> None:
    from core.accounts.services.consents import store_first_texts

    try:
        # The models as they are at the step up to which was migrated.
        kwargs["apps"].get_model("accounts", "ConsentText")
    except LookupError:
        return
    store_first_texts()


def _end_absence(sender: Any, user: Any, **kwargs: Any) -> None:
    from django.utils import timezone

    from core.accounts.services.absence import end_absence

    end_absence(user=user, now=timezone.now())
