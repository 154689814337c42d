"""Long lists leave by a job: the same rows that the page showed, found again for the person who asked."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.exports import log_export
from core.jobs.running import JobFailedError, Outcome, Run
from core.sheets import write_csv, write_xlsx

EXPORT_JOB: Final = "core.export_list"


def export_list(run: Run, *, model: str, query: str, file_format: str) -> Outcome:
    """Writes the admin's list of this model, filtered by ``query``, as a file of the owner's."""
    model_admin = admin.site._registry[apps.get_model(model)]
    request = _request_of(run.job.owner, query)
    if run.job.owner is None or not model_admin.has_export_permission(request):  # type: ignore[attr-defined]
        raise JobFailedError(_("You do not have the right to export this list."))
    queryset = model_admin.get_export_queryset(request)  # type: ignore[attr-defined]
    resource = model_admin.export_resource()  # type: ignore[attr-defined]
    total = queryset.count()
    run.progress(0, total=total, note=_("The rows are written"))
    day = timezone.localdate().isoformat()
    with tempfile.NamedTemporaryFile(suffix=f".{file_format}", delete=False) as made:
        path = Path(made.name)
    rows = _rows(run, resource, queryset, native=file_format == "xlsx")
    if file_format == "xlsx":
        write_xlsx(rows, path)
    else:
        with path.open("wb") as file:
            file.writelines(write_csv(rows))
    what = str(model_admin.opts.verbose_name_plural)
    log_export(run.job.owner, what, chosen_by(request), total, file_format=file_format)
    sentence = ngettext("%(count)d row is in the file.", "%(count)d rows are in the file.", total) % {
        "count": total
    }
    return Outcome(
        sentence, file=path, file_name=f"{model_admin.opts.model_name}-{day}.{file_format}", is_temporary=True
    )


def chosen_by(request: HttpRequest) -> dict[str, str]:
    """Filters and search of a list, as its address says them; its order and page are no choice of rows."""
    return {
        name: request.GET[name] for name in request.GET if name not in {"o", "p", "all"} and request.GET[name]
    }


def _request_of(person: Any, query: str) -> HttpRequest:
    """What the admin asks of a request when it makes a list: who, and by what filters."""
    request = HttpRequest()
    request.method, request.GET, request.user = "GET", QueryDict(query), person
    return request


def _rows(run: Run, resource: Any, queryset: Any, *, native: bool) -> Iterator[list[Any]]:
    queryset = resource.filter_export(queryset)
    yield resource.get_export_headers(selected_fields=None)
    for number, record in enumerate(resource.iter_queryset(queryset), start=1):
        yield resource.export_resource(record, force_native_type=native)
        run.progress(number)
