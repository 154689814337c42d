"""What keeps the registry true: reports of readers, the yearly confirmation, records that were one."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from organisations.choices import ReconfirmationStatus, ReportReason, ReportStatus

ASKED_NOW = (ReconfirmationStatus.OPEN, ReconfirmationStatus.OVERDUE)


class RecordReportQuerySet(models.QuerySet["RecordReport"]):
    def waiting(self) -> Self:
        """Those that nobody has looked into, the longest wait first."""
        return self.filter(status=ReportStatus.NEW).order_by("created_at", "pk")


class RecordReport(models.Model):
    """What a reader says is wrong with a public record (row O15); the address is for an answer only."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        related_name="reports",
        verbose_name=_("organisation"),
    )
    reason = models.CharField(_("what is wrong"), max_length=16, choices=ReportReason)
    message = models.TextField(_("message"), max_length=4000)
    email = models.EmailField(_("e-mail address for an answer"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    status = models.CharField(_("state"), max_length=16, choices=ReportStatus, default=ReportStatus.NEW)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)

    objects = RecordReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ReportStatus.NEW, handled_at__isnull=True)
                | (~Q(status=ReportStatus.NEW) & Q(handled_at__isnull=False)),
                name="record_report_handled_has_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.organisation}"

    @property
    def reference(self) -> str:
        """The number on the receipt, as the sender quotes it: "S-2026-00012"."""
        return f"S-{timezone.localtime(self.created_at):%Y}-{self.pk or 0:05d}"


class Reconfirmation(models.Model):
    """One yearly question whether a listed record still holds; at most one is open for a record (row O11)."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        related_name="reconfirmations",
        verbose_name=_("organisation"),
    )
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("state"), max_length=16, choices=ReconfirmationStatus, default=ReconfirmationStatus.OPEN
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    class Meta:
        verbose_name = _("yearly confirmation")
        verbose_name_plural = _("yearly confirmations")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(status__in=ASKED_NOW), name="reconfirmation_one_open"
            ),
            models.UniqueConstraint(fields=["organisation", "due_on"], name="reconfirmation_once_a_day"),
            models.CheckConstraint(
                condition=Q(status=ReconfirmationStatus.CONFIRMED, confirmed_at__isnull=False)
                | (~Q(status=ReconfirmationStatus.CONFIRMED) & Q(confirmed_at__isnull=True)),
                name="reconfirmation_confirmed_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="reconfirmation_due", condition=Q(status__in=ASKED_NOW))
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.due_on:%d.%m.%Y}"


class OrganisationMerge(models.Model):
    """Two records that were one: what went, where to, by whom; kept as long as the record that stayed (row O13)."""

    kept = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="merges", verbose_name=_("kept record")
    )
    merged_name = models.CharField(_("merged record"), max_length=300)
    merged_slug = models.SlugField(_("its address"), max_length=120)
    merged_record: models.JSONField[dict[str, Any], Any] = models.JSONField(_("its fields, as they were"))
    moved: models.JSONField[dict[str, int], Any] = models.JSONField(_("relations moved"), default=dict)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"))
    merged_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.merged_name} → {self.kept}"
