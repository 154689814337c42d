"""How allauth behaves here: open sign-up, mails in the person's language, where a person lands."""

import logging
import time
from ipaddress import ip_address
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as allauth_context
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core.accounts.choices import Language
from core.accounts.models import User
from core.accounts.second_factor import session_has_second_factor
from core.client import client_address

# Stands for a visitor whose network address the server does not know, behind a local socket for one.
NO_ADDRESS = "0.0.0.0"  # noqa: S104
logger = logging.getLogger(__name__)


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

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """A mail as text and HTML made of the same words, in the language of the person, else of the page."""
        user = context.get("user")
        language = user.language if isinstance(user, User) else translation.get_language()
        with translation.override(language):
            values = {"site_url": settings.SITE_URL, **context}
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", values).split())
            text = render_to_string(f"{template_prefix}_message.txt", values).strip()
            html = render_to_string(
                "account/email/message.html", {**values, "subject": subject, "text": text}
            )
        mail = EmailMultiAlternatives(
            subject,
            text,
            self.get_from_email(),
            [email] if isinstance(email, str) else email,
            headers=headers,
        )
        mail.attach_alternative(html, "text/html")
        return mail

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells a person of a change to their account; the address and browser are the change's own.

        The change is made already: while the mail server is away it stays made, and the log says what was not sent.
        """
        try:
            super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)
        except OSError:
            # Errors of SMTP are OSErrors too.
            logger.exception("The mail %s to person %s was not sent.", template_prefix, user.pk)
