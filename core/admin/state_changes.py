"""The list of all steps of all workflows, for reading."""

from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.views import ChangeList

from core.admin.base import ReadOnlyAdmin
from core.models import StateChange
from core.workflow import workflow_of


class StepList(ChangeList):
    """Fetches the records of a page's steps, one query a kind."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        wanted: dict[int, set[str]] = defaultdict(set)
        for step in self.result_list:
            wanted[step.content_type_id].add(step.object_id)
        found = {}
        for type_id, ids in wanted.items():
            model = ContentType.objects.get_for_id(type_id).model_class()
            if model is not None:
                found[type_id] = {
                    str(record.pk): record for record in model._default_manager.filter(pk__in=ids)
                }
        for step in self.result_list:
            step.found_record = found.get(step.content_type_id, {}).get(step.object_id)


class StateChangeOf(RelatedDropdownFilter):
    """Only kinds that have steps."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        types = ContentType.objects.filter(pk__in=StateChange.objects.values("content_type").distinct())
        return [(kind.pk, capfirst(kind.name)) for kind in types]


@admin.register(StateChange)
class StateChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "record", "change", "actor", "reason")
    list_display_links = None
    list_select_related = ("content_type", "actor")
    list_filter = (("content_type", StateChangeOf),)
    search_fields = ("reason", "actor__full_name")
    search_help_text = _("Reason or the name of the person")
    date_hierarchy = "at"
    fields = ("at", "kind", "change", "actor", "reason")
    readonly_fields = fields

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StepList

    @admin.display(description=_("kind"), ordering="content_type")
    def kind(self, step: StateChange) -> str:
        return capfirst(step.content_type.name)

    @admin.display(description=_("record"))
    def record(self, step: StateChange) -> str:
        found = getattr(step, "found_record", None)
        if found is None:
            return "–"
        opts = found._meta
        try:
            url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[found.pk])
        except NoReverseMatch:
            return str(found)
        return format_html('<a href="{}">{}</a>', url, found)

    @admin.display(description=_("step"))
    def change(self, step: StateChange) -> str:
        model = step.content_type.model_class()
        workflow = workflow_of(model) if model else None
        if workflow is None:
            return step.target
        target = workflow.label(step.target)
        return f"{workflow.label(step.source)} → {target}" if step.source else target
