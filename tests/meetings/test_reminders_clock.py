"""Reminders leave at the right hour by the clocks of Bucharest, on the nights of both changes too."""

from datetime import UTC, datetime, timedelta

import pytest

from core.messaging.models import Message
from meetings.choices import MeetingKind, ReminderKind
from meetings.models import BUCHAREST, Reminder
from meetings.services.reminders import write_due_reminders
from tests.factories.meetings import MeetingFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

# Beginning; then 7 days, a day and an hour before. All in UTC: Bucharest is 2 hours ahead in winter, 3 in summer.
# Clocks go from 3.00 to 4.00 on 29 March 2026 (1.00 UTC) and from 4.00 back to 3.00 on 25 October 2026 (1.00 UTC).
NIGHTS = {
    "spring, 2.30": ("2026-03-29 00:30", "2026-03-22 00:30", "2026-03-28 00:30", "2026-03-28 23:30"),
    "spring, 4.30": ("2026-03-29 01:30", "2026-03-22 02:30", "2026-03-28 02:30", "2026-03-29 00:30"),
    "spring, 10.00": ("2026-03-29 07:00", "2026-03-22 08:00", "2026-03-28 08:00", "2026-03-29 06:00"),
    "the day before at 2.30": (
        "2026-03-28 00:30",
        "2026-03-21 00:30",
        "2026-03-27 00:30",
        "2026-03-27 23:30",
    ),
    # 3.30 of the 29th does not exist: half an hour after 3.00 is what the clocks call 4.30.
    "a day after spring, 3.30": (
        "2026-03-30 00:30",
        "2026-03-23 01:30",
        "2026-03-29 01:30",
        "2026-03-29 23:30",
    ),
    "a week after spring, 3.30": (
        "2026-04-05 00:30",
        "2026-03-29 01:30",
        "2026-04-04 00:30",
        "2026-04-04 23:30",
    ),
    "a day after spring, 10.00": (
        "2026-03-30 07:00",
        "2026-03-23 08:00",
        "2026-03-29 07:00",
        "2026-03-30 06:00",
    ),
    "autumn, 2.30": ("2026-10-24 23:30", "2026-10-17 23:30", "2026-10-23 23:30", "2026-10-24 22:30"),
    "autumn, 3.30, first": ("2026-10-25 00:30", "2026-10-18 00:30", "2026-10-24 00:30", "2026-10-24 23:30"),
    "autumn, 3.30, second": ("2026-10-25 01:30", "2026-10-18 00:30", "2026-10-24 00:30", "2026-10-25 00:30"),
    "autumn, 10.00": ("2026-10-25 08:00", "2026-10-18 07:00", "2026-10-24 07:00", "2026-10-25 07:00"),
    # 3.30 of the 25th comes twice: the first counts.
    "a day after autumn, 3.30": (
        "2026-10-26 01:30",
        "2026-10-19 00:30",
        "2026-10-25 00:30",
        "2026-10-26 00:30",
    ),
    "a week after autumn, 3.30": (
        "2026-11-01 01:30",
        "2026-10-25 00:30",
        "2026-10-31 01:30",
        "2026-11-01 00:30",
    ),
    "a day after autumn, 10.00": (
        "2026-10-26 08:00",
        "2026-10-19 07:00",
        "2026-10-25 08:00",
        "2026-10-26 07:00",
    ),
}
KINDS = (ReminderKind.WEEK, ReminderKind.DAY, ReminderKind.HOUR)


def utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


@pytest.mark.parametrize("night", NIGHTS)
def test_each_reminder_leaves_in_its_own_minute(night):
    start, *due = [utc(text) for text in NIGHTS[night]]
    meeting = MeetingFactory(
        kind=MeetingKind.TRAINING, starts_at=start, on_date=start.astimezone(BUCHAREST).date()
    )
    registration = RegistrationFactory(meeting=meeting, confirmed_at=start - timedelta(days=30))

    for kind, moment in zip(KINDS, due, strict=True):
        assert write_due_reminders(now=moment - timedelta(minutes=1)) == 0
        assert write_due_reminders(now=moment) == 1
        assert registration.reminders.latest("pk").kind == kind
    assert write_due_reminders(now=start) == 0
    # An hour after the end, which is an hour after the beginning unless somebody says otherwise.
    assert write_due_reminders(now=start + timedelta(hours=1, minutes=59)) == 0
    assert write_due_reminders(now=start + timedelta(hours=2)) == 1
    assert Reminder.objects.count() == Message.objects.count() == 4


def test_words_name_the_hour_of_the_reader():
    start = utc("2026-10-25 08:00")
    meeting = MeetingFactory(
        kind=MeetingKind.TRAINING, title="Întâlnire", starts_at=start, on_date=start.date()
    )
    for language in ("ro", "en"):
        RegistrationFactory(meeting=meeting, language=language, confirmed_at=start - timedelta(days=30))
    write_due_reminders(now=start - timedelta(hours=20))

    romanian, english = (Message.objects.get(language=language) for language in ("ro", "en"))
    assert romanian.subject == "Memento: Întâlnire, duminică, 25 octombrie 2026, ora 10.00"
    assert "ora României" in romanian.text
    assert "Sunday, 25 October 2026, at 10:00" in english.text
