"""Which regions and counties an edition's videoconferences were held for.

Videoconferences stand on the floor above; they are reached by the reverse name of their link, without an import,
and asked for their own rule of what is public (docs/decisions/0005-reverse-relations.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from core.territory.models import County, Region
from core.territory.selectors import counties, regions
from programmes.models import Edition


@dataclass(frozen=True, kw_only=True)
class HeldFor:
    """One videoconference with the places that it is for; ``counties`` are all those of its regions unless named."""

    number: int
    day: date
    part: int | None
    status: str
    regions: tuple[Region, ...]
    counties: tuple[County, ...]


@dataclass(frozen=True)
class Coverage:
    """What the videoconferences of an edition cover of the country, and what they leave out (D14)."""

    rows: tuple[HeldFor, ...] = ()
    regions: tuple[Region, ...] = ()
    missing_regions: tuple[Region, ...] = ()
    counties: tuple[County, ...] = ()
    missing_counties: tuple[County, ...] = ()
    by_county: dict[str, int] = field(default_factory=dict)


def read_coverage(edition: Edition) -> Coverage:
    """Coverage by the edition's public videoconferences; one query."""
    places = Places.now()
    rows = tuple(_row(row, places) for row in _rows(edition))
    covered = {region.pk for row in rows for region in row.regions}
    by_county: dict[str, int] = {}
    for row in rows:
        for county in row.counties:
            by_county[county.code] = by_county.get(county.code, 0) + 1
    return Coverage(
        rows=rows,
        regions=tuple(region for region in places.regions if region.pk in covered),
        missing_regions=tuple(region for region in places.regions if region.pk not in covered),
        counties=tuple(county for county in places.counties if county.code in by_county),
        missing_counties=tuple(county for county in places.counties if county.code not in by_county),
        by_county=by_county,
    )


def place_ids(model: Any, reverse_name: str) -> tuple[ArraySubquery, ArraySubquery]:
    """Expressions that give a videoconference's regions and named counties, each as a list of keys."""

    def ids(name: str) -> ArraySubquery:
        through = getattr(model, name).through
        return ArraySubquery(
            through.objects.filter(**{f"{reverse_name}_id": OuterRef("pk")})
            .order_by(f"{name_of_key(name)}_id")
            .values(f"{name_of_key(name)}_id")
        )

    return ids("regions"), ids("counties")


def name_of_key(name: str) -> str:
    return {"regions": "region", "counties": "county"}[name]


@dataclass(frozen=True)
class Places:
    """Regions and counties as read once, for who looks at many rows: each reading asks the cache."""

    regions: Sequence[Region]
    counties: Sequence[County]

    @classmethod
    def now(cls) -> "Places":
        return cls(regions(), counties())

    def regions_of(self, keys: Iterable[int]) -> tuple[Region, ...]:
        """Regions of these keys in alphabetical order."""
        wanted = set(keys)
        return tuple(region for region in self.regions if region.pk in wanted)

    def counties_of(self, named: Iterable[int], region_keys: Iterable[int]) -> tuple[County, ...]:
        """The named counties, else all those of the regions, in alphabetical order."""
        if wanted := set(named):
            return tuple(county for county in self.counties if county.pk in wanted)
        within = set(region_keys)
        return tuple(county for county in self.counties if county.region_id in within)


def regions_of(keys: Iterable[int]) -> tuple[Region, ...]:
    """Regions of these keys in alphabetical order; no query when the places are in memory."""
    return Places(regions(), ()).regions_of(keys)


def counties_of(named: Sequence[int], region_keys: Sequence[int]) -> tuple[County, ...]:
    """The named counties, else all those of the regions, in alphabetical order."""
    return Places((), counties()).counties_of(named, region_keys)


def _rows(edition: Edition) -> QuerySet[Any, Any]:
    model = Edition._meta.get_field("videoconferences").related_model
    region_ids, county_ids = place_ids(model, "videoconference")
    return (
        edition.videoconferences.public()
        .in_order()
        .annotate(region_ids=region_ids, county_ids=county_ids)
        .values("number", "meeting__on_date", "meeting__status", "part__number", "region_ids", "county_ids")
    )


def _row(row: dict[str, Any], places: Places) -> HeldFor:
    return HeldFor(
        number=row["number"],
        day=row["meeting__on_date"],
        part=row["part__number"],
        status=row["meeting__status"],
        regions=places.regions_of(row["region_ids"]),
        counties=places.counties_of(row["county_ids"], row["region_ids"]),
    )
