"""The four associative structures: whom each speaks for, what it declares, which members are stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from core.territory.choices import UatType
from core.territory.models import County, Uat
from organisations.choices import Represents
from organisations.models import AssociativeStructure, StructureMembership
from organisations.selectors.involvement import public_partnerships
from organisations.selectors.vocabulary import COUNTRY

# Bucharest's sectors are represented by AMR beside the municipalities, Bucharest itself being one of these.
UAT_TYPES: Final = {
    Represents.MUNICIPALITY: (UatType.MUNICIPIU, UatType.SECTOR),
    Represents.TOWN: (UatType.ORAS,),
    Represents.COMMUNE: (UatType.COMUNA,),
}


@dataclass(frozen=True)
class StructureSummary:
    """A structure with the number of local governments of its kind, and of members stored."""

    structure: AssociativeStructure
    represented: int
    members: int
    partnerships: list[Any] = field(default_factory=list)


def structure_summaries() -> list[StructureSummary]:
    """All structures with their counts; three queries."""
    # Said again, for a query that groups forgets the model's own order.
    structures = (
        AssociativeStructure.objects.select_related("organisation")
        .annotate(member_count=Count("memberships", filter=Q(memberships__until__isnull=True)))
        .order_by("position", "acronym")
    )
    numbers = _numbers_by_kind()
    partnerships = list(public_partnerships())
    return [
        StructureSummary(
            structure=structure,
            represented=numbers[Represents(structure.represents)],
            members=structure.member_count,
            partnerships=[partner for partner in partnerships if partner.structure_id == structure.pk],
        )
        for structure in structures
    ]


def _numbers_by_kind() -> dict[Represents, int]:
    units = Uat.objects.current().in_country(COUNTRY).order_by()
    by_type = dict(units.values_list("type").annotate(number=Count("pk")))
    numbers = {kind: sum(by_type.get(unit, 0) for unit in types) for kind, types in UAT_TYPES.items()}
    return {**numbers, Represents.COUNTY: counties_with_council().count()}


def counties_with_council() -> QuerySet[County]:
    """The 41 counties; Bucharest has a general council of its own, not a county council."""
    return County.objects.current().in_country(COUNTRY).exclude(code="B").order_by("order_key")


def units_by_county(structure: AssociativeStructure) -> list[dict[str, Any]]:
    """For each county how many units of the structure's kind it has, and how many are stored members."""
    if structure.represents == Represents.COUNTY:
        return []
    types = UAT_TYPES[Represents(structure.represents)]
    member = Q(
        uats__structure_memberships__structure=structure, uats__structure_memberships__until__isnull=True
    )
    current = Q(uats__type__in=types, uats__valid_to__isnull=True)
    return list(
        County.objects.current()
        .in_country(COUNTRY)
        .annotate(
            units=Count("uats", filter=current, distinct=True),
            members=Count("uats", filter=current & member, distinct=True),
        )
        .filter(units__gt=0)
        .order_by("order_key")
        .values("code", "slug", "name", "units", "members")
    )


def units_in_county(structure: AssociativeStructure, county: County) -> list[Uat]:
    """The county's units of the structure's kind, each with ``is_member``: whether it is a stored member."""
    types: Sequence[str] = UAT_TYPES.get(Represents(structure.represents), ())
    members = StructureMembership.objects.filter(structure=structure, uat=OuterRef("pk"), until__isnull=True)
    return list(
        Uat.objects.current()
        .filter(county=county, type__in=types)
        .annotate(is_member=Exists(members))
        .in_order()
    )


def member_sources(structure: AssociativeStructure) -> list[tuple[str, int]]:
    """Where the stored members come from, with how many each source gives."""
    stored = structure.memberships.filter(until__isnull=True).order_by()
    return list(stored.values_list("source").annotate(number=Count("pk")).order_by("-number", "source"))
