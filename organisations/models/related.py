"""What belongs to an organisation: its other names, contacts, people and former addresses."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.constraints import dates_in_order
from core.text import Fold
from organisations.choices import ContactKind, MemberRole, NameKind


class OrganisationName(models.Model):
    """Another name of an organisation, with why it is known by it and who says so (rows O1 and O9)."""

    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="names", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=16, choices=NameKind, default=NameKind.ALIAS)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "name"],
                name="organisation_name_once",
                violation_error_message=_("The organisation has this name already."),
            ),
            dates_in_order("organisation_name_dates_in_order", "valid_from", "valid_to"),
        ]
        indexes = [models.Index(fields=["folded"], name="organisation_name_folded")]

    def __str__(self) -> str:
        return self.name


class OrganisationContact(models.Model):
    """A way to reach an organisation; public only where the organisation said so (row O4)."""

    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="contacts", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=ContactKind)
    value = models.CharField(_("contact"), max_length=300)
    is_public = models.BooleanField(
        _("shown to everybody"), default=False, help_text=_("Only with the organisation's agreement.")
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "value"], name="organisation_contact_once"
            )
        ]

    def __str__(self) -> str:
        return self.value


class Membership(models.Model):
    """A person who acts for an organisation; its history says who brought in and who took out whom."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=16, choices=MemberRole, default=MemberRole.MEMBER)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("person of an organisation")
        verbose_name_plural = _("people of an organisation")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="membership_once",
                violation_error_message=_("This person belongs to the organisation already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"


class FormerSlug(models.Model):
    """An address that an organisation's page once had; it redirects to the present one for ever."""

    slug = models.SlugField(_("former address"), max_length=120, unique=True)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        related_name="former_slugs",
        verbose_name=_("organisation"),
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
