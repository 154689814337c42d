"""What the registry keeps about a person, for "my data" and for erasure."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.accounts.personal_data import before_erasure, on_erasure, personal_data, traces
from organisations.emails.enrolment import name_for_applicant
from organisations.models import (
    Invitation,
    Membership,
    OrganisationChange,
    Reconfirmation,
    RecordReport,
    StructureRepresentative,
    Submission,
)
from organisations.questions.reading import answers_for_reading
from organisations.services.forgetting import coordinators_of, forget_person, lonely_without, phones_of


@personal_data(
    _("Organisations and structures for which you act"),
    why=_("So that only those whom an organisation chose change its record."),
    kept=_("Until you leave the organisation or it takes you out."),
    order=20,
)
def memberships(user: User) -> list[dict[Any, Any]]:
    organisations = [
        {_("Organisation"): str(each.organisation), _("As"): each.get_role_display(), _("Since"): each.since}
        for each in Membership.objects.filter(user=user).select_related("organisation")
    ]
    structures = [
        {_("Structure"): str(each.structure), _("Since"): each.since}
        for each in StructureRepresentative.objects.filter(user=user).select_related("structure")
    ]
    return [*organisations, *structures]


@personal_data(
    _("Requests that you lodged or began"),
    why=_("So that the registry's team decides about them and you see what came of it."),
    kept=_("Drafts until you erase them, lodged requests as long as the record they are about."),
    order=21,
)
def submissions(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Kind"): each.get_kind_display(),
            _("Organisation"): name_for_applicant(each),
            _("State"): each.get_status_display(),
            _("Begun on"): each.begun_at,
            _("Lodged on"): each.lodged_at,
            _("Answers"): _in_words(each),
            _("Message to the registry's team"): each.note,
            _("Reason of the decision"): each.reason,
        }
        for each in Submission.objects.filter(applicant=user).select_related("organisation")
    ]


def _in_words(submission: Submission) -> dict[str, dict[str, str]]:
    """Question and answer by step, without what was left empty."""
    read = answers_for_reading(submission.answers, kind=submission.kind)
    said = {step: {question: answer for question, answer in lines if answer} for step, lines in read}
    return {step: answers for step, answers in said.items() if answers}


@personal_data(
    _("Invitations to your address"),
    why=_("So that you can take them up."),
    kept=_("Until they are taken up or end; the fact that you were invited as long as your account."),
    order=22,
)
def invitations(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Organisation"): str(each.organisation),
            _("Received on"): each.created_at,
            _("Good until"): each.expires_at,
            _("Taken up on"): each.accepted_at,
        }
        for each in Invitation.objects.filter(email__iexact=user.email).select_related("organisation")
    ]


@personal_data(
    _("Records that name you as coordinator of volunteers"),
    why=_("So that the registry's team and the organisation know whom to ask."),
    kept=_(
        "Until the organisation names somebody else. You are found by your e-mail address; by your name alone only "
        "where you act for the organisation."
    ),
    order=23,
)
def coordinations(user: User) -> list[dict[Any, Any]]:
    return [
        {
            _("Organisation"): str(each.organisation),
            _("Name"): each.name,
            _("E-mail address"): each.email,
            _("Phone"): each.phone,
        }
        for each in coordinators_of(user).select_related("organisation")
    ]


@personal_data(
    _("Reports that you sent from your address"),
    why=_("To answer you. They are found by your e-mail address."),
    kept=_("Your address two years; the report itself as long as the record."),
    order=61,
)
def reports(user: User) -> list[dict[Any, Any]]:
    return [
        {_("When"): each.created_at, _("Organisation"): str(each.organisation), _("Message"): each.message}
        for each in RecordReport.objects.filter(email__iexact=user.email).select_related("organisation")
    ]


@personal_data(
    _("Changes that you made for organisations"),
    why=_("So that an organisation sees who changed its record."),
    kept=_("As long as the record; after an erasure it no longer says that it was you."),
    order=89,
)
def changes(user: User) -> list[dict[Any, Any]]:
    made = [
        {_("When"): each.at, _("Organisation"): str(each.organisation), _("What"): each.get_subject_display()}
        for each in OrganisationChange.objects.filter(actor=user).select_related("organisation")
    ]
    confirmed = [
        {
            _("When"): each.confirmed_at,
            _("Organisation"): str(each.organisation),
            _("What"): _t("Confirmed the record"),
        }
        for each in Reconfirmation.objects.filter(confirmed_by=user).select_related("organisation")
    ]
    return [*made, *confirmed]


@on_erasure(
    erased=_(
        "Your place in organisations, your drafts, invitations to you, and your name, e-mail address and telephone "
        "number in requests, contacts and as a coordinator of volunteers."
    ),
    stays=_(
        "The organisations with their public records, and the requests about them without you: people go, "
        "organisations stay."
    ),
)
def forget(user: User) -> None:
    forget_person(user=user)


@traces
def telephone_numbers(user: User) -> list[str]:
    return phones_of(user)


@before_erasure
def lonely_organisations(user: User) -> Iterator[str]:
    for organisation in lonely_without(user):
        yield _t(
            "You are the only manager of “%(name)s”. Hand the record over to a colleague first, or it stays without "
            "people: the registry's team will see it and others may claim it."
        ) % {"name": organisation.display_name}
