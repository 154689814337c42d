"""Decisions of the registry's team about requests and organisations; each tells whom it concerns."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.workdays import BUCHAREST
from core.workflow import TransitionRefusedError, history
from organisations.choices import (
    MADE_BY_ENROLMENT,
    MemberRole,
    RegisterStatus,
    SubmissionKind,
    SubmissionStatus,
)
from organisations.emails.moderation import decision_letters, standing_letters
from organisations.models import Membership, Organisation, Submission
from organisations.services.answers import apply_answers
from organisations.services.reconfirmation import a_year_after, next_due, open_reconfirmation
from organisations.workflow import ORGANISATION_WORKFLOW, SUBMISSION_WORKFLOW

DECISIONS = ("accept", "return", "reject")
# Where an enrolment's record goes with its request.
_OF_THE_RECORD = {"accept": "list", "return": "return", "reject": "reject"}
_LISTINGS = ("list", "restore")


@transaction.atomic
def decide_submission(*, submission: Submission, step: str, actor: User, reason: str = "") -> Submission:
    """Accept, return or reject what was lodged with all that follows; the applicant is told in the same transaction.

    An accepted enrolment is listed, its first yearly confirmation is opened and its applicant becomes a manager; that
    of a documents' record is written to it first, and whatever else is decided leaves the record as it was. An
    accepted change is written to the record; an accepted claim makes a manager. Of two decisions at once one is made
    and one message leaves. Raises :class:`TransitionRefusedError` in words, and nothing is changed then.
    """
    if step not in DECISIONS:
        raise TransitionRefusedError(_("This is no decision of the registry's team."))
    if submission.applicant_id == actor.pk:
        raise TransitionRefusedError(_("This request is your own, so a colleague decides about it."))
    # First the record, then what is asked of it: so do those who save in its own area.
    Organisation.objects.select_for_update(of=("self",)).filter(submissions=submission).first()
    decided = SUBMISSION_WORKFLOW.perform(submission, step, actor=actor, reason=reason)
    decided.reason = reason
    if step != "return":
        decided.decided_by = actor
    decided.save(update_fields=["reason", "decided_by"])
    # Written before the record changes, as they were shown.
    letters = decision_letters(
        submission=decided, step=step, reason=reason, due_on=first_due(), mark=_mark(decided)
    )
    record = decided.organisation
    if decided.kind == SubmissionKind.ENROLMENT and record is not None:
        if record.register_status in MADE_BY_ENROLMENT:
            ORGANISATION_WORKFLOW.perform(record, _OF_THE_RECORD[step], actor=actor, reason=reason)
        elif step == "accept":
            # What documents made changes now and not before; a refusal leaves it as it is.
            _apply(decided)
            ORGANISATION_WORKFLOW.perform(record, "list", actor=actor, reason=reason)
        record.refresh_from_db()
    if step == "accept":
        _accept(decided)
    for letter in letters:
        letter.post()
    return decided


@transaction.atomic
def change_standing(*, organisation: Organisation, step: str, actor: User, reason: str = "") -> Organisation:
    """A step of an organisation made by staff on its own page; its people are told in the same transaction.

    Whoever is entered, or entered again, is asked for a confirmation in a year. Raises
    :class:`TransitionRefusedError`; a record whose enrolment waits is decided by its request and never here.
    """
    if waiting_enrolment(organisation) is not None:
        raise TransitionRefusedError(
            _("The enrolment of this organisation waits for a decision: decide the request itself.")
        )
    saved = ORGANISATION_WORKFLOW.perform(organisation, step, actor=actor, reason=reason)
    due_on = next_due(organisation=saved, due_on=first_due())
    if step in _LISTINGS:
        open_reconfirmation(organisation=saved, due_on=due_on)
    for letter in standing_letters(
        organisation=saved, step=step, reason=reason, due_on=due_on, mark=_mark(saved)
    ):
        letter.post()
    return saved


def waiting_enrolment(organisation: Organisation) -> Submission | None:
    """The enrolment request that decides about this record, while it is open."""
    enrolments = organisation.submissions.open().filter(kind=SubmissionKind.ENROLMENT)
    if organisation.register_status in MADE_BY_ENROLMENT:
        return enrolments.first()
    if organisation.register_status == RegisterStatus.RECORDED:
        # While its people still write, the record is the team's as before.
        return enrolments.filter(status=SubmissionStatus.LODGED).first()
    return None


def first_due() -> date:
    """The day of the first yearly confirmation of what is entered today in Bucharest."""
    return a_year_after(timezone.localdate(timezone=BUCHAREST))


def _accept(submission: Submission) -> None:
    organisation = submission.organisation
    assert organisation is not None  # noqa: S101  (a constraint)
    if submission.kind == SubmissionKind.CHANGE:
        _apply(submission)
        organisation.refresh_from_db()
        return
    if submission.kind == SubmissionKind.ENROLMENT:
        open_reconfirmation(organisation=organisation, due_on=first_due())
        if organisation.memberships.filter(role=MemberRole.MANAGER).exists():
            # Its own people asked: whoever of them wrote may have left, and comes back by no decision.
            return
    if submission.applicant is not None:
        Membership.objects.update_or_create(
            organisation=organisation, user=submission.applicant, defaults={"role": MemberRole.MANAGER}
        )


def _apply(submission: Submission) -> None:
    try:
        apply_answers(submission=submission)
    except ValidationError as error:
        raise TransitionRefusedError(" ".join(error.messages)) from None


def _mark(record: Submission | Organisation) -> str:
    """Tells one step of a record from its next one of the same name."""
    step = history(record).first()
    return str(step.pk) if step is not None else ""
