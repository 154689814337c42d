"""What a source would change in the places that are stored: new and changed rows, made in memory, not saved."""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from core.territory.models import Country, County, PlaceAlias, Region, TerritoryLoad, Uat, UatTypePeriod
from core.territory.siruta import old_spelling, same_name
from core.territory.sources import Source, UnitRow, bundled_rows, county_rows
from core.text import fold

ROMANIA = "RO"
OLD_SPELLING = "scriere veche"
FORMER_NAME = "denumire anterioară"


@dataclass
class Changes:
    """Rows to add and rows to change, each with one line that says what; false when there is nothing to do."""

    source: Source
    created: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    updated: dict[type[Model], dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    fields: dict[type[Model], set[str]] = field(default_factory=lambda: defaultdict(set))
    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    units_are_older: bool = False

    def __bool__(self) -> bool:
        return bool(self.created or self.updated)

    def create(self, row: Any, what: str, line: str) -> None:
        self.created[type(row)].append(row)
        self.lines[what].append(line)

    def update(self, row: Any, what: str, line: str, **values: Any) -> None:
        """Sets the values that differ; nothing when none does."""
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not differing:
            return
        for name, value in differing.items():
            setattr(row, name, value)
        # A new row changes in memory only.
        if row.pk is not None:
            self.updated[type(row)][row.pk] = row
            self.fields[type(row)] |= differing.keys()
        shown = ", ".join(f"{name}: {value}" for name, value in differing.items())
        self.lines[what].append(f"{line} ({shown})")


def changes_of(source: Source) -> Changes:
    """What differs between the database and the source, with the project's own regions, counties and aliases.

    Units of a source that is older than the last one loaded are left alone. Nothing is ever to be deleted: what
    the source lacks is closed on its date. Seven queries.
    """
    return _Comparison(source).result()


class _Comparison:
    """The stored places, by code and tied to one another, beside a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.changes = Changes(source)
        self.country = Country.objects.filter(code=ROMANIA).first()
        self.regions = {region.code: region for region in Region.objects.in_country(ROMANIA)}
        self.counties = {county.code: county for county in County.objects.in_country(ROMANIA)}
        self.uats = {uat.code: uat for uat in Uat.objects.in_country(ROMANIA)}
        self.periods: dict[str, list[UatTypePeriod]] = defaultdict(list)
        self.last = TerritoryLoad.objects.first()
        self._tie()

    def result(self) -> Changes:
        self._compare_upper_places()
        source, last = self.source, self.last
        if last is not None and source.as_of < last.as_of:
            self.changes.units_are_older = True
        else:
            self._compare_units()
            if last is None or (last.as_of, last.sha256) != (source.as_of, source.sha256):
                load = TerritoryLoad(as_of=source.as_of, source=source.title, sha256=source.sha256)
                self.changes.create(load, "source", source.title)
        self._compare_aliases()
        return self.changes

    def _tie(self) -> None:
        """Gives every row its related rows, so that none is read again one by one."""
        if self.country is None:
            return
        regions = {region.pk: region for region in self.regions.values()}
        counties = {county.pk: county for county in self.counties.values()}
        uats = {uat.pk: uat for uat in self.uats.values()}
        for region in regions.values():
            region.country = self.country
        for county in counties.values():
            county.country, county.region = self.country, regions[county.region_id]
        for uat in uats.values():
            uat.country, uat.region, uat.county = (
                self.country,
                regions[uat.region_id],
                counties[uat.county_id],
            )
            uat.parent = uats[uat.parent_id] if uat.parent_id else None
        for period in UatTypePeriod.objects.filter(uat__country=ROMANIA):
            self.periods[uats[period.uat_id].code].append(period)

    def _compare_upper_places(self) -> None:
        if self.country is None:
            self.country = Country(code=ROMANIA, name="România", name_en="Romania")
            self.changes.create(self.country, "new countries", self.country.name)
        for values in bundled_rows("regions.csv"):
            self._put(Region, self.regions, "regions", **values)
        for row in county_rows():
            values = asdict(row) | {"region": self.regions[row.region], "slug": row.code.lower()}
            self._put(
                County, self.counties, "counties", **values, iso_code=f"{ROMANIA}-{row.code}", valid_to=None
            )
        for code in self.counties.keys() - {row.code for row in county_rows()}:
            county = self.counties[code]
            if county.valid_to is None:
                self.changes.update(county, "closed counties", county.name, valid_to=self.source.as_of)

    def _put(self, model: type[Any], stored: dict[str, Any], what: str, **values: Any) -> None:
        place = stored.get(values["code"])
        if place is None:
            stored[values["code"]] = place = model(country=self.country, **values)
            self.changes.create(place, f"new {what}", place.name)
        else:
            self.changes.update(place, f"changed {what}", place.name, **values)

    def _compare_units(self) -> None:
        # When nothing was known before, nobody knows since when the units are there.
        since = self.source.as_of if self.uats else None
        slugs = {(uat.county.code, uat.slug) for uat in self.uats.values()}
        listed = set()
        for row in sorted(self.source.units, key=lambda unit: unit.parent is not None):
            listed.add(row.code)
            if row.code in self.uats:
                self._compare_unit(self.uats[row.code], row)
                continue
            slug = slugify(fold(row.name))
            # A namesake, open or closed, keeps the address that it has.
            slug = f"{slug}-{row.code}" if (row.county, slug) in slugs else slug
            slugs.add((row.county, slug))
            self._add_unit(row, slug, since)
        for code in sorted(self.uats.keys() - listed, key=int):
            self._close(self.uats[code])

    def _add_unit(self, row: UnitRow, slug: str, since: date | None) -> None:
        county = self.counties[row.county]
        uat = Uat(
            country=self.country,
            region=county.region,
            county=county,
            parent=self.uats[row.parent] if row.parent else None,
            code=row.code,
            name=row.name,
            slug=slug,
            type=row.type,
            is_county_seat=row.seat,
            valid_from=since,
            raw_name=row.raw_name,
        )
        self.uats[row.code] = uat
        self.changes.create(uat, "new units", _shown(uat))
        self.changes.create(UatTypePeriod(uat=uat, type=row.type, valid_from=since), "new types", _shown(uat))

    def _compare_unit(self, uat: Uat, row: UnitRow) -> None:
        county = self.counties[row.county]
        # Capitals may lack diacritics and blanks: the spelling that is here stays while it is the same name.
        former = uat.name
        name = former if row.in_capitals and same_name(former, row.name) else row.name
        # SIRUTA does not mark the seat of Ilfov, a town: there the seat that is known stays.
        seat = row.seat or (uat.is_county_seat and row.county not in self.counties_with_seat)
        self.changes.update(
            uat,
            "changed units",
            _shown(uat),
            name=name,
            county=county,
            region=county.region,
            parent=self.uats[row.parent] if row.parent else None,
            is_county_seat=seat,
            raw_name=row.raw_name,
        )
        if not same_name(former, name):
            self._add_alias("uat", uat, former, FORMER_NAME)
        if uat.valid_to is not None:
            self.changes.update(uat, "reopened units", _shown(uat), valid_to=None, type=row.type)
            self._open_period(uat, row.type)
        elif uat.type != row.type:
            self._close_period(uat)
            self.changes.update(uat, "changed types", _shown(uat), type=row.type)
            self._open_period(uat, row.type)

    def _close(self, uat: Uat) -> None:
        if uat.valid_to is None:
            self._close_period(uat)
            self.changes.update(uat, "closed units", _shown(uat), valid_to=self.source.as_of)

    def _close_period(self, uat: Uat) -> None:
        for period in self.periods[uat.code]:
            if period.valid_to is None:
                self.changes.update(period, "changed types", _shown(uat), valid_to=self.source.as_of)

    def _open_period(self, uat: Uat, kind: str) -> None:
        """A new period, or the one that ended on this very day again: a corrected file takes its errors back."""
        for period in self.periods[uat.code]:
            if period.valid_to == self.source.as_of and period.type == kind:
                self.changes.update(period, "changed types", _shown(uat), valid_to=None)
                return
        period = UatTypePeriod(uat=uat, type=kind, valid_from=self.source.as_of)
        self.changes.create(period, "changed types", f"{_shown(uat)} (from: {self.source.as_of})")

    def _compare_aliases(self) -> None:
        places: dict[str, dict[str, Any]] = {
            "region": self.regions,
            "county": self.counties,
            "uat": self.uats,
        }
        for row in bundled_rows("aliases.csv"):
            if row["code"] in places[row["place"]]:
                self._add_alias(row["place"], places[row["place"]][row["code"]], row["name"], row["note"])
        for what in ("county", "uat"):
            for place in places[what].values():
                spelled = old_spelling(place.name)
                if spelled:
                    self._add_alias(what, place, spelled, OLD_SPELLING)

    def _add_alias(self, what: str, place: Any, name: str, note: str) -> None:
        """Unless the place is found by that name already."""
        key = (what, place.code, fold(name))
        if fold(name) == fold(place.name) or key in self.aliases:
            return
        self.aliases.add(key)
        alias = PlaceAlias(name=name, note=note, **{what: place})
        self.changes.create(alias, "new names", f"{name}: {place.name}")

    @cached_property
    def counties_with_seat(self) -> set[str]:
        """Codes of the counties whose seat the source names."""
        return {unit.county for unit in self.source.units if unit.seat}

    @cached_property
    def aliases(self) -> set[tuple[str, str, str]]:
        """What is stored: kind of place, its code, the folded name."""
        found = set()
        for what in ("region", "county", "uat"):
            stored = PlaceAlias.objects.filter(**{f"{what}__country": ROMANIA})
            found |= {(what, *row) for row in stored.values_list(f"{what}__code", "search_text")}
        return found


def _shown(uat: Uat) -> str:
    county = uat.county.code if uat.county else "–"
    return f"{uat.code} {uat.name} ({county}), {uat.type}"
