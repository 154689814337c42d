"""Signed addresses: whoever has that of a registration registered, whoever has that of an invitation was asked."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from core.accounts.choices import Language
from meetings.models import Invitee, Registration

_SALT = "meetings.registration"
_INVITATION_SALT = "meetings.invitation"


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


def invitation_path(invitee: Invitee, name: str = "meetings:invited") -> str:
    """The path in the active language of the page on which an invitation is answered."""
    return reverse(name, args=[Signer(salt=_INVITATION_SALT).sign(invitee.key.hex)])


def invitation_url(invitee: Invitee) -> str:
    """The whole address in Romanian, the language of invitations."""
    with override(Language.ROMANIAN):
        return f"{settings.SITE_URL}{invitation_path(invitee)}"


def invitee_from(token: str) -> Invitee | None:
    """Whom the address invites, with gathering and round; None for any other words. Never writes."""
    try:
        key = uuid.UUID(hex=Signer(salt=_INVITATION_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Invitee.objects.select_related(
        "meeting", "round__structure", "organisation", "county", "uat", "registration"
    )
    return found.filter(key=key).first()
