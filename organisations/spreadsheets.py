"""Columns of the registry's files, the same for export and import."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.admin.resources import ChoiceWidget, CodesWidget, CodeWidget, DayWidget, PortalResource, text_field
from core.territory.models import County, Uat
from organisations.choices import Kind, LegalForm, Level, NameKind, RegisterStatus
from organisations.models import (
    AssociativeStructure,
    BeneficiaryGroup,
    Domain,
    Organisation,
    OrganisationName,
    StructureMembership,
    SustainableGoal,
)

UNKNOWN_COUNTY = _("There is no county with the code “%(code)s”.")
UNKNOWN_UAT = _("There is no administrative unit with the SIRUTA code “%(code)s”.")
UNKNOWN_ORGANISATION = _("There is no organisation with the address “%(code)s”.")
UNKNOWN_TERM = _("The vocabulary has no code “%(code)s”.")


def county_widget() -> CodeWidget:
    return CodeWidget(County, "code", UNKNOWN_COUNTY, country_id="RO")


def uat_widget() -> CodeWidget:
    return CodeWidget(Uat, "code", UNKNOWN_UAT, country_id="RO")


def organisation_widget() -> CodeWidget:
    return CodeWidget(Organisation, "slug", UNKNOWN_ORGANISATION)


def terms_field(attribute: str, column: str, model: Any) -> Field:
    return Field(attribute=attribute, column_name=column, widget=CodesWidget(model, "code", UNKNOWN_TERM))


class OrganisationExport(PortalResource):
    """An organisation a row; places and vocabularies by their codes, with the names beside the codes."""

    slug = text_field("slug", "Adresa paginii")
    legal_name = text_field("legal_name", "Denumirea legală")
    public_name = text_field("public_name", "Denumirea publică")
    acronym = text_field("acronym", "Acronim")
    kind = Field(attribute="kind", column_name="Tip", widget=ChoiceWidget(Kind))
    parent = Field(attribute="parent", column_name="Parte din (adresa)", widget=organisation_widget())
    legal_form = Field(attribute="legal_form", column_name="Forma juridică", widget=ChoiceWidget(LegalForm))
    cui = text_field("cui", "CUI")
    national_register_number = text_field("national_register_number", "Nr. Registrul Național ONG")
    court_register_number = text_field("court_register_number", "Nr. registrul instanței")
    court_register_date = Field(
        attribute="court_register_date", column_name="Data registrului instanței", widget=DayWidget()
    )
    court = text_field("court", "Instanța")
    seat = Field(attribute="seat", column_name="Sediu: cod SIRUTA", widget=uat_widget())
    county = Field(attribute="county", column_name="Sediu: cod județ", widget=county_widget())
    level = Field(attribute="level", column_name="Nivel de activitate", widget=ChoiceWidget(Level))
    activity_counties = Field(
        attribute="activity_counties",
        column_name="Județe de activitate (coduri)",
        widget=CodesWidget(County, "code", UNKNOWN_COUNTY, country_id="RO"),
    )
    domains = terms_field("domains", "Domenii (coduri)", Domain)
    beneficiaries = terms_field("beneficiaries", "Beneficiari (coduri)", BeneficiaryGroup)
    goals = terms_field("goals", "ODD (coduri)", SustainableGoal)
    summary = text_field("summary", "Descriere")
    source = text_field("source", "Sursa")
    seat_name = Field(column_name="Sediu: localitate", readonly=True)
    county_name = Field(column_name="Sediu: județ", readonly=True)
    register_status = Field(
        attribute="register_status",
        column_name="Stare în evidență",
        widget=ChoiceWidget(RegisterStatus),
        readonly=True,
    )
    listed_on = Field(attribute="listed_on", column_name="Data înscrierii", widget=DayWidget(), readonly=True)

    class Meta(PortalResource.Meta):
        abstract = False
        model = Organisation
        import_id_fields: tuple[str, ...] = ("slug",)
        fields = (
            "slug",
            "legal_name",
            "public_name",
            "acronym",
            "kind",
            "parent",
            "legal_form",
            "cui",
            "national_register_number",
            "court_register_number",
            "court_register_date",
            "court",
            "seat",
            "county",
            "level",
            "activity_counties",
            "domains",
            "beneficiaries",
            "goals",
            "summary",
            "source",
            "seat_name",
            "county_name",
            "register_status",
            "listed_on",
        )

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("parent", "seat", "county").prefetch_related(
            "activity_counties", "domains", "beneficiaries", "goals"
        )

    def dehydrate_seat_name(self, organisation: Organisation) -> str:
        return organisation.seat.name if organisation.seat else ""

    def dehydrate_county_name(self, organisation: Organisation) -> str:
        return organisation.county.name if organisation.county else ""


class NameExport(PortalResource):
    """Another name a row."""

    organisation = Field(
        attribute="organisation", column_name="Organizația (adresa)", widget=organisation_widget()
    )
    name = text_field("name", "Denumirea")
    kind = Field(attribute="kind", column_name="Tip", widget=ChoiceWidget(NameKind))
    valid_from = Field(attribute="valid_from", column_name="De la", widget=DayWidget())
    valid_to = Field(attribute="valid_to", column_name="Până la", widget=DayWidget())
    source = text_field("source", "Sursa")

    class Meta(PortalResource.Meta):
        abstract = False
        model = OrganisationName
        import_id_fields: tuple[str, ...] = ("organisation", "kind", "name")
        fields = ("organisation", "name", "kind", "valid_from", "valid_to", "source")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("organisation")


class MembershipExport(PortalResource):
    """A member of a structure a row: a county by its code or a unit by its SIRUTA code."""

    structure = Field(
        attribute="structure",
        column_name="Structura (acronim)",
        widget=CodeWidget(
            AssociativeStructure, "acronym", _("There is no structure with the acronym “%(code)s”.")
        ),
    )
    county = Field(attribute="county", column_name="Cod județ", widget=county_widget())
    uat = Field(attribute="uat", column_name="Cod SIRUTA", widget=uat_widget())
    since = Field(attribute="since", column_name="Din", widget=DayWidget())
    until = Field(attribute="until", column_name="Până la", widget=DayWidget())
    source = text_field("source", "Sursa")
    member_name = Field(column_name="Denumirea membrului", readonly=True)

    class Meta(PortalResource.Meta):
        abstract = False
        model = StructureMembership
        import_id_fields: tuple[str, ...] = ("structure", "county", "uat")
        fields = ("structure", "county", "uat", "since", "until", "source", "member_name")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("structure", "county", "uat__county")

    def dehydrate_member_name(self, membership: StructureMembership) -> str:
        return str(membership.uat or membership.county or "")
