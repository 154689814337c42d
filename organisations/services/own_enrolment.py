"""Enrolment of an organisation that the programme's documents name, asked by its own managers."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from organisations.choices import MemberRole, RegisterStatus, SubmissionKind
from organisations.models import (
    BeneficiaryGroup,
    Domain,
    Membership,
    Organisation,
    Submission,
    SustainableGoal,
)
from organisations.questions.figures import last_year, year_of
from organisations.selectors.own import has_enrolment_open, manages, open_change
from organisations.selectors.own_answers import figures_answers, profile_answers
from organisations.services.answers import answers_of

_PROFILE = ("activity", "domains", "beneficiaries", "contacts", "coordinator")
_TERMS: tuple[tuple[str, str, Any], ...] = (
    ("domains", "domains", Domain),
    ("beneficiaries", "beneficiaries", BeneficiaryGroup),
    ("beneficiaries", "goals", SustainableGoal),
)


@transaction.atomic
def enrol_record(*, organisation: Organisation, actor: User) -> tuple[Submission, bool]:
    """The enrolment of a documents' record, begun with all that the record says; True when it is new.

    One that is under way is continued by whichever manager asks; it becomes the actor's when its applicant is no
    manager any more. Of two at once one is begun. Raises ``ValidationError`` in words for a record in another state,
    while a change of identity is under way, and for somebody who no longer manages the organisation.
    """
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not manages(actor, locked):
        raise ValidationError(_("You no longer manage this organisation, so nothing was changed."))
    if locked.register_status != RegisterStatus.RECORDED:
        raise ValidationError(_("Only an organisation known from documents is enrolled here."))
    under_way = has_enrolment_open(locked)
    if under_way is not None:
        return _taken_up(under_way, actor), False
    if open_change(locked) is not None:
        raise ValidationError(
            _("A change of identity is under way. Withdraw it or wait for the decision, then enrol.")
        )
    begun = Submission(
        kind=SubmissionKind.ENROLMENT,
        organisation=locked,
        applicant=actor,
        answers=enrolment_answers(locked),
    )
    begun.save()
    _bring_logo(begun, locked)
    return begun, True


def keep_up_enrolment(*, organisation: Organisation, step: str, year: int | None = None) -> None:
    """The open enrolment of a documents' record takes over what was just saved in the organisation's own area.

    So an acceptance brings back nothing that its people have changed since. Does nothing for any other record, and
    for figures of another year than the enrolment asks about. Belongs in the transaction of what was saved.
    """
    if organisation.register_status != RegisterStatus.RECORDED:
        return
    enrolments = Submission.objects.select_for_update(of=("self",)).filter(organisation=organisation)
    asked = enrolments.open().filter(kind=SubmissionKind.ENROLMENT).first()
    if asked is None or (year is not None and year != year_of(asked.answers)):
        return
    if step == "logo":
        _bring_logo(asked, organisation)
        return
    known = enrolment_answers(Organisation.objects.get(pk=organisation.pk), year=year)
    asked.answers = {**asked.answers, step: known.get(step, {})}
    asked.save(update_fields=["answers", "saved_at"])


def enrolment_answers(organisation: Organisation, *, year: int | None = None) -> dict[str, dict[str, Any]]:
    """The whole record as answers to an enrolment; steps of which it says nothing are left out."""
    profile = profile_answers(organisation)
    found = {**answers_of(organisation), **{step: profile[step] for step in _PROFILE}}
    for step, name, model in _TERMS:
        # Closed terms stay at the record without being asked for.
        open_codes = set(model.objects.active().values_list("code", flat=True))
        found[step] = {**found[step], name: [code for code in found[step][name] if code in open_codes]}
    year = year or last_year()
    found["figures"] = figures_answers(organisation, year)["figures"]
    return {
        step: raw
        for step, raw in found.items()
        if any(value for name, value in raw.items() if (step, name) != ("figures", "year"))
    }


def _taken_up(asked: Submission, actor: User) -> Submission:
    managers = Membership.objects.filter(organisation=asked.organisation, role=MemberRole.MANAGER)
    if not managers.filter(user=asked.applicant_id).exists():
        asked.applicant = actor
        asked.save(update_fields=["applicant"])
    return asked


def _bring_logo(asked: Submission, organisation: Organisation) -> None:
    """A copy of the record's picture, or none."""
    former, storage = asked.logo.name, asked.logo.storage
    if not former and not organisation.logo:
        return
    asked.logo = ""
    if organisation.logo:
        name = str(organisation.logo.name)
        kind = PurePath(name).suffix
        with organisation.logo.storage.open(name) as picture:
            asked.logo.save(f"{asked.pk}{kind}", ContentFile(picture.read()), save=False)
    asked.save(update_fields=["logo", "saved_at"])
    if former:
        transaction.on_commit(lambda: storage.delete(former))
