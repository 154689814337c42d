"""Conclusions in the admin: found, published, taken back, exchanged as files."""

from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
)

from core.admin import ExchangeMixin, PortalAdmin
from core.workflow import Transition
from videoconferences.imports import ConclusionImport
from videoconferences.models import Conclusion
from videoconferences.services.conclusions import decide_conclusion
from videoconferences.spreadsheets import ConclusionExport
from videoconferences.workflow import CONCLUSION_WORKFLOW


@admin.register(Conclusion)
class ConclusionAdmin(ExchangeMixin, PortalAdmin):
    """All conclusions of all editions; those of one videoconference are written on its own page."""

    workflow = CONCLUSION_WORKFLOW
    export_resource = ConclusionExport
    import_resource = ConclusionImport
    list_display = ("short_text", "kind", "videoconference", "theme", "level", "follow_up_state", "status")
    list_select_related = ("videoconference__meeting", "videoconference__edition", "theme")
    list_filter = (
        ("videoconference__edition", RelatedDropdownFilter),
        ("videoconference", AutocompleteSelectFilter),
        ("videoconference__regions", RelatedDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("theme", AutocompleteSelectFilter),
        ("level", ChoicesDropdownFilter),
        ("follow_up_state", ChoicesDropdownFilter),
        ("status", ChoicesDropdownFilter),
    )
    search_fields = ("text", "addressee", "theme__name", "follow_up")
    search_help_text = _("The conclusion, its addressee, its theme or what was done")
    ordering = ("-videoconference__edition__year", "videoconference__number", "position", "pk")
    autocomplete_fields = ("videoconference", "theme")
    fieldsets = (
        (None, {"fields": ("videoconference", ("kind", "level"), "text", ("theme", "addressee"))}),
        (_("Follow-up"), {"fields": ("follow_up_state", "follow_up")}),
        (_("Publication"), {"fields": (("status", "published_at"), "position")}),
    )
    readonly_fields = ("published_at",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.written_by = request.user
        super().save_model(request, obj, form, change)

    def perform_step(self, request: HttpRequest, obj: Any, step: Transition, reason: str) -> models.Model:
        return decide_conclusion(
            conclusion=obj, step=step.name, reason=reason, actor=cast("Any", request.user)
        )

    @admin.display(description=_("conclusion"), ordering="text")
    def short_text(self, conclusion: Conclusion) -> str:
        return conclusion.text if len(conclusion.text) <= 120 else f"{conclusion.text[:117]}…"
