"""Other names under which places are known."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.territory.models.base import search_text_field
from core.territory.models.county import County
from core.territory.models.region import Region
from core.territory.models.uat import Uat


class PlaceAlias(models.Model):
    """Another name of one region, county or unit: old spellings, short forms of documents, SMS words."""

    region = models.ForeignKey(
        Region,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=_("region"),
    )
    county = models.ForeignKey(
        County,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=_("county"),
    )
    uat = models.ForeignKey(
        Uat,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=_("administrative unit (UAT)"),
    )
    name = models.CharField(_("name"), max_length=100)
    note = models.CharField(_("note"), max_length=200, blank=True)
    search_text = search_text_field()

    class Meta:
        verbose_name = _("other name of a place")
        verbose_name_plural = _("other names of places")
        ordering = ("name",)
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="territory_alias_search")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False, county__isnull=True, uat__isnull=True)
                | Q(region__isnull=True, county__isnull=False, uat__isnull=True)
                | Q(region__isnull=True, county__isnull=True, uat__isnull=False),
                name="territory_placealias_of_one_place",
                violation_error_message=_("Another name belongs to exactly one place."),
            ),
            models.CheckConstraint(condition=~Q(search_text=""), name="territory_placealias_has_letters"),
            models.UniqueConstraint(
                fields=["region", "search_text"], name="territory_placealias_once_a_region"
            ),
            models.UniqueConstraint(
                fields=["county", "search_text"], name="territory_placealias_once_a_county"
            ),
            models.UniqueConstraint(fields=["uat", "search_text"], name="territory_placealias_once_a_uat"),
        ]

    def __str__(self) -> str:
        return self.name
