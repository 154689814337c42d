"""Erasures of people: what was asked for, what was made; the person's own page enters one."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.accounts.models import Erasure
from core.admin import ReadOnlyAdmin


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """Read here; entered and taken back on the page of the person."""

    list_display = ("asked_at", "cause", "who", "due_at", "cancelled_at", "done_at")
    list_filter = (("cause", ChoicesDropdownFilter),)
    list_select_related = ("user",)
    date_hierarchy = "asked_at"
    fields = (
        "cause",
        "who",
        "asked_at",
        "asked_by",
        "reason",
        "due_at",
        "reminded_at",
        "cancelled_at",
        "done_at",
        "left_in",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields)

    @admin.display(description=_("person"))
    def who(self, erasure: Erasure) -> str:
        return str(erasure.user or _("an erased person"))

    @admin.display(description=_("where the address still stands"))
    def left_in(self, erasure: Erasure) -> str:
        return ", ".join(erasure.left) or "–"
