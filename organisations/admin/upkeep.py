"""Yearly confirmations in the admin: whom the mails cannot reach, and what staff hear by telephone."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter

from core.admin import PortalAdmin
from core.workflow import Transition
from organisations.models import Reconfirmation
from organisations.selectors.reconfirmation import with_nobody_to_ask
from organisations.services.reconfirmation import confirm_in_the_name_of
from organisations.workflow import RECONFIRMATION_WORKFLOW


class NobodyFilter(DropdownFilter):
    """Records that have no manager who can sign in: no mail leaves, and none of them is suspended."""

    title = _("somebody to ask")
    parameter_name = "nimeni"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("da", _("Nobody")), ("nu", _("Somebody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        alone = with_nobody_to_ask(Reconfirmation.objects.all()).values("pk")
        match self.value():
            case "da":
                return queryset.filter(pk__in=alone)
            case "nu":
                return queryset.exclude(pk__in=alone)
        return queryset


@admin.register(Reconfirmation)
class ReconfirmationAdmin(PortalAdmin):
    """The day may be moved; the states come from dates, and from whoever confirms."""

    workflow = RECONFIRMATION_WORKFLOW
    list_display = ("organisation", "due_on", "status", "confirmed_at", "confirmed_by")
    list_select_related = ("organisation", "confirmed_by")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        NobodyFilter,
        ("organisation__county", AutocompleteSelectFilter),
    )
    search_fields = ("organisation__search_text",)
    search_help_text = _("Name, other name, acronym or CUI, in any spelling")
    ordering = ("due_on", "pk")
    date_hierarchy = "due_on"
    fields = ("organisation", "due_on", "status", ("confirmed_at", "confirmed_by"))
    readonly_fields = ("organisation", "confirmed_at", "confirmed_by")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is answered or over is not moved any more."""
        is_over = obj is not None and obj.status not in ("open", "overdue")
        return super().has_change_permission(request, obj) and not is_over

    def perform_step(self, request: HttpRequest, obj: Any, step: Transition, reason: str) -> models.Model:
        """The only step of staff is to confirm what the organisation told them."""
        return confirm_in_the_name_of(asked=obj, actor=request.user, reason=reason)  # type: ignore[arg-type]
