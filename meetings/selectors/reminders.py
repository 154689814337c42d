"""Which reminders are due and not written; asked each minute, so it costs the same however many there were."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from meetings.choices import NO_ADDRESS, MeetingStatus, RegistrationStatus, ReminderKind
from meetings.models import Meeting, MeetingQuerySet, Registration, RegistrationQuerySet, Reminder
from meetings.moments import EARLIEST, FOLLOWS_UP_WITHIN, LONGEST, current_kind, due_at

LATE_AFTER: Final = timedelta(minutes=15)


def near_meetings(now: datetime) -> MeetingQuerySet:
    """Gatherings of which a reminder may be due: those of about three weeks."""
    return Meeting.objects.filter(
        status__in=(MeetingStatus.SCHEDULED, MeetingStatus.HELD),
        starts_at__gt=now - FOLLOWS_UP_WITHIN - LONGEST,
        starts_at__lte=now + EARLIEST,
    ).order_by("starts_at", "pk")


def due_registrations(meeting: Meeting, kind: ReminderKind) -> RegistrationQuerySet:
    """Who is to get this reminder and has not: people with a place given before it was due, the team left out.

    A place that is only held waits for its address to be confirmed. What was written for another beginning counts
    when it was written after the new moment had come (``reset_reminders``).
    """
    due = due_at(kind, meeting)
    written = Reminder.objects.filter(
        Q(for_start=meeting.starts_at) | Q(written_at__gte=due), registration=OuterRef("pk"), kind=kind
    )
    return Registration.objects.filter(
        ~Exists(written),
        ~Q(email__endswith=NO_ADDRESS),
        Q(held_until=None) | Q(address_confirmed_at__isnull=False),
        meeting=meeting,
        status=RegistrationStatus.CONFIRMED,
        is_organiser=False,
        confirmed_at__lt=due,
    )


def count_late(now: datetime) -> int:
    """Reminders that should have been written a quarter of an hour ago: nobody scans, or their scan fails."""
    late = 0
    for meeting in near_meetings(now):
        kind = current_kind(meeting, now)
        due = due_at(kind, meeting) if kind is not None else None
        if kind is not None and due is not None and due <= now - LATE_AFTER:
            late += due_registrations(meeting, kind).count()
    return late
