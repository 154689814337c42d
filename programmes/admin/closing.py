"""The event that closes an edition and the promoters' meetings, each with its meeting in the same form."""

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
from programmes.models import ClosingEvent, Edition, PromotersMeeting


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


class PromotersMeetingForm(WithMeetingForm):
    kind = MeetingKind.PROMOTERS_MEETING

    class Meta:
        model = PromotersMeeting
        fields = ("edition", "number")

    def default_title(self, cleaned: dict[str, Any]) -> str:
        return f"Întâlnirea promotorilor nr. {cleaned.get('number')}"


@admin.register(PromotersMeeting)
class PromotersMeetingAdmin(WithMeetingMixin, PortalAdmin):
    form = PromotersMeetingForm
    workflow = MEETING_WORKFLOW
    list_display = ("number", "title_shown", "edition", "date_shown", "state_shown")
    list_display_links = ("number", "title_shown")
    list_select_related = ("edition", "meeting")
    search_fields = ("meeting__title", "edition__year")
    ordering = ("-edition__year", "number")
    inlines = (AgendaInline, MaterialInline)
    autocomplete_fields = ("edition",)
    fieldsets = (
        (
            None,
            {
                "fields": (("edition", "number"), "title", "summary"),
                "description": _("Only people of the edition's promoters and the team see its page."),
            },
        ),
        *MEETING_FIELDSETS,
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The newest edition and its next number."""
        newest = Edition.objects.order_by("-year").first()
        last = newest.promoters_meetings.aggregate(last=Max("number"))["last"] if newest else 0
        initial = {"edition": newest and newest.pk, "number": (last or 0) + 1}
        return {**initial, **super().get_changeform_initial_data(request)}

    @admin.display(description=_("title"), ordering="meeting__title")
    def title_shown(self, gathering: PromotersMeeting) -> str:
        return gathering.meeting.title

    @admin.display(description=_("date"), ordering="meeting__on_date")
    def date_shown(self, gathering: PromotersMeeting) -> date:
        return gathering.meeting.on_date

    @admin.display(description=_("state"), ordering="meeting__status")
    def state_shown(self, gathering: PromotersMeeting) -> str:
        return gathering.meeting.get_status_display()
