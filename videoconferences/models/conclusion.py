"""What a videoconference concluded, one record a conclusion, to be used again in the handbook and the next edition."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.choices import ParticipantLevel
from videoconferences.choices import ConclusionKind, ConclusionStatus, FollowUp
from videoconferences.models.videoconference import Theme, Videoconference


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def public(self) -> Self:
        """Published ones of videoconferences that anybody may see."""
        return self.filter(
            status=ConclusionStatus.PUBLISHED, videoconference__in=Videoconference.objects.public()
        )


class Conclusion(models.Model):
    """One conclusion (row V8): what kind, about which theme, at which level, for whom, and what came of it."""

    videoconference = models.ForeignKey(
        Videoconference, models.PROTECT, related_name="conclusions", verbose_name=_("videoconference")
    )
    kind = models.CharField(_("kind"), max_length=24, choices=ConclusionKind)
    text = models.TextField(_("conclusion"), max_length=4000)
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conclusions",
        verbose_name=_("theme"),
    )
    level = models.CharField(_("level"), max_length=12, choices=ParticipantLevel, blank=True)
    addressee = models.CharField(
        _("addressee"),
        max_length=200,
        blank=True,
        help_text=_("Who is asked to act, for example a ministry."),
    )
    follow_up_state = models.CharField(_("follow-up"), max_length=12, choices=FollowUp, default=FollowUp.OPEN)
    follow_up = models.TextField(_("what was done"), max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    status = models.CharField(
        _("state"), max_length=12, choices=ConclusionStatus, default=ConclusionStatus.DRAFT
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    history = HistoricalRecords()
    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("conclusion")
        verbose_name_plural = _("conclusions")
        ordering = ["videoconference", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="conclusion_has_text"),
            models.CheckConstraint(
                condition=~Q(status=ConclusionStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="conclusion_publication_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"
