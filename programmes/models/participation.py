"""Who takes part in an edition: promoters by mandate, associative structures as partners."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.constraints import dates_in_order
from programmes.models.edition import Edition


class Mandate(models.Model):
    """An organisation's mandate as promoter of an edition (row P5).

    It comes from the selection alone; co-organising a videoconference neither gives nor proves it (D1: in 2021
    the sources state 19 promoters and name 20 co-organisers).
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="mandates", verbose_name=_("edition"))
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="mandates", verbose_name=_("organisation")
    )
    home_region = models.ForeignKey(
        "territory.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("home region"),
    )
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended early"), max_length=300, blank=True)
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The decision or document that gives it.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("promoter's mandate")
        verbose_name_plural = _("promoters' mandates")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "organisation"],
                name="mandate_once",
                violation_error_message=_("The organisation has a mandate in this edition already."),
            ),
            dates_in_order("mandate_dates_in_order", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.edition}"


class EditionPartner(models.Model):
    """An associative structure that is an official partner of an edition (row P6)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="partners", verbose_name=_("edition"))
    structure = models.ForeignKey(
        "organisations.AssociativeStructure",
        models.PROTECT,
        related_name="partnerships",
        verbose_name=_("structure"),
    )
    role = models.CharField(_("role"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("official partner")
        verbose_name_plural = _("official partners")
        ordering = ["structure__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "structure"],
                name="edition_partner_once",
                violation_error_message=_("The structure is a partner of this edition already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.structure} – {self.edition}"
