"""What people ask to be entered in the registry: an enrolment, a change of identity, a claim of a record."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.choices import (
    DECIDED_SUBMISSIONS,
    OPEN_SUBMISSIONS,
    WRITABLE_SUBMISSIONS,
    MemberRole,
    RegisterStatus,
    SubmissionKind,
    SubmissionStatus,
)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: object) -> Self:
        """What this person may see: staff what was lodged, anybody their own."""
        own = self._own(user)
        if getattr(user, "is_staff", False):
            return self.filter(own | ~Q(status=SubmissionStatus.DRAFT))
        return self.filter(own)

    def written_by(self, user: object) -> Self:
        """What this person may write: their own; an enrolment of a documents' record is that of all its managers."""
        return self.filter(self._own(user))

    def _own(self, user: object) -> Q:
        number = getattr(user, "pk", None) or 0
        managed = Q(
            kind=SubmissionKind.ENROLMENT,
            organisation__register_status=RegisterStatus.RECORDED,
            organisation__memberships__role=MemberRole.MANAGER,
        )
        rows = self.model._default_manager
        theirs = rows.filter(managed, organisation__memberships__user_id=number)
        own = Q(applicant_id=number) & ~Q(pk__in=rows.filter(managed).values("pk"))
        return own | Q(pk__in=theirs.values("pk"))

    def open(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(status__in=OPEN_SUBMISSIONS)

    def writable(self) -> Self:
        """Those in which their person still writes."""
        return self.filter(status__in=WRITABLE_SUBMISSIONS)

    def waiting(self) -> Self:
        """Those that wait for a decision, the longest wait first."""
        return self.filter(status=SubmissionStatus.LODGED).order_by("lodged_at", "pk")


class Submission(models.Model):
    """One request with all that was typed, wrong answers included, from the first word to the decision.

    ``answers`` holds raw text: ``{step: {field: "text" or ["text", …]}}``; nothing in it is trusted before the forms
    have read it. The organisation of an enrolment is made when it is lodged, unless the programme's documents made
    it before; a claim and a change name one from the beginning. Every step goes through ``organisations.workflow``;
    lodged versions are rows of :class:`SubmissionVersion`.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=SubmissionKind)
    status = models.CharField(
        _("state"), max_length=16, choices=SubmissionStatus, default=SubmissionStatus.DRAFT
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("organisation"),
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("lodged by"),
    )
    answers: models.JSONField[dict[str, dict[str, Any]], Any] = models.JSONField(
        _("answers"), default=dict, blank=True
    )
    logo = models.FileField(_("logo"), upload_to="organisations/submitted/", blank=True)
    note = models.TextField(_("message to the registry's team"), max_length=2000, blank=True)
    consent = models.ForeignKey(
        "accounts.Consent",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("consent"),
    )
    reason = models.TextField(_("reason of the decision"), blank=True)
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    lodged_at = models.DateTimeField(_("lodged"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SubmissionKind.ENROLMENT) | Q(organisation__isnull=False),
                name="submission_about_a_record",
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=(SubmissionStatus.LODGED, SubmissionStatus.RETURNED, *DECIDED_SUBMISSIONS)
                )
                | Q(lodged_at__isnull=False, organisation__isnull=False),
                name="submission_lodged_has_date_and_record",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED_SUBMISSIONS, decided_at__isnull=False)
                | (~Q(status__in=DECIDED_SUBMISSIONS) & Q(decided_at__isnull=True)),
                name="submission_decided_has_date",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(kind=SubmissionKind.CHANGE, status__in=OPEN_SUBMISSIONS),
                name="submission_one_open_change",
                violation_error_message=_("A change of this organisation waits already."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "applicant"],
                condition=Q(kind=SubmissionKind.CLAIM, status__in=OPEN_SUBMISSIONS),
                name="submission_one_open_claim",
                violation_error_message=_("You have claimed this record already."),
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(kind=SubmissionKind.ENROLMENT, status__in=OPEN_SUBMISSIONS),
                name="submission_one_open_enrolment",
                violation_error_message=_("An enrolment of this organisation is under way already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["lodged_at", "id"],
                name="submission_queue",
                condition=Q(status=SubmissionStatus.LODGED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or '–'}"

    def get_absolute_url(self) -> str:
        return reverse("organisations:submission", args=[self.pk])

    @property
    def name(self) -> str:
        """The organisation's name as far as it is known."""
        if self.organisation is not None:
            return self.organisation.display_name
        identity = self.answers.get("identity", {})
        return str(identity.get("public_name") or identity.get("legal_name") or "")

    @property
    def reference(self) -> str:
        """What a receipt and a mail call it."""
        return f"{self.begun_at.year}/{self.pk:05d}"

    @property
    def is_writable(self) -> bool:
        return self.status in WRITABLE_SUBMISSIONS

    @property
    def enrols_a_record(self) -> bool:
        """Whether it asks to enter a record that documents made: the record stays as it is until the decision."""
        return (
            self.kind == SubmissionKind.ENROLMENT
            and self.organisation is not None
            and self.organisation.register_status == RegisterStatus.RECORDED
        )


class SubmissionVersion(models.Model):
    """The answers as they were lodged, once for each time; never changed."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    answers: models.JSONField[dict[str, dict[str, Any]], Any] = models.JSONField(_("answers"))
    lodged_at = models.DateTimeField(_("lodged"))

    class Meta:
        verbose_name = _("lodged version")
        verbose_name_plural = _("lodged versions")
        ordering = ["submission", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="submission_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.number}"
