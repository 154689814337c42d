"""Merge of duplicates: both records side by side, what stays, what moves, a reason; then one record."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from core.admin import ReadOnlyAdmin
from core.text import normalise
from organisations.models import Organisation, OrganisationMerge
from organisations.selectors.duplicates import Sought, possible_duplicates
from organisations.selectors.merging import MergePlan, plan_merge, suggested_kept
from organisations.services.merging import MergeRefusedError, merge_organisations

RIGHT = "organisations.merge_organisation"


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("It stays in the history of the record."),
        error_messages={"required": _("Please write the reason: it stays in the record's history.")},
    )

    def clean_reason(self) -> str:
        return normalise(self.cleaned_data["reason"])


class MergingMixin:
    """A button on the record, an action on the list, and the page of the merge."""

    opts: Any
    admin_site: Any
    media: Any
    get_object: Any
    log_addition: Any
    formfield_for_foreignkey: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def steps(self, request: HttpRequest, obj: models.Model) -> list[dict[str, Any]]:
        found = super().steps(request, obj)
        if request.user.has_perm(RIGHT, obj):
            found.append({"label": _t("Merge with"), "url": merge_url(obj)})
        return found

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(RIGHT))

    def history_records(self, obj: Any) -> list[models.Model]:
        return [*super().history_records(obj), *obj.merges.all()]

    @admin.action(description=_("Merge the two chosen records"), permissions=["merge"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        chosen = list(queryset[:3])
        if len(chosen) != 2:
            messages.warning(request, _t("Choose exactly two records: they become one."))
            return None
        kept, merged = suggested_kept(*chosen)
        return HttpResponseRedirect(merge_url(kept, merged))

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET asks with which record, then shows what would happen; only POST merges."""
        kept = self.get_object(request, unquote(object_id))
        if kept is None:
            raise Http404
        if not request.user.has_perm(RIGHT, kept):
            raise PermissionDenied
        other = request.GET.get("with", "")
        merged = (
            Organisation.objects.filter(pk=int(other)).first()
            if other.isdecimal() and len(other) < 12
            else None
        )
        if merged is None or merged == kept:
            return self._choose(request, kept)
        return self._merge(request, kept, merged)

    def _choose(self, request: HttpRequest, kept: Organisation) -> HttpResponse:
        form = forms.Form()
        form.fields["with"] = field = self.formfield_for_foreignkey(self.opts.get_field("parent"), request)
        field.label, field.help_text = (
            _t("Other record"),
            _t("Write a part of the name; seat and CUI tell namesakes apart."),
        )
        names = tuple(name for name in (kept.legal_name, kept.public_name) if name)
        found = possible_duplicates(
            Sought(names=names, cui=kept.cui, county_id=kept.county_id, without=kept.pk)
        )
        context = {
            "form": form,
            "near": [(each, merge_url(*suggested_kept(kept, each.organisation))) for each in found],
            "media": self.media + form.media,
            "missing": bool(request.GET.get("with")),
        }
        return self._page(request, kept, "admin/organisations/merge_choose.html", context)

    def _merge(self, request: HttpRequest, kept: Organisation, merged: Organisation) -> HttpResponse:
        plan, form, refusal = plan_merge(kept, merged), ReasonForm(request.POST or None), ""
        changed = request.method == "POST" and request.POST.get("seen") != plan.seal
        if request.method == "POST" and not changed and form.is_valid():
            try:
                made = merge_organisations(
                    kept=kept,
                    merged=merged,
                    take=_taken(request, plan),
                    reason=form.cleaned_data["reason"],
                    actor=request.user,
                )
            except MergeRefusedError as error:
                refusal = str(error)
            else:
                return self._merged(request, made)
        taken = _taken(request, plan) if request.method == "POST" else {}
        context = {
            "plan": plan,
            "rows": [
                (pair, taken.get(pair.name, pair.suggests_merged)) for pair in plan.pairs if pair.differs
            ],
            "same": [pair for pair in plan.pairs if not pair.differs and pair.kept],
            "form": form,
            "refusal": refusal,
            "changed": changed,
            "swap_url": merge_url(merged, kept),
            "merged_url": reverse("admin:organisations_organisation_change", args=[merged.pk]),
        }
        return self._page(request, kept, "admin/organisations/merge.html", context)

    def _merged(self, request: HttpRequest, made: OrganisationMerge) -> HttpResponse:
        made_of = {"name": made.merged_name, "slug": made.merged_slug}
        self.log_addition(request, made, _t("Merged with “%(name)s”.") % made_of)
        messages.success(
            request,
            _t("Done: “%(name)s” is now part of this record. Its old address, %(slug)s, leads here.")
            % made_of,
        )
        return HttpResponseRedirect(reverse("admin:organisations_organisation_change", args=[made.kept_id]))

    def _page(
        self, request: HttpRequest, kept: Organisation, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        base = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _t("Merge “%(name)s” with another record") % {"name": kept.display_name},
            "object": kept,
            "change_url": reverse("admin:organisations_organisation_change", args=[kept.pk]),
        }
        return TemplateResponse(request, template, {**base, **context})


def merge_url(kept: models.Model, merged: models.Model | None = None) -> str:
    address = reverse("admin:organisations_organisation_merge", args=[kept.pk])
    return f"{address}?with={merged.pk}" if merged is not None else address


def _taken(request: HttpRequest, plan: MergePlan) -> dict[str, bool]:
    return {pair.name: request.POST.get(f"take_{pair.name}") == "merged" for pair in plan.pairs}


@admin.register(OrganisationMerge)
class OrganisationMergeAdmin(ReadOnlyAdmin):
    """Merges that were made, with the record that is no more."""

    list_display = ("merged_at", "merged_name", "kept", "merged_by", "reason")
    list_select_related = ("kept", "merged_by")
    search_fields = ("merged_name", "kept__search_text", "reason")
    search_help_text = _("Name of either record, or the reason")
    date_hierarchy = "merged_at"
    fields = (
        "merged_name",
        "merged_slug",
        "kept",
        ("merged_at", "merged_by"),
        "reason",
        "moved_shown",
        "record_shown",
    )
    readonly_fields = (
        "merged_name",
        "merged_slug",
        "kept",
        "merged_at",
        "merged_by",
        "reason",
        "moved_shown",
        "record_shown",
    )

    def history_records(self, obj: Any) -> list[models.Model]:
        """The merged record's own history with it."""
        return [obj, Organisation(pk=obj.merged_record.get("id"), legal_name=obj.merged_name)]

    @admin.display(description=_("relations moved"))
    def moved_shown(self, merge: OrganisationMerge) -> Any:
        return format_html_join(", ", "{}: {}", sorted(merge.moved.items())) or "–"

    @admin.display(description=_("its fields, as they were"))
    def record_shown(self, merge: OrganisationMerge) -> Any:
        names = {
            field.attname: capfirst(str(field.verbose_name)) for field in Organisation._meta.concrete_fields
        }
        said = (
            (names[name], value) for name, value in merge.merged_record.items() if name in names and value
        )
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", said))
