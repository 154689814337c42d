"""Who took part: attendances and distinct persons by sector, level, region and type of UAT (row V7).

The synthesis of 2021 does not say whether its participants are persons or attendances (D11), so both are counted and
named. Whoever was at a gathering is one attendance of it; the distinct persons of an edition are told apart by their
account's address or by the one that they registered with, and each is counted once, as they registered last.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.territory.choices import UatType
from core.territory.models import UatTypePeriod
from core.territory.selectors import counties, regions
from meetings.choices import MeetingStatus, ParticipantLevel, Sector
from meetings.models import Attendance
from programmes.choices import EditionStatus
from programmes.models import Edition
from programmes.selectors.participation import count_participation
from videoconferences.figures import (
    EDITION,
    SMALL,
    Protection,
    is_small,
    protect,
    protect_cross,
    protect_row,
)
from videoconferences.models import Videoconference

UNKNOWN: Final = ""
# The facets, in the order in which they are shown; sector and level also as one table of the edition.
FACETS: Final = ("sector", "level", "region", "uat_type")
FACET_LABELS: Final[dict[str, str | Promise]] = {
    "sector": gettext_lazy("Sector"),
    "level": gettext_lazy("Level"),
    "region": gettext_lazy("Development region"),
    "uat_type": gettext_lazy("Type of UAT"),
}


@dataclass(frozen=True, slots=True)
class Attended:
    """One attendance with all that it is counted by; ``moment`` orders the attendances of one person."""

    videoconference: int
    number: int
    person: str
    moment: tuple[Any, int]
    sector: str
    level: str
    region: str
    uat_type: str


@dataclass(frozen=True)
class Shown:
    """A number as a table shows it: ``count`` None where it is not shown, ``is_small`` when that is its reason."""

    count: int | None
    is_small: bool = False


@dataclass(frozen=True)
class Line:
    """A value of a facet with its attendances and persons."""

    label: str
    attendances: Shown
    persons: Shown


@dataclass(frozen=True)
class Facet:
    """One table; without lines it is withheld, since too few people took part to show it by this facet."""

    name: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Cross:
    """Sector by level: a row a sector, with a cell a level."""

    levels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is shown of one videoconference or of an edition; totals None where fewer than five took part."""

    attendances: int | None
    persons: int | None
    facets: tuple[Facet, ...] = ()
    cross: Cross | None = None
    left_out: tuple[int, ...] = ()
    is_provisional: bool = False

    @property
    def hides_any(self) -> bool:
        """Whether a number is not shown, which the page has to explain."""
        lines = [line for facet in self.facets for line in facet.lines]
        lines += [cell for _label, cells in (self.cross.rows if self.cross else ()) for cell in cells]
        return any(None in (line.attendances.count, line.persons.count) for line in lines)


def read_attended(**videoconference: Any) -> list[Attended]:
    """Attendances of the videoconferences that answer these conditions; one query.

    The type of a UAT is the one that it had on the day of the videoconference.
    """
    day = OuterRef("registration__meeting__on_date")
    periods = UatTypePeriod.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        uat=OuterRef("registration__uat"),
    )
    held = Videoconference.objects.filter(**videoconference)
    rows = (
        Attendance.objects.filter(registration__meeting__in=held.values("meeting"))
        .annotate(
            person=Coalesce(
                F("registration__user__email"),
                NullIf(F("registration__email"), Value("")),
                Concat(Value("#"), Cast("registration", CharField())),
                output_field=CharField(),
            ),
            uat_type=Coalesce(
                Subquery(periods.order_by("-valid_from").values("type")[:1]),
                F("registration__uat__type"),
                Value(UNKNOWN),
            ),
        )
        .values_list(
            "registration__meeting__videoconference",
            "registration__meeting__videoconference__number",
            "person",
            "registration__meeting__on_date",
            "registration_id",
            "registration__sector",
            "registration__level",
            "registration__county",
            "uat_type",
        )
    )
    region_of = {county.pk: county.region.slug for county in counties()}
    return [
        Attended(
            videoconference=row[0],
            number=row[1],
            person=row[2].casefold(),
            moment=(row[3], row[4]),
            sector=row[5],
            level=row[6],
            region=region_of.get(row[7], UNKNOWN),
            uat_type=row[8],
        )
        for row in rows
    ]


def figures_of_team(attended: Iterable[Attended]) -> Figures:
    """Every number as it is, for the team: nothing is hidden."""
    rows = list(attended)
    people = _persons(rows)
    return Figures(
        attendances=len(rows),
        persons=len(people),
        facets=tuple(_facet(name, rows, people, lambda _value: True) for name in FACETS),
        cross=_cross(rows, people, frozenset()),
    )


def public_figures(videoconference: Videoconference) -> Figures | None:
    """What everybody may see of a held videoconference; None for one that was not held or whose people nobody counted.

    One query.
    """
    if videoconference.meeting.status != MeetingStatus.HELD:
        return None
    own = read_attended(pk=videoconference.pk)
    if not own:
        return None
    people = _persons(own)
    if is_small(len(people)):
        return Figures(attendances=None, persons=None)
    return Figures(
        attendances=len(own),
        persons=len(people),
        facets=tuple(
            _facet(name, own, people, _visible(protect_row(_counted(name, own)))) for name in FACETS
        ),
    )


@count_participation
def edition_figures(edition: Edition) -> Figures | None:
    """What everybody may see of an edition; None while nobody was counted.

    Until the last of its videoconferences was held there are only totals: of two tables, one before and one after a
    videoconference, the difference would be that videoconference's. Those with fewer than five people are left out of
    all of it. Two queries.
    """
    every = read_attended(edition=edition, meeting__status=MeetingStatus.HELD)
    if not every:
        return None
    large = _large(every)
    left_out = tuple(sorted({row.number for row in every} - {row.number for row in large}))
    if not large:
        return Figures(attendances=None, persons=None, left_out=left_out)
    people = _persons(large)
    totals: dict[str, Any] = {"attendances": len(large), "persons": len(people), "left_out": left_out}
    if _has_more_to_come(edition):
        return Figures(**totals, is_provisional=True)
    protections = _protections(large)
    return Figures(
        **totals,
        facets=tuple(
            _facet(name, large, people, _visible(_edition_row(protections[name]))) for name in FACETS
        ),
        cross=_public_cross(large, people, protections),
    )


def _has_more_to_come(edition: Edition) -> bool:
    if edition.status in (EditionStatus.CLOSING, EditionStatus.ARCHIVED):
        return False
    coming = (MeetingStatus.SCHEDULED, MeetingStatus.POSTPONED, MeetingStatus.DRAFT)
    return Videoconference.objects.filter(edition=edition, meeting__status__in=coming).exists()


def _large(rows: Iterable[Attended]) -> list[Attended]:
    """Attendances of videoconferences with at least five people."""
    every = list(rows)
    people: dict[int, set[str]] = {}
    for row in every:
        people.setdefault(row.videoconference, set()).add(row.person)
    return [row for row in every if len(people[row.videoconference]) >= SMALL]


def _persons(rows: Iterable[Attended]) -> list[Attended]:
    """One attendance a person, the last."""
    last: dict[str, Attended] = {}
    for row in rows:
        known = last.get(row.person)
        if known is None or row.moment > known.moment:
            last[row.person] = row
    return list(last.values())


def _protections(rows: list[Attended]) -> dict[str, Protection]:
    people = _persons(rows)
    keys = sorted({row.videoconference for row in rows})
    other = {"sector": "level", "level": "sector"}
    found = {}
    for name in FACETS:
        counts = {key: _counted(name, (row for row in rows if row.videoconference == key)) for key in keys}
        crosses = None
        if name in other:
            crosses = _crosses(rows, name, other[name])
        found[name] = protect(counts, persons=_counted(name, people), crosses=crosses)
    return found


def _crosses(rows: list[Attended], first: str, second: str) -> dict[int, Counter[tuple[str, str]]]:
    crosses: dict[int, Counter[tuple[str, str]]] = {}
    for row in rows:
        crosses.setdefault(row.videoconference, Counter())[getattr(row, first), getattr(row, second)] += 1
    return crosses


def _counted(name: str, rows: Iterable[Attended]) -> Counter[str]:
    return Counter(getattr(row, name) for row in rows)


def _edition_row(protection: Protection) -> frozenset[str] | None:
    """Hidden values of the edition's own row; None when it is withheld."""
    if EDITION in protection.withheld:
        return None
    return frozenset(value for row, value in protection.hidden if row == EDITION)


def _visible(hidden: frozenset[str] | None) -> Callable[[str], bool] | None:
    """Whether a value is shown; None for a table that is withheld."""
    return None if hidden is None else lambda value: value not in hidden


def _public_cross(
    rows: list[Attended], people: list[Attended], protections: Mapping[str, Protection]
) -> Cross | None:
    """Sector by level, where all its margins are public and its small cells can be hidden among others."""
    if any(_edition_row(protections[name]) != frozenset() for name in ("sector", "level")):
        return None
    persons = Counter((row.sector, row.level) for row in people)
    hidden = protect_cross(_crosses(rows, "sector", "level"), persons=persons)
    return None if hidden is None else _cross(rows, people, hidden)


def _facet(
    name: str, rows: list[Attended], people: list[Attended], is_visible: Callable[[str], bool] | None
) -> Facet:
    label = str(FACET_LABELS[name])
    if is_visible is None:
        return Facet(name, label, ())
    counts, persons = (_counted(name, each) for each in (rows, people))
    lines = tuple(
        Line(words, *(_shown(each[value], visible=is_visible(value)) for each in (counts, persons)))
        for value, words in labels_of(name).items()
        if counts[value]
    )
    return Facet(name, label, lines)


def _cross(rows: list[Attended], people: list[Attended], hidden: frozenset[tuple[str, str]]) -> Cross | None:
    counts, persons = (Counter((row.sector, row.level) for row in each) for each in (rows, people))
    sectors = [value for value in Sector if any(pair[0] == value for pair in counts)]
    levels = [value for value in ParticipantLevel if any(pair[1] == value for pair in counts)]
    if not sectors:
        return None

    def cell(sector: str, level: str) -> Line:
        visible = (sector, level) not in hidden
        return Line(
            str(ParticipantLevel(level).label),
            _shown(counts[sector, level], visible=visible),
            _shown(persons[sector, level], visible=visible),
        )

    return Cross(
        levels=tuple(str(level.label) for level in levels),
        rows=tuple((str(each.label), tuple(cell(each, level) for level in levels)) for each in sectors),
    )


def _shown(count: int, *, visible: bool) -> Shown:
    return Shown(count) if visible else Shown(None, is_small(count))


def labels_of(name: str) -> dict[str, str]:
    """The values of a facet in their order, with their words; what nobody stated comes last."""
    if name == "sector":
        return {str(value): str(value.label) for value in Sector}
    if name == "level":
        return {str(value): str(value.label) for value in ParticipantLevel}
    if name == "region":
        return {**{region.slug: region.label for region in regions()}, UNKNOWN: _("no county stated")}
    types = {str(value): capfirst(str(value.label)) for value in UatType}
    return {**types, UNKNOWN: _("no UAT stated")}


def full_lines(attended: Iterable[Attended]) -> list[tuple[str, str, str, str, int, int]]:
    """Sector by level by region by type of UAT with attendances and persons, the largest groups first, for the team."""
    rows = list(attended)

    def key(row: Attended) -> tuple[str, ...]:
        return tuple(getattr(row, name) for name in FACETS)

    counts, persons = (Counter(key(row) for row in each) for each in (rows, _persons(rows)))
    words = {name: labels_of(name) for name in FACETS}
    return [
        (
            *(words[name].get(value, value) for name, value in zip(FACETS, group, strict=True)),
            number,
            persons[group],
        )  # type: ignore[misc]
        for group, number in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    ]
