"""Passkeys: whose keys they are for the browser, and what may come back from it.

The ceremony runs in static/js/passkeys.js. What it sends is checked by allauth and fido2; here it is made sure that
nothing that a hostile browser may send does more than be refused.
"""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import normalise

NAME_LENGTH = 60
# An attestation with certificates has about 4,000 characters.
MOST_CHARACTERS = 20_000


class MFAAdapter(DefaultMFAAdapter):
    """Passkeys belong to the portal's public address, whatever host a request names."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


class CredentialField(forms.JSONField):
    """What the browser's ceremony gave; raises ``ValidationError`` for anything that cannot be it."""

    default_error_messages = {
        "required": gettext_lazy("No passkey was given. Please try again."),
        "invalid": gettext_lazy(
            "The passkey was not accepted. Please try again, or use another way to sign in."
        ),
    }

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, label=gettext_lazy("Passkey"))

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > MOST_CHARACTERS:
            raise self.refusal
        try:
            credential = super().to_python(value)
        except RecursionError:
            raise self.refusal from None
        if credential and not isinstance(credential, dict):
            raise self.refusal
        return credential

    @property
    def refusal(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid"], code="invalid")


class _Ceremony(forms.Form):
    """A passkey that is malformed, of somebody else, or an answer to another question is refused with one sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["credential"] = CredentialField()

    def _refuse(self) -> ValidationError:
        return CredentialField().refusal


class AddPasskeyForm(_Ceremony, webauthn.SignupWebAuthnForm):
    """A new key with a name of the person's choice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=gettext_lazy("Name of the passkey"),
            help_text=gettext_lazy("So that you tell them apart, for example “work laptop”."),
            max_length=NAME_LENGTH,
            required=False,
        )

    def clean_name(self) -> str:
        self.cleaned_data["name"] = normalise(self.cleaned_data["name"]).strip()
        return str(super().clean_name())

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean() or {}
        except ValidationError:
            raise self._refuse() from None
        except (ValueError, TypeError, KeyError, AttributeError):
            # What fido2 raises for bytes that are no attestation.
            raise self._refuse() from None
        return cleaned


class _AuthenticateMixin(_Ceremony):
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as error:
            raise self._refuse() if error.code != "too_many_login_attempts" else error from None
        except (ValueError, TypeError, KeyError, AttributeError):
            raise self._refuse() from None


class AuthenticatePasskeyForm(_AuthenticateMixin, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step of a sign-in."""


class ReauthenticatePasskeyForm(_AuthenticateMixin, webauthn.ReauthenticateWebAuthnForm):
    """A passkey before something delicate."""


class PasskeySignInForm(_AuthenticateMixin, webauthn.LoginWebAuthnForm):
    """A passkey in place of address, password and code."""


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["name"] = forms.CharField(
            label=gettext_lazy("Name of the passkey"), max_length=NAME_LENGTH
        )

    def clean_name(self) -> str:
        return normalise(self.cleaned_data["name"]).strip()
