"""The board of themes: what organisations propose for an edition, and in which order each of them wants it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from videoconferences.choices import ProposalStatus
from videoconferences.models.videoconference import Theme

MOST_RANKED = 5


class ThemeProposalQuerySet(models.QuerySet["ThemeProposal"]):
    def on_the_board(self) -> Self:
        """What everybody sees: open proposals, and those answered."""
        return self.exclude(status=ProposalStatus.WITHDRAWN)


class ThemeProposal(models.Model):
    """A theme that an organisation proposes for an edition; ``answer`` says why it was taken or not (row V9)."""

    edition = models.ForeignKey(
        "programmes.Edition", models.CASCADE, related_name="theme_proposals", verbose_name=_("edition")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        related_name="theme_proposals",
        verbose_name=_("organisation"),
    )
    title = models.CharField(_("theme"), max_length=200)
    why = models.TextField(_("why it matters"), max_length=2000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    status = models.CharField(
        _("state"), max_length=12, choices=ProposalStatus, default=ProposalStatus.PROPOSED
    )
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("taken as"),
    )
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    history = HistoricalRecords()
    objects = ThemeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed theme")
        verbose_name_plural = _("proposed themes")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="theme_proposal_has_title"),
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.TAKEN) | Q(theme__isnull=False),
                name="theme_proposal_taken_as_theme",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ProposalStatus.TAKEN, ProposalStatus.DECLINED])
                | Q(answered_at__isnull=False),
                name="theme_proposal_answer_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ThemeRank(models.Model):
    """The place that an organisation gives a proposal among its own choices of an edition: 1 is the most wanted."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        related_name="theme_ranks",
        verbose_name=_("organisation"),
    )
    edition = models.ForeignKey(
        "programmes.Edition", models.CASCADE, related_name="theme_ranks", verbose_name=_("edition")
    )
    proposal = models.ForeignKey(
        ThemeProposal, models.CASCADE, related_name="ranks", verbose_name=_("proposed theme")
    )
    place = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("rank of a theme")
        verbose_name_plural = _("ranks of themes")
        ordering = ["organisation", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "edition", "place"],
                name="theme_rank_place_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["organisation", "proposal"], name="theme_rank_once"),
            models.CheckConstraint(condition=Q(place__range=(1, MOST_RANKED)), name="theme_rank_place_known"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.proposal}"
