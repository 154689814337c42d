"""What the database refuses about places, and what the places of other countries may be."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from core.territory.models import County, PlaceAlias, Region, Uat, UatTypePeriod
from tests.factories.territory import (
    CountryFactory,
    CountyFactory,
    PlaceAliasFactory,
    RegionFactory,
    UatFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused():
    """The block must break a constraint, at once or at the commit."""

    class Refused:
        def __enter__(self):
            self.atomic = transaction.atomic()
            self.atomic.__enter__()

        def __exit__(self, kind, error, trace):
            if kind is None:
                try:
                    with connection.cursor() as cursor:
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                except IntegrityError as late:
                    kind, error, trace = type(late), late, late.__traceback__
            self.atomic.__exit__(kind, error, trace)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            assert kind is not None, "The database took it."
            return issubclass(kind, IntegrityError)

    return Refused()


def commit_checks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_types_that_overlap_are_refused(refused):
    uat = UatFactory()
    UatTypePeriod.objects.update(valid_from=date(2010, 1, 1))
    with refused:
        UatTypePeriod.objects.create(
            uat=uat, type="oras", valid_from=date(2000, 1, 1), valid_to=date(2010, 1, 2)
        )


def test_types_may_follow_on_the_same_day():
    uat = UatFactory()
    UatTypePeriod.objects.update(valid_from=date(2010, 1, 1))
    UatTypePeriod.objects.create(uat=uat, type="oras", valid_from=None, valid_to=date(2010, 1, 1))
    commit_checks()
    assert uat.type_periods.count() == 2


def test_unit_without_a_period_is_refused(refused):
    uat = UatFactory()
    with refused:
        uat.type_periods.all().delete()


def test_unit_of_another_type_than_its_period_is_refused(refused):
    uat = UatFactory()
    with refused:
        Uat.objects.filter(pk=uat.pk).update(type="oras")
    with refused:
        uat.type_periods.update(type="oras")


def test_closed_unit_with_an_open_period_is_refused(refused):
    uat = UatFactory()
    with refused:
        Uat.objects.filter(pk=uat.pk).update(valid_to=date(2026, 1, 1))


def test_unit_outside_its_countys_region_or_country_is_refused(refused):
    uat = UatFactory(county__code="BV")
    other = CountyFactory(code="IS")
    with refused:
        Uat.objects.filter(pk=uat.pk).update(region=other.region)
    with refused:
        Uat.objects.filter(pk=uat.pk).update(county=other)
    with refused:
        Uat.objects.filter(pk=uat.pk).update(country=CountryFactory(code="SI"))
    with refused:
        County.objects.filter(pk=other.pk).update(country=CountryFactory(code="SI"))


@pytest.mark.parametrize(
    "values",
    [
        {"county": None},
        {"type": "sector"},
        {"valid_from": date(2026, 1, 1), "valid_to": date(2025, 1, 1)},
    ],
)
def test_unit_of_romania_that_cannot_be_is_refused(refused, values):
    uat = UatFactory()
    with refused:
        Uat.objects.filter(pk=uat.pk).update(**values)


def test_second_seat_of_a_county_is_refused(refused):
    seat = UatFactory(is_county_seat=True)
    with refused:
        UatFactory(county=seat.county, is_county_seat=True)


@pytest.mark.parametrize("field", ["code", "slug"])
def test_code_and_address_stand_once(refused, field):
    uat = UatFactory()
    with refused:
        UatFactory(county=uat.county, **{field: getattr(uat, field)})


def test_alias_belongs_to_exactly_one_place(refused):
    uat = UatFactory()
    with refused:
        PlaceAlias.objects.create(name="Nimeni")
    with refused:
        PlaceAlias.objects.create(name="Amândouă", uat=uat, county=uat.county)


def test_alias_stands_once_a_place_in_any_spelling(refused):
    alias = PlaceAliasFactory(name="Tîrgu Mureș")
    PlaceAliasFactory(name="Tîrgu Mureș")
    with refused:
        PlaceAliasFactory(uat=alias.uat, name="TIRGU  MURES")


def test_alias_without_letters_is_refused(refused):
    with refused:
        PlaceAliasFactory(name="–")


def test_other_tables_can_let_the_database_compare_unit_and_county():
    uat = UatFactory()
    other = CountyFactory(code="IS")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE seat (uat_id bigint, county_id bigint, "
            "FOREIGN KEY (uat_id, county_id) REFERENCES territory_uat (id, county_id))"
        )
        cursor.execute("INSERT INTO seat VALUES (%s, %s)", [uat.pk, uat.county_id])
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("INSERT INTO seat VALUES (%s, %s)", [uat.pk, other.pk])


def test_slovenian_municipality_has_no_county():
    slovenia = CountryFactory(code="SI")
    zasavska = RegionFactory(country=slovenia, code="SI035", name="Zasavska")
    uat = UatFactory(county=None, region=zasavska, code="142", name="Zagorje ob Savi", type="obcina")
    PlaceAliasFactory(uat=uat, name="Zagorje")
    commit_checks()
    assert str(uat) == uat.full_name == "Zagorje ob Savi"
    assert list(Uat.objects.in_country("SI").search("ZAGORJE")) == [uat]
    assert not Uat.objects.in_country("RO").search("zagorje").exists()


def test_polish_powiat_is_a_county():
    lubelskie = RegionFactory(country=CountryFactory(code="PL"), code="PL81", name="Lubelskie")
    powiat = CountyFactory(
        country=lubelskie.country, region=lubelskie, code="0602", name="powiat biłgorajski"
    )
    commit_checks()
    assert list(County.objects.in_country("PL").search("bilgorajski")) == [powiat]
    assert powiat.full_name == "powiat biłgorajski"


@pytest.mark.parametrize(
    "text", ["brasov", "Brașov", "Braşov", "BRASOV", "Bras\u0327ov", "rașo", "  brașov  "]
)
def test_search_finds_every_spelling(text):
    brasov = UatFactory(county__code="BV", name="Brașov", type="municipiu")
    UatFactory(county__code="BV", name="Râșnov")
    assert list(Uat.objects.search(text)) == [brasov]


def test_search_of_two_words_may_name_the_county():
    here = UatFactory(county__code="CJ", name="Viișoara")
    UatFactory(county__code="BT", name="Viișoara")
    UatFactory(county__code="CJ", name="Ceanu Mare")
    assert list(Uat.objects.search("viisoara cluj")) == [here]


def test_search_of_a_county_knows_names_aliases_and_codes():
    valcea = CountyFactory(code="VL")
    PlaceAlias.objects.create(county=valcea, name="Vîlcea")
    CountyFactory(code="BV")
    assert [list(County.objects.search(text)) for text in ("vâlcea", "vilcea", "vl", "VL")] == [[valcea]] * 4


def test_search_without_text_gives_all_and_without_letters_nothing():
    UatFactory()
    assert Uat.objects.search("  ").count() == 1
    assert Uat.objects.search("?!%_").count() == 0
    assert Region.objects.search("\x00").count() == 0


@pytest.mark.parametrize(
    "text", ["a\x00b", "x" * 10_000, "a " * 5_000, "\\", "%", "_", "' OR 1=1 --", "\ud83d", "ș" * 999]
)
def test_search_takes_any_text(text):
    UatFactory()
    assert Uat.objects.search(text).count() in {0, 1}


def test_units_sort_as_the_romanian_alphabet_and_namesakes_by_county():
    names = {
        "BV": ("Săcele", "Șinca", "Întorsura"),
        "SB": ("Sadu", "Sibiu"),
        "VL": ("Ilia", "Viișoara"),
        "CT": ("Viișoara",),
    }
    for county, name in ((code, name) for code in names for name in names[code]):
        UatFactory(county__code=county, name=name)
    assert [str(uat) for uat in Uat.objects.with_county().in_order()] == [
        "Ilia, Vâlcea", "Întorsura, Brașov", "Sadu, Sibiu", "Săcele, Brașov", "Sibiu, Sibiu", "Șinca, Brașov",
        "Viișoara, Constanța", "Viișoara, Vâlcea",
    ]  # fmt: skip


def test_full_names_say_the_kind():
    names = [
        CountyFactory(code="BV").full_name,
        CountyFactory(code="B").full_name,
        UatFactory(county__code="BV", name="Brașov", type="municipiu").full_name,
        UatFactory(county__code="BV", name="Râșnov", type="oras").full_name,
        UatFactory(county__code="BV", name="Bran").full_name,
    ]
    with translation.override("en"):
        assert CountyFactory(code="BV").full_name == "Brașov county"
    assert len(set(names)) == 5
