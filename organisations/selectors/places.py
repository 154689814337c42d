"""The registry by place: the map, a county, a UAT."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from core.territory.models import County, Uat
from organisations.choices import PUBLIC_STATUSES
from organisations.models import Organisation, StructureMembership
from organisations.selectors.involvement import public_videoconferences
from organisations.selectors.vocabulary import COUNTRY

_SEATED = Q(seated_organisations__register_status__in=PUBLIC_STATUSES)


def county_tiles() -> tuple[list[dict[str, Any]], int]:
    """The 42 counties with their place on the map and count of seats, in Romanian order; and seats elsewhere."""
    counties = (
        County.objects.current().in_country(COUNTRY).filter(tile_column__isnull=False).order_by("order_key")
    )
    rows = counties.values("pk", "code", "slug", "name", "tile_column", "tile_row")
    counts = dict(
        Organisation.objects.public().order_by().values_list("county_id").annotate(number=Count("pk"))
    )
    tiles = [
        {
            "code": row["code"],
            "slug": row["slug"],
            "name": row["name"],
            "column": row["tile_column"],
            "row": row["tile_row"],
            "count": counts.pop(row["pk"], 0),
        }
        for row in rows
    ]
    return tiles, sum(counts.values())


def uats_of(county: County) -> QuerySet[Uat]:
    """The county's UATs of today with how many organisations have their seat there; sectors under Bucharest."""
    units: QuerySet[Uat] = (
        Uat.objects.current()
        .filter(county=county)
        .annotate(number=Count("seated_organisations", filter=_SEATED))
        .in_order()
    )
    return units


def videoconferences_of(county: County) -> list[Any]:
    """Public videoconferences meant for the county by name, or for its region without naming counties."""
    return list(
        public_videoconferences()
        .filter(Q(counties=county) | Q(counties__isnull=True, regions=county.region_id))
        .distinct()
    )


def memberships_of(uat: Uat) -> list[StructureMembership]:
    """The structures of which the UAT is a member today, as stored."""
    return list(StructureMembership.objects.filter(uat=uat, until__isnull=True).select_related("structure"))
