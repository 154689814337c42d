"""A person leaves the registry: what was theirs goes, the organisations stay (decision 13)."""

import re
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.choices import Language
from core.accounts.models import User
from core.accounts.services.scrubbing import addresses_of, is_any, names_of, needles_of, replace_in
from organisations.choices import ContactKind, LineKind, MemberRole, ReportReason, SubmissionStatus
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

# Where records may quote a person in free text.
QUOTING = (OrganisationMerge, OrganisationChange, RegistryImport)
# A telephone number, however it is written.
_DIGITS_OF_A_PHONE = 9


@transaction.atomic
def forget_person(*, user: User) -> None:
    """Erases a person from the registry's records; each organisation stays, and one left alone comes into the queue.

    Drafts go whole. Address and telephone number go wherever they were written; contacts and coordinators that are
    this person go; invitations to and from them too. The name, which anybody may choose and others may bear, is
    looked for in requests of the person and of the organisations for which they act, not in those of strangers.
    """
    phones = phones_of(user)
    own = list(_own_requests(user).values_list("pk", flat=True))
    places = list(_own_organisations(user).values_list("pk", flat=True))
    tell_of_lonely(user=user)
    for draft in Submission.objects.filter(applicant=user, status=SubmissionStatus.DRAFT, lodged_at=None):
        discard_draft(submission=draft)
    addresses = addresses_of(user)
    Invitation.objects.filter(is_any("email", addresses)).delete()
    OrganisationContact.objects.filter(
        (Q(kind=ContactKind.EMAIL) & is_any("value", addresses))
        | Q(kind=ContactKind.PHONE, value__in=phones, organisation__in=places)
    ).delete()
    coordinators_of(user).delete()
    _empty_answers(user)
    reports = RecordReport.objects.filter(is_any("email", addresses))
    numbers = list(reports.values_list("pk", flat=True))
    reports.update(email="")
    needles = [*needles_of(user), *phones]
    replace_in(RecordReport.objects.filter(pk__in=numbers), needles)
    replace_in(Submission.objects.filter(pk__in=own), needles)
    replace_in(SubmissionVersion.objects.filter(submission__in=own), needles)
    # What still enters the registry may be an organisation that bears a person's name.
    replace_in(ImportLine.objects.filter(kind=LineKind.REFUSED), needles)
    for others in (Submission, SubmissionVersion, ImportLine):
        replace_in(others._default_manager.all(), [*addresses, *phones])
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


def coordinators_of(user: User) -> QuerySet[VolunteerCoordinator]:
    """Coordinators who are this person: by address, or by name alone where the person acts for the organisation."""
    named = is_any("email", addresses_of(user))
    own = Q(email="", organisation__in=_own_organisations(user))
    named |= own & is_any("name", names_of(user))
    return VolunteerCoordinator.objects.filter(named)


def phones_of(user: User) -> list[str]:
    """Numbers that stand beside the person's own address or name as a coordinator, in records and in requests."""
    found = set(coordinators_of(user).values_list("phone", flat=True))
    for queryset in _requests_naming(user):
        for answers in queryset.values_list("answers", flat=True):
            step = answers.get("coordinator", {})
            if _is_person(step, user):
                found.add(str(step.get("phone", "")))
    return sorted(phone for phone in found if _is_phone(phone))


def _is_phone(typed: str) -> bool:
    """Raw answers may hold anything: a word there must not be taken out of everybody's texts."""
    rest = re.sub(r"[\s()./+-]", "", typed)
    return rest.isdecimal() and len(rest) >= _DIGITS_OF_A_PHONE


def _own_organisations(user: User) -> QuerySet[Any]:
    """Organisations for which the person acts, or to which an accepted request of theirs belongs."""
    return (
        Organisation.objects.filter(
            Q(memberships__user=user)
            | Q(submissions__applicant=user, submissions__status=SubmissionStatus.ACCEPTED)
        )
        .order_by()
        .values("pk")
    )


def _own_requests(user: User) -> QuerySet[Submission]:
    return Submission.objects.filter(
        Q(applicant=user) | Q(organisation__in=_own_organisations(user))
    ).order_by()


def _requests_naming(user: User) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Requests, and their versions, whose coordinator is this person."""
    named = is_any("answers__coordinator__email", addresses_of(user))
    own = is_any("answers__coordinator__name", names_of(user))
    mine = _own_requests(user).values("pk")
    return (
        Submission.objects.filter(named | (own & Q(pk__in=mine))).order_by(),
        SubmissionVersion.objects.filter(named | (own & Q(submission__in=mine))).order_by(),
    )


def _empty_answers(user: User) -> None:
    """Takes out the whole answer about a coordinator who is this person."""
    for queryset in _requests_naming(user):
        for row in list(queryset):
            if _is_person(row.answers.get("coordinator", {}), user):
                kept = {step: answer for step, answer in row.answers.items() if step != "coordinator"}
                type(row)._default_manager.filter(pk=row.pk).update(answers=kept)


def _is_person(step: Any, user: User) -> bool:
    """Somebody else's address says that it is somebody else, who may bear the same name."""
    email, name = (
        (str(step.get(name, "")).strip().lower() for name in ("email", "name")) if step else ("", "")
    )
    if email:
        return email in {address.lower() for address in addresses_of(user)}
    return name in {each.lower() for each in names_of(user)}
