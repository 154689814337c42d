"""Reads files of places: the project's own CSV and the raw SIRUTA file of the statistics office (INS).

Nothing here touches the database. Whatever is wrong with a file is a ``SourceError`` that names the line.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from core.territory.choices import UatType
from core.territory.siruta import check_digit_holds, title_case, without_prefix
from core.text import normalise

DATA = Path(__file__).parent / "data"
BUNDLED_AS_OF = date(2025, 1, 1)
MAX_BYTES = 20 * 1024 * 1024

OWN_COLUMNS = ("code", "name", "type", "county", "seat", "raw_name")
INS_COLUMNS = ("siruta", "denloc", "jud", "sirsup", "tip", "niv")
BUCHAREST = "179132"

# TIP of SIRUTA at level 2: type of the unit, and whether it is the seat of its county. 9 is Bucharest alone.
_INS_TYPES = {
    "1": (UatType.MUNICIPIU, True),
    "2": (UatType.ORAS, False),
    "3": (UatType.COMUNA, False),
    "4": (UatType.MUNICIPIU, False),
    "5": (UatType.ORAS, True),
    "9": (UatType.MUNICIPIU, True),
}
_OWN_TYPES = {str(kind) for kind in (UatType.MUNICIPIU, UatType.ORAS, UatType.COMUNA, UatType.SECTOR)}
_NAME = re.compile(r"[0-9A-Za-zĂÂÎȘȚăâîșț][0-9A-Za-zĂÂÎȘȚăâîșț .'’()/-]*")
_PREFIXES = {UatType.MUNICIPIU: "MUNICIPIUL ", UatType.ORAS: "ORAȘ ", UatType.COMUNA: ""}


class SourceError(Exception):
    """A file that cannot be used; the message says where, and what to do."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)


@dataclass(frozen=True)
class CountyRow:
    """A county of the project's own list, the only map of counties to regions that is used."""

    code: str
    name: str
    region: str
    nuts3: str
    siruta_county: int
    siruta_jud: int
    tile_column: int
    tile_row: int


@dataclass(frozen=True)
class UnitRow:
    """A unit as its source has it; ``in_capitals`` when the spelling of the name is a guess from capitals."""

    line: int
    code: str
    name: str
    type: UatType
    county: str
    seat: bool
    raw_name: str
    in_capitals: bool = False

    @property
    def parent(self) -> str | None:
        return BUCHAREST if self.type == UatType.SECTOR else None


@dataclass(frozen=True)
class Source:
    """A file that was read whole and found good."""

    title: str
    as_of: date
    sha256: str
    units: tuple[UnitRow, ...]
    is_bundled: bool = False
    warnings: tuple[str, ...] = field(default=())


@cache
def county_rows() -> tuple[CountyRow, ...]:
    """The 41 counties and Bucharest."""
    return tuple(
        CountyRow(
            code=row["code"],
            name=row["name"],
            region=row["region"],
            nuts3=row["nuts3"],
            siruta_county=int(row["siruta_county"]),
            siruta_jud=int(row["siruta_jud"]),
            tile_column=int(row["tile_column"]),
            tile_row=int(row["tile_row"]),
        )
        for row in bundled_rows("counties.csv")
    )


@cache
def _county_codes() -> frozenset[str]:
    return frozenset(county.code for county in county_rows())


def bundled_rows(file: str) -> list[dict[str, str]]:
    """Rows of one of the project's own data files."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def bundled() -> Source:
    """The units that come with the project: INS, SIRUTA, first half of 2025."""
    return read_source(DATA / "uat.csv", as_of=BUNDLED_AS_OF, is_bundled=True)


def half_year_of(day: date) -> date:
    """First day of the half-year in which INS published what is valid on that day."""
    return day.replace(month=1 if day.month <= 6 else 7, day=1)


def read_source(path: Path, *, as_of: date, title: str = "", is_bundled: bool = False) -> Source:
    """The units of a file of either kind, checked; ``as_of`` is the day on which the file is valid.

    Raises ``SourceError`` when the file cannot be read or is not whole: other encoding, missing columns, a code
    twice, an unknown county or type, a county without units.
    """
    content = _content(path)
    rows = _rows(_decoded(content))
    header = {name for _, row in rows[:1] for name in row}
    if set(INS_COLUMNS) <= header:
        units = list(_ins_units(rows))
    elif set(OWN_COLUMNS[:-1]) <= header:
        units = [_own_unit(line, row) for line, row in rows]
    else:
        raise SourceError(
            f"The columns are neither {', '.join(OWN_COLUMNS)} nor {', '.join(INS_COLUMNS).upper()} and more.",
            1,
        )
    _refuse_broken(units)
    return Source(
        title=title or f"INS, SIRUTA, sem. {'I' if as_of.month <= 6 else 'II'} {as_of.year}",
        as_of=as_of,
        sha256=hashlib.sha256(content).hexdigest(),
        units=tuple(units),
        is_bundled=is_bundled,
        warnings=tuple(_doubts(units)),
    )


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"The file cannot be read: {error.strerror}.") from None
    if not content.strip():
        raise SourceError("The file is empty.")
    if len(content) > MAX_BYTES:
        raise SourceError(
            f"The file has more than {MAX_BYTES // 1024 // 1024} MB: it is not a list of units."
        )
    if content.startswith(b"PK"):
        raise SourceError("The file is an Excel workbook; save the sheet as CSV.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise SourceError("The file is UTF-16 or no text at all; save it as CSV in UTF-8.")
    return content


def _decoded(content: bytes) -> str:
    """Text of UTF-8 with or without mark, else of the 8-bit code pages of Central Europe."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The two agree on Romanian letters; cp1250 uses 0x80-0x9f, which ISO-8859-2 leaves to control marks.
        return content.decode("cp1250" if re.search(rb"[\x80-\x9f]", content) else "iso-8859-2", "replace")


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """Rows with their line numbers, the columns by name in lower case."""
    first = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t|", key=first.count))
    rows: list[tuple[int, dict[str, str]]] = []
    names: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = [cell.strip().lower() for cell in cells]
                continue
            if len(cells) != len(names):
                raise SourceError(f"{len(cells)} cells instead of {len(names)}.", reader.line_num)
            rows.append((reader.line_num, dict(zip(names, (cell.strip() for cell in cells), strict=True))))
    except csv.Error as error:
        raise SourceError(f"This is no CSV: {error}.", reader.line_num) from None
    if not rows:
        raise SourceError("The file has a header and no rows.")
    return rows


def _own_unit(line: int, row: dict[str, str]) -> UnitRow:
    if row["type"] not in _OWN_TYPES:
        raise SourceError(f"Unknown type “{row['type']}”; known are {', '.join(sorted(_OWN_TYPES))}.", line)
    if row["county"] not in _county_codes():
        raise SourceError(f"Unknown county “{row['county']}”.", line)
    kind = UatType(row["type"])
    name = _name(row["name"], line)
    derived = _PREFIXES[kind] + name.upper() if kind in _PREFIXES else ""
    raw_name = normalise(row.get("raw_name", "")) or derived
    return UnitRow(line, _code(row["code"], line), name, kind, row["county"], row["seat"] == "1", raw_name)


def _ins_units(rows: Iterable[tuple[int, dict[str, str]]]) -> Iterator[UnitRow]:
    """Level 2 and the sectors of Bucharest of the raw file; counties come from the project, villages from nobody.

    Region and NUTS columns are not looked at: the file's NUTS code of Giurgiu is wrong.
    """
    counties = {county.siruta_jud: county for county in county_rows()}
    for line, row in rows:
        level, kind = row["niv"], row["tip"]
        if level not in {"1", "2", "3"}:
            raise SourceError(f"Unknown level NIV “{level}”; known are 1, 2 and 3.", line)
        is_sector = level == "3" and kind == "6"
        if level != "2" and not is_sector:
            continue
        county = counties.get(int(row["jud"])) if row["jud"].isascii() and row["jud"].isdigit() else None
        if county is None:
            raise SourceError(f"Unknown county number JUD “{row['jud']}”.", line)
        above = BUCHAREST if is_sector else str(county.siruta_county)
        if _code(row["sirsup"], line) != above:
            raise SourceError(f"SIRSUP is {row['sirsup']}, but {county.name} has {above}.", line)
        if not is_sector and kind not in _INS_TYPES:
            raise SourceError(f"Unknown type TIP “{kind}” at level 2.", line)
        type_, seat = (UatType.SECTOR, False) if is_sector else _INS_TYPES[kind]
        raw_name = normalise(row["denloc"])
        name = _name(title_case(without_prefix(raw_name, type_)), line)
        yield UnitRow(line, _code(row["siruta"], line), name, type_, county.code, seat, raw_name, True)


def _code(text: str, line: int) -> str:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000):
        raise SourceError(f"“{text[:20]}” is no SIRUTA code: 1 to 6 digits are.", line)
    return str(int(text))


def _name(text: str, line: int) -> str:
    name = normalise(text)
    if not _NAME.fullmatch(name) or len(name) > 100:
        raise SourceError(
            f"“{name[:40]}” has letters that no Romanian name has: the file is damaged or in another encoding.",
            line,
        )
    return name


def _refuse_broken(units: list[UnitRow]) -> None:
    lines: dict[str, int] = {}
    for unit in units:
        if unit.code in lines:
            raise SourceError(f"Code {unit.code} stands on line {lines[unit.code]} already.", unit.line)
        lines[unit.code] = unit.line
    seats: dict[str, int] = {}
    for unit in units:
        if unit.seat and seats.setdefault(unit.county, unit.line) != unit.line:
            raise SourceError(f"{unit.county} has its seat on line {seats[unit.county]} already.", unit.line)
        if unit.parent and unit.parent not in lines:
            raise SourceError("A sector stands without its municipality, Bucharest (179132).", unit.line)
    missing = sorted({county.code for county in county_rows()} - {unit.county for unit in units})
    if missing:
        raise SourceError(f"No unit of {', '.join(missing)}: the file was cut.")


def _doubts(units: list[UnitRow]) -> Iterator[str]:
    failing = [unit.code for unit in units if not check_digit_holds(unit.code)]
    if failing:
        # 68 genuine codes fail; more than that hints at mistyped ones.
        yield f"The check digit does not hold for {len(failing)} codes (68 known ones do not)."
    seen: dict[tuple[str, str], int] = {}
    for unit in units:
        first = seen.setdefault((unit.county, unit.name), unit.line)
        if first != unit.line:
            yield f"line {unit.line}: {unit.name} stands in {unit.county} on line {first} too."
