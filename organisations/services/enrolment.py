"""Requests as they leave their writer's hands: what is missing, lodged, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.models import User
from core.accounts.services.consents import give_consent
from core.models import StateChange
from core.workflow import TransitionRefusedError
from organisations.checks import normalised_cui
from organisations.choices import (
    ENROLLED_STATUSES,
    MADE_BY_ENROLMENT,
    RegisterStatus,
    SubmissionKind,
    SubmissionStatus,
)
from organisations.consents import ENROLMENT
from organisations.emails.enrolment import post_receipt
from organisations.models import Organisation, Submission, SubmissionVersion
from organisations.naming import free_slug
from organisations.questions import read_answers, steps_of
from organisations.selectors.enrolment import SameCode, record_with_cui
from organisations.services.answers import apply_answers, set_fields
from organisations.workflow import ORGANISATION_WORKFLOW, SUBMISSION_WORKFLOW

MOST_A_DAY = 10
# One lodging at a time makes records, so that two with one CUI or one name never meet half-way.
_LODGING_LOCK = 4_715_202_611


class SameRecordError(TransitionRefusedError):
    """Another record has this CUI; ``same`` says what may be told of it."""

    def __init__(self, same: SameCode) -> None:
        super().__init__(
            _("An organisation with this CUI is already in the registry.")
            if same.page
            else _("An organisation with this CUI waits for a decision already.")
        )
        self.same = same


@dataclass(frozen=True)
class Missing:
    """One thing that a request still lacks, with the page where it is filled in."""

    step: str
    field: str
    sentence: str
    url: str


def missing(submission: Submission) -> list[Missing]:
    """All that must be filled in or put right before the request can be lodged, in the order of the steps."""
    errors = read_answers(submission.answers, kind=submission.kind).errors
    found = []
    for step in steps_of(submission.kind):
        url = reverse("organisations:submission_step", args=[submission.pk, step.word])
        found += [
            Missing(step.key, name, f"{label}: {sentence}" if label else sentence, url)
            for name, label, sentence in errors.get(step.key, ())
        ]
    return found


def same_record(submission: Submission) -> SameCode | None:
    """The other record with the same CUI, when there is one."""
    typed = str(submission.answers.get("registration", {}).get("cui", ""))[:40]
    try:
        cui = normalised_cui(typed)
    except ValidationError:
        return None
    other = record_with_cui(cui, other_than=submission.organisation_id)
    return SameCode(other, submission) if other is not None else None


@transaction.atomic
def lodge_submission(*, submission: Submission, actor: User) -> Submission:
    """Hand the request to the registry's team: a record, a version of the answers, a consent, a receipt by mail.

    An enrolment makes its organisation (or brings it up to the answers, when lodged again); of many at once with one
    CUI one makes the record. A record that documents made stays as it is until its enrolment is accepted. Raises
    :class:`SameRecordError` for the others, :class:`TransitionRefusedError` in words when answers are missing, the
    address is not confirmed, ten were lodged within a day, or the state or the person does not allow it. The draft
    stays as it was then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LODGING_LOCK])
    locked = Submission.objects.select_for_update(of=("self",)).filter(pk=submission.pk).first()
    if locked is None:
        raise TransitionRefusedError(_("This record has been deleted in the meantime."))
    _require_confirmed_address(actor)
    _require_moderation(actor)
    if missing(locked):
        raise TransitionRefusedError(_("The request is not whole yet: see what is missing."))
    if locked.kind == SubmissionKind.ENROLMENT:
        _make_record(locked)
    if locked.kind == SubmissionKind.CHANGE:
        _refuse_same(locked)
    again = locked.status == SubmissionStatus.RETURNED
    lodged = SUBMISSION_WORKFLOW.perform(locked, "lodge-again" if again else "lodge", actor=actor)
    if lodged.kind == SubmissionKind.ENROLMENT and not lodged.enrols_a_record:
        apply_answers(submission=lodged)
        assert lodged.organisation is not None  # noqa: S101  (a constraint)
        if lodged.organisation.register_status == RegisterStatus.DRAFT:
            ORGANISATION_WORKFLOW.perform(lodged.organisation, "submit", actor=actor)
    _keep_what_was_said(lodged, actor)
    post_receipt(submission=lodged)
    return lodged


@transaction.atomic
def withdraw_submission(*, submission: Submission, actor: User) -> Submission:
    """Take the request back; the record that an enrolment made leaves with it and its CUI is free again.

    Raises :class:`TransitionRefusedError` when it was decided in the meantime or is not the actor's.
    """
    withdrawn = SUBMISSION_WORKFLOW.perform(submission, "withdraw", actor=actor)
    record = withdrawn.organisation
    is_enrolment = withdrawn.kind == SubmissionKind.ENROLMENT
    if is_enrolment and record is not None and record.register_status in MADE_BY_ENROLMENT:
        ORGANISATION_WORKFLOW.perform(record, "give-up", actor=actor)
    return withdrawn


def _require_confirmed_address(actor: User) -> None:
    if not EmailAddress.objects.filter(user=actor, email__iexact=actor.email, verified=True).exists():
        raise TransitionRefusedError(
            _("Please confirm your e-mail address first: then the request can be lodged.")
        )


def _require_moderation(actor: User) -> None:
    lodged = StateChange.objects.filter(
        content_type=ContentType.objects.get_for_model(Submission),
        transition__startswith="lodge",
        actor=actor,
        at__gt=timezone.now() - timedelta(days=1),
    )
    if lodged.count() >= MOST_A_DAY:
        raise TransitionRefusedError(
            _(
                "You have lodged %(most)d requests within a day. Nothing is lost: please lodge this one tomorrow."
            )
            % {"most": MOST_A_DAY}
        )


def _refuse_same(submission: Submission) -> None:
    same = same_record(submission)
    if same is not None:
        raise SameRecordError(same)


def _make_record(submission: Submission) -> None:
    """The record of an enrolment, as a draft of its own state; the lodging fills it."""
    _refuse_same(submission)
    if submission.organisation is not None:
        if submission.organisation.register_status not in ENROLLED_STATUSES:
            raise TransitionRefusedError(
                _("The organisation was entered or taken out in the meantime, so it cannot be enrolled here.")
            )
        return
    cleaned: Mapping[str, Any] = read_answers(submission.answers, kind=submission.kind).cleaned
    record = Organisation(register_status=RegisterStatus.DRAFT)
    set_fields(record, dict(cleaned))
    record.slug = free_slug(record.display_name, record.county)
    with override("ro"):
        record.source = _("its own enrolment request")
    record._history_user = submission.applicant  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        # Staff entered the same organisation in this very moment.
        _refuse_same(submission)
        raise
    submission.organisation = record
    submission.save(update_fields=["organisation"])


def _keep_what_was_said(submission: Submission, actor: User) -> None:
    """The answers as lodged, and the words that were agreed to."""
    number = submission.versions.count() + 1
    SubmissionVersion.objects.create(
        submission=submission, number=number, answers=submission.answers, lodged_at=timezone.now()
    )
    if submission.kind == SubmissionKind.ENROLMENT:
        submission.consent = give_consent(
            purpose=ENROLMENT.key, user=actor, language=actor.language, about=submission
        )
    if submission.kind == SubmissionKind.CLAIM:
        cleaned = read_answers(submission.answers, kind=submission.kind).cleaned
        submission.note = cleaned["claim"]["why"]
    submission.save(update_fields=["consent", "note"])
