"""The safety of one's account: second factors, passkeys, what else signs in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect


class SafetyView(mfa.IndexView):
    """What protects the account, and where each part is changed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        known: dict[str, Any] = {"totp": None, "webauthn": [], "recovery_codes": None}
        context["authenticators"] = {**known, **context["authenticators"]}
        context["has_provider"] = bool(get_social_adapter().list_providers(self.request))
        return context


class AddPasskeyView(webauthn.AddWebAuthnView):
    """A key that the device keeps where it can, so that it signs in alone; else it serves as the second step."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        public_key = context["js_data"]["creation_options"]["publicKey"]
        public_key["authenticatorSelection"] = {
            **public_key.get("authenticatorSelection", {}),
            "residentKey": "preferred",
            "requireResidentKey": False,
        }
        # The form that came back with its faults, not a fresh one.
        return {**context, "form": kwargs.get("form") or context["form"]}


class ProvePasskeyView(webauthn.ReauthenticateWebAuthnView):
    """A passkey before something delicate; a wrong one leads back here, with the way on kept."""

    def form_invalid(self, form: Any) -> HttpResponse:
        for message in form.errors.get("credential", []):
            get_adapter().add_message(self.request, messages.ERROR, message=message)
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))


class ConnectionsView(socialaccount.ConnectionsView):
    """Which identities elsewhere open the account; one is disconnected only while another way in is left."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = SocialAccount.objects.filter(user=self.request.user)
        offered = [
            {"name": provider.name, "url": provider.get_login_url(self.request)}
            for provider in get_social_adapter().list_providers(self.request)
            if provider.sub_id not in {account.provider for account in accounts}
        ]
        connected = [{"pk": account.pk, "name": _provider_name(account)} for account in accounts]
        return {**super().get_context_data(**kwargs), "connected": connected, "offered": offered}


def _provider_name(account: SocialAccount) -> str:
    """The provider's name; its key when the settings no longer know it."""
    try:
        return str(account.get_provider().name)
    except SocialApp.DoesNotExist:
        return str(account.provider)
