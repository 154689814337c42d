"""Files that leave the registry beside its own export: the lines that an import refused."""

import io
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from core.sheets import write_csv, write_xlsx
from organisations.choices import LineKind
from organisations.models import RegistryImport

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fault_lines(registry_import: RegistryImport) -> Iterator[list[str]]:
    """The file's own header and refused lines, before them the line's number and the reasons."""
    yield [_("Line"), _("Reasons"), *registry_import.headers]
    lines = registry_import.lines.filter(kind=LineKind.REFUSED).order_by("number")
    for number, faults, cells in lines.values_list("number", "faults", "cells").iterator(chunk_size=1000):
        reasons = " ".join(f"{column}: {said}" if column else said for column, said in faults)
        yield [str(number), reasons, *cells]


def faults_response(registry_import: RegistryImport, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The file of faults, to be corrected and brought in again (its first two columns are not read)."""
    disposition = f'attachment; filename="erori-import-{registry_import.pk}.{kind}"'
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    if kind == "xlsx":
        file = io.BytesIO()
        write_xlsx(fault_lines(registry_import), file)
        return HttpResponse(file.getvalue(), content_type=XLSX_TYPE, headers=headers)
    return StreamingHttpResponse(
        write_csv(fault_lines(registry_import)), content_type="text/csv; charset=utf-8", headers=headers
    )
