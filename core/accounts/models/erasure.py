"""That a person is to be forgotten, or was: when, why, and by when it may be taken back."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import ErasureCause


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def open(self) -> Self:
        """Neither made nor taken back."""
        return self.filter(done_at=None, cancelled_at=None)

    def due(self, now: Any) -> Self:
        """Open ones whose day has come; after a long absence only those of which the person was reminded."""
        ready = ~Q(cause=ErasureCause.INACTIVITY) | Q(reminded_at__isnull=False)
        return self.open().filter(ready, due_at__lte=now)


class Erasure(models.Model):
    """One erasure of a person; when it is made the person's row is deleted and this one names nobody.

    It stays as the proof that a request was met (GDPR, art. 12 (3)). ``left`` names columns in which the erased
    address still stands, for staff to look at: an eraser was forgotten there.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="erasures",
        verbose_name=_("person"),
    )
    cause = models.CharField(_("cause"), max_length=12, choices=ErasureCause)
    asked_at = models.DateTimeField(_("asked for on"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    due_at = models.DateTimeField(_("to be made on"))
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("taken back on"), null=True, blank=True)
    done_at = models.DateTimeField(_("made on"), null=True, blank=True)
    left: models.JSONField[list[str], Any] = models.JSONField(
        _("where the address still stands"), default=list, blank=True
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure of a person")
        verbose_name_plural = _("erasures of people")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(done_at=None, cancelled_at=None),
                name="accounts_erasure_one_open",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(cancelled_at=None, user=None),
                name="accounts_erasure_done_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("asked_at")), name="accounts_erasure_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}, {timezone.localtime(self.asked_at):%d.%m.%Y}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.cancelled_at is None
