"""People of organisations in the admin: invitations to read, the coordinator of volunteers on the record's page."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter

from core.admin import PortalStackedInline
from core.admin.base import ReadOnlyAdmin
from organisations.models import Invitation, VolunteerCoordinator


class CoordinatorInline(PortalStackedInline):
    """Shown to everybody only with the person's agreement."""

    model = VolunteerCoordinator
    fields = (("name", "is_public"), ("email", "phone"))


class InvitationStateFilter(DropdownFilter):
    """What became of an invitation."""

    title = _("state")
    parameter_name = "stare"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("asteapta", _("waits")),
            ("acceptata", _("accepted")),
            ("expirata", _("out of time")),
            ("incheiata", _("taken back or refused")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "asteapta":
                return queryset.open()  # type: ignore[attr-defined]
            case "acceptata":
                return queryset.filter(accepted_at__isnull=False)
            case "expirata":
                return queryset.filter(accepted_at=None, revoked_at=None, expires_at__lte=timezone.now())
            case "incheiata":
                return queryset.filter(revoked_at__isnull=False)
        return queryset


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Sent and taken back by the organisations' own managers; here to help them when they ask."""

    list_display = ("email", "organisation", "role", "created_at", "expires_at", "accepted_at", "revoked_at")
    list_select_related = ("organisation",)
    list_filter = (InvitationStateFilter, ("role", ChoicesDropdownFilter))
    search_fields = ("email", "organisation__search_text")
    search_help_text = _("E-mail address or the organisation's name")
    ordering = (F("created_at").desc(), "-pk")
    fields = (
        ("email", "organisation"),
        ("role", "language"),
        ("invited_by", "created_at"),
        "expires_at",
        ("accepted_by", "accepted_at"),
        "revoked_at",
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Goes with its organisation."""
        return self._may(request, "delete", obj)
