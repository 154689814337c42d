"""Tables that come in and go out as CSV or XLSX: read line by line under limits, written so that none runs."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

MAX_MEGABYTES: Final = 20
MAX_LINES: Final = 100_000
MAX_COLUMNS: Final = 100
# The last row that spreadsheets know. A small file may name a higher one, and the rows before it would be counted out.
_LAST_ROW: Final = 1_048_576
MAX_CELL: Final = 32_767
# What a workbook may hold unpacked, in bytes: 100,000 lines of 25 columns take about half of it.
_MAX_UNPACKED: Final = 300 * 1024 * 1024
_MAX_TEXTS: Final = 100 * 1024 * 1024
_MAX_PARTS: Final = 500
# What a spreadsheet may run: a cell that begins so is written after an apostrophe, and read without it.
_RISKY = re.compile(r"^[=+\-@\t\r|%]")
_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r|%])")


class SheetError(ValueError):
    """The file cannot be read as a table; the text says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One line that is not empty, with its number as the spreadsheet shows it."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """The lines of a file, the header first; ``expected`` is about how many there are, for a bar of progress."""

    expected: int
    lines: Iterator[Line]


def escape_cell(value: Any) -> Any:
    """The value as a spreadsheet shows it and never runs it; numbers and dates stay what they are."""
    return f"'{value}" if isinstance(value, str) and _RISKY.match(value) else value


def unescape_cell(text: str) -> str:
    """What :func:`escape_cell` was given."""
    return _ESCAPED.sub("", text)


def read_sheet(file: IO[bytes]) -> Sheet:
    """The table in a CSV or in a workbook's first sheet; told apart by what the file holds.

    Formulas are text like any other; macros, links to other files and everything beside the cells are not read. CSV may
    be in UTF-8, UTF-16 or Windows-1250, parted by commas, semicolons, tabs or bars. Raises :class:`SheetError` for what
    is wrong with the file as a whole; its lines raise it where one is beyond the limits or cannot be read.
    """
    file.seek(0, io.SEEK_END)
    if file.tell() > MAX_MEGABYTES * 1024 * 1024:
        raise SheetError(_("The file is larger than %(most)d MB: split it.") % {"most": MAX_MEGABYTES})
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError(
            _("This is a workbook of an old kind (.xls) or under a password. Save it as XLSX without one.")
        )
    expected, rows = _workbook(file) if start.startswith(b"PK\x03\x04") else _text(file.read())
    return Sheet(min(expected, MAX_LINES), _within_limits(rows))


def write_csv(lines: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """The lines as CSV in UTF-8 with its mark, a piece at a time, every cell escaped."""
    yield b"\xef\xbb\xbf"
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for line in lines:
        writer.writerow([escape_cell(cell) for cell in line])
        if buffer.tell() > 65_536:
            yield _taken(buffer)
    yield _taken(buffer)


def write_xlsx(lines: Iterable[Iterable[Any]], path: Path | IO[bytes], *, title: str = "Date") -> None:
    """The lines as a workbook of one sheet, every cell escaped."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for line in lines:
        sheet.append([escape_cell(_storable(cell)) for cell in line])
    book.save(path)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _storable(cell: Any) -> Any:
    """Without what XML cannot hold, and as long as a cell may be."""
    if not isinstance(cell, str):
        return cell
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", cell)[: MAX_CELL - 1]


def _within_limits(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Line]:
    found = 0
    for number, cells in rows:
        if number > _LAST_ROW:
            raise SheetError(_damaged())
        if not any(cell.strip() for cell in cells):
            continue
        if found > MAX_LINES:
            raise SheetError(
                _("The file has more than %(most)s lines: split it.")
                % {"most": f"{MAX_LINES:,}".replace(",", ".")}
            )
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise SheetError(
                _("Line %(number)d has more than %(most)d columns.") % {"number": number, "most": MAX_COLUMNS}
            )
        found += 1
        yield Line(number, cells)
    if not found:
        raise SheetError(_("The file is empty."))


def _text(content: bytes) -> tuple[int, Iterator[tuple[int, list[str]]]]:
    text = _decoded(content)
    return text.count("\n") + 1, _text_rows(text)


def _text_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text[: text.find("\n") if "\n" in text else len(text)]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise SheetError(
                _("Line %(number)d cannot be read: a cell in it has no end, or is too long.")
                % {"number": number}
            ) from None
        yield number, cells


def _decoded(content: bytes) -> str:
    for mark, encoding in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"", "utf-8-sig"),
        (b"", "cp1250"),
    ):
        if content.startswith(mark):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if text.count("\0") > len(text) // 100:
                break
            return text.replace("\0", "")
    raise SheetError(_("The file is neither a workbook (XLSX) nor text (CSV). Save it as one of the two."))


def _workbook(file: IO[bytes]) -> tuple[int, Iterator[tuple[int, list[str]]]]:
    from openpyxl import load_workbook

    _check_archive(file)
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        expected = sheet.max_row or 0
        sheet.reset_dimensions()
    except Exception:  # noqa: BLE001  (the library has no error of its own for a damaged part)
        raise SheetError(_damaged()) from None
    return expected, _workbook_rows(sheet)


def _workbook_rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    rows = sheet.iter_rows(values_only=True)
    number = 0
    while True:
        try:
            batch = [[_cell(value) for value in row] for row in islice(rows, 500)]
        except Exception:  # noqa: BLE001  (as above)
            raise SheetError(_damaged()) from None
        if not batch:
            return
        for row in batch:
            number += 1
            yield number, row


def _damaged() -> str:
    return _("The workbook cannot be read: it is damaged or under a password. Save it again as XLSX.")


def _check_archive(file: IO[bytes]) -> None:
    """Refuses what would fill the memory before any of it is unpacked."""
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        parts = []
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise SheetError(
            _("The file is neither a workbook (XLSX) nor text (CSV). Save it as one of the two.")
        )
    texts = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED or texts > _MAX_TEXTS:
        raise SheetError(
            _("Unpacked, the workbook is too large. Save only the sheet with the data, or split it.")
        )
    file.seek(0)


def _cell(value: Any) -> str:
    """What the cell shows: whole numbers without a point, days as 2021-04-28."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
