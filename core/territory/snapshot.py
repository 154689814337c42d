"""Regions and counties in memory: 50 rows that nearly every page needs and hardly anybody ever changes.

The rows are kept in the cache under the version of the territory (``core.dataversion``), and in the process as
long as that version stands. Asking costs no query when warm, one look into the cache. Who reads takes the version
first and the rows afterwards, and nobody overwrites the version but who changed the rows: rows older than their
version are thus never kept. The loader sets the new version when it has committed; should it die right then, or
should somebody change rows by hand, pages follow within ``STAMP_SECONDS``.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from django.core.cache import cache

from core.dataversion import TERRITORY, current_version
from core.territory.models import County, PlaceAlias, Region, TerritoryLoad

STAMP_SECONDS = 60
_STAMP = "territory:version"
_ROWS = "territory:rows:{}"
_ROWS_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Snapshot:
    """What was read of one version. The rows are shared by all threads: nobody may change them."""

    regions: tuple[Region, ...]
    counties: tuple[County, ...]
    region_names: dict[tuple[str, str], int] = field(repr=False)
    source: TerritoryLoad | None

    @cached_property
    def region_by_slug(self) -> dict[str, Region]:
        return {region.slug: region for region in self.regions}

    @cached_property
    def region_by_id(self) -> dict[int, Region]:
        return {region.pk: region for region in self.regions}

    @cached_property
    def county_by_code(self) -> dict[tuple[str, str], County]:
        return {(county.country_id, county.code): county for county in self.counties}

    @cached_property
    def county_by_slug(self) -> dict[tuple[str, str], County]:
        return {(county.country_id, county.slug): county for county in self.counties}


_kept: tuple[int, Snapshot] | None = None


def territory() -> Snapshot:
    """Regions and current counties of the version that is in force."""
    global _kept
    version = cache.get(_STAMP)
    if version is None:
        # add, not set: a loader that committed meanwhile has put the newer version there.
        read = current_version(TERRITORY)
        version = read if cache.add(_STAMP, read, STAMP_SECONDS) else cache.get(_STAMP, read)
        # The cache was emptied, perhaps: what the process keeps is worth no more than that.
        _kept = None
    kept = _kept
    if kept is not None and kept[0] == version:
        return kept[1]
    snapshot = cache.get(_ROWS.format(version))
    if snapshot is None:
        snapshot = _read()
        cache.set(_ROWS.format(version), snapshot, _ROWS_SECONDS)
    _kept = (version, snapshot)
    return cast("Snapshot", snapshot)


def renew() -> None:
    """Makes every process read the rows anew; called when a change of places was committed."""
    cache.set(_STAMP, current_version(TERRITORY), STAMP_SECONDS)


def forget() -> None:
    """Forgets all that is kept, also for a version that did not move; for tests, whose changes never commit."""
    global _kept
    if _kept is not None:
        cache.delete(_ROWS.format(_kept[0]))
    cache.delete(_STAMP)
    _kept = None


def _read() -> Snapshot:
    regions = tuple(Region.objects.order_by("order_key"))
    counties = tuple(County.objects.current().select_related("region").order_by("order_key"))
    names = {(region.country_id, region.search_text): region.pk for region in regions}
    aliases = PlaceAlias.objects.filter(region__isnull=False)
    for country, name, region in aliases.values_list("region__country", "search_text", "region"):
        names.setdefault((country, name), region)
    return Snapshot(regions, counties, names, TerritoryLoad.objects.first())
