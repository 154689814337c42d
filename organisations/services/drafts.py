"""Requests while they are written: begun, saved step by step, wrong answers included, thrown away."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.images import Picture
from core.workflow import TransitionRefusedError, forget_history
from organisations.choices import SubmissionKind, SubmissionStatus
from organisations.models import Organisation, Submission

# Who needs more throws one away first; a program fills no disk.
MOST_DRAFTS = 10


@transaction.atomic
def begin_enrolment(*, applicant: User) -> Submission:
    """A new draft, or the one that this person began and wrote nothing in yet.

    Raises ``ValidationError`` for a person with ten drafts.
    """
    User.objects.select_for_update().get(pk=applicant.pk)
    drafts = Submission.objects.filter(
        applicant=applicant, kind=SubmissionKind.ENROLMENT, status=SubmissionStatus.DRAFT
    )
    untouched = drafts.filter(answers={}, logo="").first()
    if untouched is not None:
        return untouched
    if drafts.count() >= MOST_DRAFTS:
        raise ValidationError(
            _(
                "You have %(most)d drafts already. Continue one of them, or delete one that you no longer need."
            )
            % {"most": MOST_DRAFTS}
        )
    return Submission.objects.create(kind=SubmissionKind.ENROLMENT, applicant=applicant)


def begin_claim(*, organisation: Organisation, applicant: User, cui: str = "") -> Submission:
    """The person's open claim of this record, made when there is none.

    ``cui`` is kept with the claim of a record that is not public: it is all that the person may read of it. Raises
    ``ValidationError`` for somebody who acts for the organisation already, or enrols it.
    """
    if organisation.memberships.filter(user=applicant).exists():
        raise ValidationError(_("You act for this organisation already: it stands in your account."))
    own = Submission.objects.filter(organisation=organisation, applicant=applicant).open()
    if own.filter(kind=SubmissionKind.ENROLMENT).exists():
        raise ValidationError(_("This is the organisation that you enrol yourself."))
    try:
        with transaction.atomic():
            claim, _made = Submission.objects.get_or_create(
                organisation=organisation,
                applicant=applicant,
                kind=SubmissionKind.CLAIM,
                status__in=[SubmissionStatus.DRAFT, SubmissionStatus.LODGED, SubmissionStatus.RETURNED],
                defaults={
                    "status": SubmissionStatus.DRAFT,
                    "answers": {"record": {"cui": cui}} if cui else {},
                },
            )
    except IntegrityError:
        # Pressed twice at once: the other one was first.
        claim = own.get(kind=SubmissionKind.CLAIM)
    return claim


@transaction.atomic
def save_step(*, submission: Submission, step: str, raw: dict[str, Any]) -> Submission:
    """Keep the answers of one step as they were typed; of two who save one step the later wins, other steps stay.

    Raises :class:`TransitionRefusedError` for a request that is no longer written.
    """
    locked = _locked(submission)
    locked.answers = {**locked.answers, step: raw}
    locked.save(update_fields=["answers", "saved_at"])
    return locked


@transaction.atomic
def keep_logo(*, submission: Submission, picture: Picture | None) -> Submission:
    """Keep the checked picture in place of the former one; ``None`` takes it away. Raises as :func:`save_step`."""
    locked = _locked(submission)
    former, storage = locked.logo.name, locked.logo.storage
    if picture is None:
        locked.logo = ""
    else:
        locked.logo.save(f"{locked.pk}.{picture.kind}", ContentFile(picture.content), save=False)
    locked.save(update_fields=["logo", "saved_at"])
    if former:
        transaction.on_commit(lambda: storage.delete(former))
    return locked


@transaction.atomic
def discard_draft(*, submission: Submission) -> None:
    """Delete a request that was never lodged, with all that was typed. Raises as :func:`save_step`."""
    locked = _locked(submission)
    if locked.lodged_at is not None:
        raise TransitionRefusedError(_("What was lodged once is withdrawn, not deleted."))
    name, storage = locked.logo.name, locked.logo.storage
    forget_history(Submission, [locked.pk])
    locked.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _locked(submission: Submission) -> Submission:
    locked = Submission.objects.select_for_update(of=("self",)).filter(pk=submission.pk).first()
    if locked is None or not locked.is_writable:
        raise TransitionRefusedError(
            _("This request can no longer be changed: it was lodged, withdrawn or deleted in the meantime.")
        )
    return locked
