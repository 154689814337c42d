"""Every state of a gathering against every step, and what each step does to its calendar entry."""

from datetime import UTC, datetime

import pytest

from core.models import StateChange
from core.workflow import TransitionRefusedError
from meetings.choices import MeetingStatus as S
from meetings.models import Meeting
from meetings.workflow import MEETING_WORKFLOW
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db
BEGINS = datetime(2026, 11, 18, 8, tzinfo=UTC)

# The step, and whether the calendar entry gets a new version.
ALLOWED = {
    ("draft", "schedule"): ("scheduled", 1),
    ("postponed", "schedule"): ("scheduled", 1),
    ("scheduled", "postpone"): ("postponed", 1),
    ("scheduled", "cancel"): ("cancelled", 1),
    ("postponed", "cancel"): ("cancelled", 1),
    ("scheduled", "hold"): ("held", 0),
}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("step", list(MEETING_WORKFLOW.transitions))
def test_step_from_state(state: str, step: str) -> None:
    meeting = MeetingFactory(status=state, starts_at=BEGINS)

    if (state, step) in ALLOWED:
        target, versions = ALLOWED[state, step]
        moved = MEETING_WORKFLOW.perform(meeting, step, actor=None, reason="Motivul")
        assert (moved.status, moved.sequence) == (target, versions)
        assert StateChange.objects.get().target == target
    else:
        with pytest.raises(TransitionRefusedError):
            MEETING_WORKFLOW.perform(meeting, step, actor=None, reason="Motivul")
        assert Meeting.objects.get().status == state


def test_meeting_without_an_hour_is_not_announced() -> None:
    meeting = MeetingFactory(status=S.DRAFT)

    with pytest.raises(TransitionRefusedError):
        MEETING_WORKFLOW.perform(meeting, "schedule", actor=None)
    assert Meeting.objects.get().sequence == 0


def test_meeting_in_a_place_names_it_before_it_is_announced() -> None:
    meeting = MeetingFactory(status=S.DRAFT, starts_at=BEGINS, is_online=False)

    with pytest.raises(TransitionRefusedError):
        MEETING_WORKFLOW.perform(meeting, "schedule", actor=None)


@pytest.mark.parametrize("step", ["postpone", "cancel"])
def test_bad_news_needs_a_reason(step: str) -> None:
    meeting = MeetingFactory(status=S.SCHEDULED, starts_at=BEGINS)

    with pytest.raises(TransitionRefusedError):
        MEETING_WORKFLOW.perform(meeting, step, actor=None)
