"""What may happen to a message."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.pages.choices import FeedbackState
from core.pages.models import Feedback
from core.workflow import Transition, Workflow


def _note_moment(record: models.Model, moment: datetime) -> list[str]:
    assert isinstance(record, Feedback)  # noqa: S101  (the table below is of this model)
    record.handled_at = moment
    return ["handled_at"]


def _forget_moment(record: models.Model, moment: datetime) -> list[str]:
    assert isinstance(record, Feedback)  # noqa: S101
    record.handled_at = None
    return ["handled_at"]


FEEDBACK_WORKFLOW = Workflow(
    model=Feedback,
    transitions=[
        Transition(
            "answer",
            frozenset({FeedbackState.NEW}),
            FeedbackState.ANSWERED,
            _("Mark as answered"),
            "pages.change_feedback",
            prepare=_note_moment,
        ),
        Transition(
            "close",
            frozenset({FeedbackState.NEW, FeedbackState.ANSWERED}),
            FeedbackState.CLOSED,
            _("Close without an answer"),
            "pages.change_feedback",
            needs_reason=True,
            prepare=_note_moment,
        ),
        Transition(
            "reopen",
            frozenset({FeedbackState.ANSWERED, FeedbackState.CLOSED}),
            FeedbackState.NEW,
            _("Open again"),
            "pages.change_feedback",
            prepare=_forget_moment,
        ),
    ],
)
