"""Files of organisations: brought in, looked at line by line, confirmed; the work itself is done by jobs."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.admin import ExportOnlyMixin, PortalAdmin
from core.sheets import MAX_LINES, MAX_MEGABYTES
from organisations.choices import LineKind, LineOutcome
from organisations.exports import faults_response
from organisations.models import ImportLine, RegistryImport
from organisations.services import importing

PER_PAGE = 50


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(
                _t("The file is larger than %(most)d MB: split it.") % {"most": MAX_MEGABYTES}
            )
        return file


class FileImportMixin(ExportOnlyMixin):
    """Export as everywhere; the import's button leads to the files of organisations."""

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="organisations_organisation_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self._may_import(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:organisations_registryimport_add"))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        has = {"has_import_permission": self._may_import(request)}
        return super().changelist_view(request, {**(extra_context or {}), **has})

    def _may_import(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("organisations.add_registryimport"))


@admin.register(RegistryImport)
class RegistryImportAdmin(PortalAdmin):
    """The list of files; a file's own page is its preview, then its result."""

    list_display = ("name", "uploaded_at", "uploaded_by", "where")
    list_select_related = ("uploaded_by", "reading", "applying")
    search_fields = ("name",)
    date_hierarchy = "uploaded_at"
    fields = ("name", "uploaded_at", "uploaded_by")
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        pages = {"apply": self.apply_view, "faults": self.faults_view}
        return [
            *(
                path(
                    f"<path:object_id>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"organisations_registryimport_{name}",
                )
                for name, view in pages.items()
            ),
            *super().get_urls(),
        ]

    @admin.display(description=_("state"))
    def where(self, registry_import: RegistryImport) -> str:
        return where(registry_import)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Takes the file and leads to the page of the job that reads it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
        if request.method == "POST" and form.is_valid():
            made = importing.bring_in(file=form.cleaned_data["file"], owner=request.user)
            return HttpResponseRedirect(made.reading.get_absolute_url())
        context = {
            "title": _t("Bring organisations in from a file"),
            "form": form,
            "megabytes": MAX_MEGABYTES,
            "lines": MAX_LINES,
            "sample_url": reverse("admin:organisations_organisation_export"),
        }
        return self._page(request, "admin/organisations/import_upload.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What the file would change, or changed; nothing is written here."""
        found = self._get(request, object_id)
        if request.method not in ("GET", "HEAD"):
            if not self.has_change_permission(request, found):
                raise PermissionDenied
            return HttpResponseNotAllowed(["GET", "HEAD"])
        kinds = _counts(found, "kind")
        outcomes = _counts(found, "outcome")
        kind = request.GET.get("fel", "")
        if kind not in LineKind.values:
            kind = next(
                (each for each in (LineKind.CHANGED, LineKind.NEW, LineKind.REFUSED) if kinds.get(each)),
                "new",
            )
        lines = found.lines.filter(kind=kind).select_related("organisation")
        outcome = request.GET.get("rezultat", "")
        if outcome in LineOutcome.values:
            lines = lines.filter(outcome=outcome)
        context = {
            "title": found.name,
            "import": found,
            "where": where(found),
            "kinds": [(each, each.label, kinds.get(each, 0)) for each in LineKind],
            "outcomes": [
                (each, each.label, outcomes.get(each, 0)) for each in LineOutcome if outcomes.get(each)
            ],
            "kind": kind,
            "outcome": outcome if outcome in LineOutcome.values else "",
            "page_obj": Paginator(lines, PER_PAGE).get_page(request.GET.get("p")),
            "enters": kinds.get(LineKind.NEW, 0) + kinds.get(LineKind.CHANGED, 0),
            "refused": kinds.get(LineKind.REFUSED, 0),
            "may_apply": self.has_change_permission(request, found) and _may_apply(found),
            "may_delete": self.has_delete_permission(request, found),
        }
        return self._page(request, "admin/organisations/import_preview.html", context)

    def apply_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The confirmation, by POST alone."""
        found = self._get(request, object_id)
        if not self.has_change_permission(request, found):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(found.get_absolute_url())
        try:
            job = importing.confirm(registry_import=found, actor=request.user)
        except importing.ImportRefusedError as error:
            messages.warning(request, str(error))
            return HttpResponseRedirect(found.get_absolute_url())
        self.log_change(request, found, _t("Confirmed."))
        return HttpResponseRedirect(job.get_absolute_url())

    def faults_view(self, request: HttpRequest, object_id: str) -> HttpResponse | StreamingHttpResponse:
        """The refused lines as a file, with a column of reasons."""
        found = self._get(request, object_id)
        return faults_response(found, "xlsx" if request.GET.get("format") == "xlsx" else "csv")

    def delete_model(self, request: HttpRequest, obj: RegistryImport) -> None:
        importing.erase_import(registry_import=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[RegistryImport]) -> None:
        for each in queryset:
            importing.erase_import(registry_import=each)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A hundred thousand lines are one sentence."""
        return [str(each) for each in objs], {}, set(), []

    def _get(self, request: HttpRequest, object_id: str) -> RegistryImport:
        found = self.get_object(request, unquote(object_id))
        if found is None:
            raise Http404
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return found

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        base = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**base, **context})


def where(registry_import: RegistryImport) -> str:
    """How far the file is, in words."""
    if registry_import.fault:
        return _t("Could not be read")
    if registry_import.applied_at:
        return _t("In the registry")
    for job in (registry_import.applying, registry_import.reading):
        if job is not None and (
            job.is_under_way or registry_import.read_at is None or job == registry_import.applying
        ):
            return f"{job.title}: {job.get_status_display()}"
    return _t("Waits for confirmation")


def _may_apply(registry_import: RegistryImport) -> bool:
    job = registry_import.applying
    waits = registry_import.read_at and not registry_import.applied_at and not (job and job.is_under_way)
    return (
        bool(waits)
        and registry_import.lines.filter(kind__in=(LineKind.NEW, LineKind.CHANGED), outcome="").exists()
    )


def _counts(registry_import: RegistryImport, field: str) -> dict[str, int]:
    rows = ImportLine.objects.filter(registry_import=registry_import).order_by().values_list(field)
    return dict(rows.annotate(count=Count("pk")))
