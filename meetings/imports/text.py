"""The lines of a report, whatever program wrote it: UTF-8, UTF-16 or Windows-1250; commas, semicolons or tabs."""

import csv
import io
import re
from typing import Final

from django.utils.translation import gettext as _

from core.sheets import unescape_cell
from core.text import normalise

MAX_MEGABYTES: Final = 10
MOST_LINES: Final = 50_000
MOST_CELLS: Final = 60
_DELIMITERS: Final = "\t,;"
# Webex writes a value so that a spreadsheet leaves it as it is: ="2021-11-18 10:00:00".
_WRAPPED = re.compile(r'^="?(.*?)"?$', re.DOTALL)

Rows = list[tuple[int, list[str]]]


class ReportError(ValueError):
    """The file is no report that can be read; the text says why, on which line, and never names a person."""


def rows_of(content: bytes) -> Rows:
    """Every line with its number, cells without what surrounds them. Raises :class:`ReportError`."""
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        raise ReportError(_("The file is larger than %(most)d MB.") % {"most": MAX_MEGABYTES})
    if not content.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n"):
        raise ReportError(_("The file is empty."))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ReportError(
            _("This is a workbook or an archive. Give the report as the platform wrote it, a CSV file.")
        )
    text = _decoded(content)
    delimiter = max(_DELIMITERS, key=lambda each: _most_cells(text, each))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: Rows = []
    number = 0
    while True:
        number += 1
        if number > MOST_LINES:
            raise ReportError(_("The file has more than %(most)d lines.") % {"most": MOST_LINES})
        try:
            cells = next(reader)
        except StopIteration:
            return rows
        except csv.Error:
            raise ReportError(
                _("Line %(number)d cannot be read: a cell in it has no end, or is too long.")
                % {"number": number}
            ) from None
        if len(cells) > MOST_CELLS:
            raise ReportError(
                _("Line %(number)d has more than %(most)d columns.") % {"number": number, "most": MOST_CELLS}
            )
        rows.append((number, [_cell(each) for each in cells]))


def _most_cells(text: str, delimiter: str) -> int:
    """How often it stands in the fullest of the first lines; the header is among them."""
    return max(line.count(delimiter) for line in text[:20_000].split("\n")[:40])


def _cell(text: str) -> str:
    text = text.strip()
    if text.startswith('="') and (found := _WRAPPED.match(text)):
        text = found[1]
    return " ".join(normalise(unescape_cell(text)).split())


def _decoded(content: bytes) -> str:
    """By its mark; without one, every second byte of UTF-16 is nought in what is mostly Latin letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[1:200:2].count(0) > 60 or (len(content) < 240 and content[1::2].count(0) > len(content) / 3):
        encodings = ["utf-16-le"]
    elif content[0:200:2].count(0) > 60:
        encodings = ["utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1250"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text.replace("\r\n", "\n")
    raise ReportError(
        _(
            "The file is damaged or no text. Download the report again and give it as it is, without opening it."
        )
    )
