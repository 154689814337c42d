"""Registrations of the person who is signed in."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from meetings.models import Meeting, Registration


def registrations_of(user: Any) -> QuerySet[Registration]:
    """Those made while signed in, and those of an address that the person has confirmed; newest gathering first."""
    addresses = EmailAddress.objects.filter(user_id=user.pk, verified=True).values(low=Lower("email"))
    found = Registration.objects.filter(Q(user_id=user.pk) | Q(email__in=addresses))
    return found.select_related("meeting").order_by("-meeting__on_date", "-pk")


def registration_of(user: Any, meeting: Meeting) -> Registration | None:
    """The person's registration in force for this gathering."""
    return registrations_of(user).active().filter(meeting=meeting).first()  # type: ignore[attr-defined, no-any-return]
