"""Files that leave and enter the admin: CSV and XLSX that no spreadsheet takes for formulas."""

import csv
import io
from typing import Any

import tablib
from import_export.formats.base_formats import CSV, XLSX

from core.sheets import escape_cell

MAX_ROWS = 5000
MAX_COLUMNS = 60


class UnreadableFileError(ValueError):
    """The file is not what its format says, or larger than an import takes."""


def _checked(dataset: tablib.Dataset) -> tablib.Dataset:
    if len(dataset) > MAX_ROWS or (dataset.headers and len(dataset.headers) > MAX_COLUMNS):
        raise UnreadableFileError(f"more than {MAX_ROWS} rows or {MAX_COLUMNS} columns")
    return dataset


def _escaped(dataset: tablib.Dataset) -> tablib.Dataset:
    return tablib.Dataset(*[[escape_cell(cell) for cell in row] for row in dataset], headers=dataset.headers)


class SafeCSV(CSV):
    """Commas between columns when written; commas, semicolons or tabs when read (Excel in Romanian writes ";")."""

    def get_title(self) -> str:
        return "CSV (UTF-8)"

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        text = in_stream.decode("utf-8-sig") if isinstance(in_stream, bytes) else in_stream
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(map(str.strip, row))]
        if not rows:
            return tablib.Dataset()
        headers, width = [name.strip() for name in rows[0]], len(rows[0])
        if any(len(row) > width and any(map(str.strip, row[width:])) for row in rows[1:]):
            raise UnreadableFileError("a row has more cells than the header")
        return _checked(tablib.Dataset(*[(row + [""] * width)[:width] for row in rows[1:]], headers=headers))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        return str(_escaped(dataset).export("csv"))


class SafeXLSX(XLSX):
    """The first sheet of a workbook."""

    def get_title(self) -> str:
        return "XLSX (Excel)"

    def create_dataset(self, in_stream: Any) -> tablib.Dataset:
        dataset = super().create_dataset(in_stream)
        headers = [str(name).strip() if name is not None else "" for name in dataset.headers or []]
        rows = [row for row in dataset if any(cell not in (None, "") for cell in row)]
        return _checked(tablib.Dataset(*rows, headers=headers))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("Date")
        sheet.append([escape_cell(str(name)) for name in dataset.headers or []])
        for row in dataset:
            sheet.append([escape_cell(cell) for cell in row])
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()
