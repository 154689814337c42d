"""Yearly figures that an organisation's people fill in (row O12)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.accounts.models import User
from organisations.choices import AgeGroup, ChangeSubject, Sex
from organisations.models import (
    Domain,
    Organisation,
    OrganisationChange,
    VolunteerCount,
    VolunteerHours,
    YearlyFigures,
)
from organisations.questions.figures import count_name, hours_name
from organisations.services.own_enrolment import keep_up_enrolment

SAID = ("employees", "has_coordinator", "keeps_contracts", "keeps_register")


@transaction.atomic
def save_figures(
    *, organisation: Organisation, year: int, cleaned: Mapping[str, Any], actor: User
) -> YearlyFigures | None:
    """Write the checked figures of a year, in place of those that were there.

    What is None is "not said" and has no row; zero is a number like any other. Hours of domains that the form did
    not ask about stay. A year of which nothing is said is not kept: None is returned.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    figures, _made = YearlyFigures.objects.update_or_create(
        organisation=organisation,
        year=year,
        defaults={**{name: cleaned[name] for name in SAID}, "saved_by": actor},
    )
    figures.volunteers.all().delete()
    VolunteerCount.objects.bulk_create(
        VolunteerCount(figures=figures, age_group=age, sex=sex, count=cleaned[count_name(age, sex)])
        for age in AgeGroup
        for sex in Sex
        if cleaned.get(count_name(age, sex)) is not None
    )
    every: Any = Domain.objects.all()
    asked = [domain for domain in every if hours_name(domain.code) in cleaned]
    figures.hours.filter(domain__in=asked).delete()
    VolunteerHours.objects.bulk_create(
        VolunteerHours(figures=figures, domain=domain, hours=cleaned[hours_name(domain.code)])
        for domain in asked
        if cleaned[hours_name(domain.code)] is not None
    )
    OrganisationChange.objects.create(
        organisation=organisation, subject=ChangeSubject.FIGURES, after=str(year), actor=actor
    )
    keep_up_enrolment(organisation=organisation, step="figures", year=year)
    says_nothing = all(cleaned[name] is None for name in SAID)
    if says_nothing and not figures.volunteers.exists() and not figures.hours.exists():
        figures.delete()
        return None
    return figures
