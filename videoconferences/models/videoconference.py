"""A videoconference of an edition: number, regions, themes, co-organisers; its gathering is a Meeting."""

from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.vocabulary import Term
from meetings.choices import PUBLIC_MEETING_STATUSES
from programmes.choices import PUBLIC_EDITION_STATUSES
from videoconferences.choices import ThemeGroup, ThemeRole


class Theme(Term):
    """A theme of debate, as the calendar of 2021 lists them or as organisations propose it."""

    group = models.CharField(_("group"), max_length=16, choices=ThemeGroup, default=ThemeGroup.PROPOSED)

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class VideoconferenceQuerySet(models.QuerySet["Videoconference"]):
    def public(self) -> Self:
        """Videoconferences that anybody may see."""
        return self.filter(
            meeting__status__in=PUBLIC_MEETING_STATUSES, edition__status__in=PUBLIC_EDITION_STATUSES
        )

    def visible_to(self, user: object) -> Self:
        """Staff see drafts too."""
        return self if getattr(user, "is_staff", False) else self.public()

    def planned_by(self, user: Any) -> Self:
        """Those whose plan this person keeps: all for the editorial team, else those of their own organisations."""
        if user.has_perm("videoconferences.change_videoconference"):
            return self
        own = CoOrganiser.objects.filter(organisation__memberships__user_id=user.pk or 0)
        return self.filter(pk__in=own.values("videoconference"))

    def in_order(self) -> Self:
        """By date, then number."""
        return self.order_by("meeting__on_date", "meeting__starts_at", "number")


class Videoconference(models.Model):
    """One regional videoconference; regions are its own, whatever the co-organisers' home regions are (D23)."""

    edition = models.ForeignKey(
        "programmes.Edition", models.PROTECT, related_name="videoconferences", verbose_name=_("edition")
    )
    part = models.ForeignKey(
        "programmes.EditionPart",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="videoconferences",
        verbose_name=_("part of the edition"),
    )
    meeting = models.OneToOneField(
        "meetings.Meeting", models.PROTECT, related_name="videoconference", verbose_name=_("meeting")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    regions = models.ManyToManyField(
        "territory.Region", related_name="videoconferences", blank=True, verbose_name=_("development regions")
    )
    counties = models.ManyToManyField(
        "territory.County",
        related_name="videoconferences",
        blank=True,
        verbose_name=_("counties"),
        help_text=_("Only when it is meant for some counties of a region."),
    )
    themes = models.ManyToManyField(
        Theme,
        through="videoconferences.VideoconferenceTheme",
        related_name="videoconferences",
        blank=True,
        verbose_name=_("themes"),
    )
    central_theme = models.TextField(
        _("central theme"),
        blank=True,
        help_text=_("Only when it differs from the theme of the edition's part."),
    )
    regions_as_printed = models.CharField(_("regions, as printed"), max_length=200, blank=True)
    co_organisers = models.ManyToManyField(
        "organisations.Organisation",
        through="videoconferences.CoOrganiser",
        related_name="videoconferences",
        blank=True,
        verbose_name=_("co-organisers"),
    )

    history = HistoricalRecords()
    objects = VideoconferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("videoconference")
        verbose_name_plural = _("videoconferences")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="videoconference_number_once",
                violation_error_message=_("The edition has a videoconference with this number already."),
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="videoconference_number_positive"),
        ]

    def __str__(self) -> str:
        return self.meeting.title

    def get_absolute_url(self) -> str:
        return reverse("videoconferences:detail", args=[self.edition.year, self.number])


class CoOrganiser(models.Model):
    """An organisation that co-organises a videoconference, with its name as the calendar prints it (D18 to D22)."""

    videoconference = models.ForeignKey(
        Videoconference, models.CASCADE, related_name="co_organiser_links", verbose_name=_("videoconference")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        related_name="co_organised_links",
        verbose_name=_("organisation"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name_as_printed = models.CharField(_("name as printed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("co-organiser")
        verbose_name_plural = _("co-organisers")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["videoconference", "organisation"],
                name="co_organiser_once",
                violation_error_message=_("The organisation co-organises this videoconference already."),
            )
        ]

    def __str__(self) -> str:
        return self.name_as_printed or str(self.organisation)


class VideoconferenceTheme(models.Model):
    """A theme on a videoconference's agenda."""

    videoconference = models.ForeignKey(
        Videoconference, models.CASCADE, related_name="theme_links", verbose_name=_("videoconference")
    )
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+", verbose_name=_("theme"))
    role = models.CharField(_("role"), max_length=16, choices=ThemeRole, default=ThemeRole.OTHER)
    reason = models.CharField(
        _("why it is on the agenda"), max_length=300, blank=True, help_text=_("Shown to everybody.")
    )

    class Meta:
        verbose_name = _("theme of the videoconference")
        verbose_name_plural = _("themes of the videoconference")
        constraints = [
            models.UniqueConstraint(fields=["videoconference", "theme"], name="videoconference_theme_once")
        ]

    def __str__(self) -> str:
        return str(self.theme)
