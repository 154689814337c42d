"""The load of places: whole, idempotent, closing what disappears, deleting nothing; done whole or not at all."""

import io
import threading
import time
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext

from core.dataversion import PUBLIC, TERRITORY, current_version
from core.territory import services
from core.territory.models import Country, County, PlaceAlias, Region, TerritoryLoad, Uat, UatTypePeriod
from core.territory.sources import bundled, read_source
from tests.factories.territory import load_romania
from tests.territory.files import few_lines, ins_lines, own_lines, replaced, write

FIRST, NEXT = date(2025, 1, 1), date(2025, 7, 1)
MODELS = (Country, Region, County, Uat, UatTypePeriod, PlaceAlias, TerritoryLoad)


def content() -> dict[str, list[tuple[object, ...]]]:
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in MODELS}


def load(source=None):
    """What the loader changed; its checks at commit are made at once."""
    changes = services.load_territory(source=source or bundled())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return changes


def own(folder, lines, as_of=NEXT):
    return read_source(write(folder, lines), as_of=as_of)


def command(*args: object) -> str:
    out = io.StringIO()
    call_command("load_territory", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def romania(db):
    load_romania()


@pytest.fixture
def small(db, tmp_path):
    """Some sixty units instead of all, by a file of the same day as the project's."""
    load(own(tmp_path, few_lines(), FIRST))


def periods(code: str) -> list[tuple[str, date | None, date | None]]:
    rows = UatTypePeriod.objects.filter(uat__code=code).order_by("pk")
    return list(rows.values_list("type", "valid_from", "valid_to"))


def test_load_gives_the_official_numbers(romania):
    assert Region.objects.count() == 8
    assert County.objects.current().count() == 42
    assert Uat.objects.current().base_level().count() == 3181
    assert dict(Uat.objects.values_list("type").annotate(Count("pk"))) == {
        "municipiu": 103, "oras": 216, "comuna": 2862, "sector": 6,
    }  # fmt: skip
    assert UatTypePeriod.objects.filter(valid_to=None).count() == 3187


def test_load_puts_every_place_into_its_region(romania):
    expected = {"RO21": (17, 29, 506), "RO22": (11, 23, 356), "RO31": (16, 32, 519), "RO41": (11, 29, 408),
                "RO42": (12, 30, 281), "RO11": (15, 28, 403), "RO12": (20, 37, 357), "RO32": (1, 8, 32)}  # fmt: skip
    counts = Region.objects.annotate(
        municipii=Count("uats", filter=Q(uats__type="municipiu")),
        orase=Count("uats", filter=Q(uats__type="oras")),
        comune=Count("uats", filter=Q(uats__type="comuna")),
    ).values_list("code", "municipii", "orase", "comune")
    assert {code: tuple(numbers) for code, *numbers in counts} == expected


def test_load_gives_giurgiu_its_own_region_and_nuts_code(romania):
    giurgiu = County.objects.get(code="GR")
    assert (giurgiu.region.slug, giurgiu.nuts3, giurgiu.siruta_jud) == ("sud-muntenia", "RO314", 52)


def test_sectors_belong_to_bucharest_and_nothing_else_has_a_parent(romania):
    sectors = Uat.objects.exclude(parent=None)
    assert set(sectors.values_list("parent__code", "type")) == {("179132", "sector")}
    assert sectors.count() == 6


def test_every_county_has_a_tile_a_seat_and_three_codes(romania):
    assert County.objects.exclude(tile_column=None).count() == 42
    assert Uat.objects.filter(is_county_seat=True).values("county").distinct().count() == 42
    assert not County.objects.filter(Q(siruta_county=None) | Q(siruta_jud=None) | Q(nuts3="")).exists()


def test_stored_names_have_comma_letters_only(romania):
    assert not Uat.objects.filter(Q(name__regex="[şţŞŢ]") | Q(raw_name__regex="[şţŞŢ]")).exists()
    assert not PlaceAlias.objects.filter(name__regex="[şţŞŢ]").exists()


def test_nobody_knows_since_when_the_first_units_are_there(romania):
    # Băneasa (CT, 61069) was a town in older lists; when it became a commune is not known.
    assert periods("61069") == [("comuna", None, None)]
    assert not Uat.objects.exclude(valid_from=None).exists()


def test_second_load_changes_nothing_and_writes_nothing(romania, django_assert_num_queries):
    before = content()
    with django_assert_num_queries(12):
        # One savepoint's pair, one lock, nine questions; no insert and no update.
        changes = services.load_territory(source=bundled())
    assert not changes
    assert content() == before


@pytest.mark.django_db(transaction=True)
def test_only_a_load_that_changes_something_raises_the_versions(tmp_path):
    source = own(tmp_path, few_lines(), FIRST)
    load(source)
    before = current_version(PUBLIC), current_version(TERRITORY)
    assert min(before) > 0
    load(source)
    assert (current_version(PUBLIC), current_version(TERRITORY)) == before


def test_load_is_quick(db):
    """By the time of this process, so that a busy machine does not matter, and by the number of statements."""
    started = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        load()

    assert time.process_time() - started < 10
    assert len(captured) < 60


def test_dry_run_reads_only(db):
    assert "Nothing was written" in command()
    assert not Country.objects.exists()


def test_wet_run_says_what_it_did_and_then_that_nothing_changes(db, tmp_path):
    file = ("--file", str(write(tmp_path, few_lines())), "--as-of", str(FIRST))
    first = command("--wet-run", *file)
    assert f"new units: {len(few_lines()) - 1}" in first
    assert "Written in" in first
    assert "Nothing changes." in command("--wet-run", *file)
    assert "Nothing changes." in command(*file)


def test_unit_that_disappears_is_closed_and_stays(small, tmp_path):
    changes = load(own(tmp_path, replaced(few_lines(), "61069", None)))
    baneasa = Uat.objects.get(code="61069")
    assert baneasa.valid_to == NEXT
    assert periods("61069") == [("comuna", None, NEXT)]
    assert not Uat.objects.current().filter(code="61069").exists()
    assert Uat.objects.count() == len(few_lines()) - 1
    assert len(changes.lines["closed units"]) == 1


def test_unit_that_comes_back_is_opened_again(small, tmp_path):
    load(own(tmp_path, replaced(few_lines(), "61069", None)))
    load(own(tmp_path, few_lines(), date(2026, 1, 1)))
    assert Uat.objects.get(code="61069").valid_to is None
    assert periods("61069") == [("comuna", None, NEXT), ("comuna", date(2026, 1, 1), None)]


def test_corrected_file_of_the_same_day_takes_the_error_back(small, tmp_path):
    load(own(tmp_path, replaced(few_lines(), "61069", None)))
    load(own(tmp_path, few_lines()))
    assert Uat.objects.get(code="61069").valid_to is None
    assert periods("61069") == [("comuna", None, None)]


def test_change_of_type_ends_one_period_and_begins_the_next(small, tmp_path):
    load(own(tmp_path, replaced(few_lines(), "61069", "61069,Băneasa,oras,CT,,")))
    assert Uat.objects.get(code="61069").type == "oras"
    assert periods("61069") == [("comuna", None, NEXT), ("oras", NEXT, None)]


def test_change_of_type_corrected_on_the_same_day_leaves_no_open_second_period(small, tmp_path):
    load(own(tmp_path, replaced(few_lines(), "61069", "61069,Băneasa,oras,CT,,")))
    load(own(tmp_path, few_lines()))
    assert Uat.objects.get(code="61069").type == "comuna"
    assert [period for period in periods("61069") if period[2] is None] == [("comuna", None, None)]


def test_new_unit_is_valid_from_the_day_of_the_file(small, tmp_path):
    load(own(tmp_path, [*few_lines(), "999990,Satu Nou de Jos,comuna,CT,,"]))
    unit = Uat.objects.get(code="999990")
    assert (unit.valid_from, unit.slug, unit.county.code) == (NEXT, "satu-nou-de-jos", "CT")
    assert periods("999990") == [("comuna", NEXT, None)]


def test_new_unit_with_the_name_of_a_closed_one_gets_an_address_of_its_own(small, tmp_path):
    load(own(tmp_path, replaced(few_lines(), "61069", "999990,Băneasa,comuna,CT,,")))
    assert Uat.objects.get(code="61069").slug == "baneasa"
    assert Uat.objects.get(code="999990").slug == "baneasa-999990"


def test_renamed_unit_keeps_its_address_and_is_found_by_both_names(small, tmp_path):
    load(own(tmp_path, replaced(few_lines(), "61069", "61069,Valea Nouă,comuna,CT,,")))
    unit = Uat.objects.get(code="61069")
    assert (unit.name, unit.slug) == ("Valea Nouă", "baneasa")
    assert unit in Uat.objects.in_country("RO").search("valea noua")
    assert unit in Uat.objects.in_country("RO").search("Băneasa")


def test_unit_moves_to_another_county_with_its_region(small, tmp_path):
    load(own(tmp_path, replaced(few_lines(), "61069", "61069,Băneasa,comuna,BV,,")))
    assert Uat.objects.filter(code="61069", county__code="BV", region__slug="centru").exists()


def test_seat_moves_from_one_unit_to_another(small, tmp_path):
    lines = replaced(few_lines(), "100576", "100576,Buftea,oras,IF,,")
    other = next(
        line for line in lines if line.split(",")[2:4] == ["oras", "IF"] and line.split(",")[0] != "100576"
    )
    code, name, *_ = other.split(",")
    load(own(tmp_path, replaced(lines, code, f"{code},{name},oras,IF,1,")))
    assert list(
        Uat.objects.filter(county__code="IF", is_county_seat=True).values_list("code", flat=True)
    ) == [code]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250"])
def test_raw_file_of_the_same_content_changes_only_its_source(romania, tmp_path, encoding):
    lines = [line.translate(str.maketrans("șțȘȚ", "şţŞŢ")) for line in ins_lines()]
    source = read_source(write(tmp_path, lines, encoding), as_of=NEXT)
    changes = load(source)
    # The sectors had no printed name before; every spelling that was known stays.
    assert {line.split(" ")[1] for line in changes.lines["changed units"]} == {"Sectorul"}
    assert not any(
        changes.lines[what] for what in ("new units", "closed units", "changed types", "new names")
    )
    assert Uat.objects.filter(name="Cuza Vodă").count() == 3
    assert Uat.objects.get(code="100576").is_county_seat
    assert not load(source)


def test_capitals_without_diacritics_do_not_spoil_names(romania, tmp_path):
    plain = str.maketrans("ĂÂÎȘȚ", "AAIST")
    load(read_source(write(tmp_path, [line.translate(plain) for line in ins_lines()]), as_of=NEXT))
    assert Uat.objects.filter(name="Târgu Mureș").exists()
    assert not Uat.objects.filter(name="Targu Mures").exists()


def test_older_file_is_refused_and_the_older_list_of_the_project_leaves_units_alone(small, tmp_path):
    load(own(tmp_path, replaced(few_lines(), "61069", None)))
    with pytest.raises(CommandError, match="newer source was loaded"):
        command("--wet-run", "--file", str(write(tmp_path, few_lines())), "--as-of", "2024-07-01")
    assert "units are left as they are" in command("--wet-run")
    assert Uat.objects.get(code="61069").valid_to == NEXT


def test_file_that_was_cut_is_refused_whole(romania, tmp_path):
    before = content()
    lines = own_lines()
    path = write(
        tmp_path, [lines[0], *lines[1::2], *[line for line in lines[2::2] if ",B," in line or ",IF," in line]]
    )
    with pytest.raises(CommandError, match="more than 50: it was probably cut"):
        command("--wet-run", "--file", str(path))
    assert content() == before


def test_many_closings_are_made_when_asked_for(romania, tmp_path):
    lines = [line for line in own_lines() if line.split(",")[2:4] != ["comuna", "CT"]]
    command("--wet-run", "--file", str(write(tmp_path, lines)), "--max-closed", "60")
    assert (
        Uat.objects.filter(county__code="CT").exclude(valid_to=None).count()
        == len(own_lines()) - len(lines)
        > 50
    )


def test_broken_file_is_refused_by_line_and_changes_nothing(small, tmp_path):
    before = content()
    path = write(tmp_path, [*few_lines(), "61069,Băneasa,comuna,CT,,"])
    with pytest.raises(
        CommandError, match=rf"line {len(few_lines()) + 1}: Code 61069 stands on line \d+ already"
    ):
        command("--wet-run", "--file", str(path))
    assert content() == before


@pytest.mark.parametrize(
    "args", [("--as-of", "2999-01-01"), ("--as-of", "mâine"), ("--file", "/nu/exista.csv")]
)
def test_command_refuses_what_makes_no_sense(db, args):
    with pytest.raises((CommandError, SystemExit)):
        command("--wet-run", *args)
    assert not Country.objects.exists()


def test_fault_in_the_middle_takes_everything_back(db, tmp_path):
    source = own(tmp_path, few_lines())
    twice = replace(source.units[-1], code="999990", seat=True, county="AB")
    with pytest.raises(IntegrityError):
        services.load_territory(source=replace(source, units=(*source.units, twice)))
    assert not Country.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_are_refused():
    inside, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [services._LOCK])
            inside.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait(10)
    try:
        with pytest.raises(services.LoadRefused, match="Another load"):
            services.load_territory(source=bundled())
    finally:
        go_on.set()
        thread.join(10)
    assert not Uat.objects.exists()


def test_source_is_remembered_once(romania):
    load()
    assert list(TerritoryLoad.objects.values_list("source", "as_of")) == [
        ("INS, SIRUTA, sem. I 2025", date(2025, 1, 1))
    ]
