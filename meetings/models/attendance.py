"""Who was there: one row a person and gathering, and what the platforms' reports said."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.choices import LineStatus, Platform, PresenceSource
from meetings.models.meeting import Meeting
from meetings.models.registration import Registration


class Attendance(models.Model):
    """That a registered person was there (row V6); ``seconds`` is the time counted by the platform, when known."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="attendance", verbose_name=_("registration")
    )
    source = models.CharField(_("known from"), max_length=12, choices=PresenceSource)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("seconds present"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("written down"), default=timezone.now)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True)
                | Q(joined_at__isnull=True)
                | Q(left_at__gte=F("joined_at")),
                name="attendance_times_in_order",
            )
        ]

    def __str__(self) -> str:
        return str(self.registration)


class AttendanceImport(models.Model):
    """One report of a platform, read as a whole or not at all; ``digest`` refuses the same file twice."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="attendance_imports", verbose_name=_("meeting")
    )
    platform = models.CharField(_("platform"), max_length=8, choices=Platform)
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    class Meta:
        verbose_name = _("attendance report")
        verbose_name_plural = _("attendance reports")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "digest"],
                name="attendance_import_once",
                violation_error_message=_("This report has been read already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} – {self.meeting}"


class AttendanceLine(models.Model):
    """A person of a report, joins and re-joins added up; doubtful ones wait for somebody of the team.

    ``spells`` are the times between joining and leaving, [from, to] in seconds since 1970, none over another, so that
    parts of one report are added up and what two reports say of the same minutes is counted once.
    """

    report = models.ForeignKey(
        AttendanceImport, models.CASCADE, related_name="lines", verbose_name=_("report")
    )
    number = models.PositiveIntegerField(_("first line"))
    name = models.CharField(_("name in the report"), max_length=300)
    email = models.CharField(_("address in the report"), max_length=254, blank=True)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("seconds present"), default=0)
    spells: models.JSONField[list[list[int]], Any] = models.JSONField(default=list, editable=False)
    outcome = models.CharField(_("what became of it"), max_length=12, choices=LineStatus)
    registration = models.ForeignKey(
        Registration,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("registration"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("person of a report")
        verbose_name_plural = _("people of a report")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="attendance_line_once"),
            models.CheckConstraint(
                condition=~Q(outcome=LineStatus.MATCHED) | Q(registration__isnull=False),
                name="attendance_line_matched_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name
