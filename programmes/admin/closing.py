"""The event that closes an edition, with its meeting in the same form."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import PortalAdmin
from meetings.admin import AgendaInline, MaterialInline, WithMeetingForm, WithMeetingMixin
from meetings.admin.fields import MEETING_FIELDSETS
from meetings.choices import MeetingKind
from meetings.workflow import MEETING_WORKFLOW
from programmes.closing import propose_closing_date, volunteer_day
from programmes.models import ClosingEvent, Edition


class ClosingEventForm(WithMeetingForm):
    kind = MeetingKind.CLOSING_EVENT

    class Meta:
        model = ClosingEvent
        fields = ("edition", "marks_day")

    def default_title(self, cleaned: dict[str, Any]) -> str:
        edition = cleaned.get("edition")
        return f"Evenimentul de închidere a ediției {edition.year}" if edition else "Evenimentul de închidere"


@admin.register(ClosingEvent)
class ClosingEventAdmin(WithMeetingMixin, PortalAdmin):
    form = ClosingEventForm
    workflow = MEETING_WORKFLOW
    list_display = ("title_shown", "edition", "date_shown", "state_shown")
    list_select_related = ("edition", "meeting")
    search_fields = ("meeting__title", "edition__year")
    ordering = ("-edition__year",)
    inlines = (AgendaInline, MaterialInline)
    autocomplete_fields = ("edition",)
    fieldsets = (
        (
            None,
            {
                "fields": (("edition", "marks_day"), "title", "summary"),
                "description": _(
                    "The event is held on one day and marks another: the date proposed below is the first working "
                    "day on or after 5 December, the International Volunteer Day."
                ),
            },
        ),
        *MEETING_FIELDSETS,
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        year = Edition.objects.filter(closing_event=None).aggregate(year=Max("year"))["year"]
        edition = Edition.objects.filter(year=year).first()
        if edition is None:
            return super().get_changeform_initial_data(request)
        return {
            "edition": edition.pk,
            "marks_day": volunteer_day(edition.year),
            "on_date": propose_closing_date(edition.year),
            **super().get_changeform_initial_data(request),
        }

    @admin.display(description=_("title"), ordering="meeting__title")
    def title_shown(self, event: ClosingEvent) -> str:
        return event.meeting.title

    @admin.display(description=_("date"), ordering="meeting__on_date")
    def date_shown(self, event: ClosingEvent) -> date:
        return event.meeting.on_date

    @admin.display(description=_("state"), ordering="meeting__status")
    def state_shown(self, event: ClosingEvent) -> str:
        return event.meeting.get_status_display()
