"""An edition of the programme, its parts, phases and stated figures."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.constraints import dates_in_order
from core.numerals import GREATEST_NUMBER, edition_name
from programmes.choices import PUBLIC_EDITION_STATUSES, EditionStatus, FigureKind, Qualifier


class EditionQuerySet(models.QuerySet["Edition"]):
    def public(self) -> Self:
        """Editions that anybody may see: all that are announced, past ones for ever."""
        return self.filter(status__in=PUBLIC_EDITION_STATUSES)

    def visible_to(self, user: object) -> Self:
        """Staff see editions in preparation too."""
        return self if getattr(user, "is_staff", False) else self.public()


class Edition(models.Model):
    """One yearly edition of „Promotorii Voluntariatului în România”.

    Purpose and main objective are two fields: the 2021 form has both, and the sources quote one or the other
    (D6). The period is kept as stated beside the dates, since sources state months that no event bears out (D4).
    """

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    status = models.CharField(_("phase"), max_length=16, choices=EditionStatus, default=EditionStatus.DRAFT)
    purpose = models.TextField(_("purpose"), blank=True)
    main_objective = models.TextField(_("main objective"), blank=True)
    organiser = models.CharField(
        _("organiser"), max_length=200, default="Secretariatul General al Guvernului"
    )
    patronage = models.CharField(_("patronage"), max_length=200, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    period_as_stated = models.CharField(_("period, as stated"), max_length=200, blank=True)
    monthly_intro = models.TextField(
        _("introduction of the monthly activities"),
        blank=True,
        help_text=_("Printed in part II of the calendar."),
    )
    central_theme = models.TextField(_("central theme of debate"), blank=True)
    permanent_deadline = models.CharField(
        _("deadline of the permanent activities, as stated"), max_length=100, blank=True
    )
    handbook_planned = models.CharField(_("handbook planned for"), max_length=100, blank=True)
    handbook_published_on = models.DateField(_("handbook published on"), null=True, blank=True)
    is_example = models.BooleanField(
        _("made-up example"),
        default=False,
        editable=False,
        help_text=_("Only in the demo; left out of the figures of the programme."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["updated_at"])
    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2019, year__lte=2100),
                name="edition_year_plausible",
                violation_error_message=_("The programme began in 2019: check the year."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=GREATEST_NUMBER),
                name="edition_number_has_numeral",
                violation_error_message=_("Editions are numbered from 1 to 89."),
            ),
            dates_in_order("edition_dates_in_order", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        """ "Ediția a II-a (2021)", in the language of the page."""
        # A form that is shown again may hold a number that no edition can have.
        known = self.number is not None and 1 <= self.number <= GREATEST_NUMBER
        name = edition_name(self.number, get_language() or "ro") if known else str(self.number)
        return f"{capfirst(name)} ({self.year})"

    def get_absolute_url(self) -> str:
        return reverse("programmes:edition_detail", args=[self.year])

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC_EDITION_STATUSES


class EditionPhase(models.Model):
    """The moment at which an edition enters a phase by itself (row P1)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="phases", verbose_name=_("edition"))
    phase = models.CharField(
        _("phase"),
        max_length=16,
        choices=[choice for choice in EditionStatus.choices if choice[0] != "draft"],
    )
    opens_at = models.DateTimeField(_("opens"))

    class Meta:
        verbose_name = _("phase by date")
        verbose_name_plural = _("phases by date")
        ordering = ["opens_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "phase"],
                name="edition_phase_once",
                violation_error_message=_("The edition has a date for this phase already."),
            )
        ]

    def __str__(self) -> str:
        return self.get_phase_display()


class EditionPart(models.Model):
    """A part of an edition with its own period and central theme (D3, D5)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="parts", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("number"))
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    period_as_stated = models.CharField(_("period, as stated"), max_length=200, blank=True)
    central_theme = models.TextField(_("central theme"), blank=True)

    class Meta:
        verbose_name = _("part of the edition")
        verbose_name_plural = _("parts of the edition")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="edition_part_once"),
            dates_in_order("edition_part_dates_in_order", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return _t("%(edition)s, part %(number)s") % {"edition": self.edition, "number": self.number}


class StatedFigure(models.Model):
    """A figure that a document states about an edition, with its source; live figures stand beside it."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="stated_figures", verbose_name=_("edition")
    )
    kind = models.CharField(_("figure"), max_length=24, choices=FigureKind)
    qualifier = models.CharField(_("qualifier"), max_length=8, choices=Qualifier, default=Qualifier.EXACT)
    value = models.PositiveIntegerField(_("value"))
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("stated figure")
        verbose_name_plural = _("stated figures")
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="stated_figure_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"
