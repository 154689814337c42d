"""The people of a report: one each, all their joins and re-joins added up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from django.utils.translation import gettext as _

from core.text import fold
from meetings.choices import Platform
from meetings.imports.headings import columns_of, is_utc, platform_of
from meetings.imports.moments import moment_of, seconds_of
from meetings.imports.text import ReportError, Rows, rows_of
from meetings.presence import ReportedPerson, merged

_JOINED = ("joined", "s a alaturat", "alaturat", "a intrat", "intrat", "conectat", "s a conectat")
_LEFT = (
    "left",
    "a parasit",
    "parasit",
    "a iesit",
    "iesit",
    "a plecat",
    "plecat",
    "deconectat",
    "s a deconectat",
)
_SECTION = re.compile(r"^[0-9]{1,2}\. \S")
_YES = frozenset({"yes", "da", "true", "y"})


@dataclass(frozen=True)
class Report:
    """What a file says; people in the order of their first lines."""

    platform: Platform
    people: list[ReportedPerson]


@dataclass
class _Seen:
    """One person while the report is read; ``counted`` is time that the platform gives without joins."""

    number: int
    name: str
    email: str
    spells: list[tuple[int, int]] = field(default_factory=list)
    counted: int = 0
    first: int | None = None
    last: int | None = None
    open_since: int | None = None


@dataclass
class _Table:
    """One table of the file: its columns and its lines."""

    columns: dict[str, int]
    headings: list[str]
    above: list[str]
    rows: Rows = field(default_factory=list)

    def value(self, cells: list[str], kind: str) -> str:
        place = self.columns.get(kind)
        return cells[place] if place is not None and place < len(cells) else ""


def read_report(content: bytes, *, on_date: date, zone: tzinfo) -> Report:
    """The people of a report of Zoom, Teams or Webex for a gathering on this day.

    Times without a zone are those of ``zone``. Raises :class:`ReportError`, which names the line and never a person.
    """
    tables = _tables(rows_of(content))
    if not tables:
        raise ReportError(
            _(
                "This is no attendance report of Zoom, Microsoft Teams or Webex that we know: no line has the headings "
                "of a table of people (such as “Name” with “Join Time” or “Duration”)."
            )
        )
    exact = [table for table in tables if not table.columns.keys() & {"first", "last"}]
    summed = [table for table in tables if table not in exact]
    people: dict[str, _Seen] = {}
    for table in exact:
        _read(table, people, on_date, zone)
    more: dict[str, _Seen] = {}
    for table in summed:
        _read(table, more, on_date, zone)
    for key, seen in more.items():
        if key in people:
            people[key].email = people[key].email or seen.email
        elif not (seen.email and f"name:{fold(seen.name)}" in people):
            people[key] = seen
        else:
            people[f"name:{fold(seen.name)}"].email = seen.email
    if not people:
        raise ReportError(_("The report names nobody: it has headings and no line under them."))
    first = tables[0]
    made = sorted((_person(seen) for seen in people.values()), key=lambda each: each.number)
    headings = [heading for table in tables for heading in table.headings]
    return Report(platform_of(headings, first.above), _one_a_line(made))


def _tables(rows: Rows) -> list[_Table]:
    """Every table of people; a table ends where the title of a section, or the next table, begins."""
    tables: list[_Table] = []
    above: list[str] = []
    current: _Table | None = None
    for number, cells in rows:
        filled = [cell for cell in cells if cell]
        columns = columns_of(cells) if len(filled) > 1 else {}
        if columns:
            current = _Table(columns, cells, above)
            tables.append(current)
        elif not filled:
            continue
        elif current is not None and len(filled) == 1 and _SECTION.match(filled[0]):
            current = None
        elif current is not None:
            current.rows.append((number, cells))
        elif not tables:
            above.append(" ".join(filled))
    return tables


def _read(table: _Table, people: dict[str, _Seen], on_date: date, zone: tzinfo) -> None:
    times = ("join", "leave", "first", "last", "stamp")
    zones = {
        kind: UTC if is_utc(table.headings[place]) else zone
        for kind, place in table.columns.items()
        if kind in times
    }
    events = "stamp" in table.columns and "action" in table.columns
    newest = 0
    for number, cells in table.rows:
        if fold(table.value(cells, "waiting")) in _YES:
            continue
        name, email = table.value(cells, "name"), table.value(cells, "email").lower()
        if "@" not in email or len(email) > 254:
            email = ""
        if not name and not email:
            raise ReportError(_("Line %(number)d has neither a name nor an address.") % {"number": number})
        key = email or f"name:{fold(name) or name}"
        seen = people.setdefault(key, _Seen(number, name[:300], email))
        moments = {}
        for kind, its_zone in zones.items():
            text = table.value(cells, kind)
            moments[kind] = _moment(text, number, on_date, its_zone) if text else None
        if events:
            stamp = moments.get("stamp")
            if stamp is None:
                raise ReportError(_("Line %(number)d has no time.") % {"number": number})
            newest = max(newest, stamp)
            _step(seen, fold(table.value(cells, "action")), stamp, number)
            continue
        length = _length(table.value(cells, "duration"), number)
        _add(seen, moments, length, number)
    for seen in people.values():
        if seen.open_since is not None:
            seen.spells.append((seen.open_since, max(newest, seen.open_since)))
            seen.open_since = None


def _add(seen: _Seen, moments: dict[str, int | None], length: int | None, number: int) -> None:
    start, end = moments.get("join"), moments.get("leave")
    if start is not None:
        stop = end if end is not None else start + (length or 0)
        if stop < start:
            raise ReportError(
                _("Line %(number)d says that somebody left before they joined.") % {"number": number}
            )
        seen.spells.append((start, stop))
        return
    first, last = moments.get("first"), moments.get("last")
    if first is not None and last is not None and last < first:
        raise ReportError(
            _("Line %(number)d says that somebody left before they joined.") % {"number": number}
        )
    seen.counted += length if length is not None else (last - first if first and last else 0)
    if first is not None:
        seen.first = min(first, seen.first or first)
    if last is not None:
        seen.last = max(last, seen.last or last)


def _step(seen: _Seen, action: str, stamp: int, number: int) -> None:
    """Older lists of Teams write each coming and going on a line of its own, not always in order."""
    if action.startswith(_JOINED):
        if seen.open_since is None:
            seen.open_since = stamp
    elif action.startswith(_LEFT):
        if seen.open_since is not None and stamp >= seen.open_since:
            seen.spells.append((seen.open_since, stamp))
        seen.open_since = None
        seen.last = max(stamp, seen.last or stamp)
    else:
        raise ReportError(
            _("Line %(number)d: neither “Joined” nor “Left” stands where the action is.") % {"number": number}
        )


def _moment(text: str, number: int, on_date: date, zone: tzinfo) -> int | None:
    if fold(text) in ("", "n a", "na"):
        return None
    moment = moment_of(text, near=on_date, zone=zone)
    if moment is None:
        raise ReportError(
            _(
                "Line %(number)d: the time is not one of the gathering's day (%(day)s). Is it the report of another "
                "gathering?"
            )
            % {"number": number, "day": on_date.strftime("%d.%m.%Y")}
        )
    return int(moment.timestamp())


def _length(text: str, number: int) -> int | None:
    if not text or fold(text) in ("", "n a", "na"):
        return None
    length = seconds_of(text)
    if length is None:
        raise ReportError(_("Line %(number)d: the duration cannot be read.") % {"number": number})
    return length


def _person(seen: _Seen) -> ReportedPerson:
    spells = merged(seen.spells)
    seconds = sum(end - start for start, end in spells)
    if not spells:
        seconds = seen.counted
        if seen.first is not None and seen.last is not None:
            spells = [(seen.first, seen.last)]
            seconds = min(seconds, seen.last - seen.first)
    return ReportedPerson(
        number=seen.number,
        name=seen.name or seen.email,
        email=seen.email,
        joined_at=_at(spells[0][0]) if spells else _at(seen.first),
        left_at=_at(spells[-1][1]) if spells else None,
        seconds=seconds,
        spells=spells,
    )


def _at(stamp: int | None) -> datetime | None:
    return None if stamp is None else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=stamp)


def _one_a_line(people: Iterable[ReportedPerson]) -> list[ReportedPerson]:
    """In the order of the file; nobody shares a line with another."""
    return list({person.number: person for person in people}.values())
