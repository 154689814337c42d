"""Telling those who registered that the gathering was moved, postponed, cancelled or has a new date."""

from datetime import timedelta
from typing import Final, Literal

from django.db import transaction
from django.utils import timezone

from core.jobs import enqueue
from meetings.choices import MeetingStatus
from meetings.emails.updates import post_update
from meetings.models import Meeting, Registration
from meetings.services.places import fill_places

Change = Literal["changed", "postponed", "cancelled", "scheduled"]

# As many mails as are written while the person who plans waits; more are written by the worker.
WRITTEN_AT_ONCE: Final = 25
BATCH: Final = 500
# A worker that was away for longer leaves news that are none any more.
LOOKED_AT: Final = timedelta(days=7)


@transaction.atomic
def tell_registrants(*, meeting: Meeting, change: Change) -> None:
    """Everybody with a place or a turn is to be told of the meeting as it now is, once for each version of its entry.

    Called in the transaction that changed the meeting, whose ``sequence`` was raised there. What is to be told is a
    mark on the meeting's row: a broker that is away, or a worker that dies, delays the mails and loses none
    (:func:`write_updates`, every minute). Two changes in a row that nobody was told of between are one mail, of
    the last. ``change`` names the step; what is written is what holds when it is written.
    """
    Meeting.objects.filter(pk=meeting.pk).update(told_sequence=meeting.sequence)
    meeting.told_sequence = meeting.sequence
    if change == "scheduled":
        fill_places(meeting=meeting)
    if Registration.objects.active().filter(meeting=meeting).count() <= WRITTEN_AT_ONCE:
        _write_batch(meeting)
    else:
        enqueue("meetings.write_updates", meeting.pk)


def write_updates(*, meeting: int | None = None) -> int:
    """Writes the mails that are due, for one meeting or all, in batches; says how many. Fit to run twice at once.

    Looked at are the gatherings of which something was told within a week, however many registrations there ever were.
    """
    told = Meeting.objects.filter(told_sequence__gt=0, updated_at__gt=timezone.now() - LOOKED_AT)
    written = 0
    for each in told if meeting is None else told.filter(pk=meeting):
        while batch := _write_batch(each):
            written += batch
    return written


@transaction.atomic
def _write_batch(meeting: Meeting) -> int:
    """Rows that another worker holds are left to it."""
    rows = list(
        Registration.objects.active()
        .filter(meeting=meeting, told_sequence__lt=meeting.told_sequence)
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")[:BATCH]
    )
    if _is_worth_telling(meeting):
        for registration in rows:
            registration.meeting = meeting
            post_update(registration=registration)
    Registration.objects.filter(pk__in=[row.pk for row in rows]).update(told_sequence=meeting.told_sequence)
    return len(rows)


def _is_worth_telling(meeting: Meeting) -> bool:
    """A gathering that is still announced although it has begun is news no more."""
    return meeting.status != MeetingStatus.HELD and (
        meeting.status != MeetingStatus.SCHEDULED or timezone.now() < meeting.begins_at
    )
