"""Countries and the development regions in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.territory.models.base import PlaceQuerySet, order_key_field, search_text_field


class Country(models.Model):
    """A country in which the portal knows places."""

    code = models.CharField(
        _("code"), max_length=2, primary_key=True, help_text=_("Two letters, as in ISO 3166-1.")
    )
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex="^[A-Z]{2}$"), name="territory_country_code_of_iso"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return self.name_en if get_language() == "en" else self.name


class Region(models.Model):
    """A region for statistics and development (NUTS 2 in Romania); no administrative unit."""

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="regions", verbose_name=_("country")
    )
    code = models.CharField(_("NUTS code"), max_length=8)
    ins_code = models.CharField(_("INS code"), max_length=4, blank=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    search_text = search_text_field()
    order_key = order_key_field()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("development region")
        verbose_name_plural = _("development regions")
        ordering = ("order_key",)
        constraints = [
            models.UniqueConstraint(fields=["country", "code"], name="territory_region_code_unique"),
            # The target of the composite keys that keep a place inside one country.
            models.UniqueConstraint(fields=["id", "country"], name="territory_region_with_country"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return self.name_en if self.name_en and get_language() == "en" else self.name
