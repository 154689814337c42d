"""One organisation with everything that its page shows."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery

from organisations.choices import ReconfirmationStatus
from organisations.models import FormerSlug, Organisation, Reconfirmation, VolunteerCoordinator
from organisations.selectors.figures import PublicFigures, public_figures
from organisations.selectors.involvement import public_co_organising, public_mandates
from organisations.selectors.vocabulary import Vocabulary, Word

# A federation or a large foundation may have many branches; the page shows the first ones and says how many.
MAX_PARTS = 50


@dataclass(frozen=True)
class Profile:
    """An organisation and what belongs to it; seven queries, whatever there is of each.

    ``organisation.unconfirmed_since`` is the day on which its yearly confirmation was due, when it is overdue.
    """

    organisation: Any
    names: list[Any]
    contacts: list[Any]
    parts: list[Any]
    mandates: list[Any]
    co_organised: list[Any]
    coordinator: VolunteerCoordinator | None = None
    figures: PublicFigures | None = None
    domains: list[Word] = field(default_factory=list)
    beneficiaries: list[Word] = field(default_factory=list)
    goals: list[Word] = field(default_factory=list)
    zones: list[Word] = field(default_factory=list)


def find_profile(visible: QuerySet[Any], slug: str, words: Vocabulary) -> Profile | None:
    """The profile of the visible organisation with this address, or None."""
    organisation = (
        visible.filter(slug=slug)
        .select_related("county", "seat", "parent", "structure", "coordinator")
        .annotate(
            unconfirmed_since=_overdue(),
            domain_keys=_keys("domains", "domain_id"),
            beneficiary_keys=_keys("beneficiaries", "beneficiarygroup_id"),
            goal_keys=_keys("goals", "sustainablegoal_id"),
            zone_keys=_keys("activity_counties", "county_id"),
        )
        .first()
    )
    if organisation is None:
        return None
    return Profile(
        organisation=organisation,
        names=list(organisation.names.all()),
        contacts=list(organisation.contacts.filter(is_public=True)),
        parts=list(visible.filter(parent=organisation).in_order().select_related("county")[:MAX_PARTS]),  # type: ignore[attr-defined]
        mandates=list(
            public_mandates()
            .filter(organisation=organisation)
            .select_related("edition", "home_region")
            .order_by("-edition__year")
        ),
        co_organised=list(
            public_co_organising()
            .filter(organisation=organisation)
            .select_related("videoconference__meeting", "videoconference__edition")
            .order_by("videoconference__meeting__on_date", "videoconference__number")
        ),
        coordinator=_public_coordinator(organisation),
        figures=public_figures(organisation),
        domains=_words(words.domains, organisation.domain_keys),
        beneficiaries=_words(words.beneficiaries, organisation.beneficiary_keys),
        goals=_words(words.goals, organisation.goal_keys),
        zones=_words(words.counties, organisation.zone_keys),
    )


def present_slug(visible: QuerySet[Any], former: str) -> str | None:
    """Where a former address leads, when the reader may see it."""
    moved = FormerSlug.objects.filter(slug=former, organisation__in=visible).values_list("organisation__slug")
    return next((slug for (slug,) in moved[:1]), None)


def _overdue() -> Subquery:
    overdue = Reconfirmation.objects.filter(organisation=OuterRef("pk"), status=ReconfirmationStatus.OVERDUE)
    return Subquery(overdue.values("due_on")[:1])


def _public_coordinator(organisation: Organisation) -> VolunteerCoordinator | None:
    """The coordinator of volunteers, where the organisation shows them to everybody."""
    found: VolunteerCoordinator | None = getattr(organisation, "coordinator", None)
    return found if found is not None and found.is_public else None


def _keys(name: str, column: str) -> ArraySubquery:
    through: Any = Organisation._meta.get_field(name).remote_field.through  # type: ignore[union-attr]
    return ArraySubquery(through.objects.filter(organisation=OuterRef("pk")).values(column))


def _words(kind: dict[str, Word], keys: list[int]) -> list[Word]:
    return [word for word in kind.values() if word.pk in keys]
