"""The regional calendar: a videoconference and its meeting in one form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeDateFilter,
    RelatedDropdownFilter,
)

from core.admin import ExchangeMixin, ExportOnlyMixin, PortalAdmin, PortalTabularInline, TermAdmin
from core.dates import clock
from meetings.admin import AgendaInline, MaterialInline, WithMeetingForm, WithMeetingMixin
from meetings.admin.fields import MEETING_FIELDSETS
from meetings.admin.meeting import PastFilter
from meetings.choices import MeetingKind
from meetings.workflow import MEETING_WORKFLOW
from programmes.models import Edition
from videoconferences.forms.planning import check_counties
from videoconferences.imports import CoOrganiserImport
from videoconferences.models import CoOrganiser, Theme, Videoconference, VideoconferenceTheme
from videoconferences.spreadsheets import CoOrganiserExport, VideoconferenceExport


class VideoconferenceForm(WithMeetingForm):
    kind = MeetingKind.VIDEOCONFERENCE

    class Meta:
        model = Videoconference
        fields = ("edition", "part", "number", "regions", "counties", "central_theme", "regions_as_printed")

    def default_title(self, cleaned: dict[str, Any]) -> str:
        """Romanian, as the calendar prints it: titles are content, not interface."""
        return f"Videoconferința nr. {cleaned.get('number')}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        edition, part = cleaned.get("edition"), cleaned.get("part")
        if edition and part and part.edition_id != edition.pk:
            self.add_error("part", _t("This part belongs to another edition."))
        regions, counties = cleaned.get("regions"), cleaned.get("counties")
        if regions is not None and counties:
            check_counties(self, counties, regions)
        return cleaned


class CoOrganiserInline(PortalTabularInline):
    model = CoOrganiser
    fields = ("position", "organisation", "name_as_printed")
    autocomplete_fields = ("organisation",)


class ThemeInline(PortalTabularInline):
    model = VideoconferenceTheme
    fields = ("theme", "role")
    autocomplete_fields = ("theme",)


class PastMeetingFilter(PastFilter):
    prefix = "meeting__"


@admin.register(Videoconference)
class VideoconferenceAdmin(WithMeetingMixin, ExportOnlyMixin, PortalAdmin):
    form = VideoconferenceForm
    workflow = MEETING_WORKFLOW
    export_resource = VideoconferenceExport
    list_display = (
        "number_shown",
        "title_shown",
        "date_shown",
        "hour_shown",
        "state_shown",
        "regions_shown",
        "organisers",
    )
    list_display_links = ("number_shown", "title_shown")
    list_select_related = ("edition", "meeting")
    list_filter = (
        ("edition", RelatedDropdownFilter),
        ("regions", RelatedDropdownFilter),
        ("regions__counties", AutocompleteSelectFilter),
        ("meeting__status", ChoicesDropdownFilter),
        PastMeetingFilter,
        ("meeting__on_date", RangeDateFilter),
        ("co_organisers", AutocompleteSelectFilter),
        ("themes", AutocompleteSelectFilter),
    )
    search_fields = ("meeting__title", "regions__search_text", "co_organisers__search_text", "number")
    search_help_text = _("Title, region, co-organiser or number")
    date_hierarchy = "meeting__on_date"
    ordering = ("-edition__year", "meeting__on_date", "number")
    autocomplete_fields = ("edition", "regions", "counties")
    inlines = (CoOrganiserInline, ThemeInline, AgendaInline, MaterialInline)
    fieldsets = (
        (None, {"fields": (("edition", "part", "number"), "title")}),
        *MEETING_FIELDSETS,
        (
            _("Area"),
            {"fields": ("regions", "counties", "regions_as_printed")},
        ),
        (_("Theme"), {"fields": ("central_theme", "summary")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .annotate(organiser_count=Count("co_organiser_links", distinct=True))
            .prefetch_related("regions")
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The newest edition and its next number."""
        newest = Edition.objects.order_by("-year").first()
        last = (
            Videoconference.objects.filter(edition=newest).aggregate(last=Max("number"))["last"]
            if newest
            else 0
        )
        initial = {"edition": newest and newest.pk, "number": (last or 0) + 1}
        return {**initial, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "part" and isinstance(field, forms.ModelChoiceField):
            field.queryset = field.queryset.select_related("edition")
        return field

    @admin.display(description=_("no."), ordering="number")
    def number_shown(self, videoconference: Videoconference) -> str:
        return f"{videoconference.edition.year} / {videoconference.number}"

    @admin.display(description=_("title"), ordering="meeting__title")
    def title_shown(self, videoconference: Videoconference) -> str:
        return videoconference.meeting.title

    @admin.display(description=_("date"), ordering="meeting__on_date")
    def date_shown(self, videoconference: Videoconference) -> Any:
        return videoconference.meeting.on_date

    @admin.display(description=_("hour"), ordering="meeting__starts_at")
    def hour_shown(self, videoconference: Videoconference) -> str:
        start = videoconference.meeting.local_start
        return clock(start, "ro") if start else _t("not set")

    @admin.display(description=_("state"), ordering="meeting__status")
    def state_shown(self, videoconference: Videoconference) -> str:
        return videoconference.meeting.get_status_display()

    @admin.display(description=_("development regions"))
    def regions_shown(self, videoconference: Videoconference) -> str:
        return ", ".join(str(region) for region in videoconference.regions.all()) or "–"

    @admin.display(description=_("co-organisers"), ordering="organiser_count")
    def organisers(self, videoconference: Any) -> int:
        return int(videoconference.organiser_count)


@admin.register(CoOrganiser)
class CoOrganiserAdmin(ExchangeMixin, PortalAdmin):
    """Names as printed, over all videoconferences."""

    export_resource = CoOrganiserExport
    import_resource = CoOrganiserImport
    list_display = ("name_shown", "organisation", "videoconference", "date_shown")
    list_select_related = ("organisation", "videoconference__meeting", "videoconference__edition")
    list_filter = (
        ("videoconference__edition", RelatedDropdownFilter),
        ("organisation", AutocompleteSelectFilter),
        ("organisation__county", AutocompleteSelectFilter),
    )
    search_fields = ("name_as_printed", "organisation__search_text")
    search_help_text = _("The printed name or the organisation's")
    ordering = ("-videoconference__edition__year", "videoconference__number", "position", "pk")
    autocomplete_fields = ("videoconference", "organisation")
    fields = ("videoconference", "organisation", "name_as_printed", "position")

    @admin.display(description=_("name as printed"), ordering="name_as_printed")
    def name_shown(self, link: CoOrganiser) -> str:
        return str(link)

    @admin.display(description=_("date"), ordering="videoconference__meeting__on_date")
    def date_shown(self, link: CoOrganiser) -> Any:
        return link.videoconference.meeting.on_date


@admin.register(Theme)
class ThemeAdmin(TermAdmin):
    list_display = ("name", "group", "name_en", "code", "position", "is_active")
    list_filter = (("group", ChoicesDropdownFilter), *TermAdmin.list_filter)
    fields = (("name", "name_en"), "group", ("code", "position"), "basis", "is_active")
