"""The signed address by which a recipient ends messages of one category, without signing in (RFC 8058)."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from core.accounts.models import User

SALT = "core.messaging.stopping"


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)


@dataclass(frozen=True)
class Stop:
    """Who wants no more of what: a person, or an address without an account."""

    category: str
    user_id: int | None
    address: str


def stop_url(*, category: str, user: User | None, address: str, language: str) -> str:
    """The address of the page, empty for messages that are always sent; it holds as long as the secret key."""
    if not category:
        return ""
    with translation.override(language):
        return stop_url_of(Stop(category, user.pk if user is not None else None, address))


def stop_url_of(stop: Stop) -> str:
    """The same in the active language, for whoever knows no more of a person than the number of the account."""
    token = _signer().sign_object(
        [stop.category, stop.address.lower() if stop.user_id is None else stop.user_id]
    )
    return f"{settings.SITE_URL}{reverse('messaging:stop', args=[token])}"


def read_stop(token: str) -> Stop | None:
    """What the token says; None when it is not the portal's."""
    try:
        category, whom = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Stop(category, whom, "") if isinstance(whom, int) else Stop(category, None, str(whom))
