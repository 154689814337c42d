"""Names and addresses of participants go; that somebody took part stays, as a figure."""

import uuid
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.accounts.models import Consent, User
from core.accounts.services.scrubbing import addresses_of as account_addresses
from core.accounts.services.scrubbing import needles_of, replace_in
from core.text import fold
from core.workflow import TransitionRefusedError
from meetings.models import (
    BUCHAREST,
    AttendanceLine,
    InvitationRound,
    Invitee,
    Meeting,
    MeetingFeedback,
    Question,
    Recording,
    RegistrantMail,
    Registration,
)
from meetings.services.registration import withdraw
from organisations.models import AuthorityAddress, StructureMembership

# Stands where a name stood. The address becomes a made-up one that can receive nothing (RFC 6761), the same for all
# rows that are forgotten together, so that persons can still be counted once.
FORGOTTEN: Final = "[…]"
NOWHERE: Final = "@uitat.invalid"
# Names go at the end of the second year after that of the gathering: all of an edition at once.
KEPT_YEARS: Final = 2


@transaction.atomic
def forget_participant(*, user: User) -> None:
    """Erases a person from every gathering: what is to come is withdrawn, what was stays without them.

    The person is whoever registered with the account or with one of its confirmed addresses; reports, invitations and
    texts are found by the address too. The name, which others may bear, is looked for in what was written at
    gatherings for which the person registered; a published transcript keeps it.
    """
    addresses = addresses_of(user)
    rows = list(Registration.objects.filter(Q(user=user) | Q(email__in=addresses)).select_related("meeting"))
    for registration in rows:
        with suppress(TransitionRefusedError):
            withdraw(registration=registration, tell=False)
    _forget(rows, addresses)
    # A person's own mailbox may have been written down as their authority's.
    StructureMembership.objects.filter(email__in=addresses).update(email="")
    AuthorityAddress.objects.filter(email__in=addresses).delete()
    meetings = {row.meeting_id for row in rows}
    for model in (Question, MeetingFeedback, RegistrantMail, InvitationRound, Invitee):
        theirs = model._default_manager.filter(meeting__in=meetings)
        replace_in(theirs, [*needles_of(user), *addresses])
    for whole in (Question, MeetingFeedback, RegistrantMail, InvitationRound, Recording, Registration):
        replace_in(whole._default_manager.all(), addresses)


def forget_registration(*, registration: Registration) -> None:
    """Erases one registration's person, whose consent was taken back after the gathering."""
    _forget([registration], set())


def forget_old(*, now: datetime) -> int:
    """Erases the names of gatherings of long ago; says of how many registrations. Fit to run again.

    A transaction a person; all that they took part in up to then gets one mark.
    """
    last = date(timezone.localdate(now, BUCHAREST).year - KEPT_YEARS - 1, 12, 31)
    meetings = Meeting.objects.filter(on_date__lte=last)
    named = Registration.objects.filter(meeting__in=meetings).exclude(email__endswith=NOWHERE)
    forgotten = 0
    for email in set(named.values_list("email", flat=True)):
        rows = list(named.filter(email=email))
        _forget(rows, set())
        forgotten += len(rows)
    AttendanceLine.objects.filter(report__meeting__in=meetings).exclude(name=FORGOTTEN).update(
        name=FORGOTTEN, email=""
    )
    for invitee in Invitee.objects.filter(meeting__in=meetings).exclude(email__endswith=NOWHERE):
        _forget_address(invitee)
    return forgotten


@transaction.atomic
def _forget(rows: Sequence[Registration], addresses: Collection[str]) -> None:
    """One mark for all the rows: they are one person's. What others wrote of the address goes with it."""
    keys = [row.pk for row in rows]
    mark = f"{uuid.uuid4().hex}{NOWHERE}"
    lines = Q(registration__in=keys)
    for address in addresses:
        lines |= Q(email__iexact=address)
    AttendanceLine.objects.filter(lines).update(name=FORGOTTEN, email="")
    for invitee in Invitee.objects.filter(Q(registration__in=keys) | Q(email__in=addresses)):
        _forget_address(invitee)
    Consent.objects.filter(
        content_type=ContentType.objects.get_for_model(Registration), object_id__in=[str(key) for key in keys]
    ).update(email="")
    for row in Registration.objects.filter(pk__in=keys):
        if fold(row.name) and fold(row.name) in fold(row.organisation_name):
            row.organisation_name = ""
        row.user, row.name, row.email, row.key, row.themes_proposed = None, FORGOTTEN, mark, uuid.uuid4(), ""
        row.save(update_fields=["user", "name", "email", "key", "themes_proposed", "organisation_name"])


def _forget_address(invitee: Invitee) -> None:
    """That an authority was invited, and what it answered, stays."""
    invitee.email = f"{uuid.uuid4().hex}{NOWHERE}"
    invitee.key = uuid.uuid4()
    invitee.save(update_fields=["email", "key"])


def addresses_of(user: User) -> set[str]:
    """Addresses that are certainly the person's, former ones too, in lower case."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {address.lower() for address in (*account_addresses(user), *confirmed)}
