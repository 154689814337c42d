"""The morning's list: on working days at 8 in Bucharest, clock changes too, once a person, never about nothing."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from core.accounts.choices import Role
from core.messaging.kinds import category_named
from core.messaging.models import Message, NotificationPreference
from core.workdays import BUCHAREST, is_working_day, start_of_waiting, working_days_since
from organisations.models import RecordReport, Submission, SubmissionVersion
from organisations.services.digest import send_digest
from promotori.celery import app
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory
from tests.organisations.moderation.requests import a_claim


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BUCHAREST)


# A Tuesday.
MORNING = at("2026-11-24T08:00:05")


@pytest.fixture
def team(db):
    people = [UserFactory(roles=[role]) for role in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR)]
    UserFactory(roles=[Role.EDITOR], is_active=False)
    UserFactory(roles=[Role.AUDITOR])
    UserFactory(roles=[Role.EVALUATOR])
    UserFactory()
    return people


def some_work(days: int = 30):
    claim = a_claim()
    moment = MORNING - timedelta(days=days)
    Submission.objects.filter(pk=claim.pk).update(lodged_at=moment)
    SubmissionVersion.objects.filter(submission=claim).update(lodged_at=moment)
    RecordReport.objects.create(organisation=OrganisationFactory(), reason="gone", message="x", language="ro")
    RecordReport.objects.update(created_at=MORNING)


def digests():
    return Message.objects.filter(kind="organisations.daily_digest")


def test_team_is_told_once_a_day_what_waits(team):
    some_work()
    assert send_digest(now=MORNING) == 3
    send_digest(now=MORNING + timedelta(hours=3))
    assert {message.user for message in digests()} == set(team)
    assert digests().count() == 3
    text = digests().first().text
    assert "1 cerere așteaptă o decizie, din care 1 de mai mult de 10 zile lucrătoare." in text
    assert "1 sesizare a unui cititor așteaptă." in text
    assert digests().first().subject == "Evidența în această dimineață: 2 lucruri de decis"
    send_digest(now=MORNING + timedelta(days=1))
    assert digests().count() == 6


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-22T08:00",  # Sunday
        "2026-11-30T08:00",  # Saint Andrew
        "2026-12-25T08:00",
        "2026-11-24T03:00",  # made up for at night
    ],
)
def test_nothing_leaves_on_free_days_and_at_night(team, moment):
    some_work()
    assert send_digest(now=at(moment)) == 0
    assert not digests().exists()


def test_nothing_leaves_when_nothing_waits(team):
    assert send_digest(now=MORNING) == 0


def test_whoever_switched_it_off_gets_none_and_each_their_language(team):
    some_work()
    category = category_named("registry-work")
    assert [category.concerns(person) for person in (team[0], UserFactory())] == [True, False]
    NotificationPreference.objects.create(user=team[0], category="registry-work", wanted=False)
    type(team[1]).objects.filter(pk=team[1].pk).update(language="en")
    send_digest(now=MORNING)

    states = {message.user_id: message.status for message in digests()}
    assert states[team[0].pk] == "cancelled"
    assert "1 request waits for a decision" in digests().get(user=team[1]).text


@pytest.mark.parametrize(
    ("before", "after", "hours"),
    [
        ("2026-03-28T08:00", "2026-03-29T08:00", 23),
        ("2026-10-24T08:00", "2026-10-25T08:00", 25),
        ("2026-11-23T08:00", "2026-11-24T08:00", 24),
    ],
)
def test_schedule_keeps_8_in_the_morning_across_clock_changes(before, after, hours):
    """Bucharest's clocks go forward on 29 March and back on 25 October 2026."""
    schedule = settings.CELERY_BEAT_SCHEDULE["send-digest"]["schedule"]
    schedule.app = app
    last, due = at(before), at(after)
    assert (due.timestamp() - last.timestamp()) / 3600 == hours
    for minutes, is_due in ((-1, False), (0, True), (1, True)):
        moment = datetime.fromtimestamp(due.timestamp() + minutes * 60, tz=BUCHAREST)
        schedule.nowfun = lambda moment=moment: moment
        assert schedule.is_due(last).is_due is is_due, minutes


def test_tasks_of_the_schedule_exist():
    app.loader.import_default_modules()
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"organisations.send_digest", "organisations.forget_reporters"} <= names & set(app.tasks)


def test_working_days():
    assert not is_working_day(at("2026-12-01T00:00").date())
    assert working_days_since(at("2026-11-20T23:59"), at("2026-11-23T00:01")) == 1
    assert working_days_since(at("2026-11-27T10:00"), at("2026-12-02T10:00")) == 1
    assert working_days_since(at("2026-11-24T10:00"), at("2026-11-24T09:00")) == 0
    assert working_days_since(at("1990-01-01T10:00"), MORNING) > 2000
    limit = start_of_waiting(MORNING, 10)
    assert working_days_since(limit - timedelta(minutes=1), MORNING) == 11
    assert working_days_since(limit, MORNING) == 10
    assert timezone.is_aware(limit)
