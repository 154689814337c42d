"""Every state of an edition against every step."""

import pytest

from core.accounts.choices import Role
from core.models import StateChange
from core.workflow import TransitionRefusedError
from programmes.choices import EditionStatus as S
from programmes.models import Edition
from programmes.workflow import EDITION_WORKFLOW
from tests.factories.accounts import UserFactory
from tests.factories.programmes import EditionFactory

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("draft", "call"): "call",
    ("draft", "running"): "running",
    ("call", "selection"): "selection",
    ("selection", "running"): "running",
    ("running", "closing"): "closing",
    ("running", "archived"): "archived",
    ("closing", "archived"): "archived",
    ("archived", "reopen"): "closing",
}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("step", list(EDITION_WORKFLOW.transitions))
def test_step_from_state(state: str, step: str) -> None:
    edition = EditionFactory(status=state)

    if (state, step) in ALLOWED:
        moved = EDITION_WORKFLOW.perform(edition, step, actor=None, reason="Motivul")
        assert moved.status == ALLOWED[state, step]
        change = StateChange.objects.get()
        assert (change.source, change.target, change.transition) == (state, moved.status, step)
    else:
        with pytest.raises(TransitionRefusedError):
            EDITION_WORKFLOW.perform(edition, step, actor=None, reason="Motivul")
        assert StateChange.objects.count() == 0
        assert Edition.objects.get().status == state


def test_reopening_needs_a_reason() -> None:
    edition = EditionFactory(past=True)

    with pytest.raises(TransitionRefusedError):
        EDITION_WORKFLOW.perform(edition, "reopen", actor=None, reason="  ")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.PROGRAMME_MANAGER, True),
        (Role.EDITOR, True),
        (Role.AUDITOR, False),
        (Role.EVALUATOR, False),
        (Role.CLUB_OPERATOR, False),
    ],
)
def test_only_the_editorial_team_moves_an_edition(role: Role, may: bool) -> None:
    edition = EditionFactory(status=S.RUNNING)
    person = UserFactory(roles=[role])

    if may:
        assert EDITION_WORKFLOW.perform(edition, "closing", actor=person).status == S.CLOSING
    else:
        with pytest.raises(TransitionRefusedError):
            EDITION_WORKFLOW.perform(edition, "closing", actor=person)
