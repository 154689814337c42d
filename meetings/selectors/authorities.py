"""Local authorities that a gathering concerns: members of the structures, and those that are members of none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Q, QuerySet

from core.territory.models import County, Uat
from core.text import fold
from meetings.homes import counties_of
from meetings.models import Meeting
from meetings.selectors.scopes import Scope
from organisations.models import AuthorityAddress, StructureMembership

UAT_KEY: Final = "uat-"
COUNTY_KEY: Final = "judet-"
# Bucharest is in the list of counties and has no county council: its authority is the municipality.
_NO_COUNCIL: Final = ("RO", "B")


@dataclass(frozen=True, kw_only=True)
class Authority:
    """A UAT or county council, with the address at which it is written to; empty where none is known.

    ``key`` names it in addresses of pages and in forms: the number of its membership, or the place for those that are
    members of no structure, whose ``structure`` is empty. ``code`` is that of SIRUTA.
    """

    key: str
    name: str
    bare_name: str
    code: str
    email: str
    order: tuple[str, str]
    county: County | None
    county_id: int | None
    uat_id: int | None = None
    structure: str = ""

    @property
    def is_council(self) -> bool:
        return self.uat_id is None

    @property
    def place(self) -> tuple[int, int]:
        """Equal for two memberships of one authority, and for nothing else."""
        return (self.uat_id or 0, 0 if self.uat_id else self.county_id or 0)


def present_members(scope: Scope, places: Sequence[County]) -> QuerySet[StructureMembership]:
    """Members today in these counties; of one structure alone for its people."""
    keys = [county.pk for county in places]
    found = StructureMembership.objects.present().filter(
        Q(county__in=keys) | Q(uat__county__in=keys, uat__valid_to=None)
    )
    return found if scope.structure is None else found.filter(structure=scope.structure)


def authorities(meeting: Meeting, scope: Scope) -> list[Authority]:
    """Those of the gathering's counties, structure by structure; for the team also those of no structure, at the end.

    The address is that of the membership, else that of the place, so that none is lost when a list of members comes in.
    Three queries.
    """
    places = {county.pk: county for county in counties_of(meeting)}
    addresses = _addresses(places)
    members = present_members(scope, list(places.values())).select_related("structure", "county", "uat")
    found = [
        _member(each, places, addresses)
        for each in members.order_by("structure__position", "structure", "pk")
    ]
    if scope.structure is None:
        found += _of_no_structure(places, addresses, {each.place for each in found})
    return found


def _addresses(places: Iterable[int]) -> dict[tuple[int, int], str]:
    rows = AuthorityAddress.objects.filter(Q(county__in=places) | Q(uat__county__in=places))
    return {
        (uat or 0, county or 0): email for uat, county, email in rows.values_list("uat", "county", "email")
    }


def _member(
    member: StructureMembership, places: dict[int, County], addresses: dict[tuple[int, int], str]
) -> Authority:
    if member.uat is not None:
        found = _unit(member.uat, places)
    else:
        found = _council(member.county or places[member.county_id or 0])
    return replace(
        found,
        key=str(member.pk),
        email=member.email or addresses.get(found.place, ""),
        structure=member.structure.acronym,
    )


def _of_no_structure(
    places: dict[int, County], addresses: dict[tuple[int, int], str], members: set[tuple[int, int]]
) -> list[Authority]:
    units = (
        Uat.objects.current().filter(county__in=places).only("name", "code", "type", "county", "order_key")
    )
    councils = [each for each in places.values() if (each.country_id, each.code) != _NO_COUNCIL]
    every = [*map(_council, councils), *(_unit(each, places) for each in units)]
    every.sort(key=lambda each: each.order)
    return [replace(each, email=addresses.get(each.place, "")) for each in every if each.place not in members]


def _unit(uat: Uat, places: dict[int, County]) -> Authority:
    county = places.get(uat.county_id or 0)
    return Authority(
        key=f"{UAT_KEY}{uat.pk}",
        name=uat.full_name,
        bare_name=uat.name,
        code=uat.code,
        email="",
        order=(county.order_key if county else "", uat.order_key),
        county=county,
        county_id=uat.county_id,
        uat_id=uat.pk,
    )


def _council(county: County) -> Authority:
    return Authority(
        key=f"{COUNTY_KEY}{county.pk}",
        name=county.full_name,
        bare_name=county.name,
        code=str(county.siruta_county or ""),
        email="",
        order=(county.order_key, ""),
        county=county,
        county_id=county.pk,
    )


@dataclass(frozen=True, kw_only=True)
class AddressQuestion:
    """What the list of addresses is asked: by county code, words of the name, with or without an address."""

    county: str = ""
    words: str = ""
    has_address: bool = False


def chosen(found: Iterable[Authority], question: AddressQuestion) -> list[Authority]:
    """Those that answer, by county and name."""
    words = fold(question.words).split()[:8]
    return sorted(
        (
            each
            for each in found
            if bool(each.email) == question.has_address
            and (not question.county or (each.county is not None and each.county.code == question.county))
            and all(word in fold(each.name) for word in words)
        ),
        key=lambda each: (each.order, each.key),
    )
