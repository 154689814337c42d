"""All meetings; those of a videoconference or closing event are changed on the page of what has them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter

from core.admin import PortalAdmin
from meetings.admin.fields import MeetingStepsMixin
from meetings.admin.parts import AgendaInline, MaterialInline
from meetings.choices import MeetingKind, MeetingStatus
from meetings.models import BUCHAREST, Meeting
from meetings.workflow import MEETING_WORKFLOW


class PastFilter(DropdownFilter):
    """Meetings whose day has passed and that nobody marked as held."""

    title = _("waits for a mark")
    parameter_name = "asteapta"
    prefix = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("trecut", _("past, not marked as held")),
            ("ora", _("without an hour")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        path = self.prefix
        match self.value():
            case "trecut":
                today = timezone.localdate(timezone=BUCHAREST)
                return queryset.filter(
                    **{f"{path}status": MeetingStatus.SCHEDULED, f"{path}on_date__lt": today}
                )
            case "ora":
                return queryset.filter(**{f"{path}starts_at": None})
        return queryset


@admin.register(Meeting)
class MeetingAdmin(MeetingStepsMixin, PortalAdmin):
    workflow = MEETING_WORKFLOW
    list_display = ("title", "on_date", "kind", "status")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("status", ChoicesDropdownFilter),
        PastFilter,
        ("on_date", RangeDateFilter),
    )
    search_fields = ("title", "place", "summary")
    date_hierarchy = "on_date"
    ordering = ("-on_date", "-pk")
    inlines = (AgendaInline, MaterialInline)
    fieldsets = (
        (None, {"fields": ("title", ("kind", "status"), "summary")}),
        (
            _("When"),
            {
                "fields": ("on_date", ("starts_at", "ends_at")),
                "description": _("Hours are those of Bucharest. They may stay open until publication."),
            },
        ),
        (
            _("Where"),
            {
                "fields": ("is_online", ("platform", "join_url"), "place", "capacity"),
                "description": _("The join link is never shown on a public page."),
            },
        ),
    )
    # Kinds that have a page of their own, from which their meeting is made and changed.
    owned_kinds = (MeetingKind.VIDEOCONFERENCE, MeetingKind.CLOSING_EVENT, MeetingKind.PROMOTERS_MEETING)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        owned = obj is not None and obj.kind in self.owned_kinds
        return not owned and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        owned = obj is not None and obj.kind in self.owned_kinds
        return not owned and super().has_delete_permission(request, obj)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "kind":
            kwargs["choices"] = [
                choice for choice in MeetingKind.choices if choice[0] not in self.owned_kinds
            ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)
