"""Yearly figures in the admin, to read: organisations write them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from core.admin import ReadOnlyInline
from core.admin.base import ReadOnlyAdmin
from organisations.models import VolunteerCount, VolunteerHours, YearlyFigures


class CountInline(ReadOnlyInline):
    model = VolunteerCount
    fields = ("age_group", "sex", "count")


class HoursInline(ReadOnlyInline):
    model = VolunteerHours
    fields = ("domain", "hours")


@admin.register(YearlyFigures)
class YearlyFiguresAdmin(ReadOnlyAdmin):
    list_display = ("organisation", "year", "volunteers_shown", "employees", "saved_at")
    list_select_related = ("organisation",)
    list_filter = ("year", ("organisation__county", AutocompleteSelectFilter))
    search_fields = ("organisation__search_text",)
    search_help_text = _("Name, other name, acronym or CUI, in any spelling")
    ordering = ("-year", "organisation__order_key", "pk")
    fields = (
        ("organisation", "year"),
        ("employees", "has_coordinator"),
        ("keeps_contracts", "keeps_register"),
        ("saved_at", "saved_by"),
    )
    inlines = (CountInline, HoursInline)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Goes with its organisation."""
        return self._may(request, "delete", obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(total=Sum("volunteers__count"))

    @admin.display(description=_("volunteers"), ordering="total")
    def volunteers_shown(self, figures: Any) -> str:
        return "–" if figures.total is None else str(figures.total)
