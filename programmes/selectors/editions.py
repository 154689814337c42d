"""Editions as their pages show them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, Model, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from core.dates import date_range
from core.territory.models import Region
from meetings.models import Meeting
from organisations.choices import PUBLIC_STATUSES
from organisations.models import Organisation
from programmes.choices import ActivityKind
from programmes.models import (
    Activity,
    Announcement,
    Edition,
    EditionDocument,
    EditionPart,
    Mandate,
    StatedFigure,
)
from programmes.selectors.coverage import Coverage, read_coverage
from programmes.selectors.embedded import embed, unpack
from programmes.selectors.figures import Counts, Figure, disagreement, figure_rows
from programmes.selectors.participation import Participation, participation_of


@dataclass(frozen=True)
class _Embedded:
    """A short list that comes with an edition; its rows are asked anew each time, since some depend on the clock."""

    model: type[Model]
    fields: tuple[str, ...]
    rows: Callable[[], QuerySet[Any]]


_EMBEDDED = {
    "part_rows": _Embedded(
        EditionPart,
        ("number", "starts_on", "ends_on", "period_as_stated", "central_theme"),
        EditionPart.objects.all,
    ),
    "figure_rows": _Embedded(
        StatedFigure, ("kind", "qualifier", "value", "source", "note"), StatedFigure.objects.all
    ),
    "activity_rows": _Embedded(
        Activity, ("kind", "position", "title", "deliverable", "due_as_stated"), Activity.objects.all
    ),
    "document_rows": _Embedded(
        EditionDocument,
        ("kind", "title", "slug", "issued_on", "issuer"),
        lambda: EditionDocument.objects.filter(is_public=True),
    ),
    "announcement_rows": _Embedded(
        Announcement, ("title", "slug", "summary", "published_at"), Announcement.objects.published
    ),
}


@dataclass(frozen=True, kw_only=True)
class CoOrganiserRow:
    """An organisation that co-organised, with the numbers of its videoconferences."""

    name: str
    slug: str
    is_public: bool
    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """A part of the edition with how many videoconferences it had."""

    part: EditionPart
    videoconferences: int


@dataclass(frozen=True, kw_only=True)
class EditionPage:
    """Everything on an edition's page."""

    edition: Edition
    parts: list[PartRow]
    coverage: Coverage
    figures: list[Figure]
    participation: Participation | None
    disagreement: tuple[int, int] | None
    partners: Sequence[Any]
    mandates: Sequence[Mandate]
    co_organisers: list[CoOrganiserRow]
    permanent: list[Activity]
    documents: Sequence[EditionDocument]
    announcements: Sequence[Announcement]

    @property
    def period(self) -> str:
        """From the first to the last videoconference, as dates are written in the reader's language."""
        days = [row.day for row in self.coverage.rows]
        return date_range(min(days), max(days), get_language() or "ro") if days else ""

    @property
    def by_region(self) -> list[tuple[Region, list[int]]]:
        """Each region with the numbers of its videoconferences."""
        rows = self.coverage.rows
        return [
            (region, [row.number for row in rows if region in row.regions])
            for region in self.coverage.regions
        ]

    @property
    def county_total(self) -> int:
        return len(self.coverage.counties) + len(self.coverage.missing_counties)

    @property
    def missing_region_names(self) -> str:
        return ", ".join(region.label for region in self.coverage.missing_regions)

    @property
    def missing_county_names(self) -> str:
        return ", ".join(county.name for county in self.coverage.missing_counties)

    @property
    def closing_meeting(self) -> Meeting | None:
        """The closing event's gathering, once it may be shown."""
        closing = getattr(self.edition, "closing_event", None)
        return closing.meeting if closing and closing.meeting.is_public else None

    @property
    def promoters_stated(self) -> Figure | None:
        return next((figure for figure in self.figures if figure.kind == "promoters" and figure.stated), None)


def edition_list(user: object) -> list[Edition]:
    """Editions that this person may see, newest first, with the number of their public videoconferences."""
    public = Q(videoconferences__in=_videoconferences().public())
    return list(
        Edition.objects.visible_to(user)
        .annotate(videoconference_count=Count("videoconferences", filter=public, distinct=True))
        .select_related("closing_event__meeting")
        .order_by("-year")
    )


def find_edition(user: object, year: int) -> Edition | None:
    """The edition of this year, if the person may see it."""
    return Edition.objects.visible_to(user).select_related("closing_event__meeting").filter(year=year).first()


def latest_edition() -> Edition | None:
    """The newest edition that anybody may see, examples left out, with its figures; one query."""
    newest = (
        Edition.objects.public()
        .filter(is_example=False)
        .select_related("closing_event__meeting")
        .annotate(**_embedded("figure_rows"))
    )
    return newest.order_by("-year").first()


def stated_figures(edition: Edition) -> list[StatedFigure]:
    """The figures that came with :func:`latest_edition`; no query."""
    return _unpacked(edition, "figure_rows")


def edition_page(user: object, year: int) -> EditionPage | None:
    """The page of an edition, or nothing; six queries whatever its size, seven once its people were counted."""
    edition = (
        Edition.objects.visible_to(user)
        .select_related("closing_event__meeting")
        .annotate(organisation_count=_organisation_count(), **_embedded(*_EMBEDDED))
        .filter(year=year)
        .first()
    )
    if edition is None:
        return None
    coverage = read_coverage(edition)
    partners = list(edition.partners.select_related("structure").order_by("structure__position"))
    mandates = _mandates(edition)
    co_organisers = _co_organisers(edition)
    participation = participation_of(edition)
    figures = figure_rows(
        stated_figures(edition),
        Counts(
            videoconferences=len(coverage.rows),
            co_organisers=len(co_organisers),
            mandates=len(mandates),
            partners=len(partners),
            organisations=edition.organisation_count,
            participation=participation,
        ),
    )
    return EditionPage(
        edition=edition,
        parts=[
            PartRow(part=part, videoconferences=sum(row.part == part.number for row in coverage.rows))
            for part in _unpacked(edition, "part_rows")
        ],
        coverage=coverage,
        figures=figures,
        participation=participation,
        disagreement=disagreement(figures),
        partners=partners,
        mandates=mandates,
        co_organisers=co_organisers,
        permanent=[row for row in _unpacked(edition, "activity_rows") if row.kind == ActivityKind.PERMANENT],
        documents=_unpacked(edition, "document_rows"),
        announcements=_unpacked(edition, "announcement_rows"),
    )


def _embedded(*names: str) -> dict[str, Any]:
    lists = {name: _EMBEDDED[name] for name in names}
    return {name: embed(short.rows(), "edition", short.fields) for name, short in lists.items()}


def _unpacked(edition: Edition, name: str) -> list[Any]:
    short = _EMBEDDED[name]
    return unpack(short.model, short.fields, getattr(edition, name))


def _organisation_count() -> Coalesce:
    counted = Organisation.objects.public().order_by().annotate(one=F("pk") * 0).values("one")
    return Coalesce(
        Subquery(counted.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0
    )


def _mandates(edition: Edition) -> list[Mandate]:
    named = edition.mandates.filter(organisation__register_status__in=PUBLIC_STATUSES)
    return list(named.select_related("organisation", "home_region").order_by("organisation__order_key"))


def _videoconferences() -> Any:
    """The model on the floor above, by the reverse name of its link."""
    return Edition._meta.get_field("videoconferences").related_model._default_manager


def _co_organisers(edition: Edition) -> list[CoOrganiserRow]:
    """Distinct organisations, alphabetically, with the numbers of the public videoconferences they co-organised."""
    link = Organisation._meta.get_field("co_organised_links").related_model
    rows: QuerySet[Any, Any] = (
        link._default_manager.filter(videoconference__in=_videoconferences().public().filter(edition=edition))
        .order_by("organisation__order_key", "organisation_id", "videoconference__number")
        .values(
            "organisation_id",
            "organisation__legal_name",
            "organisation__public_name",
            "organisation__slug",
            "organisation__register_status",
            "videoconference__number",
        )
    )
    found: dict[int, CoOrganiserRow] = {}
    for row in rows:
        known = found.get(row["organisation_id"])
        numbers = (*(known.numbers if known else ()), row["videoconference__number"])
        found[row["organisation_id"]] = CoOrganiserRow(
            name=row["organisation__public_name"] or row["organisation__legal_name"],
            slug=row["organisation__slug"],
            is_public=row["organisation__register_status"] in PUBLIC_STATUSES,
            numbers=numbers,
        )
    return list(found.values())
