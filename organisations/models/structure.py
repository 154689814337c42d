"""The four associative structures of local government and their members."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.accounts.fields import LowerCaseEmailField
from core.constraints import county_or_uat, dates_in_order
from organisations.choices import Represents


class AssociativeStructure(models.Model):
    """UNCJR, AMR, AOR or ACoR: speaks for one kind of local government (OUG 57/2019, row P6).

    ``declared_members`` is what the structure says of itself, with its source; the members known to the portal
    are rows of :class:`StructureMembership`, never computed from the kind.
    """

    acronym = models.CharField(_("acronym"), max_length=16, unique=True)
    slug = models.SlugField(_("address"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    represents = models.CharField(_("represents"), max_length=16, choices=Represents, unique=True)
    organisation = models.OneToOneField(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="structure",
        verbose_name=_("organisation in the registry"),
    )
    founded_in = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    declared_members = models.PositiveIntegerField(_("members, as declared"), null=True, blank=True)
    declared_source = models.CharField(_("source of the declared number"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("associative structure")
        verbose_name_plural = _("associative structures")
        ordering = ["position", "acronym"]
        constraints = [
            models.CheckConstraint(
                condition=Q(declared_members__isnull=True) | ~Q(declared_source=""),
                name="structure_declared_has_source",
                violation_error_message=_("A declared number needs its source."),
            )
        ]

    def __str__(self) -> str:
        return self.acronym

    def get_absolute_url(self) -> str:
        return reverse("organisations:structure_detail", args=[self.slug])


class StructureMembershipQuerySet(models.QuerySet["StructureMembership"]):
    def present(self) -> Self:
        """Members today; a membership whose end is known and still to come counts."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()))


class StructureMembership(models.Model):
    """A county or UAT that is a member of a structure, from a date to a date, with its source."""

    structure = models.ForeignKey(
        AssociativeStructure, models.CASCADE, related_name="memberships", verbose_name=_("structure")
    )
    county = models.ForeignKey(
        "territory.County", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county")
    )
    uat = models.ForeignKey(
        "territory.Uat",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="structure_memberships",
        verbose_name=_("UAT"),
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    email = LowerCaseEmailField(
        _("e-mail address"), blank=True, help_text=_("Where invitations to meetings go; never shown.")
    )
    source = models.CharField(_("source"), max_length=200)

    objects = StructureMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a structure")
        verbose_name_plural = _("members of a structure")
        constraints = [
            county_or_uat("structure_member_county_or_uat"),
            models.UniqueConstraint(
                fields=["structure", "uat"], condition=Q(until__isnull=True), name="structure_member_uat_once"
            ),
            models.UniqueConstraint(
                fields=["structure", "county"],
                condition=Q(until__isnull=True),
                name="structure_member_county_once",
            ),
            dates_in_order("structure_member_dates_in_order", "since", "until"),
        ]

    def __str__(self) -> str:
        return f"{self.structure} – {self.uat or self.county}"


class StructureRepresentative(models.Model):
    """A person who acts for an associative structure."""

    structure = models.ForeignKey(
        AssociativeStructure, models.CASCADE, related_name="representatives", verbose_name=_("structure")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="represented_structures",
        verbose_name=_("person"),
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("representative of a structure")
        verbose_name_plural = _("representatives of a structure")
        constraints = [
            models.UniqueConstraint(fields=["structure", "user"], name="structure_representative_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.structure}"
