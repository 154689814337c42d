"""A person leaves the registry: what was theirs goes, the organisations stay (decision 13)."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.choices import Language
from core.accounts.models import User
from core.accounts.services.scrubbing import needles_of, replace_in
from organisations.choices import ContactKind, MemberRole, ReportReason, SubmissionStatus
from organisations.models import (
    ImportLine,
    Invitation,
    Membership,
    Organisation,
    OrganisationChange,
    OrganisationContact,
    OrganisationMerge,
    RecordReport,
    RegistryImport,
    Submission,
    SubmissionVersion,
    VolunteerCoordinator,
)
from organisations.services.drafts import discard_draft
from organisations.services.reports import receive_report

# Where requests and records may quote a person in free text.
QUOTING = (Submission, SubmissionVersion, OrganisationMerge, OrganisationChange, RegistryImport, ImportLine)


@transaction.atomic
def forget_person(*, user: User) -> None:
    """Erases a person from the registry's records; each organisation stays, and one left alone comes into the queue.

    Drafts go whole. Of requests that were lodged, the person's name, address and telephone number go, wherever they
    were written; contacts and coordinators that are this person go; invitations to and from them too.
    """
    phones = phones_of(user)
    tell_of_lonely(user=user)
    for draft in Submission.objects.filter(applicant=user, status=SubmissionStatus.DRAFT, lodged_at=None):
        discard_draft(submission=draft)
    Invitation.objects.filter(email__iexact=user.email).delete()
    OrganisationContact.objects.filter(
        Q(kind=ContactKind.EMAIL, value__iexact=user.email) | Q(kind=ContactKind.PHONE, value__in=phones)
    ).delete()
    _coordinators(user).delete()
    _empty_answers(Submission.objects.all(), user)
    _empty_answers(SubmissionVersion.objects.all(), user)
    reports = RecordReport.objects.filter(email__iexact=user.email)
    numbers = list(reports.values_list("pk", flat=True))
    reports.update(email="")
    needles = [*needles_of(user), *phones]
    replace_in(RecordReport.objects.filter(pk__in=numbers), needles)
    for model in QUOTING:
        replace_in(model._default_manager.all(), needles)


def lonely_without(user: User) -> QuerySet[Organisation]:
    """Organisations that this person alone manages."""
    others = Membership.objects.filter(role=MemberRole.MANAGER).exclude(user=user)
    return Organisation.objects.filter(memberships__user=user, memberships__role=MemberRole.MANAGER).exclude(
        pk__in=others.values("organisation")
    )


def tell_of_lonely(*, user: User) -> None:
    """A report in the moderators' queue for every organisation that loses its only manager; it names nobody."""
    for organisation in lonely_without(user):
        with override(Language.ROMANIAN):
            message = _(
                "The account of the only person who managed this record was erased. The record stays without people "
                "until somebody claims it."
            )
        receive_report(
            organisation=organisation, reason=ReportReason.OTHER, message=message, language=Language.ROMANIAN
        )


def _coordinators(user: User) -> QuerySet[VolunteerCoordinator]:
    named = Q(email__iexact=user.email)
    if len(needles_of(user)) > 1:
        named |= Q(name__iexact=user.full_name, email="")
    return VolunteerCoordinator.objects.filter(named)


def phones_of(user: User) -> list[str]:
    """Numbers that stand beside the person's own address or name as a coordinator, in records and in requests."""
    found = set(_coordinators(user).values_list("phone", flat=True))
    for model in (Submission, SubmissionVersion):
        for answers in _quoting(model._default_manager.all(), user).values_list("answers", flat=True):
            step = answers.get("coordinator", {})
            if _is_person(step, user):
                found.add(str(step.get("phone", "")))
    return sorted(phone for phone in found if len(phone) > 5)


def _empty_answers(queryset: QuerySet[Any], user: User) -> None:
    """Takes out the whole answer about a coordinator who is this person."""
    for row in _quoting(queryset, user):
        if _is_person(row.answers.get("coordinator", {}), user):
            kept = {step: answer for step, answer in row.answers.items() if step != "coordinator"}
            queryset.filter(pk=row.pk).update(answers=kept)


def _quoting(queryset: QuerySet[Any], user: User) -> QuerySet[Any]:
    found = Q()
    for needle in needles_of(user):
        found |= Q(answers__coordinator__email__iexact=needle) | Q(answers__coordinator__name__iexact=needle)
    return queryset.filter(found)


def _is_person(step: Any, user: User) -> bool:
    said = {str(step.get(name, "")).strip().lower() for name in ("email", "name")} if step else set()
    return bool(said & {needle.lower() for needle in needles_of(user)})
