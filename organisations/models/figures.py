"""Yearly figures of an organisation (row O12): counts only, never a person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.choices import AgeGroup, Sex

MOST = 10_000_000


class YearlyFigures(models.Model):
    """What an organisation says of its volunteering in one year; an empty answer is "not said", never zero.

    Contract and register are those of Legea 78/2014, art. 11, as yes or no.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        related_name="figures",
        verbose_name=_("organisation"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    has_coordinator = models.BooleanField(_("has a coordinator of volunteers"), null=True, blank=True)
    keeps_contracts = models.BooleanField(_("signs volunteering contracts"), null=True, blank=True)
    keeps_register = models.BooleanField(_("keeps the volunteers' register"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saved by"),
    )

    class Meta:
        verbose_name = _("figures of a year")
        verbose_name_plural = _("figures by year")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"],
                name="yearly_figures_once",
                violation_error_message=_("The figures of this year are there already."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100), name="yearly_figures_year_sensible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.year}"


class VolunteerCount(models.Model):
    """Volunteers of one age group and sex in a year."""

    figures = models.ForeignKey(YearlyFigures, models.CASCADE, related_name="volunteers")
    age_group = models.CharField(_("age"), max_length=8, choices=AgeGroup)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    count = models.PositiveIntegerField(_("volunteers"))

    class Meta:
        verbose_name = _("number of volunteers")
        verbose_name_plural = _("numbers of volunteers")
        ordering = ["age_group", "sex"]
        constraints = [
            models.UniqueConstraint(fields=["figures", "age_group", "sex"], name="volunteer_count_once"),
            models.CheckConstraint(condition=Q(count__lte=MOST), name="volunteer_count_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.get_age_group_display()}, {self.get_sex_display()}: {self.count}"


class VolunteerHours(models.Model):
    """Hours of volunteering in one domain in a year."""

    figures = models.ForeignKey(YearlyFigures, models.CASCADE, related_name="hours")
    domain = models.ForeignKey(
        "organisations.Domain", models.PROTECT, related_name="+", verbose_name=_("domain")
    )
    hours = models.PositiveIntegerField(_("hours"))

    class Meta:
        verbose_name = _("hours of volunteering")
        verbose_name_plural = _("hours of volunteering")
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["figures", "domain"], name="volunteer_hours_once"),
            models.CheckConstraint(condition=Q(hours__lte=MOST), name="volunteer_hours_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.domain}: {self.hours}"
