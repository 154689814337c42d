"""What is changed after listing only with the registry's team: names, registration, seat (row O10)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from organisations.choices import RegisterStatus, SubmissionKind, SubmissionStatus
from organisations.models import Organisation, Submission
from organisations.questions import read_answers
from organisations.selectors.own import has_enrolment_open, open_change
from organisations.services.answers import answers_of
from organisations.services.enrolment import lodge_submission

# Records whose identity is changed by such a request; before that the enrolment is edited, after that nothing is.
CHANGEABLE = (
    RegisterStatus.RECORDED,
    RegisterStatus.LISTED,
    RegisterStatus.SUSPENDED,
    RegisterStatus.WITHDRAWN,
)


@transaction.atomic
def lodge_change(
    *, organisation: Organisation, answers: dict[str, dict[str, Any]], note: str, actor: User
) -> Submission:
    """Lodge the change for moderation; one that was returned is lodged again with the new answers.

    Raises ``ValidationError`` when nothing differs from the record, another change waits, an enrolment is under way,
    or the record is not one whose identity is changed so; :class:`TransitionRefusedError` as
    :func:`lodge_submission`. Nothing is kept then.
    """
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if locked.register_status not in CHANGEABLE:
        raise ValidationError(_("In its present state the record is not changed here."))
    if has_enrolment_open(locked) is not None:
        raise ValidationError(
            _(
                "The enrolment of this organisation is under way: until it is decided, these data are written there."
            )
        )
    if not differences(locked, answers):
        raise ValidationError(_("Nothing differs from the present record, so there is nothing to send."))
    change = open_change(locked)
    if change is None:
        change = Submission(kind=SubmissionKind.CHANGE, organisation=locked, applicant=actor)
    elif change.status == SubmissionStatus.LODGED:
        raise ValidationError(
            _("A change waits for a decision already. Withdraw it first to send another one.")
        )
    change.answers = answers
    change.note = note
    change.save()
    return lodge_submission(submission=change, actor=actor)


def differences(organisation: Organisation, answers: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    """Fields, by step, in which the answers say something else than the record; checked values are compared."""
    present = read_answers(answers_of(organisation), kind=SubmissionKind.CHANGE).cleaned
    wanted = read_answers(answers, kind=SubmissionKind.CHANGE).cleaned
    found = {}
    for step, values in wanted.items():
        now = present.get(step, {})
        changed = {
            name
            for name, value in values.items()
            if name not in ("uat", "locality") and now.get(name) != value
        }
        if changed:
            found[step] = changed
    return found
