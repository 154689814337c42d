"""Questions of participants: asked from the page of a registration, dealt with by the team."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.choices import MeetingStatus, RegistrationStatus
from meetings.models import Question, Registration
from meetings.selectors.door import closing_time
from meetings.workflow import QUESTION_WORKFLOW

if TYPE_CHECKING:
    from core.accounts.models import User

MOST_OF_ONE: Final = 10


class QuestionRefusedError(Exception):
    """No question can be asked; the text says why."""


def why_not(registration: Registration, now: datetime | None = None) -> str:
    """Why this person cannot ask now; empty when they can: whoever has a place, before and during the gathering."""
    meeting = registration.meeting
    if registration.status != RegistrationStatus.CONFIRMED:
        return _("Questions are for those who have a place.")
    ends = closing_time(meeting)
    if meeting.status != MeetingStatus.SCHEDULED or (ends is not None and (now or timezone.now()) > ends):
        return _("Questions can be asked before and during the gathering.")
    return ""


@transaction.atomic
def ask(*, registration: Registration, text: str) -> Question:
    """Keeps the question for the team; the same words of the same person are one question.

    Raises :class:`QuestionRefusedError` without a place, after the gathering, and after ten questions.
    """
    locked = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    locked.meeting = registration.meeting
    if reason := why_not(locked):
        raise QuestionRefusedError(reason)
    asked = Question.objects.filter(registration=locked)
    same = asked.filter(text=text).first()
    if same is not None:
        return same
    if asked.count() >= MOST_OF_ONE:
        raise QuestionRefusedError(_("You have asked ten questions; others have their turn now."))
    return Question.objects.create(meeting=locked.meeting, registration=locked, text=text)


def deal_with(*, question: Question, step: str, actor: "User") -> Question:
    """Shows, answers or hides the question. Raises :class:`core.workflow.TransitionRefusedError`."""
    return QUESTION_WORKFLOW.perform(question, step, actor=actor)
