"""An edition with its phases, parts, figures, partners, activities and calendar texts."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter

from core.admin import PortalAdmin, PortalStackedInline, PortalTabularInline
from programmes.models import (
    Activity,
    CalendarText,
    Edition,
    EditionDocument,
    EditionPart,
    EditionPartner,
    EditionPhase,
    StatedFigure,
)
from programmes.selectors.phases import overdue_editions
from programmes.workflow import EDITION_WORKFLOW


class PhaseInline(PortalTabularInline):
    model = EditionPhase
    fields = ("phase", "opens_at")


class PartInline(PortalStackedInline):
    model = EditionPart
    fields = (("number", "starts_on", "ends_on"), "period_as_stated", "central_theme")


class FigureInline(PortalTabularInline):
    model = StatedFigure
    fields = ("kind", "qualifier", "value", "source", "note")


class PartnerInline(PortalTabularInline):
    model = EditionPartner
    fields = ("structure", "role")
    autocomplete_fields = ("structure",)


class ActivityInline(PortalStackedInline):
    model = Activity
    fields = (("kind", "position"), "title", "deliverable", ("on_date", "due_on", "due_as_stated"))


class CalendarTextInline(PortalTabularInline):
    model = CalendarText
    fields = ("kind", "position", "text")


class DocumentInline(PortalTabularInline):
    """Documents are written on their own page; here is what there is."""

    model = EditionDocument
    fields = ("title", "kind", "issued_on", "is_public")
    readonly_fields = fields
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DuePhaseFilter(DropdownFilter):
    """Editions with a phase whose date has passed while they stand before it."""

    title = _("phase by date")
    parameter_name = "faza"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("intarziata", _("its date has passed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "intarziata":
            return queryset.filter(pk__in=overdue_editions())
        return queryset


@admin.register(Edition)
class EditionAdmin(PortalAdmin):
    workflow = EDITION_WORKFLOW
    list_display = (
        "name_shown",
        "year",
        "status",
        "starts_on",
        "ends_on",
        "mandates_shown",
        "videoconferences_shown",
    )
    list_filter = (("status", ChoicesDropdownFilter), DuePhaseFilter)
    search_fields = ("year", "number", "central_theme", "purpose", "main_objective")
    search_help_text = _("Year, number or words of the theme")
    ordering = ("-year",)
    inlines = (
        PhaseInline,
        PartInline,
        ActivityInline,
        CalendarTextInline,
        PartnerInline,
        FigureInline,
        DocumentInline,
    )
    fieldsets = (
        (None, {"fields": (("number", "year", "status"), ("organiser", "patronage"))}),
        (
            _("Period"),
            {
                "fields": (("starts_on", "ends_on"), "period_as_stated"),
                "description": _("The period as stated is kept word for word beside the dates."),
            },
        ),
        (_("Aims"), {"fields": ("purpose", "main_objective")}),
        (
            _("Official calendar"),
            {
                "fields": ("monthly_intro", "central_theme", "permanent_deadline"),
                "description": _(
                    "Printed in the calendar of activities, beside the lists in the tabs above."
                ),
            },
        ),
        (_("Handbook"), {"fields": (("handbook_planned", "handbook_published_on"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                mandate_count=Count("mandates", distinct=True),
                videoconference_count=Count("videoconferences", distinct=True),
            )
        )

    @admin.display(description=_("edition"), ordering="number")
    def name_shown(self, edition: Edition) -> str:
        return str(edition)

    @admin.display(description=_("mandates"), ordering="mandate_count")
    def mandates_shown(self, edition: Any) -> Any:
        return _count_link("programmes_mandate", edition, edition.mandate_count)

    @admin.display(description=_("videoconferences"), ordering="videoconference_count")
    def videoconferences_shown(self, edition: Any) -> Any:
        return _count_link("videoconferences_videoconference", edition, edition.videoconference_count)


def _count_link(name: str, edition: Edition, count: int) -> Any:
    url = reverse(f"admin:{name}_changelist")
    return format_html('<a href="{}?edition__id__exact={}">{}</a>', url, edition.pk, count)
