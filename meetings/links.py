"""The signed address of a registration: whoever has it is the person who registered."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from meetings.models import Registration

_SALT = "meetings.registration"


def registration_token(registration: Registration) -> str:
    """Good as long as the registration keeps its key: until its names are erased, years after the gathering."""
    return Signer(salt=_SALT).sign(registration.key.hex)


def registration_path(registration: Registration, name: str = "meetings:own", *arguments: object) -> str:
    """The path in the active language of the person's page, or of another page under the same token."""
    return reverse(name, args=[registration_token(registration), *arguments])


def registration_url(registration: Registration, name: str = "meetings:own") -> str:
    """The whole address in the person's language, for a mail or a calendar entry."""
    with override(registration.language):
        return f"{settings.SITE_URL}{registration_path(registration, name)}"


def registration_from(token: str) -> Registration | None:
    """The registration that the address is of, with its meeting; None for any other words. Never writes."""
    try:
        key = uuid.UUID(hex=Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Registration.objects.select_related("meeting", "organisation", "county", "uat")
    return found.filter(key=key).first()
