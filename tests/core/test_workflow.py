"""What holds for every workflow alike: one of two callers wins, the row tells when, a failed step leaves nothing."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from core.diagrams import workflows_page
from core.jobs.models import Job
from core.jobs.workflow import JOB_WORKFLOW
from core.messaging.choices import MessageStatus
from core.messaging.models import Message
from core.messaging.workflow import MESSAGE_WORKFLOW
from core.models import StateChange
from core.pages.models import Feedback
from core.pages.workflow import FEEDBACK_WORKFLOW
from core.workflow import TransitionRefusedError, Workflow, history, workflow_of, workflows
from meetings.choices import MeetingStatus, RegistrationStatus
from meetings.models import Question, Registration
from meetings.workflow import MEETING_WORKFLOW, QUESTION_WORKFLOW, REGISTRATION_WORKFLOW
from organisations.choices import RegisterStatus, SubmissionKind
from organisations.models import FoundName, Organisation, Reconfirmation, RecordReport, Submission
from organisations.workflow import (
    FOUND_NAME_WORKFLOW,
    ORGANISATION_WORKFLOW,
    RECONFIRMATION_WORKFLOW,
    REPORT_WORKFLOW,
    SUBMISSION_WORKFLOW,
)
from programmes.choices import EditionStatus
from programmes.workflow import EDITION_WORKFLOW
from tests.factories.accounts import UserFactory
from tests.factories.meetings import MeetingFactory, RegistrationFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.programmes import EditionFactory
from tests.factories.videoconferences import ConclusionFactory, ThemeProposalFactory
from tests.waiting import waits_for_me
from videoconferences.workflow import CONCLUSION_WORKFLOW, PROPOSAL_WORKFLOW


def queued_message() -> Message:
    return Message.objects.create(
        key="proba",
        kind="proba",
        to="ana@example.org",
        language="ro",
        message_id="<proba@example.org>",
        next_attempt_at=timezone.now(),
    )


Case = tuple[Workflow, str, Callable[[], models.Model]]
# A record of each workflow, and a step out of its state.
CASES: list[Case] = [
    (
        MEETING_WORKFLOW,
        "cancel",
        lambda: MeetingFactory(
            status=MeetingStatus.SCHEDULED, starts_at=datetime(2026, 11, 18, 8, tzinfo=UTC)
        ),
    ),
    (
        ORGANISATION_WORKFLOW,
        "strike-off",
        lambda: OrganisationFactory(register_status=RegisterStatus.LISTED, in_county="BV"),
    ),
    (FEEDBACK_WORKFLOW, "answer", lambda: Feedback.objects.create(kind="other", message="?", language="ro")),
    (
        REPORT_WORKFLOW,
        "resolve",
        lambda: RecordReport.objects.create(
            organisation=OrganisationFactory(), reason="gone", message="?", language="ro"
        ),
    ),
    (SUBMISSION_WORKFLOW, "withdraw", lambda: Submission.objects.create(kind=SubmissionKind.ENROLMENT)),
    (
        RECONFIRMATION_WORKFLOW,
        "cancel",
        lambda: Reconfirmation.objects.create(organisation=OrganisationFactory(), due_on=date(2026, 11, 18)),
    ),
    (FOUND_NAME_WORKFLOW, "ignore", lambda: FoundName.objects.create(name="Habitat", source="Calendar")),
    (JOB_WORKFLOW, "fail", lambda: Job.objects.create(kind="proba", language="ro")),
    (MESSAGE_WORKFLOW, "cancel", queued_message),
    (EDITION_WORKFLOW, "call", lambda: EditionFactory(status=EditionStatus.DRAFT)),
    (REGISTRATION_WORKFLOW, "lapse", RegistrationFactory),
    (QUESTION_WORKFLOW, "show", lambda: Question.objects.create(meeting=MeetingFactory(), text="?")),
    (PROPOSAL_WORKFLOW, "withdraw", ThemeProposalFactory),
    (CONCLUSION_WORKFLOW, "publish", ConclusionFactory),
]
each_workflow = pytest.mark.parametrize(
    ("workflow", "step", "make"), CASES, ids=[case[0].model.__name__ for case in CASES]
)


def test_every_workflow_is_tried_here():
    assert {workflow.model for workflow in workflows()} == {case[0].model for case in CASES}
    assert all(workflow_of(workflow.model) is workflow for workflow in workflows())
    assert workflow_of(StateChange) is None


@pytest.mark.django_db(transaction=True)
@each_workflow
def test_of_two_at_once_one_makes_the_step(workflow, step, make):
    record = make()
    told: list[str] = []

    def second() -> None:
        try:
            workflow.perform(record, step, actor=None, reason="a doua")
            told.append("made")
        except TransitionRefusedError as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    with transaction.atomic():
        workflow.perform(record, step, actor=None, reason="prima")
        waiting = threading.Thread(target=second)
        waiting.start()
        assert waits_for_me(waiting), "the second caller did not wait for the row"
    waiting.join(10)

    assert told != ["made"]
    assert [change.reason for change in history(record)] == ["prima"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("workflow", "step", "make"), [case for case in CASES if hasattr(case[0].model, "updated_at")]
)
def test_step_moves_the_date_of_change(workflow, step, make):
    record = make()
    long_ago = datetime(2021, 1, 1, tzinfo=UTC)
    workflow.model._default_manager.filter(pk=record.pk).update(updated_at=long_ago)

    workflow.perform(record, step, actor=None, reason="motiv")

    assert workflow.model._default_manager.get(pk=record.pk).updated_at > long_ago


@pytest.mark.django_db
@each_workflow
def test_record_that_is_gone_is_refused_in_words(workflow, step, make):
    record = make()
    type(record)._default_manager.filter(pk=record.pk).delete()

    with pytest.raises(TransitionRefusedError, match="a fost ștearsă"):
        workflow.perform(record, step, actor=None, reason="motiv")


@pytest.mark.django_db
@each_workflow
def test_failure_after_the_check_leaves_neither_state_nor_history(workflow, step, make, monkeypatch):
    record = make()
    before = getattr(record, workflow.field)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("core.workflow.remember", fail)
    with pytest.raises(RuntimeError):
        workflow.perform(record, step, actor=None, reason="motiv")

    assert getattr(workflow.model._default_manager.get(pk=record.pk), workflow.field) == before
    assert not StateChange.objects.exists()


@pytest.mark.django_db
@each_workflow
def test_cost_of_a_step_does_not_grow_with_the_history(workflow, step, make, django_assert_max_num_queries):
    record = make()
    kind = ContentType.objects.get_for_model(record)
    StateChange.objects.bulk_create(
        StateChange(
            content_type=kind,
            object_id=str(record.pk),
            transition="x",
            target="y",
            at=timezone.now(),
            actor=actor,
        )
        for actor in UserFactory.create_batch(5) * 10
    )

    # Savepoint, lock, the record and its version, the step in the history, release.
    with django_assert_max_num_queries(7):
        workflow.perform(record, step, actor=None, reason="motiv")
    with django_assert_max_num_queries(1):
        assert len({change.actor for change in history(record)}) == 6


def test_the_page_of_workflows_is_fresh():
    page = settings.BASE_DIR / "docs" / "workflows.md"
    assert page.read_text(encoding="utf-8") == workflows_page(), "run: python manage.py write_workflows"


def test_no_state_is_out_of_reach_and_unexplained():
    """Every state is where records begin, where a step leads, or one that the portal itself enters."""
    entered_otherwise = {
        Organisation: {RegisterStatus.RECORDED},  # by loaders and the workbench of names
        Registration: {RegistrationStatus.WAITING},  # where one begins when all places are taken
        # By delivery, which writes the attempt first (docs/decisions/0011-outbox.md).
        Message: {MessageStatus.SENDING, MessageStatus.SENT, MessageStatus.UNSURE, MessageStatus.FAILED},
    }
    for workflow in workflows():
        field = workflow.model._meta.get_field(workflow.field)
        reached = {str(step.target) for step in workflow.transitions.values()} | {str(field.default)}
        assert {value for value, _label in field.flatchoices} - reached <= entered_otherwise.get(
            workflow.model, set()
        ), workflow.model
