"""Phases open by their dates, once, in order, and never against what people did since."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from core.models import StateChange
from core.workflow import history
from programmes.choices import EditionStatus as S
from programmes.models import Edition, EditionPhase
from programmes.services import advance_editions
from programmes.tasks import advance_editions_by_date
from programmes.workflow import EDITION_WORKFLOW
from tests.factories.programmes import EditionFactory

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def plan(edition: Edition, **days: int) -> None:
    for phase, offset in days.items():
        EditionPhase.objects.create(edition=edition, phase=phase, opens_at=NOW + offset * DAY)


@pytest.mark.django_db
def test_phase_opens_when_its_moment_has_come_and_not_before() -> None:
    edition = EditionFactory(draft=True)
    plan(edition, call=0, selection=10)

    assert advance_editions(now=NOW - timedelta(seconds=1)) == []
    assert [moved.status for moved in advance_editions(now=NOW)] == [S.CALL]
    assert advance_editions(now=NOW + 9 * DAY) == []
    assert [moved.status for moved in advance_editions(now=NOW + 10 * DAY)] == [S.SELECTION]


@pytest.mark.django_db
def test_second_call_changes_nothing() -> None:
    edition = EditionFactory(draft=True)
    plan(edition, call=0)
    advance_editions(now=NOW)
    before = (StateChange.objects.count(), Edition.history.count())

    assert advance_editions(now=NOW) == []
    assert (StateChange.objects.count(), Edition.history.count()) == before


@pytest.mark.django_db
def test_missed_phases_are_passed_through_in_order() -> None:
    edition = EditionFactory(status=S.CALL)
    plan(edition, selection=-3, running=-2, closing=-1)

    advance_editions(now=NOW)

    steps = [(step.source, step.target, step.actor) for step in reversed(history(edition))]
    assert steps == [
        ("call", "selection", None),
        ("selection", "running", None),
        ("running", "closing", None),
    ]


@pytest.mark.django_db
def test_edition_without_dates_is_left_alone() -> None:
    EditionFactory(draft=True)

    assert advance_editions(now=NOW + 1000 * DAY) == []


@pytest.mark.django_db
def test_edition_ahead_of_its_dates_is_never_moved_back() -> None:
    edition = EditionFactory(status=S.CLOSING)
    plan(edition, call=-30, running=-10)

    assert advance_editions(now=NOW) == []
    edition.refresh_from_db()
    assert edition.status == S.CLOSING


@pytest.mark.django_db
def test_reopened_edition_stays_open() -> None:
    edition = EditionFactory(status=S.CLOSING)
    plan(edition, archived=-2)
    advance_editions(now=NOW - 2 * DAY)
    edition.refresh_from_db()
    assert edition.status == S.ARCHIVED
    EDITION_WORKFLOW.perform(edition, "reopen", actor=None, reason="O diplomă lipsea", at=NOW - DAY)

    assert advance_editions(now=NOW) == []
    edition.refresh_from_db()
    assert edition.status == S.CLOSING


@pytest.mark.django_db
def test_task_of_the_schedule_exists_and_advances() -> None:
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    edition = EditionFactory(draft=True)
    EditionPhase.objects.create(edition=edition, phase=S.CALL, opens_at=datetime(2020, 1, 1, tzinfo=UTC))

    assert advance_editions_by_date.name in scheduled
    assert advance_editions_by_date() == [edition.year]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_move_an_edition_once() -> None:
    edition = EditionFactory(draft=True)
    plan(edition, call=-1)
    start = threading.Barrier(4)

    def advance() -> None:
        start.wait()
        try:
            advance_editions(now=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=advance) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert history(edition).count() == 1
    edition.refresh_from_db()
    assert edition.status == S.CALL
