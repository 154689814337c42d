"""What the scan for reminders costs beside the registrations of many years; see ``scripts.bench.reminders``."""

import time
from datetime import timedelta
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.choices import MeetingStatus, ReminderKind
from meetings.models import Meeting, Registration, Reminder
from meetings.selectors.reminders import due_registrations
from meetings.services.reminders import write_due_reminders
from scripts.bench.made_up import copy_rows
from scripts.bench.reminder_trial import due_meeting
from scripts.steps import step

# Gatherings of the coming week, each with so many people who were all reminded already.
NEAR, PEOPLE = 20, 150
A_PAST_MEETING = 200


def measure_scan(sizes: list[int]) -> None:
    """Prints, at each size, the time of a scan that finds nothing to write, and the plan of its question."""
    near = [due_meeting(PEOPLE) for _number in range(NEAR)]
    write_due_reminders(now=timezone.now())
    model = _past_meeting()
    there = 0
    for size in sizes:
        with step(f"{size:,} registrations of the past"):
            _add_past(model, there, size)
            there = size
        _print_scan(near[0], size)


def _past_meeting() -> Meeting:
    meeting = due_meeting(1)
    meeting.starts_at = timezone.now() - timedelta(days=40)
    meeting.on_date, meeting.status = meeting.starts_at.date(), MeetingStatus.HELD
    meeting.save()
    registration = Registration.objects.get(meeting=meeting)
    for kind in ReminderKind:
        Reminder.objects.create(registration=registration, kind=kind, for_start=meeting.starts_at)
    return meeting


def _add_past(model: Meeting, there: int, size: int) -> None:
    """Past gatherings of 200 people, one every few hours for years back, each with its four reminders."""
    person = Registration.objects.get(meeting=model)
    newest = Meeting.objects.latest("pk").pk
    meetings = (size - there) // A_PAST_MEETING
    ago = "(model.starts_at - n * interval '3 hours')"
    copy_rows(
        model,
        meetings,
        first=there // A_PAST_MEETING + 1,
        starts_at=ago,
        on_date=f"({ago} AT TIME ZONE 'Europe/Bucharest')::date",
    )
    latest = Registration.objects.latest("pk").pk
    copy_rows(
        person,
        size - there,
        first=there + 1,
        key="gen_random_uuid()",
        email="'past' || n || '@example.org'",
        meeting_id=f"{newest + 1} + (n - {there + 1}) / {A_PAST_MEETING}",
    )
    for reminder in Reminder.objects.filter(registration=person):
        copy_rows(reminder, size - there, registration_id=f"{latest} + n")
    with connection.cursor() as cursor:
        for table in ("meetings_meeting", "meetings_registration", "meetings_reminder"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def _print_scan(meeting: Meeting, size: int) -> None:
    times = []
    for _number in range(20):
        with CaptureQueriesContext(connection) as asked:
            started = time.perf_counter()
            assert write_due_reminders(now=timezone.now()) == 0  # noqa: S101
            times.append((time.perf_counter() - started) * 1000)
    print(
        f"{size:,} registrations and {Reminder.objects.count():,} reminders: a scan of {NEAR} gatherings with "
        f"{PEOPLE} people each takes {median(times):.1f} ms in {len(asked)} statements."
    )
    print(
        due_registrations(meeting, ReminderKind.HOUR)
        .order_by("pk")[:500]
        .explain(analyze=True, costs=False, timing=False)
    )
    near = Meeting.objects.filter(starts_at__gt=timezone.now() - timedelta(days=14))
    print(near.explain(analyze=True, costs=False, timing=False), flush=True)
