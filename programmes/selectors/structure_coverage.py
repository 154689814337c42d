"""What an edition reaches among the members of one associative structure (row P6)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from core.territory.models import Uat
from core.territory.selectors import counties
from organisations.choices import Represents
from organisations.models import AssociativeStructure, Organisation, StructureMembership
from organisations.selectors.structures import UAT_TYPES, counties_with_council
from organisations.selectors.vocabulary import COUNTRY
from programmes.models import Edition
from programmes.selectors.coverage import read_coverage


@dataclass(frozen=True, kw_only=True)
class CountyLine:
    """A county with the structure's members in it.

    ``reached`` are members with at least one organisation of the registry seated there; for a structure of
    counties the member is the county itself.
    """

    code: str
    slug: str
    name: str
    members: int
    reached: int
    videoconferences: int


@dataclass(frozen=True, kw_only=True)
class StructureCoverage:
    """``is_of_members`` is false while no member is stored: the lines then count all that the structure speaks for."""

    lines: list[CountyLine]
    is_of_members: bool

    @property
    def members(self) -> int:
        return sum(line.members for line in self.lines)

    @property
    def with_videoconference(self) -> int:
        """Members in whose county the edition held at least one videoconference."""
        return sum(line.members for line in self.lines if line.videoconferences)

    @property
    def reached(self) -> int:
        return sum(line.reached for line in self.lines)

    @property
    def left_out(self) -> list[CountyLine]:
        """Counties with members and without a videoconference."""
        return [line for line in self.lines if line.members and not line.videoconferences]


def structure_coverage(structure: AssociativeStructure, edition: Edition) -> StructureCoverage:
    """Coverage by county in Romanian order; four queries, whatever the number of members."""
    stored = StructureMembership.objects.filter(structure=structure, until__isnull=True)
    is_of_members = stored.exists()
    if structure.represents == Represents.COUNTY:
        members, reached = _counties(stored if is_of_members else None)
    else:
        members, reached = _units(structure, stored if is_of_members else None)
    held = read_coverage(edition).by_county
    return StructureCoverage(
        is_of_members=is_of_members,
        lines=[
            CountyLine(
                code=county.code,
                slug=county.slug,
                name=county.name,
                members=members[county.pk],
                reached=reached[county.pk],
                videoconferences=held.get(county.code, 0),
            )
            for county in counties()
            if members[county.pk]
        ],
    )


Tally = Counter[int]


def _counties(stored: "Iterable[StructureMembership] | None") -> tuple[Tally, Tally]:
    chosen = counties_with_council()
    if stored is not None:
        chosen = chosen.filter(pk__in=[membership.county_id for membership in stored])
    seated = Organisation.objects.public().filter(county=OuterRef("pk"))
    rows = chosen.annotate(is_reached=Exists(seated)).values_list("pk", "is_reached")
    return _tally(rows)


def _units(
    structure: AssociativeStructure, stored: "Iterable[StructureMembership] | None"
) -> tuple[Tally, Tally]:
    chosen = (
        Uat.objects.current().in_country(COUNTRY).filter(type__in=UAT_TYPES[Represents(structure.represents)])
    )
    if stored is not None:
        chosen = chosen.filter(
            structure_memberships__structure=structure, structure_memberships__until__isnull=True
        )
    seated = Organisation.objects.public().filter(seat=OuterRef("pk"))
    rows = chosen.annotate(is_reached=Exists(seated)).values_list("county_id", "is_reached")
    return _tally(rows)


def _tally(rows: "Iterable[tuple[int, bool]]") -> tuple[Tally, Tally]:
    members, reached = Counter[int](), Counter[int]()
    for county, is_reached in rows:
        members[county] += 1
        reached[county] += is_reached
    return members, reached
