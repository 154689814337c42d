"""The list, the month and the feed: which videoconferences, and how many each filter would find."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf

from core.territory.models import County, Region
from organisations.choices import PUBLIC_STATUSES
from programmes.selectors.coverage import Places, place_ids
from videoconferences.models import CoOrganiser, Theme, Videoconference, VideoconferenceTheme


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One public videoconference with all that a filter asks about."""

    pk: int
    number: int
    year: int
    edition_number: int
    day: date
    starts_at: datetime | None
    status: str
    is_example: bool = False
    regions: tuple[Region, ...]
    counties: tuple[County, ...]
    named_counties: tuple[County, ...]
    themes: tuple[str, ...]
    co_organisers: tuple[str, ...]

    def values(self, name: str) -> Collection[str]:
        """The codes under which a filter of this name finds the entry."""
        codes: dict[str, Callable[[], Collection[str]]] = {
            "regiune": lambda: [region.slug for region in self.regions],
            "judet": lambda: [county.code for county in self.counties],
            "tema": lambda: self.themes,
            "editie": lambda: [str(self.year)],
        }
        return codes[name]()


FILTERS = ("regiune", "judet", "tema", "editie")
Chosen = dict[str, list[str]]


@dataclass(frozen=True)
class Found:
    """The entries that answer all filters, and for each filter how many a choice of it would find."""

    entries: tuple[Entry, ...] = ()
    total: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)


def all_entries() -> list[Entry]:
    """Every public videoconference, newest first; one query. There are some tens of them a year at most."""
    region_ids, county_ids = place_ids(Videoconference, "videoconference")
    links = CoOrganiser.objects.filter(videoconference=OuterRef("pk")).order_by("position", "pk")
    themes = VideoconferenceTheme.objects.filter(videoconference=OuterRef("pk")).order_by("theme__position")
    rows = (
        Videoconference.objects.public()
        .annotate(
            region_ids=region_ids,
            county_ids=county_ids,
            theme_codes=ArraySubquery(themes.values("theme__code")),
            names=ArraySubquery(
                links.values(
                    name=Coalesce(NullIf("organisation__public_name", Value("")), "organisation__legal_name")
                )
            ),
        )
        .order_by("-meeting__on_date", F("meeting__starts_at").desc(nulls_last=True), "-number")
        .values(
            "pk",
            "number",
            "edition__year",
            "edition__number",
            "edition__is_example",
            "meeting__on_date",
            "meeting__starts_at",
            "meeting__status",
            "region_ids",
            "county_ids",
            "theme_codes",
            "names",
        )
    )
    places = Places.now()
    return [_entry(row, places) for row in rows]


def _entry(row: Mapping[str, Any], places: Places) -> Entry:
    return Entry(
        pk=row["pk"],
        number=row["number"],
        year=row["edition__year"],
        edition_number=row["edition__number"],
        day=row["meeting__on_date"],
        starts_at=row["meeting__starts_at"],
        status=row["meeting__status"],
        is_example=row["edition__is_example"],
        regions=places.regions_of(row["region_ids"]),
        counties=places.counties_of(row["county_ids"], row["region_ids"]),
        named_counties=places.counties_of(row["county_ids"], ()) if row["county_ids"] else (),
        themes=tuple(row["theme_codes"]),
        co_organisers=tuple(row["names"]),
    )


def find(entries: Iterable[Entry], chosen: Chosen) -> Found:
    """Entries that have a chosen code of every filter; each filter is counted with all the others applied."""
    every = tuple(entries)

    def answers(entry: Entry, names: Iterable[str]) -> bool:
        return all(not set(chosen[name]).isdisjoint(entry.values(name)) for name in names if chosen.get(name))

    counts = {}
    for name in FILTERS:
        others = [other for other in FILTERS if other != name]
        counts[name] = Counter(
            code for entry in every if answers(entry, others) for code in entry.values(name)
        )
    return Found(tuple(entry for entry in every if answers(entry, FILTERS)), len(every), counts)


def theme_labels(codes: Iterable[str]) -> dict[str, str]:
    """Names of these themes in the reader's language, in the order of the vocabulary."""
    return {
        theme.code: theme.label for theme in Theme.objects.filter(code__in=list(codes)).order_by("position")
    }


def meetings_of(entries: Iterable[Entry]) -> list[Videoconference]:
    """The records behind the entries, by date, for the feed."""
    keys = [entry.pk for entry in entries]
    return list(Videoconference.objects.filter(pk__in=keys).select_related("meeting", "edition").in_order())


@dataclass(frozen=True, kw_only=True)
class CoOrganiserLine:
    """A co-organiser of one videoconference; ``printed`` only when the calendar prints the name otherwise."""

    name: str
    slug: str
    printed: str


def co_organiser_lines(videoconference: Videoconference) -> list[CoOrganiserLine]:
    """Co-organisers in the printed order; the page of an organisation that is not public is not linked."""
    lines = []
    for link in videoconference.co_organiser_links.select_related("organisation"):
        organisation = link.organisation
        known = {organisation.legal_name, organisation.public_name, organisation.display_name, ""}
        lines.append(
            CoOrganiserLine(
                name=organisation.display_name,
                slug=organisation.slug if organisation.register_status in PUBLIC_STATUSES else "",
                printed=link.name_as_printed if link.name_as_printed not in known else "",
            )
        )
    return lines
