"""What each line of a file would do to the registry, or why it cannot enter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.sheets import Line
from core.text import fold
from organisations.choices import RESERVED_SLUGS, Kind, LegalForm, Level, LineKind
from organisations.imports.cells import CellError, plain, readers
from organisations.imports.columns import Columns
from organisations.imports.lookups import Lookups
from organisations.models import ImportLine, Organisation
from organisations.services.applying import kept_values

KEYS = ("slug", "seat_name", "county_name")


@dataclass
class _Reading:
    """One line on its way."""

    line: Line
    given: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[list[str]] = field(default_factory=list)
    record: int | None = None


class Judge:
    """Reads the lines of one file, in order: what stood before in the file counts too."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.lookups = Lookups()
        self.readers = readers(self.lookups)
        self._seen: dict[tuple[Any, ...], int] = {}

    def judge(self, lines: Iterable[Line]) -> list[ImportLine]:
        """The lines with what they would do; asks the database once for all of them."""
        readings = [self._read(line) for line in lines]
        wanted = {reading.record for reading in readings if reading.record is not None and not reading.faults}
        lists = [name for name in self.columns.places if name in self.lookups.terms]
        records = Organisation.objects.prefetch_related(*lists).in_bulk(wanted)
        return [self._line(reading, records.get(reading.record or 0)) for reading in readings]

    def _read(self, line: Line) -> _Reading:
        cells = line.cells
        given = {
            name: plain(cells[place]) if place < len(cells) else ""
            for name, place in self.columns.places.items()
        }
        reading = _Reading(line, given)
        if len(cells) > len(self.columns.headers):
            reading.faults.append(["", _("The line has more cells than the header.")])
        for name, text in given.items():
            if name not in KEYS:
                try:
                    reading.values[name] = self.readers[name](text)
                except CellError as error:
                    self._refuse(reading, name, str(error))
        self._place(reading)
        if not reading.faults:
            self._find(reading)
        return reading

    def _refuse(self, reading: _Reading, name: str, sentence: str) -> None:
        reading.faults.append([self.columns.header(name), sentence])

    def _place(self, reading: _Reading) -> None:
        """Names of places say where codes are missing."""
        values, given = reading.values, reading.given
        county_name, seat_name = given.get("county_name", ""), given.get("seat_name", "")
        if county_name and not values.get("county") and "county" not in _faulty(reading, self.columns):
            county = self.lookups.counties.get(fold(county_name.removeprefix("județul ")))
            if county is None:
                self._refuse(
                    reading,
                    "county_name",
                    _("There is no county named “%(name)s”.") % {"name": county_name[:60]},
                )
                return
            values["county"] = county.pk
        if seat_name and not values.get("seat") and not given.get("seat"):
            uat = self.lookups.uat_named(seat_name, self.lookups.county_by_pk.get(values.get("county") or 0))
            if uat is None:
                self._refuse(
                    reading,
                    "seat_name",
                    _(
                        "“%(name)s” cannot be told from its name alone: give its SIRUTA code, or check the county."
                    )
                    % {"name": seat_name[:60]},
                )
                return
            values["seat"] = uat.pk

    def _find(self, reading: _Reading) -> None:
        """Which record the line means: by CUI, else by address."""
        cui, slug = reading.values.get("cui", ""), reading.given.get("slug", "").lower()
        by_cui, by_slug = self.lookups.by_cui.get(cui), self.lookups.by_slug.get(slug)
        if by_cui and by_slug and by_cui != by_slug:
            self._refuse(reading, "cui", _("The CUI belongs to one organisation and the address to another."))
            return
        reading.record = by_cui or by_slug
        if reading.record is None:
            self._new(reading, slug)
        if reading.faults:
            return
        key = (reading.record,) if reading.record else _key(reading.values, slug)
        before = self._seen.setdefault(key, reading.line.number)
        if before != reading.line.number:
            self._refuse(
                reading, "legal_name", _("Line %(number)d says the same organisation.") % {"number": before}
            )

    def _new(self, reading: _Reading, slug: str) -> None:
        values = reading.values
        if slug:
            if slug in RESERVED_SLUGS or fold(slug).replace(" ", "-") != slug or len(slug) > 100:
                self._refuse(
                    reading,
                    "slug",
                    _("An address is made of small letters, digits and hyphens, as asociatia-mea."),
                )
            elif slug in self.lookups.former:
                self._refuse(
                    reading,
                    "slug",
                    _("“%(slug)s” was once the address of another organisation.") % {"slug": slug},
                )
            values["slug"] = slug
        name = values.get("legal_name", "")
        if not name:
            self._refuse(reading, "legal_name", _("A new organisation needs its legal name."))
            return
        same = None if slug else self.lookups.namesake(name, values.get("county"))
        if same is not None and not (values.get("cui") and same[1]):
            address = Organisation.objects.values_list("slug", flat=True).get(pk=same[0])
            self._refuse(
                reading,
                "legal_name",
                _(
                    "An organisation of this name exists, with the address “%(slug)s”. Give its address or a CUI."
                )
                % {"slug": address}
                if not values.get("cui")
                else _("An organisation of this name exists without a CUI. Give its address too: “%(slug)s”.")
                % {"slug": address},
            )

    def _line(self, reading: _Reading, record: Organisation | None) -> ImportLine:
        if not reading.faults and reading.record is not None and record is None:
            self._refuse(reading, "legal_name", _("The record was deleted in the meantime."))
        before = kept_values(record, reading.values) if record else {}
        if not reading.faults:
            self._agree(reading, record)
        changed = {
            name: value for name, value in reading.values.items() if not record or before[name] != value
        }
        label = reading.values.get("legal_name") or (record.display_name if record else "")
        line = ImportLine(
            number=reading.line.number, label=label or reading.given.get("legal_name", "")[:300]
        )
        if reading.faults:
            line.kind, line.faults = LineKind.REFUSED, reading.faults
            line.cells = [cell[:2000] for cell in reading.line.cells]
            return line
        line.organisation = record
        if record is not None and not changed:
            line.kind = LineKind.UNCHANGED
            return line
        line.kind = LineKind.CHANGED if record else LineKind.NEW
        line.values = changed
        line.before = {name: before[name] for name in changed} if record else {}
        line.shown = [
            [self.columns.header(name), self._words(name, before.get(name)), self._words(name, value)]
            for name, value in changed.items()
            if record or value not in ("", None, [])
        ]
        return line

    def _agree(self, reading: _Reading, record: Organisation | None) -> None:
        """What the line says together with what the record holds: place, kind, name."""
        values = reading.values
        if record is not None and "legal_name" in values and not values["legal_name"]:
            self._refuse(reading, "legal_name", _("The legal name may not be empty."))
        if not values.get("kind"):
            # An empty cell changes nothing where nothing cannot be kept.
            values.pop("kind", None)
        seat = values.get("seat", record.seat_id if record else None)
        county = values.get("county", record.county_id if record else None)
        if seat:
            its_county = self._county_of(seat)
            if not county:
                values["county"] = its_county
            elif county != its_county:
                self._refuse(reading, "seat", _("The locality is not in the county of the line."))
        kind = values.get("kind") or (record.kind if record else Kind.LEGAL_PERSON)
        if kind == Kind.LEGAL_PERSON and values.get("parent", record.parent_id if record else None):
            self._refuse(reading, "parent", _("A legal person is not part of another organisation."))
        if record is not None and values.get("parent") == record.pk:
            self._refuse(reading, "parent", _("An organisation cannot be part of itself."))

    def _county_of(self, seat: int) -> int | None:
        return self.lookups.uat_by_pk[seat].county_id

    def _words(self, name: str, value: Any) -> str:
        """A kept value as people read it."""
        if value in (None, "", []):
            return ""
        if name in _LABELS:
            return str(_LABELS[name](value).label)
        if name == "seat":
            return self.lookups.uat_by_pk[value].full_name if value in self.lookups.uat_by_pk else str(value)
        if name in ("county", "activity_counties"):
            known = self.lookups.county_by_pk
            return ", ".join(str(known.get(pk, pk)) for pk in ([value] if name == "county" else value))
        if name in self.lookups.terms:
            return ", ".join(sorted(self.lookups.term_names[name].get(pk, str(pk)) for pk in value))
        if name == "parent":
            return next((slug for slug, pk in self.lookups.by_slug.items() if pk == value), str(value))
        return str(value)


_LABELS: dict[str, Any] = {"kind": Kind, "legal_form": LegalForm, "level": Level}


def _key(values: dict[str, Any], slug: str) -> tuple[Any, ...]:
    if values.get("cui"):
        return ("cui", values["cui"])
    if slug:
        return ("slug", slug)
    return ("name", fold(values.get("legal_name", "")), values.get("county"))


def _faulty(reading: _Reading, columns: Columns) -> set[str]:
    headers = {column for column, _sentence in reading.faults}
    return {name for name in columns.places if columns.header(name) in headers}
