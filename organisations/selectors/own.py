"""An organisation as its own people see it: where it stands, what it lacks, who belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from organisations.choices import ENROLLED_STATUSES, MemberRole, RegisterStatus, SubmissionKind
from organisations.models import FormerSlug, Invitation, Membership, Organisation, Reconfirmation, Submission
from organisations.selectors.reconfirmation import asked_now
from organisations.workflow import has_lapsed


@dataclass(frozen=True)
class Part:
    """One part of the record: whether it is filled in, and where that is done."""

    label: str
    is_there: bool
    url: str


def organisations_of(user: Any) -> QuerySet[Membership]:
    """The person's organisations with their role in each, in alphabetical order."""
    return (
        Membership.objects.filter(user_id=getattr(user, "pk", None) or 0)
        .select_related("organisation__county", "organisation__seat")
        .order_by("organisation__order_key", "organisation_id")
    )


def present_own_slug(user: Any, former: str) -> str | None:
    """Where a former address of one of the person's organisations leads."""
    moved = FormerSlug.objects.filter(slug=former, organisation__memberships__user=user)
    return moved.values_list("organisation__slug", flat=True).first()


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """Its people, managers first, then by name."""
    people = Membership.objects.filter(organisation=organisation).select_related("user", "organisation")
    return people.order_by("role", "user__full_name", "pk")


def invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that nobody took up or took back, those out of time included."""
    waiting = Invitation.objects.filter(organisation=organisation, accepted_at=None, revoked_at=None)
    return waiting.select_related("invited_by", "organisation").order_by("-created_at", "-pk")


def open_change(organisation: Organisation) -> Submission | None:
    """The change of identity that nobody has ended."""
    changes = Submission.objects.open().filter(organisation=organisation, kind=SubmissionKind.CHANGE)
    return changes.select_related("applicant", "organisation").first()


def has_enrolment_open(organisation: Organisation) -> Submission | None:
    """The enrolment in which its identity is still written."""
    if organisation.register_status not in ENROLLED_STATUSES:
        return None
    enrolments = Submission.objects.open().filter(organisation=organisation, kind=SubmissionKind.ENROLMENT)
    return enrolments.select_related("applicant", "organisation").first()


def state_sentence(organisation: Organisation) -> str:
    """Where the record stands, for people who never saw the registry's words."""
    if has_lapsed(organisation):
        return _("Suspended: nobody confirmed the record in time. Confirm it and it is public again at once.")
    if organisation.register_status == RegisterStatus.RECORDED:
        return _recorded_sentence(organisation)
    return {
        RegisterStatus.DRAFT: _("A draft: nobody but you sees it yet."),
        RegisterStatus.SUBMITTED: _(
            "Waiting for the registry's team to read the request. The public does not see it."
        ),
        RegisterStatus.LISTED: _("Listed in the registry: everybody sees it."),
        RegisterStatus.SUSPENDED: _("Suspended by the registry's team: the public does not see it."),
        RegisterStatus.WITHDRAWN: _("Withdrawn, as the organisation asked: the public does not see it."),
        RegisterStatus.STRUCK_OFF: _("Struck off the registry: the public does not see it."),
        RegisterStatus.REJECTED: _("Not accepted in the registry: the public does not see it."),
    }[RegisterStatus(organisation.register_status)]


def _recorded_sentence(organisation: Organisation) -> str:
    enrolment = has_enrolment_open(organisation)
    if enrolment is None:
        return _("Known from the programme's documents, not enrolled yet. The public sees it.")
    if enrolment.is_writable and enrolment.lodged_at is not None:
        return _(
            "Known from the programme's documents. Its enrolment was returned to you. The public sees the record."
        )
    if enrolment.is_writable:
        return _("Known from the programme's documents. Its enrolment is begun and not sent yet.")
    return _(
        "Known from the programme's documents. Its enrolment waits for the registry's team; until the decision "
        "the public sees the record as it is."
    )


def completeness(organisation: Organisation) -> list[Part]:
    """The parts of a good record, each with the page where it is filled in."""

    def part(label: str, is_there: object, section: str) -> Part:
        return Part(
            label, bool(is_there), reverse("organisations:own_section", args=[organisation.slug, section])
        )

    figures = reverse("organisations:own_figures", args=[organisation.slug])
    return [
        part(_("Domains"), organisation.domains.exists(), "domenii"),
        part(_("What it does, in a few words"), organisation.summary, "domenii"),
        part(_("Level of activity"), organisation.level, "activitate"),
        part(_("Beneficiaries"), organisation.beneficiaries.exists(), "beneficiari"),
        part(
            _("A contact that the public sees"),
            organisation.contacts.filter(is_public=True).exists(),
            "contacte",
        ),
        part(_("Coordinator of volunteers"), hasattr(organisation, "coordinator"), "coordonator"),
        part(_("Logo"), organisation.logo, "sigla"),
        Part(_("Figures of a year"), organisation.figures.exists(), figures),
    ]


def waiting_sentences(organisation: Organisation, user: User, today: date) -> Iterator[tuple[str, str]]:
    """What the organisation asks of this person: a sentence and the page where it is done."""
    page = organisation.slug
    change = open_change(organisation)
    if (
        change is not None
        and change.is_writable
        and user.has_perm("organisations.change_identity_organisation", organisation)
    ):
        yield (
            _("%(organisation)s: the change of identity was returned to you.")
            % {"organisation": organisation},
            reverse("organisations:own_identity", args=[page]),
        )
    enrolment = has_enrolment_open(organisation)
    if (
        enrolment is not None
        and enrolment.enrols_a_record
        and enrolment.is_writable
        and user.has_perm("organisations.lodge_submission", enrolment)
    ):
        yield _enrolment_sentence(enrolment) % {"organisation": organisation}, enrolment.get_absolute_url()
    if user.has_perm("organisations.confirm_organisation", organisation):
        asked = asked_now(organisation)
        if has_lapsed(organisation):
            sentence = _("%(organisation)s is suspended until its record is confirmed.")
        elif is_to_be_confirmed(asked, today):
            sentence = _("%(organisation)s: confirm that the record is true.")
        else:
            return
        yield sentence % {"organisation": organisation}, reverse("organisations:own_confirm", args=[page])


def _enrolment_sentence(enrolment: Submission) -> str:
    if enrolment.lodged_at is not None:
        return _("%(organisation)s: the enrolment was returned to you.")
    return _("%(organisation)s: the enrolment is begun and not lodged yet.")


def is_to_be_confirmed(asked: Reconfirmation | None, today: date) -> bool:
    """Whether the question stands now: 60 days before its day, or after it."""
    return asked is not None and (asked.due_on - today).days <= 60


def is_last_manager(user: Any, organisation: Organisation) -> bool:
    """Whether the person manages it and nobody else who can sign in does."""
    managers = Membership.objects.filter(
        organisation=organisation, role=MemberRole.MANAGER, user__is_active=True
    )
    return set(managers.values_list("user", flat=True)) == {user.pk}


def manages(user: User, organisation: Organisation) -> bool:
    """Whether the person is a manager of it."""
    return Membership.objects.filter(organisation=organisation, user=user, role=MemberRole.MANAGER).exists()
