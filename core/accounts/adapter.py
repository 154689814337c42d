"""How allauth behaves here: open sign-up, mails in the person's language, where a person lands."""

import time
from ipaddress import ip_address
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as allauth_context
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from core.accounts.choices import Language
from core.accounts.second_factor import session_has_second_factor
from core.accounts.sign_in_mails import post_sign_in_mail
from core.client import client_address

# Stands for a visitor whose network address the server does not know, behind a local socket for one.
NO_ADDRESS = "0.0.0.0"  # noqa: S104


class AccountAdapter(DefaultAccountAdapter):
    """Guarantees that no answer tells whether an address has an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody may make an account; what it may do comes from roles and relations."""
        return True

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """The person with the name that they wrote and the language of the page on which they wrote it."""
        user.full_name = form.cleaned_data["full_name"]
        user.language = Language(translation.get_language() or Language.ROMANIAN)
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index") if getattr(request.user, "is_staff", False) else reverse("my_account")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Nobody who gave the password or a code in the last minutes is asked for it again."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits on tries count by, and that a session is shown with."""
        try:
            return str(ip_address(client_address(request)))
        except ValueError:
            return NO_ADDRESS

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor and has not proved it in this session proves that, not the password alone."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        return methods if session_has_second_factor(allauth_context.request) else factors or methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Writes the mail into the outbox: a mail server that is away is nothing that an answer could tell."""
        post_sign_in_mail(template_prefix, email, {"email": email, **context})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells a person of a change to their account, in their language."""
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)
