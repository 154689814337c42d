"""Places for tests: real counties by their codes, units as needed, or the whole of Romania by the loader."""

import csv
from functools import cache
from typing import Any

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from core.territory import models, snapshot
from core.territory.choices import UatType
from core.territory.sources import DATA
from core.text import fold
from tests.remembered import remembered_rows


@cache
def _real(file: str) -> dict[str, dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row for row in csv.DictReader(rows)}


class CountryFactory(DjangoModelFactory):
    """Romania, or another country by its code."""

    class Meta:
        model = models.Country
        django_get_or_create = ("code",)

    code = "RO"
    name = factory.LazyAttribute(lambda country: {"RO": "România"}.get(country.code, country.code))
    name_en = factory.LazyAttribute(lambda country: {"RO": "Romania"}.get(country.code, country.code))


class RegionFactory(DjangoModelFactory):
    """A development region by its NUTS code; those of Romania have their real names."""

    class Meta:
        model = models.Region
        django_get_or_create = ("country", "code")

    country = factory.SubFactory(CountryFactory)
    code = factory.Iterator(["RO12", "RO21", "RO32", "RO41", "RO11", "RO22", "RO31", "RO42"])
    ins_code = factory.LazyAttribute(lambda region: _of_region(region, "ins_code", ""))
    name = factory.LazyAttribute(lambda region: _of_region(region, "name", f"Regiunea {region.code}"))
    name_en = factory.LazyAttribute(lambda region: _of_region(region, "name_en", ""))
    slug = factory.LazyAttribute(lambda region: slugify(fold(region.name)))

    @classmethod
    def _after_postgeneration(cls, *args: Any, **kwargs: Any) -> None:
        snapshot.forget()


def _of_region(region: Any, column: str, default: str) -> str:
    return _real("regions.csv").get(region.code, {}).get(column, default)


class CountyFactory(DjangoModelFactory):
    """A county by its code, ``CountyFactory(code="BV")``; those of Romania are as they really are."""

    class Meta:
        model = models.County
        django_get_or_create = ("country", "code")

    code = factory.Iterator(["BV", "CJ", "IS", "DJ", "B", "IF", "BT", "CT", "SB", "VL"])
    country = factory.SubFactory(CountryFactory)
    region = factory.LazyAttribute(
        lambda county: RegionFactory(country=county.country, code=_of_county(county, "region", "RO12"))
    )
    name = factory.LazyAttribute(lambda county: _of_county(county, "name", f"Județul {county.code}"))
    slug = factory.LazyAttribute(lambda county: county.code.lower())
    iso_code = factory.LazyAttribute(lambda county: f"{county.country.code}-{county.code}")
    nuts3 = factory.LazyAttribute(lambda county: _of_county(county, "nuts3", ""))
    siruta_county = factory.LazyAttribute(lambda county: _of_county(county, "siruta_county", None))
    siruta_jud = factory.LazyAttribute(lambda county: _of_county(county, "siruta_jud", None))
    tile_column = factory.LazyAttribute(lambda county: _of_county(county, "tile_column", None))
    tile_row = factory.LazyAttribute(lambda county: _of_county(county, "tile_row", None))

    @classmethod
    def _after_postgeneration(cls, *args: Any, **kwargs: Any) -> None:
        snapshot.forget()


def _of_county(county: Any, column: str, default: Any) -> Any:
    return _real("counties.csv").get(county.code, {}).get(column, default)


class UatFactory(DjangoModelFactory):
    """A commune in a county, ``UatFactory(county__code="BV", name="Râșnov", type="oras")``, with its period."""

    class Meta:
        model = models.Uat
        skip_postgeneration_save = True

    county = factory.SubFactory(CountyFactory)
    region = factory.LazyAttribute(lambda uat: uat.county.region)
    country = factory.LazyAttribute(lambda uat: uat.region.country)
    code = factory.Sequence(lambda number: f"9{number:05}")
    name = factory.Sequence(lambda number: f"Valea Exemplului {number}")
    slug = factory.LazyAttribute(lambda uat: slugify(fold(uat.name)))
    type = UatType.COMUNA

    @factory.post_generation
    def period(self: models.Uat, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            models.UatTypePeriod.objects.create(
                uat=self, type=self.type, valid_from=self.valid_from, valid_to=self.valid_to
            )


class PlaceAliasFactory(DjangoModelFactory):
    """Another name of a unit."""

    class Meta:
        model = models.PlaceAlias

    uat = factory.SubFactory(UatFactory)
    name = factory.Sequence(lambda number: f"Alt nume {number}")


def make_counties() -> None:
    for code in _real("counties.csv"):
        CountyFactory(code=code)


def load_counties() -> None:
    """The 42 counties of Romania in their 8 regions, without units; first on no places."""
    remembered_rows("counties", make_counties)
    snapshot.forget()


def load_romania() -> None:
    """All regions, counties and units of Romania, as `load_territory --wet-run` loads them; first on no places."""
    from core.territory.services import load_territory
    from core.territory.sources import bundled

    remembered_rows("romania", lambda: load_territory(source=bundled()))
    snapshot.forget()
