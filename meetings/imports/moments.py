"""Dates, hours and lengths of time as reports of platforms write them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from core.text import fold

_TIME = re.compile(
    r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT(?![+-])|(?:GMT|UTC)?\s?[+-]\d{1,2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_NUMBERS = re.compile(r"^(\d{1,4})[./\-\s]+(\d{1,2})[./\-\s]+(\d{1,4})$", re.ASCII)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "ian"),
            ("feb",),
            ("mar",),
            ("apr",),
            ("may", "mai"),
            ("jun", "iun"),
            ("jul", "iul"),
            ("aug",),
            ("sep",),
            ("oct",),
            ("nov", "noi"),
            ("dec",),
        ),
        start=1,
    )
    for name in names
}
_PART = re.compile(r"(\d+)\s*([a-z]*)", re.ASCII)
_HOURS = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$", re.ASCII)
# Reports of another day are of another meeting; one day more for those who count in another time zone.
_NEAR: Final = timedelta(days=1)


def moment_of(text: str, *, near: date, zone: tzinfo) -> datetime | None:
    """The moment, in the meeting's zone unless the text names one; None when it says none of that day or the next.

    "05/06/2026" is 5 June or 6 May, whichever is the meeting's day.
    """
    text = text.replace("\u202f", " ").replace("\xa0", " ").strip()
    found = _TIME.search(text)
    if found is None:
        return None
    hour = int(found["h"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"][0].lower() == "p" else 0)
    rest = (text[: found.start()] + " " + text[found.end() :]).replace("T", " ").strip(" ,")
    days = [day for day in _days(rest) if abs(day - near) <= _NEAR]
    if not days:
        return None
    day = min(days, key=lambda each: abs(each - near))
    try:
        hours = time(hour, int(found["m"]), int(found["s"] or 0))
    except ValueError:
        return None
    return datetime.combine(day, hours, tzinfo=_zone(found["zone"]) or zone)


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    numbers = re.search(r"([+-])(\d{1,2}):?(\d{2})", text)
    if numbers is None:
        return UTC
    shift = timedelta(hours=int(numbers[2]), minutes=int(numbers[3]))
    if shift > timedelta(hours=14):
        return None
    return timezone(-shift if numbers[1] == "-" else shift)


def _days(text: str) -> list[date]:
    """Every day that the text may mean."""
    numbers = _NUMBERS.match(text.strip(" ,."))
    if numbers:
        one, two, three = int(numbers[1]), int(numbers[2]), int(numbers[3])
        if one > 31:
            return _valid((one, two, three))
        year = three + 2000 if three < 100 else three
        return _valid((year, one, two), (year, two, one))
    words = fold(text).split()
    months = [_MONTHS[word[:3]] for word in words if word[:3] in _MONTHS and not word.isdigit()]
    figures = [int(word) for word in words if word.isdigit() and len(word) <= 4]
    years = [each for each in figures if each > 31]
    others = [each for each in figures if each <= 31]
    if len(months) == 1 and len(years) == 1 and len(others) == 1:
        return _valid((years[0], months[0], others[0]))
    return []


def _valid(*days: tuple[int, int, int]) -> list[date]:
    found = []
    for year, month, day in days:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def seconds_of(text: str) -> int | None:
    """A length of time: "62", "62 mins", "1h 2m 3s", "1 oră 2 min", "01:02:03"; plain numbers are minutes."""
    if ":" in text:
        clock = _HOURS.match(text.strip())
        if clock is None:
            return None
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
    total = 0
    parts = _PART.findall(fold(text))
    if not parts or len(parts) > 4:
        return None
    for figure, unit in parts:
        if len(figure) > 6:
            return None
        each = {"h": 3600, "o": 3600, "g": 3600, "s": 1, "m": 60, "": 60}.get(unit[:1])
        if each is None:
            return None
        total += int(figure) * each
    return total if total < 31 * 24 * 3600 else None
