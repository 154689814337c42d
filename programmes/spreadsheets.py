"""Columns of the files of mandates."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.admin.resources import CodeWidget, DayWidget, PortalResource, text_field
from core.territory.models import Region
from organisations.spreadsheets import organisation_widget
from programmes.models import Edition, Mandate


def edition_widget() -> CodeWidget:
    return CodeWidget(Edition, "year", _("There is no edition of the year “%(code)s”."))


class MandateExport(PortalResource):
    """A mandate a row: the edition by its year, the organisation by its address."""

    edition = Field(attribute="edition", column_name="Ediția (anul)", widget=edition_widget())
    organisation = Field(
        attribute="organisation", column_name="Organizația (adresa)", widget=organisation_widget()
    )
    home_region = Field(
        attribute="home_region",
        column_name="Regiunea (adresa)",
        widget=CodeWidget(Region, "slug", _("There is no region with the address “%(code)s”.")),
    )
    starts_on = Field(attribute="starts_on", column_name="De la", widget=DayWidget())
    ends_on = Field(attribute="ends_on", column_name="Până la", widget=DayWidget())
    end_reason = text_field("end_reason", "Motivul încetării")
    source = text_field("source", "Sursa")
    organisation_name = Field(column_name="Denumirea organizației", readonly=True)

    class Meta(PortalResource.Meta):
        abstract = False
        model = Mandate
        import_id_fields = ("edition", "organisation")
        fields = (
            "edition",
            "organisation",
            "home_region",
            "starts_on",
            "ends_on",
            "end_reason",
            "source",
            "organisation_name",
        )

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("edition", "organisation", "home_region")

    def dehydrate_organisation_name(self, mandate: Mandate) -> str:
        return mandate.organisation.display_name if mandate.organisation_id else ""
