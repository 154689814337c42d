"""Counties: the 41 județe and Bucharest, later the powiaty of Poland."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from core.constraints import dates_in_order
from core.territory.models.base import (
    CurrentPlaceQuerySet,
    order_key_field,
    search_text_field,
)
from core.territory.models.region import Country, Region


class CountyQuerySet(CurrentPlaceQuerySet):
    def named(self, words: list[str]) -> Q:
        """As for all places, or a code: "bv" finds Brașov."""
        return super().named(words) | Q(slug="-".join(words))


class County(models.Model):
    """A county (județ), Bucharest, or a county-like unit of another country (powiat)."""

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="counties", verbose_name=_("country")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="counties", verbose_name=_("development region")
    )
    code = models.CharField(_("code"), max_length=8, help_text=_("Letters of number plates: BV."))
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=8, blank=True)
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=10)
    siruta_county = models.PositiveIntegerField(_("SIRUTA code"), null=True, blank=True)
    siruta_jud = models.PositiveSmallIntegerField(_("county number of SIRUTA"), null=True, blank=True)
    nuts3 = models.CharField(_("NUTS 3 code"), max_length=8, blank=True)
    tile_column = models.PositiveSmallIntegerField(_("column on the tile map"), null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(_("row on the tile map"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    search_text = search_text_field()
    order_key = order_key_field()

    objects = CountyQuerySet.as_manager()

    class Meta:
        verbose_name = _("county")
        verbose_name_plural = _("counties")
        ordering = ("order_key",)
        constraints = [
            models.UniqueConstraint(fields=["country", "code"], name="territory_county_code_unique"),
            models.UniqueConstraint(fields=["country", "slug"], name="territory_county_slug_unique"),
            models.UniqueConstraint(
                fields=["country", "siruta_jud"], name="territory_county_siruta_jud_unique"
            ),
            models.UniqueConstraint(fields=["id", "region"], name="territory_county_with_region"),
            models.UniqueConstraint(
                fields=["country", "tile_column", "tile_row"], name="territory_county_tile_unique"
            ),
            models.CheckConstraint(
                condition=Q(tile_column__isnull=True, tile_row__isnull=True)
                | Q(tile_column__isnull=False, tile_row__isnull=False),
                name="territory_county_tile_whole",
            ),
            dates_in_order("territory_county_dates_in_order", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name with its kind: "județul Brașov", "municipiul București"."""
        if (self.country_id, self.code) == ("RO", "B"):
            return now("Municipality of Bucharest")
        if self.country_id == "RO":
            return now("%(name)s county") % {"name": self.name}
        return self.name
