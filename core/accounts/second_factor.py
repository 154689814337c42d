"""Has this person, in this session, proved the second factor?"""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from core.accounts.models import User


def has_authenticator(user: User) -> bool:
    """True when a code generator was set up; one query."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def session_has_second_factor(request: HttpRequest) -> bool:
    """True when the signed-in person gave a code in this session; no query."""
    user = request.user
    return isinstance(user, User) and any(
        record.get("method") == "mfa" for record in get_authentication_records(request, user)
    )


def remember_set_up(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Setting up a generator asks for one of its codes, so the session has proved the second factor by then."""
    record_authentication(request, user, method="mfa", type=Authenticator.Type.TOTP)
