"""Questions of participants as staff see them; they are shown, answered and hidden on the pages of the gathering."""

from django.contrib import admin
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from core.admin import ReadOnlyAdmin
from meetings.models import Question


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ("text", "meeting", "status", "asked_at")
    list_select_related = ("meeting",)
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("meeting", AutocompleteSelectFilter),
        ("asked_at", RangeDateFilter),
    )
    search_fields = ("text", "meeting__title")
    ordering = ("-pk",)
    fields = ("meeting", "text", "status", "asked_at")
    readonly_fields = fields
