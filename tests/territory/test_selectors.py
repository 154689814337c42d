"""Places for screens: aliases of regions, no query when warm, new data at once in every process."""

import threading
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from core.territory import selectors, snapshot
from core.territory.models import County
from core.territory.services import load_territory
from core.territory.sources import read_source
from tests.factories.territory import (
    CountyFactory,
    PlaceAliasFactory,
    RegionFactory,
    UatFactory,
    load_romania,
)
from tests.territory.files import few_lines, write


@pytest.fixture
def romania(db):
    load_romania()


REGIONS = {
    "N-E": "nord-est", "S-E": "sud-est", "N-V": "nord-vest", "S-V Oltenia": "sud-vest-oltenia", "Vest": "vest",
    "Centru": "centru", "București - Ilfov": "bucuresti-ilfov", "bucuresti-ilfov": "bucuresti-ilfov",
    "BUCUREŞTI–ILFOV": "bucuresti-ilfov", "Nord Est": "nord-est", "Sud - Muntenia": "sud-muntenia",
    "Sud-Vest Oltenia": "sud-vest-oltenia", "sud vest oltenia": "sud-vest-oltenia",
}  # fmt: skip


def test_regions_are_found_by_every_form_that_the_documents_use(romania):
    assert {form: getattr(selectors.find_region(form), "slug", None) for form in REGIONS} == REGIONS


@pytest.mark.parametrize("text", ["", "Oltenia de Nord", "N", "\x00", "x" * 10_000])
def test_unknown_region_is_none(db, text):
    RegionFactory(code="RO41")
    assert selectors.find_region(text) is None


def test_warm_helpers_ask_the_database_nothing(romania, django_assert_num_queries):
    with django_assert_num_queries(5):
        selectors.regions()
    with django_assert_num_queries(0):
        assert len(selectors.regions()) == 8
        assert [county.region.slug for county in selectors.counties()][:2] == ["centru", "vest"]
        assert len(selectors.counties_with_tiles()) == 42
        assert selectors.county_by_code("bv").name == selectors.county_by_slug("bv").name == "Brașov"
        assert len(selectors.counties_of(selectors.region_by_slug("sud-muntenia"))) == 7
        assert selectors.source().source == "INS, SIRUTA, sem. I 2025"


def test_other_process_is_served_from_the_cache(db, django_assert_num_queries, monkeypatch):
    CountyFactory(code="BV")
    selectors.counties()
    monkeypatch.setattr(snapshot, "_kept", None)
    with django_assert_num_queries(0):
        assert [county.region.code for county in selectors.counties()] == ["RO12"]


def test_counties_stand_in_romanian_order(romania):
    names = [county.name for county in selectors.counties()]
    assert names[:9] == [
        "Alba",
        "Arad",
        "Argeș",
        "Bacău",
        "Bihor",
        "Bistrița-Năsăud",
        "Botoșani",
        "Brașov",
        "Brăila",
    ]
    assert names.index("Cluj") + 1 == names.index("Constanța")
    assert names.index("Călărași") < names.index("Cluj")


@pytest.mark.parametrize("code", ["", "XX", "bv ' --", "\x00", "B" * 5_000])
def test_unknown_county_is_none(db, code):
    CountyFactory(code="B")
    assert selectors.county_by_code(code) is None


@pytest.mark.parametrize("code", ["", "0", "179 132", "\x00", "²", "9" * 5_000, "abc"])
def test_unknown_unit_is_none(db, code):
    UatFactory(code="179132")
    assert selectors.uat_by_code(code) is None


def test_unit_is_found_by_code_with_its_county_in_one_query(db, django_assert_num_queries):
    UatFactory(county__code="BV", code="40198", name="Brașov", type="municipiu")
    with django_assert_num_queries(1):
        assert str(selectors.uat_by_code("40198")) == "Brașov, Brașov"


@pytest.mark.django_db(transaction=True)
def test_committed_load_is_seen_at_once_although_the_old_rows_are_cached(tmp_path):
    CountyFactory(code="BV")
    assert [county.code for county in selectors.counties()] == ["BV"]
    load_territory(source=read_source(write(tmp_path, few_lines()), as_of=date(2025, 1, 1)))
    assert len(selectors.counties()) == 42


@pytest.mark.django_db(transaction=True)
def test_reader_during_a_load_does_not_keep_old_rows_for_the_new_version():
    CountyFactory(code="BV")
    cache.clear()
    with transaction.atomic():
        County.objects.update(name="Altul")
        connection.on_commit(snapshot.renew)
        read_in_another_process()
    assert selectors.counties()[0].name == "Altul"


def read_in_another_process() -> None:
    def read() -> None:
        selectors.counties()
        connection.close()

    thread = threading.Thread(target=read)
    thread.start()
    thread.join(10)


def test_cleared_cache_clears_what_the_process_keeps(db):
    CountyFactory(code="BV")
    selectors.counties()
    County.objects.update(name="Altul")
    cache.clear()
    assert selectors.counties()[0].name == "Altul"


def test_suggestions_put_the_same_name_first_and_then_the_same_beginning(db):
    for name in ("Gura Râului", "Râu de Mori", "Râu", "Pârâul"):
        UatFactory(county__code="SB", name=name)
    assert [uat.name for uat in selectors.suggest_uats("rau")] == [
        "Râu",
        "Râu de Mori",
        "Gura Râului",
        "Pârâul",
    ]


def test_suggestions_stay_in_the_county_and_know_other_names(db):
    uat = UatFactory(county__code="BV", name="Râșnov", type="oras")
    PlaceAliasFactory(uat=uat, name="Rîșnov")
    UatFactory(county__code="SB", name="Râșnov de Sus")
    assert selectors.suggest_uats("risnov", county=uat.county) == [uat]
    assert len(selectors.suggest_uats("Râșnov")) == 2


def test_old_spellings_of_real_places_are_found(romania):
    assert "Târgu Mureș" in {uat.name for uat in selectors.suggest_uats("Tîrgu Mureș")}
    assert "Râmnicu Vâlcea" in {uat.name for uat in selectors.suggest_uats("rimnicu vilcea")}
