"""Promoters' mandates; they come from the selection alone."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter

from core.admin import ExchangeMixin, PortalAdmin
from programmes.imports import MandateImport
from programmes.models import Mandate
from programmes.spreadsheets import MandateExport


@admin.register(Mandate)
class MandateAdmin(ExchangeMixin, PortalAdmin):
    export_resource = MandateExport
    import_resource = MandateImport
    list_display = ("organisation", "edition", "home_region", "starts_on", "ends_on", "source")
    list_select_related = ("organisation", "edition", "home_region")
    list_filter = (
        ("edition", RelatedDropdownFilter),
        ("home_region", RelatedDropdownFilter),
        ("organisation__county", AutocompleteSelectFilter),
    )
    search_fields = ("organisation__search_text",)
    search_help_text = _("Name of the organisation, in any spelling")
    ordering = ("-edition__year", "organisation__order_key", "pk")
    autocomplete_fields = ("edition", "organisation", "home_region")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("edition", "organisation"),
                    "home_region",
                    ("starts_on", "ends_on"),
                    "end_reason",
                    "source",
                ),
                "description": _(
                    "A mandate is recorded from the decision of the selection. Co-organising a videoconference does "
                    "not give one, nor prove it."
                ),
            },
        ),
    )

    def get_changeform_initial_data(self, request: Any) -> dict[str, Any]:
        newest = self.opts.get_field("edition").remote_field.model.objects.order_by("-year").first()
        return {"edition": newest and newest.pk, **super().get_changeform_initial_data(request)}
