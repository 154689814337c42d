"""Yearly figures of an organisation: what its own people see by year, and the totals that everybody sees."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from organisations.models import Organisation, VolunteerCount, VolunteerHours, YearlyFigures


@dataclass(frozen=True)
class PublicFigures:
    """Totals of the latest year of which anything countable is known; None is "not said", never zero."""

    year: int
    volunteers: int | None
    hours: int | None


def figures_by_year(organisation: Organisation) -> QuerySet[YearlyFigures]:
    """Its years, the newest first, each with ``volunteer_total`` and ``hours_total``; None where nothing was said."""
    return (
        YearlyFigures.objects.filter(organisation=organisation)
        .annotate(
            volunteer_total=_total(VolunteerCount, "count"), hours_total=_total(VolunteerHours, "hours")
        )
        .select_related("saved_by")
        .order_by("-year")
    )


def public_figures(organisation: Organisation) -> PublicFigures | None:
    """One query; None for an organisation that never said how many volunteers or hours."""
    for row in figures_by_year(organisation).select_related(None)[:5]:
        found: Any = row
        if found.volunteer_total is not None or found.hours_total is not None:
            return PublicFigures(row.year, found.volunteer_total, found.hours_total)
    return None


def _total(model: Any, column: str) -> Subquery:
    rows = model.objects.filter(figures=OuterRef("pk")).order_by().values("figures")
    return Subquery(rows.annotate(total=Sum(column)).values("total"))
