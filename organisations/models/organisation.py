"""The registry's record of an organisation."""

import re
from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.text import Fold, OrderKey, fold
from organisations.choices import PUBLIC_STATUSES, RESERVED_SLUGS, Kind, LegalForm, Level, RegisterStatus

MAX_SEARCH_WORDS = 8
# A CUI as people write it: "RO 185 472 90", "18547290".
_WRITTEN_CUI = re.compile(r"(?:ro ?)?([0-9][0-9 ]{1,14})")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> Self:
        """Organisations that anybody may see."""
        return self.filter(register_status__in=PUBLIC_STATUSES)

    def visible_to(self, user: object) -> Self:
        """Organisations that this person may see: staff all, members their own too, anybody the public ones."""
        if getattr(user, "is_staff", False):
            return self
        if getattr(user, "is_authenticated", False):
            return self.filter(
                Q(register_status__in=PUBLIC_STATUSES)
                | Q(
                    pk__in=self.model._default_manager.filter(
                        memberships__user_id=getattr(user, "pk", 0)
                    ).values("pk")
                )
            )
        return self.public()

    def of_person(self, user: object) -> Self:
        """Organisations for which this person acts; no role of staff opens another one's own pages."""
        own = self.model._default_manager.filter(memberships__user_id=getattr(user, "pk", None) or 0)
        return self.filter(pk__in=own.values("pk"))

    def named_like(self, text: str) -> Self:
        """Those whose names or CUI hold each word of ``text``, in any spelling of diacritics, whole or in part."""
        folded = fold(text)
        if not folded and any(map(str.isalpha, text)):
            # Letters that folding leaves out (Cyrillic, Greek): as they are written, in either case.
            return self.filter(
                Q(legal_name__icontains=text)
                | Q(public_name__icontains=text)
                | Q(other_names__icontains=text)
            )
        condition = Q()
        for word in folded.split()[:MAX_SEARCH_WORDS]:
            condition &= Q(search_text__contains=word)
        written_cui = _WRITTEN_CUI.fullmatch(folded)
        if written_cui:
            condition |= Q(cui__contains=written_cui[1].replace(" ", ""))
        return self.filter(condition)

    def in_order(self) -> Self:
        """Romanian alphabetical order; the key separates namesakes."""
        return self.order_by("order_key", "pk")


class Organisation(models.Model):
    """An organisation as the registry knows it; namesakes are separate records, branches and units point upwards.

    The seat's UAT and county agree (a composite foreign key refuses anything else); what a source leaves open
    stays empty. ``other_names`` is kept by the database from :class:`OrganisationName`, and with it the folded
    search text and the order key.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.LEGAL_PERSON)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The legal person to which a branch or unit belongs."),
    )
    legal_name = models.CharField(_("legal name"), max_length=300)
    public_name = models.CharField(
        _("public name"),
        max_length=300,
        blank=True,
        help_text=_("The name people use, when it differs."),
    )
    acronym = models.CharField(_("acronym"), max_length=60, blank=True)
    slug = models.SlugField(
        _("address"), max_length=120, unique=True, help_text=_("Last part of the page's address.")
    )
    legal_form = models.CharField(_("legal form"), max_length=32, choices=LegalForm, blank=True)
    cui = models.CharField(
        _("CUI"),
        max_length=10,
        blank=True,
        help_text=_("Fiscal identification code, digits only."),
    )
    national_register_number = models.CharField(
        _("number in the National Register of NGOs"),
        max_length=60,
        blank=True,
        help_text=_("As in 123/A/2020. Several organisations may share one number."),
    )
    court_register_number = models.CharField(_("number in the court's register"), max_length=60, blank=True)
    court_register_date = models.DateField(_("date in the court's register"), null=True, blank=True)
    court = models.CharField(_("court"), max_length=120, blank=True)
    seat = models.ForeignKey(
        "territory.Uat",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seated_organisations",
        verbose_name=_("seat: locality"),
    )
    county = models.ForeignKey(
        "territory.County",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seated_organisations",
        verbose_name=_("seat: county"),
    )
    level = models.CharField(_("level of activity"), max_length=16, choices=Level, blank=True)
    activity_counties = models.ManyToManyField(
        "territory.County",
        blank=True,
        related_name="active_organisations",
        verbose_name=_("counties of activity"),
    )
    domains = models.ManyToManyField("organisations.Domain", blank=True, verbose_name=_("domains"))
    beneficiaries = models.ManyToManyField(
        "organisations.BeneficiaryGroup", blank=True, verbose_name=_("beneficiaries")
    )
    goals = models.ManyToManyField(
        "organisations.SustainableGoal", blank=True, verbose_name=_("sustainable development goals")
    )
    summary = models.TextField(_("what it does"), max_length=2000, blank=True)
    logo = models.FileField(
        _("logo"),
        upload_to="organisations/logos/",
        blank=True,
        help_text=_("A picture that the portal has checked and drawn again."),
    )
    register_status = models.CharField(
        _("state in the registry"), max_length=16, choices=RegisterStatus, default=RegisterStatus.DRAFT
    )
    listed_on = models.DateField(_("listed on"), null=True, blank=True)
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Where the record comes from, as shown to readers."),
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Made up for the demonstration.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    other_names = models.TextField(editable=False, blank=True, default="", db_default="")
    search_text = models.GeneratedField(
        expression=Fold(
            Concat(
                "legal_name",
                Value(" "),
                "public_name",
                Value(" "),
                "acronym",
                Value(" "),
                "other_names",
                Value(" "),
                "cui",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    order_key = models.GeneratedField(
        expression=OrderKey(Coalesce(NullIf("public_name", Value("")), "legal_name")),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    history = HistoricalRecords(excluded_fields=["search_text", "order_key", "other_names", "updated_at"])
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["order_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cui"],
                # A refused enrolment must not keep the code from its true owner.
                condition=~Q(cui="") & ~Q(register_status=RegisterStatus.REJECTED),
                name="organisation_cui_once",
                violation_error_message=_("An organisation with this CUI is already in the registry."),
            ),
            models.CheckConstraint(
                condition=Q(cui="") | Q(cui__regex=r"^[1-9][0-9]{1,9}$"),
                name="organisation_cui_digits",
                violation_error_message=_("The CUI has 2 to 10 digits."),
            ),
            models.CheckConstraint(condition=~Q(legal_name=""), name="organisation_has_name"),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="organisation_slug_not_reserved",
                violation_error_message=_("This address belongs to a page of the registry."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.LEGAL_PERSON, parent__isnull=True) | ~Q(kind=Kind.LEGAL_PERSON),
                name="organisation_legal_person_stands_alone",
                violation_error_message=_("A legal person is not part of another organisation."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="organisation_not_own_parent",
                violation_error_message=_("An organisation cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=~Q(register_status=RegisterStatus.LISTED) | Q(listed_on__isnull=False),
                name="organisation_listed_has_date",
                violation_error_message=_("A listed organisation has the date of its listing."),
            ),
        ]
        indexes = [
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="organisation_search"),
            models.Index(
                fields=["order_key", "id"],
                name="organisation_order",
                condition=Q(register_status__in=PUBLIC_STATUSES),
            ),
            models.Index(fields=["county", "order_key", "id"], name="organisation_county_order"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.slug])

    @property
    def display_name(self) -> str:
        """The name to show: the public one, else the legal one."""
        return self.public_name or self.legal_name

    @property
    def is_public(self) -> bool:
        return self.register_status in PUBLIC_STATUSES

    def clean(self) -> None:
        """Says in words what the database refuses: a seat outside the county."""
        super().clean()
        if self.seat and self.county_id and self.seat.county_id != self.county_id:
            raise ValidationError({"seat": _("This locality is not in the county of the seat.")})
        if self.pk and self._stands_above(self.parent):
            raise ValidationError({"parent": _("An organisation cannot be part of itself.")})

    def _stands_above(self, part: "Organisation | None") -> bool:
        """Whether going up from ``part`` leads here; a circle of others ends the way."""
        passed: set[int] = set()
        while part is not None and part.pk not in passed:
            if part.pk == self.pk:
                return True
            passed.add(part.pk)
            part = part.parent
        return False
