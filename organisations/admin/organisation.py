"""Organisations: the registry's records with their names, contacts, people and parts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RelatedDropdownFilter,
)

from core.admin import PortalAdmin, PortalTabularInline, ReadOnlyInline
from organisations.admin.forms import ContactForm, OrganisationForm
from organisations.admin.importing import FileImportMixin
from organisations.admin.merging import MergingMixin
from organisations.admin.people import CoordinatorInline
from organisations.admin.standing import StandingMixin
from organisations.models import FormerSlug, Membership, Organisation, OrganisationContact, OrganisationName
from organisations.services.addresses import change_address
from organisations.spreadsheets import OrganisationExport
from organisations.workflow import ORGANISATION_WORKFLOW


class NameInline(PortalTabularInline):
    model = OrganisationName
    fields = ("name", "kind", "valid_from", "valid_to", "source")


class ContactInline(PortalTabularInline):
    model = OrganisationContact
    form = ContactForm
    fields = ("kind", "value", "is_public")


class MembershipInline(PortalTabularInline):
    model = Membership
    fields = ("user", "role", "since")
    readonly_fields = ("since",)
    autocomplete_fields = ("user",)


class PartInline(ReadOnlyInline):
    """Branches and units; each is changed on its own page."""

    model = Organisation
    fk_name = "parent"
    verbose_name = _("branch or unit")
    verbose_name_plural = _("branches and units")
    fields = ("legal_name", "kind", "county", "register_status")
    show_change_link = True


class FormerSlugInline(ReadOnlyInline):
    model = FormerSlug
    fields = ("slug", "since")


class MissingFilter(DropdownFilter):
    """What a record still lacks."""

    title = _("what is missing")
    parameter_name = "lipsa"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("judet", _("the county")), ("cui", _("the CUI")), ("domeniu", _("the domains"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "judet":
                return queryset.filter(county=None)
            case "cui":
                return queryset.filter(cui="")
            case "domeniu":
                return queryset.filter(domains=None)
        return queryset


@admin.register(Organisation)
class OrganisationAdmin(MergingMixin, StandingMixin, FileImportMixin, PortalAdmin):
    form = OrganisationForm
    workflow = ORGANISATION_WORKFLOW
    actions = ("merge_chosen",)
    export_resource = OrganisationExport
    list_display = ("name_shown", "county", "legal_form", "cui_shown", "register_status", "updated_at")
    list_select_related = ("county",)
    list_filter = (
        ("register_status", ChoicesDropdownFilter),
        ("county", AutocompleteSelectFilter),
        ("county__region", RelatedDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("legal_form", ChoicesDropdownFilter),
        ("level", ChoicesDropdownFilter),
        ("domains", RelatedDropdownFilter),
        MissingFilter,
    )
    search_fields = ("search_text",)
    search_help_text = _("Name, other name, acronym or CUI, in any spelling")
    ordering = ("order_key", "pk")
    autocomplete_fields = (
        "parent",
        "seat",
        "county",
        "activity_counties",
        "domains",
        "beneficiaries",
        "goals",
    )
    option_relations = ("county", "seat__county", "parent")
    inlines = (NameInline, ContactInline, CoordinatorInline, MembershipInline, PartInline, FormerSlugInline)
    readonly_fields = ("listed_on", "created_at", "updated_at")
    fieldsets = (
        (
            _("Name"),
            {
                "fields": ("legal_name", ("public_name", "acronym"), "slug"),
                "description": _(
                    "The legal name is the one in the register. Other names, former or printed in documents, have "
                    "their own tab above."
                ),
            },
        ),
        (_("What it is"), {"fields": (("kind", "legal_form"), "parent", "summary")}),
        (
            _("Registration"),
            {
                "fields": (
                    ("cui", "national_register_number"),
                    ("court_register_number", "court_register_date", "court"),
                )
            },
        ),
        (
            _("Seat and area"),
            {
                "fields": (("seat", "county"), "level", "activity_counties"),
                "description": _("Choose the locality: the county is filled in from it when you save."),
            },
        ),
        (_("Fields of activity"), {"fields": ("domains", "beneficiaries", "goals")}),
        (
            _("In the registry"),
            {
                "fields": (
                    ("register_status", "listed_on"),
                    ("source", "is_example"),
                    ("created_at", "updated_at"),
                ),
                "description": _("The state is changed by the buttons at the top of the page."),
            },
        ),
    )

    @admin.display(description=_("organisation"), ordering="order_key")
    def name_shown(self, organisation: Organisation) -> str:
        return organisation.display_name

    @admin.display(description=_("CUI"), ordering="cui")
    def cui_shown(self, organisation: Organisation) -> str:
        return organisation.cui or "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("search_text", "other_names")

    def option_label(self, record: Any) -> str:
        """The name with seat and CUI: two organisations may bear one name."""
        place = str(record.seat) if record.seat else str(record.county or "")
        notes = [note for note in (place, f"CUI {record.cui}" if record.cui else "") if note]
        if record.parent:
            notes.insert(0, record.parent.display_name)
        return f"{record.display_name} ({'; '.join(notes)})" if notes else record.display_name

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new address is given by the service, which keeps the former one."""
        wanted = obj.slug
        if change and "slug" in form.changed_data and form.initial.get("slug"):
            obj.slug = form.initial["slug"]
            super().save_model(request, obj, form, change)
            change_address(organisation=obj, slug=wanted, actor=request.user)
            obj.slug = wanted
        else:
            super().save_model(request, obj, form, change)
