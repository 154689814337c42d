"""Jobs, for whoever keeps the portal: that work is under way or stuck, never what came out of it."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin import ReadOnlyAdmin
from core.jobs.models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """The result and its file are the owner's."""

    list_display = ("title_shown", "owner", "status", "how_far", "created_at", "ended_at")
    list_select_related = ("owner",)
    list_filter = (("status", ChoicesDropdownFilter),)
    search_fields = ("kind", "owner__full_name")
    search_help_text = _("Kind of work or name of the person")
    date_hierarchy = "created_at"
    fields = (
        "title_shown",
        "owner",
        "status",
        "how_far",
        "note",
        "error",
        ("created_at", "started_at"),
        ("heartbeat_at", "ended_at"),
        ("attempts", "stop_requested_at"),
    )
    readonly_fields = (
        "title_shown",
        "owner",
        "status",
        "how_far",
        "note",
        "error",
        "created_at",
        "started_at",
        "heartbeat_at",
        "ended_at",
        "attempts",
        "stop_requested_at",
    )

    @admin.display(description=_("work"), ordering="kind")
    def title_shown(self, job: Job) -> str:
        return job.title

    @admin.display(description=_("how far"))
    def how_far(self, job: Job) -> Any:
        return "–" if job.percent is None else f"{job.percent} %"
