"""Makes files as INS and the project write them, from the list that the project has."""

from functools import cache
from pathlib import Path

from core.territory.sources import DATA, bundled, county_rows

INS_HEADER = "SIRUTA;DENLOC;CODP;JUD;SIRSUP;TIP;NIV;MED;REGIUNE;FSJ;FS2;FS3;FSL;rang;fictiv"
_TIPS = {"municipiu": "4", "oras": "2", "comuna": "3", "sector": "6"}


@cache
def ins_lines() -> list[str]:
    """Lines of a raw SIRUTA file: counties, units, sectors, and some villages that share the names of communes."""
    lines = [INS_HEADER]
    counties = {county.code: county for county in county_rows()}
    for county in counties.values():
        title = "MUNICIPIUL BUCUREȘTI" if county.code == "B" else f"JUDEȚUL {county.name.upper()}"
        lines.append(f"{county.siruta_county};{title};0;{county.siruta_jud};1;40;1;0;1;1;;;;;0")
    for unit in bundled().units:
        county = counties[unit.county]
        tip = _TIPS[unit.type]
        if unit.seat and unit.type == "municipiu":
            tip = "9" if unit.county == "B" else "1"
        raw_name = unit.raw_name or f"BUCUREȘTI {unit.name.upper()}"
        level, above = ("3", "179132") if tip == "6" else ("2", str(county.siruta_county))
        # The NUTS column (FSJ) of Giurgiu is wrong in the real file too.
        lines.append(f"{unit.code};{raw_name};0;{county.siruta_jud};{above};{tip};{level};1;9;RO999;;;;;0")
        if tip == "3":
            lines.append(
                f"9{unit.code[:5]};{raw_name};517000;{county.siruta_jud};{unit.code};22;3;3;9;;;;;IV;0"
            )
    return lines


@cache
def own_lines() -> list[str]:
    """Lines of the project's own list."""
    return (DATA / "uat.csv").read_text(encoding="utf-8").splitlines()


@cache
def few_lines() -> list[str]:
    """A small Romania in the project's format: the seats, the sectors, the towns of Ilfov, some of Constanța."""
    header, *lines = own_lines()
    kept = [cells for cells in (line.split(",") for line in lines) if _is_kept(*cells)]
    return [header, *(",".join(cells) for cells in kept)]


def _is_kept(code: str, name: str, kind: str, county: str, seat: str, raw_name: str) -> bool:
    return (
        bool(seat) or kind == "sector" or (kind, county) == ("oras", "IF") or name in {"Băneasa", "Cuza Vodă"}
    )


def write(folder: Path, lines: list[str], encoding: str = "utf-8", name: str = "uat.csv") -> Path:
    path = folder / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def replaced(lines: list[str], code: str, line: str | None) -> list[str]:
    """The lines with the one of this code replaced, or left out; the separator is that of the header."""
    separator = ";" if ";" in lines[0] else ","
    found = [number for number, text in enumerate(lines) if text.split(separator)[0] == code]
    assert len(found) == 1, code
    return [*lines[: found[0]], *([line] if line else []), *lines[found[0] + 1 :]]
