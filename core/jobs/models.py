"""One piece of long work: who asked, how far it is, what came out."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from core.jobs.choices import ENDED, UNDER_WAY, JobStatus
from core.jobs.kinds import kind_of


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: object) -> Self:
        """A person's own jobs, nobody else's."""
        return self.filter(owner_id=getattr(user, "pk", None) or 0)

    def under_way(self) -> Self:
        return self.filter(status__in=UNDER_WAY)


class Job(models.Model):
    """Long work that its owner may watch and stop.

    ``heartbeat_at`` moves while a worker works; a job whose heart stands still is taken up again. ``attempts`` is also
    the worker's token: one that was given up for dead and wakes writes nothing any more. ``result`` holds what
    :class:`core.jobs.running.Outcome` says, in the owner's language.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind of work"), max_length=64)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="jobs",
        verbose_name=_("asked by"),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    arguments: models.JSONField[dict[str, Any], Any] = models.JSONField(_("arguments"), default=dict)
    status = models.CharField(_("state"), max_length=10, choices=JobStatus, default=JobStatus.QUEUED)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    note = models.CharField(_("now"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    result: models.JSONField[dict[str, Any], Any] = models.JSONField(_("result"), default=dict, blank=True)
    result_file = models.FileField(_("file"), upload_to="jobs/%Y/%m/", blank=True)
    error = models.TextField(_("what went wrong"), blank=True)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    stop_requested_at = models.DateTimeField(_("asked to stop"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False)
                | (Q(status__in=UNDER_WAY) & Q(ended_at__isnull=True)),
                name="job_ended_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status=JobStatus.RUNNING)
                | Q(started_at__isnull=False, heartbeat_at__isnull=False),
                name="job_running_has_begun",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="job_of_owner"),
            models.Index(
                fields=["heartbeat_at", "created_at"], name="job_under_way", condition=Q(status__in=UNDER_WAY)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", args=[self.pk])

    @property
    def title(self) -> str:
        """What is being done, in words; the kind's code when the portal no longer knows the kind."""
        kind = kind_of(self.kind)
        return str(kind.label) if kind else self.kind

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY

    @property
    def percent(self) -> int | None:
        """How much is done; None while nobody knows the total."""
        return min(100, self.done * 100 // self.total) if self.total else None
