"""Sign-in by an OpenID Connect provider that the environment names, a national identity for one.

allauth runs the code flow with PKCE. Here is what it leaves open: the identity token is always checked by its
signature, its nonce, issuer, audience and time, whatever channel it came by; the answer of userinfo must be about the
same person; an address counts as verified only when the provider says exactly so. Decision 12 says why.
"""

import hmac
from typing import Any

import jwt
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language, override
from requests import RequestException

from core.accounts.choices import Language
from core.accounts.models import User
from core.text import normalise

# Signatures by a public key alone: a secret that both sides know must not sign what says who somebody is.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
# Clocks of two servers differ.
LEEWAY_SECONDS = 30


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """One conversation with the provider; every fault of the provider's side is an ``OAuth2Error``."""

    state: dict[str, Any] | None = None

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes about itself; refused when it speaks for another issuer."""
        if not hasattr(self, "_openid_config"):
            try:
                config = super().openid_config
            except (RequestException, ValueError, TypeError, AttributeError) as error:
                raise OAuth2Error("The provider's configuration cannot be read.") from error
            issuer = self.get_provider().app.settings["server_url"].partition("/.well-known/")[0]
            if not isinstance(config, dict) or str(config.get("issuer")).rstrip("/") != issuer.rstrip("/"):
                del self._openid_config
                raise OAuth2Error("The provider's configuration names another issuer.")
        return self._openid_config  # type: ignore[no-any-return]

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """One address for both languages, as it is registered with the provider."""
        with override(Language.ROMANIAN):
            return settings.SITE_URL + reverse("openid_connect_callback", args=[self.provider_id])

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        try:
            claims = self._identity(app, kwargs["response"]["id_token"])
            data = {"id_token": claims}
            if self.openid_config.get("userinfo_endpoint"):
                data["userinfo"] = self._fetch_user_info(token.token)
                if data["userinfo"]["sub"] != claims["sub"]:
                    raise OAuth2Error("The provider answered about another person.")
            login: SocialLogin = self.get_provider().sociallogin_from_response(request, data)
        except (KeyError, TypeError, ValueError, AttributeError, ImproperlyConfigured) as error:
            raise OAuth2Error("The provider's answer cannot be read.") from error
        return login

    def _identity(self, app: SocialApp, token: str) -> dict[str, Any]:
        """What the identity token says; ``OAuth2Error`` unless it is signed, for us, now, and for this sign-in."""
        expected = (self.state or {}).get("nonce", "")
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key=self._key(jwt.get_unverified_header(token)),
                algorithms=ALGORITHMS,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("The identity token does not hold.") from error
        if not expected or not hmac.compare_digest(str(claims.get("nonce", "")).encode(), expected.encode()):
            raise OAuth2Error("The identity token is of another sign-in.")
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != app.client_id:
            raise OAuth2Error("The identity token was made for another portal.")
        return claims

    def _key(self, header: dict[str, Any]) -> jwt.PyJWK:
        from allauth.socialaccount.adapter import get_adapter

        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        for key in jwt.PyJWKSet.from_dict(answer.json()).keys:
            if key.key_id == header.get("kid") and key.public_key_use in (None, "sig"):
                return key
        raise OAuth2Error("The identity token names a key that the provider does not publish.")


class Provider(OpenIDConnectProvider):
    """The provider of the settings; keeps of its claims only who, which address and which name."""

    oauth2_adapter_class = OpenIDAdapter
    # Where allauth looks for the provider's addresses.
    package = "allauth.socialaccount.providers.openid_connect"

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Leads to the provider; a provider that cannot be reached is a page that says so."""
        nonce = get_random_string(32)
        auth_params = {**self.get_auth_params(), "nonce": nonce}
        try:
            answer: HttpResponse = super().redirect(
                request,
                process,
                next_url,
                data,
                auth_params=auth_params,
                nonce=nonce,
                language=get_language(),
            )
        except (OAuth2Error, KeyError) as error:
            answer = render_authentication_error(request, self, exception=error)
        return answer

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        claims = {**data["id_token"], **data.get("userinfo", {})}
        return {"userinfo": {name: claims[name] for name in ("sub", "name", "email") if name in claims}}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        """The address, verified only by ``true`` itself: a provider that writes "false" as text means no."""
        addresses = super().extract_email_addresses(data)
        claims = data.get("userinfo") or data["id_token"]
        for address in addresses:
            address.verified = claims.get("email_verified") is True
        return list(addresses)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Providers come from the environment alone; an address opens no account of the team."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        known = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in known.values() for app in apps]

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Any, str] | None:
        """The person with the verified address; never one of the team, who connect it inside their account."""
        found = super().authenticate_by_email(sociallogin)
        return None if found is None or found[0].is_staff else found

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Without a name the person is asked for one first."""
        return isinstance(sociallogin.user, User) and bool(sociallogin.user.full_name)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        user = super().populate_user(request, sociallogin, data)
        parts = data.get("name") or f"{data.get('first_name') or ''} {data.get('last_name') or ''}"
        user.full_name = " ".join(normalise(str(parts)).split())[
            : User._meta.get_field("full_name").max_length
        ]
        user.language = Language(get_language() or Language.ROMANIAN)
        return user

    def serialize_instance(self, instance: Any) -> Any:
        """For the session; what a person's row only remembers is left out."""
        if isinstance(instance, User):
            instance.forget_roles()
        return super().serialize_instance(instance)

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        user = sociallogin.user
        return {
            **super().get_signup_form_initial_data(sociallogin),
            "full_name": user.full_name if isinstance(user, User) else "",
        }
