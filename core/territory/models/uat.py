"""Administrative units and the types they had over time."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from core.constraints import dates_in_order
from core.territory.choices import BASE_TYPES, UatType
from core.territory.models.base import (
    CurrentPlaceQuerySet,
    all_words_in,
    order_key_field,
    search_text_field,
)
from core.territory.models.county import County
from core.territory.models.region import Country, Region


class UatQuerySet(CurrentPlaceQuerySet):
    def base_level(self) -> Self:
        """The units that count as UATs: municipalities, towns and communes, without the sectors."""
        return self.filter(type__in=BASE_TYPES)

    def with_county(self) -> Self:
        """With what a list needs to show a place: never a unit without its county."""
        return self.select_related("county")

    def in_order(self) -> Self:
        """By Romanian alphabetical order; namesakes by county."""
        return self.order_by("order_key", "county__order_key", "pk")

    def named(self, words: list[str]) -> Q:
        """As for all places; of two words or more some may belong to the county ("viisoara cluj")."""
        found = super().named(words)
        if len(words) > 1:
            in_name = Q(*(("search_text__contains", word) for word in words), _connector=Q.OR)
            found |= in_name & all_words_in(words, "search_text", "county__search_text")
        return found


class Uat(models.Model):
    """An administrative unit: municipality, town, commune; a sector of Bucharest under its municipality.

    ``code`` is the official one (SIRUTA in Romania, SURS in Slovenia). ``type`` repeats the open
    ``UatTypePeriod`` for lists; the database refuses to commit the two apart.
    """

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="uats", verbose_name=_("country")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="uats", verbose_name=_("development region")
    )
    county = models.ForeignKey(
        County,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uats",
        verbose_name=_("county"),
        help_text=_("Empty only where municipalities have no county, as in Slovenia."),
    )
    code = models.CharField(_("official code"), max_length=10)
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("address"), max_length=120)
    type = models.CharField(_("type"), max_length=20, choices=UatType.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sectors",
        verbose_name=_("municipality of the sector"),
    )
    is_county_seat = models.BooleanField(_("county seat"), default=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    raw_name = models.CharField(_("name as printed in the source"), max_length=120, blank=True)
    search_text = search_text_field()
    order_key = order_key_field()

    objects = UatQuerySet.as_manager()

    class Meta:
        verbose_name = _("administrative unit (UAT)")
        verbose_name_plural = _("administrative units (UAT)")
        ordering = ("order_key", "pk")
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="territory_uat_search"),
            models.Index(fields=["county", "order_key"], name="territory_uat_in_county"),
            models.Index(fields=["order_key"], name="territory_uat_order"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["country", "code"], name="territory_uat_code_unique"),
            models.UniqueConstraint(fields=["county", "slug"], name="territory_uat_slug_unique_in_county"),
            models.UniqueConstraint(
                fields=["country", "slug"],
                condition=Q(county__isnull=True),
                name="territory_uat_slug_unique_without_county",
            ),
            # The target of composite keys of tables that keep a unit and its county side by side.
            models.UniqueConstraint(fields=["id", "county"], name="territory_uat_with_county"),
            models.UniqueConstraint(
                fields=["county"],
                condition=Q(is_county_seat=True, valid_to__isnull=True),
                name="territory_uat_one_seat_a_county",
            ),
            models.CheckConstraint(
                condition=Q(type=UatType.SECTOR, parent__isnull=False)
                | (~Q(type=UatType.SECTOR) & Q(parent__isnull=True)),
                name="territory_uat_sector_has_parent",
            ),
            models.CheckConstraint(
                condition=~Q(country="RO") | Q(county__isnull=False), name="territory_uat_county_in_romania"
            ),
            dates_in_order("territory_uat_dates_in_order", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        """The name with the county; load the county with it (``with_county``)."""
        return f"{self.name}, {self.county.name}" if self.county else self.name

    @property
    def full_name(self) -> str:
        """The name with its kind: "comuna Fântânele"."""
        match self.type:
            case UatType.MUNICIPIU:
                return now("Municipality of %(name)s") % {"name": self.name}
            case UatType.ORAS:
                return now("Town of %(name)s") % {"name": self.name}
            case UatType.COMUNA:
                return now("Commune of %(name)s") % {"name": self.name}
            case _:
                return self.name


class UatTypePeriod(models.Model):
    """A time during which a unit was of one type: a town can become a commune, a commune a town."""

    uat = models.ForeignKey(
        Uat,
        on_delete=models.PROTECT,
        related_name="type_periods",
        verbose_name=_("administrative unit (UAT)"),
    )
    type = models.CharField(_("type"), max_length=20, choices=UatType.choices)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("type over time")
        verbose_name_plural = _("types over time")
        ordering = ("uat", F("valid_from").asc(nulls_first=True))
        constraints = [
            ExclusionConstraint(
                name="territory_uattypeperiod_no_overlap",
                expressions=[
                    ("uat", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_to",
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("The unit has another type at that time."),
            ),
            models.UniqueConstraint(
                fields=["uat"], condition=Q(valid_to__isnull=True), name="territory_uattypeperiod_one_open"
            ),
            dates_in_order("territory_uattypeperiod_dates_in_order", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        return self.get_type_display()
