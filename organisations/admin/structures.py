"""The four associative structures, the counties and UATs that are their members, addresses of those that are not."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, DropdownFilter, RelatedDropdownFilter

from core.admin import ExchangeMixin, PortalAdmin, PortalTabularInline
from organisations.imports import MembershipImport
from organisations.models import (
    AssociativeStructure,
    AuthorityAddress,
    StructureMembership,
    StructureRepresentative,
)
from organisations.spreadsheets import MembershipExport


class RepresentativeInline(PortalTabularInline):
    model = StructureRepresentative
    fields = ("user", "since")
    readonly_fields = ("since",)
    autocomplete_fields = ("user",)


@admin.register(AssociativeStructure)
class AssociativeStructureAdmin(PortalAdmin):
    list_display = ("acronym", "name", "represents", "declared_members", "known_members")
    search_fields = ("acronym", "name", "name_en")
    ordering = ("position", "acronym")
    autocomplete_fields = ("organisation",)
    inlines = (RepresentativeInline,)
    readonly_fields = ("known_members",)
    fieldsets = (
        (None, {"fields": (("acronym", "slug"), "name", "name_en", "represents", "organisation")}),
        (
            _("Members"),
            {
                "fields": (("declared_members", "declared_source"), "known_members"),
                "description": _(
                    "What the structure declares is one number; the members recorded one by one are another, and "
                    "neither is computed from the other."
                ),
            },
        ),
        (_("More"), {"fields": (("founded_in", "website"), "note", "position")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        current = Count("memberships", filter=Q(memberships__until=None))
        return super().get_queryset(request).annotate(current_members=current)

    @admin.display(description=_("members recorded"), ordering="current_members")
    def known_members(self, structure: Any) -> Any:
        if structure.pk is None:
            return "–"
        url = reverse("admin:organisations_structuremembership_changelist")
        return format_html(
            '<a href="{}?structure__id__exact={}">{}</a>', url, structure.pk, structure.current_members
        )


class CurrentFilter(DropdownFilter):
    title = _("still a member")
    parameter_name = "actual"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("da", _("Yes")), ("nu", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "da":
                return queryset.filter(until=None)
            case "nu":
                return queryset.exclude(until=None)
        return queryset


@admin.register(StructureMembership)
class StructureMembershipAdmin(ExchangeMixin, PortalAdmin):
    export_resource = MembershipExport
    import_resource = MembershipImport
    list_display = ("member", "structure", "since", "until", "source")
    list_select_related = ("structure", "county", "uat__county")
    list_filter = (
        ("structure", RelatedDropdownFilter),
        CurrentFilter,
        ("uat__county", AutocompleteSelectFilter),
    )
    search_fields = (
        "uat__search_text",
        "uat__county__search_text",
        "county__search_text",
        "structure__acronym",
    )
    search_help_text = _("Name of the county or UAT, or the structure's acronym")
    ordering = ("structure__position", "uat__order_key", "county__order_key", "pk")
    autocomplete_fields = ("county", "uat")
    fieldsets = (
        (
            None,
            {
                "fields": ("structure", ("county", "uat"), ("since", "until"), "source"),
                "description": _("Choose either a county or an administrative unit."),
            },
        ),
    )

    @admin.display(description=_("member"))
    def member(self, membership: StructureMembership) -> str:
        return str(membership.uat or membership.county)


@admin.register(AuthorityAddress)
class AuthorityAddressAdmin(PortalAdmin):
    list_display = ("authority", "email", "updated_at")
    list_select_related = ("county", "uat__county")
    list_filter = (("uat__county", AutocompleteSelectFilter),)
    search_fields = ("uat__search_text", "uat__county__search_text", "county__search_text", "email")
    search_help_text = _("Name of the county or UAT, or the address")
    ordering = ("uat__order_key", "county__order_key", "pk")
    autocomplete_fields = ("county", "uat")
    readonly_fields = ("updated_at",)
    fieldsets = (
        (
            None,
            {
                "fields": (("county", "uat"), "email", "updated_at"),
                "description": _(
                    "For authorities that are members of no structure; many at once are pasted on the page of "
                    "addresses of a gathering. Choose either a county or an administrative unit."
                ),
            },
        ),
    )

    @admin.display(description=_("authority"))
    def authority(self, address: AuthorityAddress) -> str:
        return str(address)
