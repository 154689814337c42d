"""Places are read here; the official file changes them (command ``load_territory``). Other names are kept by staff."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
)

from core.admin import PortalAdmin, ReadOnlyAdmin, ReadOnlyInline
from core.territory.models import Country, County, PlaceAlias, Region, TerritoryLoad, Uat, UatTypePeriod


class AliasInline(ReadOnlyInline):
    """Other names; each is changed on its own page."""

    model = PlaceAlias
    fields = ("name", "note")
    show_change_link = True


class TypePeriodInline(ReadOnlyInline):
    model = UatTypePeriod
    fields = ("type", "valid_from", "valid_to")


class PlaceAdmin(ReadOnlyAdmin):
    """The official columns, with other names beside them."""

    inlines = (AliasInline,)
    search_fields = ("search_text", "aliases__search_text")
    search_help_text = _("Name, in any spelling")


@admin.register(Country)
class CountryAdmin(ReadOnlyAdmin):
    list_display = ("name", "code")
    search_fields = ("name", "name_en")


@admin.register(Region)
class RegionAdmin(PlaceAdmin):
    list_display = ("name", "code", "country")
    list_select_related = ("country",)
    list_filter = (("country", RelatedDropdownFilter),)
    fields = (("name", "name_en"), ("country", "code", "ins_code"), "slug")


@admin.register(County)
class CountyAdmin(PlaceAdmin):
    list_display = ("name", "code", "region", "siruta_county")
    list_select_related = ("region",)
    list_filter = (("region", RelatedDropdownFilter), ("country", RelatedDropdownFilter))
    fields = (
        ("name", "code", "iso_code"),
        ("country", "region"),
        ("siruta_county", "siruta_jud", "nuts3"),
        ("valid_from", "valid_to"),
    )


@admin.register(Uat)
class UatAdmin(PlaceAdmin):
    list_display = ("name", "type", "county", "code", "is_county_seat")
    list_select_related = ("county",)
    list_filter = (
        ("type", ChoicesDropdownFilter),
        ("county", AutocompleteSelectFilter),
        ("region", RelatedDropdownFilter),
        ("is_county_seat", BooleanRadioFilter),
    )
    inlines = (AliasInline, TypePeriodInline)
    search_fields = ("search_text", "aliases__search_text", "county__search_text", "code")
    search_help_text = _("Name, county or SIRUTA code")
    ordering = ("order_key", "county__order_key", "pk")
    option_relations = ("county",)
    fields = (
        ("name", "type", "code"),
        ("county", "region", "country"),
        ("parent", "is_county_seat"),
        ("valid_from", "valid_to"),
        "raw_name",
    )

    def option_label(self, record: Any) -> str:
        return f"{record.full_name} ({record.county.name})" if record.county else record.full_name


@admin.register(PlaceAlias)
class PlaceAliasAdmin(PortalAdmin):
    list_display = ("name", "place", "note")
    list_select_related = ("region", "county", "uat__county")
    search_fields = ("search_text", "region__search_text", "county__search_text", "uat__search_text")
    search_help_text = _("The other name or the official one")
    autocomplete_fields = ("region", "county", "uat")
    fieldsets = (
        (None, {"fields": ("name", "note")}),
        (
            _("The place"),
            {
                "fields": ("region", "county", "uat"),
                "description": _("Choose one only: a region, a county or an administrative unit."),
            },
        ),
    )

    @admin.display(description=_("place"))
    def place(self, alias: PlaceAlias) -> str:
        return str(alias.region or alias.county or alias.uat)


@admin.register(TerritoryLoad)
class TerritoryLoadAdmin(ReadOnlyAdmin):
    list_display = ("as_of", "source", "loaded_at")
    search_fields = ("source",)
