"""Reminders that were written, for whoever is asked why somebody got none; nobody changes them."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from core.admin import ReadOnlyAdmin
from meetings.models import Reminder


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    """What became of the mail stands beside it; one without a mail was taken as told when the gathering moved."""

    list_display = ("person", "meeting", "kind", "for_start", "written_at", "mail_state")
    list_select_related = ("registration__meeting", "message")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("registration__meeting", AutocompleteSelectFilter),
        ("written_at", RangeDateFilter),
    )
    search_fields = ("registration__email", "registration__name")
    search_help_text = _("E-mail address or name")
    ordering = ("-pk",)
    show_full_result_count = False
    fields = ("person", "meeting", "kind", "for_start", "written_at", "mail_state")
    readonly_fields = fields

    @admin.display(description=_("person"), ordering="registration__name")
    def person(self, reminder: Reminder) -> str:
        return f"{reminder.registration.name} <{reminder.registration.email}>"

    @admin.display(description=_("meeting"))
    def meeting(self, reminder: Reminder) -> Any:
        return str(reminder.registration.meeting)

    @admin.display(description=_("mail"))
    def mail_state(self, reminder: Reminder) -> Any:
        if reminder.message is None:
            return _("none: the change of date told of it")
        address = reverse("admin:messaging_message_change", args=[reminder.message_id])
        return format_html('<a href="{}">{}</a>', address, reminder.message.get_status_display())
