"""Files of places: the project's and those of INS, in every dress; broken ones are refused by line and reason."""

from collections import Counter
from datetime import date

import pytest

from core.territory.siruta import check_digit_holds, old_spelling, same_name, title_case, without_prefix
from core.territory.sources import SourceError, bundled, county_rows, half_year_of, read_source
from tests.territory.files import INS_HEADER, ins_lines, own_lines, replaced, write

AS_OF = date(2026, 1, 1)
CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")


def read(folder, lines, encoding="utf-8"):
    return read_source(write(folder, lines, encoding), as_of=AS_OF)


def names(source):
    return {unit.code: unit.name for unit in source.units}


def test_bundled_list_counts_as_the_statistics_office_does():
    units = bundled().units
    assert Counter(unit.type for unit in units) == {
        "comuna": 2862,
        "oras": 216,
        "municipiu": 103,
        "sector": 6,
    }
    assert len(county_rows()) == 42
    assert len({county.region for county in county_rows()}) == 8
    assert Counter(unit.county for unit in units if unit.seat) == {county.code: 1 for county in county_rows()}


def test_bundled_names_have_comma_letters_only():
    assert not any(
        letter in unit.name + unit.raw_name for unit in bundled().units for letter in "şţŞŢ\u0327\u0326"
    )


def test_no_name_stands_twice_in_a_county():
    assert len({(unit.county, unit.name) for unit in bundled().units}) == 3187


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ";"), ("utf-8-sig", ","), ("iso-8859-2", ";"), ("cp1250", ","), ("cp1250", "\t")],
)
def test_raw_file_is_read_in_every_encoding_and_with_every_separator(tmp_path, encoding, separator):
    lines = [line.translate(CEDILLA).replace(";", separator) for line in ins_lines()]
    source = read(tmp_path, lines, encoding)
    own = bundled()
    assert [(unit.code, unit.type, unit.county) for unit in source.units] == [
        (unit.code, unit.type, unit.county) for unit in own.units
    ]
    # The file itself lacks a letter in two names; the loader keeps the spelling that is stored.
    read_names, own_names = names(source), names(own)
    assert sum(read_names[code] != name for code, name in own_names.items()) == 2
    assert all(same_name(read_names[code], name) for code, name in own_names.items())


def test_raw_file_gives_bucharest_once_and_no_village(tmp_path):
    source = read(tmp_path, ins_lines())
    assert len(source.units) == 3187
    bucharest = [unit for unit in source.units if unit.county == "B" and unit.type == "municipiu"]
    assert [(unit.code, unit.name, unit.seat) for unit in bucharest] == [("179132", "București", True)]
    assert [unit.name for unit in source.units if unit.type == "sector"] == [
        f"Sectorul {n}" for n in range(1, 7)
    ]


def test_raw_file_gives_the_counties_of_numbers_51_and_52(tmp_path):
    counties = {unit.code: unit.county for unit in read(tmp_path, ins_lines()).units}
    own = {unit.code: unit.county for unit in bundled().units}
    assert {code for code, county in counties.items() if county in {"CL", "GR"}} == {
        code for code, county in own.items() if county in {"CL", "GR"}
    }


def test_blank_lines_and_windows_line_ends_do_not_matter(tmp_path):
    path = tmp_path / "uat.csv"
    path.write_bytes("\r\n\r\n".join(ins_lines()).encode("utf-8-sig"))
    assert len(read_source(path, as_of=AS_OF).units) == 3187


def first(code="1017", **changes):
    """The raw line of Alba Iulia with some cells changed."""
    columns = INS_HEADER.split(";")
    line = next(line for line in ins_lines() if line.startswith(f"{code};"))
    return ";".join(
        changes.get(name.lower(), cell) for name, cell in zip(columns, line.split(";"), strict=True)
    )


HOSTILE = {
    "unknown county": (first(jud="77"), "Unknown county number JUD “77”"),
    "county not a number": (first(jud="²"), "Unknown county number"),
    "unknown type": (first(tip="8"), "Unknown type TIP “8”"),
    "unknown level": (first(niv="4"), "Unknown level NIV “4”"),
    "wrong upper unit": (first(sirsup="29"), "SIRSUP is 29, but Alba has 10"),
    "code of letters": (first(sirsup="1O"), "is no SIRUTA code"),
    "code with decimals": (first(siruta="1017.0"), "is no SIRUTA code"),
    "code twice": (first(siruta="1213"), "Code 1213 stands on line"),
    "two seats": (first(code="1213", tip="1"), "AB has its seat on line"),
    "letters of another encoding": (first(denloc="MUNICIPIUL ALBA IULIÅž"), "no Romanian name has"),
    "question marks": (first(denloc="MUNICIPIUL BRA?OV"), "no Romanian name has"),
    "script": (first(denloc="<script>"), "no Romanian name has"),
    "no name": (first(denloc=""), "no Romanian name has"),
    "too many cells": (first() + ";x", "16 cells instead of 15"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_broken_line_is_refused_by_its_number(tmp_path, case):
    line, reason = HOSTILE[case]
    replaced_code = "1213" if case == "two seats" else "1017"
    lines = replaced(ins_lines(), replaced_code, line)
    with pytest.raises(SourceError, match=r"^line \d+: ") as caught:
        read(tmp_path, lines)
    assert reason in str(caught.value)


WHOLE = {
    "empty": (b"", "empty"),
    "blanks": (b" \n\n", "empty"),
    "header alone": (INS_HEADER.encode(), "no rows"),
    "missing columns": (b"SIRUTA;DENLOC\n1017;X\n", "columns are neither"),
    "other table": (b"a,b,c\n1,2,3\n", "columns are neither"),
    "workbook": (b"PK\x03\x04rest", "Excel workbook"),
    "UTF-16": ("\n".join(own_lines()).encode("utf-16"), "UTF-16"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "no text at all"),
    "cut": ("\n".join(own_lines()[:900]).encode(), "the file was cut"),
    "endless cell": (b'code,name,type,county,seat\n1017,"' + b"a" * 200_000, "This is no CSV"),
    "DOS code page": ("\n".join(ins_lines()[:200]).translate(CEDILLA).encode("cp852"), "another encoding"),
    "read as western and saved": (
        "\n".join(ins_lines()[:200]).encode("utf-8").decode("cp1252", "replace").encode("utf-8"),
        "another encoding",
    ),
}


@pytest.mark.parametrize(("content", "reason"), WHOLE.values(), ids=WHOLE.keys())
def test_broken_file_is_refused_with_the_reason(tmp_path, content, reason):
    path = tmp_path / "uat.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_source(path, as_of=AS_OF)
    assert reason in str(caught.value)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        read_source(tmp_path / "none.csv", as_of=AS_OF)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1017,Alba Iulia,oraș,AB,1,", "Unknown type “oraș”"),
        ("1017,Alba Iulia,municipiu,XX,1,", "Unknown county “XX”"),
        ("0,Alba Iulia,municipiu,AB,1,", "is no SIRUTA code"),
        ("1017,Alba\x01 I♥lia,municipiu,AB,1,", "no Romanian name has"),
        ("1017,Alba Iulia,municipiu,AB", "4 cells instead of 6"),
    ],
)
def test_broken_line_of_the_own_format_is_refused(tmp_path, line, reason):
    with pytest.raises(SourceError) as caught:
        read(tmp_path, replaced(own_lines(), "1017", line))
    assert str(caught.value).startswith("line 2: ")
    assert reason in str(caught.value)


def test_sector_without_bucharest_is_refused(tmp_path):
    lines = [line for line in own_lines() if not line.startswith("179132,")]
    with pytest.raises(SourceError, match="without its municipality"):
        read(tmp_path, lines)


def test_failing_check_digits_only_warn(tmp_path):
    lines = replaced(own_lines(), "1017", "1018,Alba Iulia,municipiu,AB,1,")
    assert any("69 codes" in warning for warning in read(tmp_path, lines).warnings)


def test_namesake_within_a_county_only_warns(tmp_path):
    lines = [*own_lines(), "1020,Alba Iulia,comuna,AB,,"]
    assert any("Alba Iulia stands in AB" in warning for warning in read(tmp_path, lines).warnings)


def test_source_is_named_by_its_half_year(tmp_path):
    path = write(tmp_path, own_lines())
    assert read_source(path, as_of=date(2026, 7, 1)).title == "INS, SIRUTA, sem. II 2026"
    assert half_year_of(date(2026, 11, 21)) == date(2026, 7, 1)
    assert half_year_of(date(2026, 6, 30)) == date(2026, 1, 1)


def test_every_raw_name_becomes_the_name_that_is_known():
    guesses = {
        (unit.name, title_case(without_prefix(unit.raw_name, unit.type)))
        for unit in bundled().units
        if unit.raw_name
    }
    # The file itself lacks a letter in two names.
    assert {(name, guess) for name, guess in guesses if name != guess} == {
        ("Cuza Vodă", "Cuza Voda"),
        ("Boldești-Grădiștea", "Boldești-Gradiștea"),
    }


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("CURTEA DE ARGEȘ", "Curtea de Argeș"),
        ("ȘTEFAN CEL MARE", "Ștefan cel Mare"),
        ("DE SUS", "De Sus"),
        ("I. L. CARAGIALE", "I.L. Caragiale"),
        ("C.A.ROSETTI", "C.A. Rosetti"),
        ("ALEXANDRU I.CUZA", "Alexandru I. Cuza"),
        ("SÂRBII - MĂGURA", "Sârbii-Măgura"),
        ("23 AUGUST", "23 August"),
        ("DROBETA-TURNU  SEVERIN", "Drobeta-Turnu Severin"),
        ("ÎNTORSURA BUZĂULUI", "Întorsura Buzăului"),
    ],
)
def test_title_case_writes_as_romanian_does(capitals, name):
    assert title_case(capitals) == name


def test_same_name_ignores_what_capitals_lose():
    assert same_name("Cuza Vodă", "CUZA VODA")
    assert same_name("C.A. Rosetti", "C.A.ROSETTI")
    assert not same_name("Săcele", "Săcel")


def test_old_spelling_has_i_inside_words_but_not_in_the_family_of_roman():
    assert old_spelling("Târgu Mureș") == "Tîrgu Mureș"
    assert old_spelling("Daia Română") is None
    assert old_spelling("Brașov") is None


def test_check_digit_holds_for_real_codes_and_not_for_mistyped_ones():
    assert check_digit_holds("1017")
    assert check_digit_holds("179132")
    assert not check_digit_holds("1018")
