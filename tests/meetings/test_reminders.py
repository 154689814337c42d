"""Who is reminded of what, once each, whatever moves, ends or fails in between."""

import re
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection

from core.messaging.models import Message, NotificationPreference
from core.messaging.services.delivery import deliver_due
from meetings.choices import MeetingKind, MeetingStatus, ReminderKind
from meetings.links import registration_from, registration_url
from meetings.models import BUCHAREST, Meeting, Reminder
from meetings.selectors.reminders import count_late
from meetings.services import reminders
from meetings.services.reminders import reset_reminders, stop_reminders, write_due_reminders
from tests.factories.accounts import UserFactory
from tests.factories.meetings import MeetingFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

START = datetime(2027, 2, 17, 8, 0, tzinfo=UTC)
WEEK, DAY, HOUR = START - timedelta(days=7), START - timedelta(days=1), START - timedelta(hours=1)
AFTER = START + timedelta(hours=3)
LONG_AGO = START - timedelta(days=30)


@pytest.fixture
def meeting() -> Meeting:
    return at(START, ends_at=START + timedelta(hours=2))


def at(start: datetime, **fields) -> Meeting:
    return MeetingFactory(
        kind=MeetingKind.TRAINING, starts_at=start, on_date=start.astimezone(BUCHAREST).date(), **fields
    )


def person(meeting: Meeting, **fields):
    return RegistrationFactory(meeting=meeting, **{"confirmed_at": LONG_AGO, **fields})


def scan(*moments: datetime) -> list[int]:
    return [write_due_reminders(now=moment) for moment in moments]


def kinds_of(registration) -> list[str]:
    return [each.kind for each in registration.reminders.order_by("pk")]


def move(meeting: Meeting, start: datetime, now: datetime) -> None:
    old, meeting.starts_at = meeting.starts_at, start
    meeting.ends_at, meeting.on_date = start + timedelta(hours=2), start.astimezone(BUCHAREST).date()
    meeting.save()
    reset_reminders(meeting=meeting, old_start=old, now=now)


def test_four_reminders_each_once(meeting):
    registration = person(meeting)

    assert scan(WEEK - timedelta(minutes=1), WEEK, WEEK, DAY, HOUR, HOUR, START, AFTER, AFTER) == [
        0, 1, 0, 1, 1, 0, 0, 1, 0
    ]  # fmt: skip
    assert kinds_of(registration) == ["week", "day", "hour", "follow-up"]
    keys = Message.objects.order_by("pk").values_list("key", flat=True)
    assert keys[0] == f"meetings.reminder:{registration.pk}:week:20270217T080000Z"
    assert len(set(keys)) == 4


def test_the_mail_leads_to_the_persons_own_page_and_nowhere_else(meeting):
    registrations = [person(meeting, email=f"{name}@exemplu.ro") for name in ("ana", "dan", "a" * 40)]
    scan(DAY)

    for registration in registrations:
        message = registration.reminders.get().message
        for part in (message.text, message.html):
            assert registration_url(registration) in part
            assert meeting.join_url not in part
        assert message.to == registration.email
        token = re.search(r"/inscrieri/([^/]+)/", message.text)[1]
        assert registration_from(token) == registration
        stop = message.headers["List-Unsubscribe"].strip("<>")
        assert stop in message.text.splitlines()
        assert message.html.count(stop) == 1


def test_who_gets_none(meeting):
    organiser = person(meeting, is_organiser=True)
    waiting = person(meeting, waiting=True)
    withdrawn = person(meeting, ended=True)
    held = person(meeting, address_confirmed_at=None, held_until=START)
    late = person(meeting, confirmed_at=DAY + timedelta(minutes=1))
    unwilling = person(meeting, user=UserFactory())
    NotificationPreference.objects.create(user=unwilling.user, category="meetings.reminders", wanted=False)
    address = person(meeting, email="nu@exemplu.ro")
    NotificationPreference.objects.create(
        address="nu@exemplu.ro", category="meetings.reminders", wanted=False
    )

    scan(DAY + timedelta(minutes=2))

    for nobody in (organiser, waiting, withdrawn, held, late):
        assert kinds_of(nobody) == []
    for switched_off in (unwilling, address):
        assert switched_off.reminders.get().message.stop_reason == "not_wanted"
    assert scan(HOUR) == [3]
    assert kinds_of(late) == ["hour"]


@pytest.mark.parametrize(
    ("switch", "moment"),
    [
        ("reminds_week_before", WEEK),
        ("reminds_day_before", DAY),
        ("reminds_hour_before", HOUR),
        ("follows_up", AFTER),
    ],
)
def test_each_kind_has_its_switch(switch, moment):
    person(at(START, **{switch: False}))
    assert scan(moment) == [0 if switch in ("reminds_week_before", "follows_up") else 1]
    kinds = {WEEK: [], DAY: ["week"], HOUR: ["day"], AFTER: []}[moment]
    assert list(Reminder.objects.values_list("kind", flat=True)) == kinds


def test_what_was_missed_while_all_was_down_leaves_until_it_begins(meeting):
    registration = person(meeting)
    assert scan(DAY + timedelta(hours=1)) == [1]
    assert kinds_of(registration) == ["day"], "the week's would come beside the day's"
    assert scan(START - timedelta(minutes=1), START) == [1, 0]
    assert scan(AFTER + timedelta(days=7)) == [0], "a week later nobody asks how it was"


def test_a_move_brings_the_reminders_that_are_to_come_again(meeting):
    registration = person(meeting)
    scan(WEEK)
    deliver_due()
    later = START + timedelta(days=14)
    move(meeting, later, now=WEEK + timedelta(hours=1))

    assert kinds_of(registration) == []
    assert scan(DAY, later - timedelta(days=7), later - timedelta(days=1)) == [0, 1, 1]
    assert Message.objects.filter(kind="meetings.reminder_week").count() == 2
    assert "3 martie 2027" in registration.reminders.get(kind="week").message.subject


def test_a_move_nearer_sends_nothing_at_once(meeting):
    early, told = person(meeting), person(meeting)
    now = WEEK - timedelta(days=3)
    move(meeting, now + timedelta(days=2), now)

    assert scan(now, now + timedelta(hours=23)) == [0, 0]
    assert scan(now + timedelta(days=1)) == [2]
    for registration in (early, told):
        assert kinds_of(registration) == ["week", "day"]
        assert registration.reminders.get(kind="week").message is None


def test_a_move_within_the_day_repeats_nothing(meeting):
    registration = person(meeting)
    scan(DAY)
    move(meeting, START + timedelta(minutes=30), now=DAY + timedelta(hours=2))
    assert scan(DAY + timedelta(hours=3), HOUR, HOUR + timedelta(minutes=30)) == [0, 0, 1]
    assert kinds_of(registration) == ["day", "hour"]


def test_a_move_that_nobody_reported_is_found_by_the_scan(meeting):
    registration = person(meeting)
    scan(WEEK)
    later = START + timedelta(days=7)
    Meeting.objects.update(starts_at=later, ends_at=None, on_date=later.date())

    assert scan(WEEK + timedelta(minutes=1)) == [0]
    assert Message.objects.get().stop_reason == "outdated"
    assert scan(later - timedelta(days=7)) == [1]
    assert registration.reminders.get().for_start == later


@pytest.mark.parametrize("status", [MeetingStatus.CANCELLED, MeetingStatus.POSTPONED])
def test_what_is_cancelled_or_put_off_stops_what_waits(meeting, status):
    person(meeting)
    scan(WEEK)
    Meeting.objects.update(status=status)

    assert stop_reminders(meeting=meeting) == 1
    assert scan(DAY, HOUR, AFTER) == [0, 0, 0]
    assert Message.objects.get().status == "cancelled"
    assert deliver_due().tried == 0


def test_announced_anew_it_does_not_remind_at_once(meeting):
    person(meeting)
    reset_reminders(meeting=meeting, old_start=None, now=DAY + timedelta(hours=1))
    assert scan(DAY + timedelta(hours=2), HOUR) == [0, 1]


def test_what_could_not_leave_before_the_beginning_does_not_leave(meeting):
    gone, stays = person(meeting), person(meeting)
    scan(HOUR)
    type(gone).objects.filter(pk=gone.pk).update(status="cancelled", ended_at=HOUR)

    assert scan(HOUR + timedelta(minutes=1)) == [0]
    assert gone.reminders.get().message.stop_reason == "outdated"
    assert stays.reminders.get().message.status == "queued"
    scan(START)
    assert stays.reminders.get().message.stop_reason == "outdated"


def test_a_held_gathering_is_followed_up_and_what_has_no_hour_is_left_alone(meeting):
    person(meeting)
    Meeting.objects.update(status=MeetingStatus.HELD)
    open_hour = MeetingFactory(kind=MeetingKind.TRAINING, on_date=START.date())
    person(open_hour)
    assert scan(DAY, AFTER) == [0, 1]


def test_one_gathering_that_fails_stops_no_other(meeting, monkeypatch, caplog):
    person(meeting)
    orphan = MeetingFactory(kind=MeetingKind.VIDEOCONFERENCE, starts_at=START, on_date=START.date())
    person(orphan)
    assert scan(WEEK) == [1]
    assert f"meeting {orphan.pk}" in caplog.text
    assert count_late(WEEK + timedelta(minutes=14)) == 0
    assert count_late(WEEK + timedelta(minutes=15)) == 1, "staff are told"


def test_batches_take_all(meeting, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(reminders, "BATCH", 3)
    for _number in range(7):
        person(meeting)
    assert scan(WEEK) == [7]
    assert Reminder.objects.filter(kind=ReminderKind.WEEK).count() == 7
    with django_assert_max_num_queries(3):
        assert scan(WEEK) == [0]


@pytest.mark.django_db(transaction=True)
def test_two_scans_at_once_write_each_reminder_once(meeting, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 5)
    for _number in range(20):
        person(meeting)
    written: list[int] = []

    def work() -> None:
        written.append(write_due_reminders(now=WEEK))
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(written) == 20
    assert Reminder.objects.count() == Message.objects.count() == 20
