"""Workbooks that were made to hurt: refused in words, soon, and nothing outside of them is read."""

import io
import time
import zipfile

import openpyxl
import pytest

from core import sheets
from core.sheets import SheetError, read_sheet

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
ROW = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>{2}</t></is></c></row>'
POWERS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def workbook(rows: str, head: str = "") -> io.BytesIO:
    """A whole workbook whose sheet is written by hand."""
    plain, made = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            target.writestr(name, head + SHEET.format(rows) if is_sheet else source.read(name))
    return made


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        (ROW.format(1, "A", "&a9;"), f"<!DOCTYPE w [{POWERS}]>"),
        (ROW.format(1, "A", "&x;"), '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
        (ROW.format(1, "A", "&x;"), '<!DOCTYPE w [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]>'),
        (ROW.format(1, "A", "CUI") + ROW.format(2_000_000_000, "A", "x"), ""),
        (ROW.format(1, "XFD", "x"), ""),
        (ROW.format("abc", "A", "x"), ""),
    ],
    ids=[
        "billion laughs",
        "external entity",
        "external subset",
        "far row",
        "far column",
        "no number",
    ],
)
def test_what_is_made_to_hurt_is_refused_soon(rows, head, monkeypatch):
    monkeypatch.setattr(sheets, "_LAST_ROW", 20_000)
    begun = time.process_time()
    with pytest.raises(SheetError):
        list(read_sheet(workbook(rows, head)).lines)
    assert time.process_time() - begun < 5


def test_a_row_after_many_empty_ones_is_read_with_its_number():
    lines = list(read_sheet(workbook(ROW.format(1, "A", "CUI") + ROW.format(5_000, "B", "x"))).lines)
    assert [(line.number, line.cells) for line in lines] == [(1, ["CUI"]), (5_000, ["", "x"])]
