"""Registrations as staff see them: to be found and read; people change their own, the team works on its pages."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter, RelatedDropdownFilter

from core.admin import ReadOnlyAdmin
from meetings.models import Registration


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyAdmin):
    list_display = (
        "name",
        "meeting",
        "status",
        "participant_type",
        "organisation_name",
        "county",
        "registered_at",
    )
    list_select_related = ("meeting", "county")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("participant_type", ChoicesDropdownFilter),
        ("sector", ChoicesDropdownFilter),
        ("level", ChoicesDropdownFilter),
        ("county", RelatedDropdownFilter),
        ("source", ChoicesDropdownFilter),
        ("meeting__on_date", RangeDateFilter),
    )
    search_fields = ("name", "email", "organisation_name", "meeting__title")
    ordering = ("-pk",)
    show_full_result_count = False
    fields = (
        "meeting",
        ("name", "email", "user"),
        ("participant_type", "sector", "level"),
        ("organisation", "organisation_name"),
        ("county", "uat"),
        "themes_proposed",
        ("language", "source", "is_organiser"),
        "status",
        ("registered_at", "held_until", "address_confirmed_at"),
        ("confirmed_at", "ended_at"),
    )
    readonly_fields = tuple(name for row in fields for name in ((row,) if isinstance(row, str) else row))
