"""The ways into an account: signing in, signing up, confirming an address, a forgotten password, a passkey."""

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import EmailAddress, Login
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from core.accounts.models import User


class LoginView(account.LoginView):
    """By address and password, by passkey, or by the provider of the settings."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        providers = [
            {"name": provider.name, "url": self.passthrough_next_url(provider.get_login_url(self.request))}
            for provider in get_social_adapter().list_providers(self.request)
        ]
        return {**super().get_context_data(**kwargs), "providers": providers}


class SignupView(account.SignupView):
    """Takes a name, an address and a password from anybody; the answer is the same for a known address."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        # The password was just written: it is not asked for again before a second factor is set up.
        record_authentication(self.request, self.user, method="password", email=form.cleaned_data["email"])
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = 429 if form.is_throttled else 422
        return answer


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ConfirmAddressView(account.ConfirmEmailVerificationCodeView):
    """Takes the code of a new address; sends another one, for a known address as for a new one."""

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super()._resend_form_valid(form)
        if self._process.user is None and getattr(self._process, "did_send", False):
            # allauth reads and sends less here, which would be seen in the time that it takes.
            for owner in User.objects.filter(email=self._process.email):
                list(EmailAddress.objects.filter(user=owner).select_related("user"))
            get_adapter().send_account_already_exists_mail(self._process.email)
        return answer


class PasswordResetView(account.PasswordResetView):
    """The same words and the same work whether the address has an account or not."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = 429 if form.is_throttled else 422
        return answer


class SecondStepView(mfa.AuthenticateView):
    """A code or a passkey, whichever the person has set up."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return {
            **super().get_context_data(**kwargs),
            "has_generator": Authenticator.Type.TOTP in kinds,
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        }


class PasskeySignInView(NextRedirectMixin, webauthn.LoginWebAuthnView):
    """A passkey in place of address, password and code; leads to where the person wanted to go."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=self.get_next_url())
        answer: HttpResponse = perform_passwordless_login(self.request, authenticator, login)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        answer["Location"] = self.passthrough_next_url(answer["Location"])
        return answer
