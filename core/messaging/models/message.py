"""The outbox: one row a message, written in the transaction of what caused it; the table is the queue."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.lookups import Exact, IsNull, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from core.messaging.choices import (
    STOPPED_STATUSES,
    WAITING_STATUSES,
    AttemptOutcome,
    Channel,
    MessageStatus,
    StopReason,
)
from core.messaging.models.checks import one_of, pattern


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        """What a worker may take up now, urgent ones first."""
        return self.filter(status__in=WAITING_STATUSES, next_attempt_at__lte=now).order_by(
            "-urgent", "next_attempt_at", "pk"
        )

    def abandoned(self, now: datetime) -> Self:
        """Taken up by a worker that did not come back in time."""
        return self.filter(status=MessageStatus.SENDING, leased_until__lte=now)

    def late(self, now: datetime) -> Self:
        """Due, or held by a dead worker, for so long that nobody seems to deliver."""
        limit = now - Message.LATE_AFTER
        return self.filter(
            Q(status__in=WAITING_STATUSES, next_attempt_at__lte=limit)
            | Q(status=MessageStatus.SENDING, leased_until__lte=limit)
        )

    def waiting_for_staff(self) -> Self:
        """Perhaps sent, and not to be tried again by the portal itself."""
        return self.filter(status=MessageStatus.UNSURE, next_attempt_at=None)


class Message(models.Model):
    """One message to one address.

    Who writes it gives a key that is unique to its cause, so that the same cause writes one message. Delivery moves
    it (docs/decisions/0011-outbox.md); what a person decides about it goes through ``core.messaging.workflow``.
    """

    LATE_AFTER = timedelta(minutes=15)

    key = models.CharField(_("key"), max_length=200, editable=False)
    kind = models.CharField(_("kind"), max_length=80, editable=False)
    category = models.CharField(_("category"), max_length=40, blank=True, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.EMAIL)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("person"),
    )
    to = models.CharField(_("recipient"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, editable=False)
    sensitive = models.BooleanField(
        _("text erased once sent"),
        default=False,
        help_text=_("It carries a code or a link that opens something."),
    )
    urgent = models.BooleanField(_("leaves before the others"), default=False)
    content_type = models.ForeignKey(
        ContentType,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        editable=False,
    )
    object_id = models.CharField(max_length=40, blank=True, editable=False)
    about = GenericForeignKey("content_type", "object_id")

    status = models.CharField(
        _("state"), max_length=10, choices=MessageStatus, default=MessageStatus.QUEUED, editable=False
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(_("held by a worker until"), null=True, blank=True, editable=False)
    # The number of the attempt that its present holder makes, or its last one made.
    held_attempt = models.PositiveSmallIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False, db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True, editable=False)
    stop_reason = models.CharField(
        _("why it was not sent"), max_length=12, choices=StopReason, blank=True, editable=False
    )
    erased_at = models.DateTimeField(_("text erased"), null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-created_at", "-pk"]
        # Each costs every step of every mail, so there are no more than are asked: an index of states holds those few
        # that somebody looks for, and a key is found by its beginning through what keeps it unique.
        indexes = [
            models.Index(
                F("urgent").desc(),
                "next_attempt_at",
                "id",
                name="message_due",
                condition=Q(status__in=WAITING_STATUSES),
            ),
            models.Index(
                fields=["leased_until"], name="message_leased", condition=Q(status=MessageStatus.SENDING)
            ),
            models.Index(fields=["user"], name="message_user", condition=Q(user__isnull=False)),
            models.Index(fields=["kind"], name="message_kind"),
            models.Index(
                fields=["status", "-created_at"],
                name="message_stopped",
                condition=Q(status__in=STOPPED_STATUSES),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], name="message_once_a_key", opclasses=["varchar_pattern_ops"]
            ),
            models.UniqueConstraint(fields=["message_id"], name="message_once_a_number"),
            models.CheckConstraint(
                condition=one_of("channel", Channel.values)
                & one_of("language", Language.values)
                & one_of("stop_reason", ["", *StopReason.values]),
                name="message_known_values",
            ),
            # At most one of the dates is set, and it tells the state; one that waits for staff has none.
            models.CheckConstraint(
                condition=Q(
                    status__regex=Case(
                        When(leased_until__isnull=False, then=Value(pattern([MessageStatus.SENDING]))),
                        When(sent_at__isnull=False, then=Value(pattern([MessageStatus.SENT]))),
                        When(stopped_at__isnull=False, then=Value(pattern(STOPPED_STATUSES))),
                        When(next_attempt_at__isnull=False, then=Value(pattern(WAITING_STATUSES))),
                        default=Value(pattern([MessageStatus.UNSURE])),
                    )
                )
                & Q(
                    LessThanOrEqual(
                        Func(
                            *("next_attempt_at", "leased_until", "sent_at", "stopped_at"),
                            function="num_nonnulls",
                            output_field=models.IntegerField(),
                        ),
                        1,
                    )
                ),
                name="message_date_of_status",
            ),
            models.CheckConstraint(
                condition=Q(Exact(Exact(F("stop_reason"), ""), IsNull(F("stopped_at"), True))),
                name="message_stop_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | (Q(text="", html="") & one_of("status", [MessageStatus.SENT, *STOPPED_STATUSES])),
                name="message_erased_holds_no_text",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.kind


class Attempt(models.Model):
    """One try to hand a message to the mail server; the row is committed before the text leaves."""

    # Found through what makes the number unique.
    message = models.ForeignKey(
        Message, models.CASCADE, related_name="tries", db_index=False, verbose_name=_("mail")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=AttemptOutcome, default=AttemptOutcome.STARTED
    )
    answer = models.CharField(_("answer of the mail server"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_once_a_number"),
            models.CheckConstraint(
                condition=Q(Exact(Exact(F("outcome"), AttemptOutcome.STARTED), IsNull(F("ended_at"), True))),
                name="attempt_ended_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"


class MessageAttachment(models.Model):
    """A file that leaves with a message; kept until the message's text is erased."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments", verbose_name=_("mail"))
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(
        _("type"),
        max_length=120,
        help_text=_("With its parameters: text/calendar; method=REQUEST; charset=utf-8"),
    )
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
