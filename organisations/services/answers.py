"""Answers into the record, and the record into answers."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.territory.models import County
from core.territory.selectors import county_by_code
from organisations.choices import AgeGroup, ContactKind, NameKind, RegisterStatus, Sex, SubmissionKind
from organisations.models import (
    Domain,
    Organisation,
    OrganisationContact,
    OrganisationName,
    Submission,
    VolunteerCoordinator,
    VolunteerCount,
    VolunteerHours,
    YearlyFigures,
)
from organisations.questions import read_answers
from organisations.questions.figures import count_name, hours_name, year_of
from organisations.selectors.vocabulary import COUNTRY

IDENTITY = ("legal_name", "public_name", "acronym", "legal_form")
REGISTRATION = (
    "cui",
    "national_register_number",
    "court_register_number",
    "court_register_date",
    "court",
)


@transaction.atomic
def apply_answers(*, submission: Submission) -> None:
    """Write the checked answers of the request's steps to its organisation; steps that its kind lacks change nothing.

    A name that the public knew and that is replaced stays as a former name. Raises ``ValidationError`` in words when
    an answer is wrong or another record has the CUI; nothing is written then. Fit to run again. A claim has no
    answers for the record.
    """
    if submission.kind == SubmissionKind.CLAIM or submission.organisation is None:
        return
    reading = read_answers(submission.answers, kind=submission.kind)
    if reading.errors:
        raise ValidationError([sentence for rows in reading.errors.values() for *_names, sentence in rows])
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=submission.organisation.pk)
    former = organisation.legal_name
    was_known = submission.kind == SubmissionKind.CHANGE or (
        organisation.register_status == RegisterStatus.RECORDED
    )
    set_fields(organisation, reading.cleaned)
    organisation._history_user = submission.decided_by or submission.applicant  # type: ignore[attr-defined]
    _save(organisation)
    if former != organisation.legal_name and was_known:
        OrganisationName.objects.get_or_create(organisation=organisation, kind=NameKind.HISTORIC, name=former)
    _write_lists(organisation, reading.cleaned)
    if submission.kind == SubmissionKind.ENROLMENT:
        _write_contacts(organisation, reading.cleaned["contacts"])
        _write_coordinator(organisation, reading.cleaned["coordinator"])
        _write_figures(organisation, submission, reading.cleaned["figures"])
        _copy_logo(organisation, submission)


def set_fields(organisation: Organisation, cleaned: dict[str, dict[str, Any]]) -> None:
    """Puts what checked answers say on a record that is not saved here."""
    for name in IDENTITY:
        setattr(organisation, name, cleaned["identity"][name])
    for name in REGISTRATION:
        setattr(organisation, name, cleaned["registration"][name])
    organisation.seat = cleaned["seat"]["seat"]
    organisation.county = cleaned["seat"]["seat"].county
    if "activity" in cleaned:
        organisation.level = cleaned["activity"]["level"]
    if "domains" in cleaned:
        organisation.summary = cleaned["domains"]["summary"]


def answers_of(organisation: Organisation) -> dict[str, dict[str, Any]]:
    """The record as answers, so that a change begins with what is known; steps of a change only."""
    seat = organisation.seat
    aliases = organisation.names.filter(kind=NameKind.ALIAS).values_list("name", flat=True)
    day = organisation.court_register_date
    return {
        "identity": {
            **{name: getattr(organisation, name) for name in IDENTITY},
            "aliases": "\n".join(aliases),
        },
        "registration": {
            **{name: getattr(organisation, name) for name in REGISTRATION},
            "court_register_date": day.isoformat() if day else "",
        },
        "seat": {
            "county": organisation.county.code if organisation.county else "",
            "locality": seat.name if seat else "",
            "uat": seat.code if seat else "",
        },
    }


def _save(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        if "organisation_cui_once" not in str(error):
            raise
        raise ValidationError(_("An organisation with this CUI is already in the registry.")) from None


def _write_lists(organisation: Organisation, cleaned: dict[str, dict[str, Any]]) -> None:
    wanted = cleaned["identity"]["aliases"]
    organisation.names.filter(kind=NameKind.ALIAS).exclude(name__in=wanted).delete()
    for name in wanted:
        OrganisationName.objects.get_or_create(organisation=organisation, kind=NameKind.ALIAS, name=name)
    if "activity" in cleaned:
        abroad = organisation.activity_counties.exclude(country=COUNTRY)
        organisation.activity_counties.set([*abroad, *_counties(cleaned["activity"]["counties"])])
    if "domains" in cleaned:
        _choose(organisation.domains, cleaned["domains"]["domains"])
    if "beneficiaries" in cleaned:
        chosen = cleaned["beneficiaries"]
        _choose(organisation.beneficiaries, chosen["beneficiaries"])
        _choose(organisation.goals, chosen["goals"])


def _choose(related: Any, codes: list[str]) -> None:
    """The terms as chosen; closed ones, which cannot be chosen any more, stay."""
    related.set([*related.filter(is_active=False), *related.model.objects.filter(code__in=codes)])


def _counties(codes: list[str]) -> list[County]:
    return [county for county in map(county_by_code, codes) if county is not None]


def _write_contacts(organisation: Organisation, cleaned: dict[str, Any]) -> None:
    """The first contact of each kind; what staff added beside it stays."""
    first = {contact.kind: contact.pk for contact in organisation.contacts.order_by("-pk")}
    organisation.contacts.filter(pk__in=first.values()).delete()
    for kind in ContactKind:
        organisation.contacts.filter(kind=kind, value=cleaned[kind.value]).delete()
    OrganisationContact.objects.bulk_create(
        OrganisationContact(
            pk=first.get(kind),
            organisation=organisation,
            kind=kind,
            value=cleaned[kind.value],
            is_public=cleaned[f"{kind.value}_public"],
        )
        for kind in ContactKind
        if cleaned[kind.value]
    )


def _write_coordinator(organisation: Organisation, cleaned: dict[str, Any]) -> None:
    if cleaned["name"]:
        VolunteerCoordinator.objects.update_or_create(organisation=organisation, defaults=cleaned)
    else:
        VolunteerCoordinator.objects.filter(organisation=organisation).delete()


def _write_figures(organisation: Organisation, submission: Submission, cleaned: dict[str, Any]) -> None:
    """The figures of the year that was asked about; none when nothing was said."""
    year = year_of(submission.answers)
    organisation.figures.filter(year=year).delete()
    if all(value is None for value in cleaned.values()):
        return
    flags = ("employees", "has_coordinator", "keeps_contracts", "keeps_register")
    figures = YearlyFigures.objects.create(
        organisation=organisation,
        year=year,
        saved_by=submission.applicant,
        **{name: cleaned[name] for name in flags},
    )
    VolunteerCount.objects.bulk_create(
        VolunteerCount(figures=figures, age_group=age, sex=sex, count=cleaned[count_name(age, sex)])
        for age in AgeGroup
        for sex in Sex
        if cleaned.get(count_name(age, sex)) is not None
    )
    VolunteerHours.objects.bulk_create(
        VolunteerHours(figures=figures, domain_id=domain.pk, hours=cleaned[hours_name(domain.code)])
        for domain in Domain.objects.filter(parent=None)
        if cleaned.get(hours_name(domain.code)) is not None
    )


def _copy_logo(organisation: Organisation, submission: Submission) -> None:
    """A copy of its own: the request's picture may go when the request does."""
    former, storage = organisation.logo.name, organisation.logo.storage
    if not submission.logo:
        organisation.logo = ""
    else:
        kind = PurePath(str(submission.logo.name)).suffix
        with submission.logo.open("rb") as picture:
            organisation.logo.save(f"{organisation.pk}{kind}", ContentFile(picture.read()), save=False)
    Organisation.objects.filter(pk=organisation.pk).update(logo=organisation.logo.name)
    if former:
        transaction.on_commit(lambda: storage.delete(former))
