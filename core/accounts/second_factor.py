"""Has this person, in this session, proved the second factor?

A factor is a code generator or a passkey; recovery codes stand in for either. Proof is a record of the session, made
when a code or a passkey was given in it.
"""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from core.accounts.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_authenticator(user: User) -> bool:
    """True when a code generator or a passkey was set up; one query."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def session_has_second_factor(request: HttpRequest) -> bool:
    """True when the signed-in person gave a code or a passkey in this session; no query."""
    user = request.user
    return isinstance(user, User) and any(
        record.get("method") == "mfa" for record in get_authentication_records(request, user)
    )


def page_of_proof(user: User) -> str:
    """Name of the page where the person proves their factor: by code, or by passkey when there is no generator.

    Each page links to the other, so recovery codes serve both.
    """
    generator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return "mfa_reauthenticate" if generator.exists() else "mfa_reauthenticate_webauthn"


def remember_set_up(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Setting up a factor asks for a code or the passkey itself, so the session has proved it by then.

    Recovery codes are made without being asked for, so making them proves nothing.
    """
    if authenticator.type in FACTORS:
        record_authentication(request, user, method="mfa", type=authenticator.type, id=authenticator.pk)


def forget_proof(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever took their last factor away has proved nothing any longer: staff are led to set up another one."""
    if not has_authenticator(user):
        records = get_authentication_records(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record.get("method") != "mfa"
        ]
