"""Places as screens need them; what takes regions and counties costs no query when warm."""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Q, Value, When

from core.territory.models import County, Region, TerritoryLoad, Uat
from core.territory.models.base import search_words
from core.territory.snapshot import territory
from core.text import fold

ROMANIA = "RO"


def regions(country: str = ROMANIA) -> Sequence[Region]:
    """Development regions in alphabetical order."""
    return [region for region in territory().regions if region.country_id == country]


def counties(country: str = ROMANIA) -> Sequence[County]:
    """Counties of today in alphabetical order, with their regions."""
    return [county for county in territory().counties if county.country_id == country]


def counties_with_tiles() -> Sequence[County]:
    """Counties that have a place on the tile map of Romania, in alphabetical order."""
    return [county for county in counties() if county.tile_column is not None]


def counties_of(region: Region) -> Sequence[County]:
    """Counties of a region in alphabetical order."""
    return [county for county in territory().counties if county.region_id == region.pk]


def county_by_code(code: str, country: str = ROMANIA) -> County | None:
    """County by its official code in either case ("BV", "bv"); None for anything else."""
    return territory().county_by_code.get((country, code.strip().upper()))


def county_by_slug(slug: str, country: str = ROMANIA) -> County | None:
    """County by the word that stands for it in addresses ("bv")."""
    return territory().county_by_slug.get((country, slug))


def region_by_slug(slug: str) -> Region | None:
    """Region by the word that stands for it in addresses ("nord-est")."""
    return territory().region_by_slug.get(slug)


def find_region(name: str, country: str = ROMANIA) -> Region | None:
    """Region by a name that documents use, in any spelling: "N-E", "București - Ilfov", "S-V Oltenia"."""
    snapshot = territory()
    return snapshot.region_by_id.get(snapshot.region_names.get((country, fold(name)), 0))


def source() -> TerritoryLoad | None:
    """The source that the places come from; pages that list places name it."""
    return territory().source


def uat_by_code(code: str, country: str = ROMANIA) -> Uat | None:
    """Unit by its official code, with its county; None for anything else. One query."""
    if not (code.isascii() and code.isalnum() and len(code) <= 10):
        return None
    return Uat.objects.with_county().filter(country=country, code=code).first()


def suggest_uats(text: str, *, county: County | None = None, limit: int = 20) -> list[Uat]:
    """Units of today for a box that completes what is typed: same name first, then same beginning, by name."""
    found = Uat.objects.current().search(text).with_county()
    if county is not None:
        found = found.filter(county=county)
    words = " ".join(search_words(text))
    rank = Case(
        When(search_text=words, then=Value(0)),
        When(Q(search_text__startswith=words), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return list(found.order_by(rank, "order_key", "county__order_key", "pk")[:limit])
