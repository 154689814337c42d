"""Import with a preview and export of what is filtered, for any admin page."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from import_export.admin import ExportMixin, ImportExportMixin
from import_export.tmp_storages import CacheStorage
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from core.admin.background import EXPORT_JOB, chosen_by
from core.admin.formats import SafeCSV, SafeXLSX
from core.exports import log_export
from core.jobs import start_job

# Rows that a person waits for; more are written by a job.
MOST_AT_ONCE = 2000
MAX_FILE_BYTES = 4 * 1024 * 1024


class ShortLivedStorage(CacheStorage):
    """Keeps the file between preview and confirmation, where every web process finds it."""

    CACHE_LIFETIME = 3600


class PortalImportForm(ImportForm):
    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > MAX_FILE_BYTES:
            self.add_error("import_file", _t("The file is larger than 4 MB: split it."))
        return file


class ExportOnlyMixin(ExportMixin):
    """Export as CSV or XLSX; whoever may view the list may take it along, and core.exports keeps who did.

    A long list is written by a job, whose page leads to the file.
    """

    export_resource: type[Any]
    export_form_class = ExportForm
    to_encoding = "utf-8-sig"

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_permission(request))

    def get_export_resource_classes(self, request: HttpRequest) -> list[type[Any]]:
        return [self.export_resource]

    def get_export_formats(self) -> list[Any]:
        return [SafeXLSX, SafeCSV]

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        day = timezone.localdate().isoformat()
        return f"{self.opts.model_name}-{day}.{file_format.get_extension()}"

    def _do_file_export(
        self, file_format: Any, request: HttpRequest, queryset: Any, export_form: Any = None
    ) -> HttpResponse:
        rows, extension = queryset.count(), file_format.get_extension()
        if rows > MOST_AT_ONCE:
            query = request.GET.urlencode()
            arguments = {"model": self.opts.label, "query": query, "file_format": extension}
            job = start_job(EXPORT_JOB, owner=request.user, arguments=arguments)
            return HttpResponseRedirect(job.get_absolute_url())
        answer: HttpResponse = super()._do_file_export(file_format, request, queryset, export_form)
        what = str(self.opts.verbose_name_plural)
        log_export(request.user, what, chosen_by(request), rows, file_format=extension)
        return answer

    def get_export_queryset(self, request: HttpRequest) -> Any:
        try:
            found = super().get_export_queryset(request)
        except (IncorrectLookupParameters, OverflowError, ValueError):
            raise Http404 from None
        return found.order_by(*self.get_ordering(request) or ("pk",))


class ExchangeMixin(ExportOnlyMixin, ImportExportMixin):
    """Export, and import for whoever may both add and change."""

    import_resource: type[Any]
    import_form_class = PortalImportForm
    tmp_storage_class = ShortLivedStorage
    import_error_display = ("message", "row")

    def has_import_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_add_permission(request) and self.has_change_permission(request))

    def get_import_resource_classes(self, request: HttpRequest) -> list[type[Any]]:
        return [self.import_resource]

    def get_import_formats(self) -> list[Any]:
        return [SafeXLSX, SafeCSV]

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """A file enters whole or not at all."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form: Any, error: Exception) -> None:
        form.add_error(
            "import_file",
            _t(
                "The file could not be read. Save it as XLSX, or as CSV in UTF-8, choose the same format here, "
                "and keep the header in its first row (at most 5,000 rows)."
            ),
        )

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The confirmed import; a file that is no longer kept, or a forged form, goes back to the first step."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        kept = cache.get(CacheStorage.CACHE_PREFIX + request.POST.get("import_file_name", "")[:64])
        known_formats = {str(number) for number in range(len(self.get_import_formats()))}
        if request.method == "POST" and (kept is None or request.POST.get("format") not in known_formats):
            messages.error(
                request, _t("The file is no longer kept here. Please choose it again; nothing was changed.")
            )
            return HttpResponseRedirect(self._import_url())
        answer: HttpResponse = super().process_import(request, **kwargs)
        return answer

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            messages.error(
                request,
                _t(
                    "The data changed since the preview, so nothing was imported. Please look at the preview again."
                ),
            )
            return HttpResponseRedirect(self._import_url())
        answer: HttpResponse = super().process_result(result, request)
        return answer

    def _import_url(self) -> str:
        return reverse("admin:{}_{}_import".format(*self.get_model_info()))
