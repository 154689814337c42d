"""What staff wrote in the place of the portal's own words."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.accounts.choices import Language


class Wording(models.Model):
    """The subject and body of one kind of mail in one language; no row means the portal's own."""

    kind = models.CharField(_("kind"), max_length=80)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("body"), max_length=10_000)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("changed by"),
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="wording_once_a_language"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="wording_known_language"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"
