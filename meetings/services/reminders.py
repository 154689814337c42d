"""Reminders, found by a scan every minute from what the tables say now: there is no timer that could go stale.

What was written is a row unique to registration and kind, in the transaction that writes the mail; so a scan that is
killed, repeated or run twice at once loses and doubles nothing (docs/decisions/0017-reminders.md).
"""

import logging
from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from core.messaging.choices import WAITING_STATUSES
from core.messaging.models import Message
from core.messaging.services.delivery import cancel_outdated
from core.messaging.sheets import Sheets
from meetings.choices import MeetingStatus, RegistrationStatus, ReminderKind
from meetings.emails.reminders import KINDS, post_reminders, reminder_sheets
from meetings.models import Meeting, Reminder
from meetings.moments import current_kind, due_at
from meetings.selectors.reminders import due_registrations, near_meetings

logger = logging.getLogger(__name__)

BATCH = 500
_BEFORE = [kind for kind in ReminderKind if kind != ReminderKind.FOLLOW_UP]


def write_due_reminders(*, now: datetime) -> int:
    """Writes every reminder that is due and was not written, 500 a transaction; returns how many.

    Any number of scans may run at once. A gathering whose reminders cannot be written is logged and stops no other.
    """
    stop_outdated(now=now)
    return sum(_write_all(meeting, now) for meeting in near_meetings(now))


def stop_outdated(*, now: datetime) -> int:
    """Reminders that still wait, and say what no longer holds, are not sent; returns how many.

    So for a gathering that has begun, moved, or will not be held, and for a person who has withdrawn.
    """
    told = Reminder.objects.filter(message=OuterRef("pk"))
    before = (
        ~Q(registration__meeting__status=MeetingStatus.SCHEDULED)
        | Q(registration__meeting__starts_at__lte=now)
        | Q(registration__meeting__starts_at=None)
        | ~Q(for_start=F("registration__meeting__starts_at"))
    )
    wrong = told.filter(
        ~Q(registration__status=RegistrationStatus.CONFIRMED) | (Q(kind__in=_BEFORE) & before)
    )
    waiting = Message.objects.filter(
        status__in=WAITING_STATUSES, kind__in=[kind.name for kind in KINDS.values()]
    )
    outdated = waiting.filter(Exists(wrong) | ~Exists(told))
    return cancel_outdated(outdated) if outdated.exists() else 0


@transaction.atomic
def stop_reminders(*, meeting: Meeting) -> int:
    """Nothing that waits is sent for a gathering that was cancelled or put off; returns how many were stopped."""
    told = Reminder.objects.filter(registration__meeting=meeting, kind__in=_BEFORE, message=OuterRef("pk"))
    return cancel_outdated(Message.objects.filter(Exists(told), status__in=WAITING_STATUSES))


@transaction.atomic
def reset_reminders(*, meeting: Meeting, old_start: datetime | None, now: datetime | None = None) -> int:
    """After a gathering moved, or was announced anew: what is still to come, comes again; returns how many were reset.

    ``old_start`` is None where a gathering that was put off is announced again. What waits for the old beginning is not
    sent. The reminder whose moment has passed under the new beginning is taken as told: whoever has a place reads of
    the change itself at this moment. Call it under the gathering's lock, in the transaction of the change.
    """
    if old_start == meeting.starts_at:
        return 0
    moment = now or timezone.now()
    stop_reminders(meeting=meeting)
    if meeting.starts_at is None:
        return 0
    written = Reminder.objects.filter(registration__meeting=meeting).exclude(for_start=meeting.starts_at)
    ahead = [kind for kind in ReminderKind if (due := due_at(kind, meeting)) is not None and due > moment]
    count, _by_model = written.filter(kind__in=ahead).delete()
    kind = current_kind(meeting, moment)
    if kind is not None:
        _take_as_told(meeting, meeting.starts_at, kind, moment)
    return count


def _take_as_told(meeting: Meeting, start: datetime, kind: ReminderKind, moment: datetime) -> None:
    of_kind = Reminder.objects.filter(registration__meeting=meeting, kind=kind)
    of_kind.update(for_start=start, written_at=moment)
    Reminder.objects.bulk_create(
        (
            Reminder(registration=each, kind=kind, for_start=start, written_at=moment)
            for each in due_registrations(meeting, kind).only("pk")
        ),
        ignore_conflicts=True,
        batch_size=5000,
    )


def _write_all(meeting: Meeting, now: datetime) -> int:
    kind = current_kind(meeting, now)
    if kind is None or not due_registrations(meeting, kind).exists():
        return 0
    sheets: dict[tuple[object, ...], Sheets] = {}
    written = 0
    try:
        while batch := _write_batch(meeting, now, sheets):
            written += batch
    except Exception:  # One gathering that cannot be told of must not keep the others from being.
        logger.exception("The reminders of meeting %s were not written.", meeting.pk)
    return written


@transaction.atomic
def _write_batch(meeting: Meeting, now: datetime, sheets: dict[tuple[object, ...], Sheets]) -> int:
    """The next 500, while the gathering can neither move nor be cancelled."""
    locked = Meeting.objects.select_for_update(no_key=True).filter(pk=meeting.pk).first()
    kind = current_kind(locked, now) if locked is not None else None
    if locked is None or locked.starts_at is None or kind is None:
        return 0
    found = due_registrations(locked, kind).select_for_update(skip_locked=True, no_key=True).order_by("pk")
    by_language = defaultdict(list)
    for registration in found[:BATCH]:
        by_language[registration.language].append(registration)
    # What was told of another beginning makes room: a row a registration and kind.
    people = [each for group in by_language.values() for each in group]
    Reminder.objects.filter(registration__in=people, kind=kind).delete()
    for language, group in by_language.items():
        of = (kind, language, locked.updated_at)
        if of not in sheets:
            sheets[of] = reminder_sheets(locked, kind, language)
        messages = post_reminders(locked, kind, group, sheets[of])
        Reminder.objects.bulk_create(
            Reminder(
                registration=each,
                kind=kind,
                for_start=locked.starts_at,
                message_id=messages[each.pk],
                written_at=now,
            )
            for each in group
        )
    return len(people)
