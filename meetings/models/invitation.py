"""Who was asked to come, by whom, and what they answered (row V10); mail to those who registered (row V13)."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.fields import LowerCaseEmailField
from meetings.choices import RegistrantGroup, Reply
from meetings.models.meeting import Meeting


class InvitationRound(models.Model):
    """One sending of invitations, by the team or by an associative structure to its own members."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="invitation_rounds", verbose_name=_("meeting")
    )
    structure = models.ForeignKey(
        "organisations.AssociativeStructure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("structure"),
    )
    reminds = models.BooleanField(
        _("reminder"), default=False, help_text=_("Goes to those invited before who have not answered.")
    )
    words = models.TextField(_("words of the inviter"), max_length=4000, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("sent by")
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("round of invitations")
        verbose_name_plural = _("rounds of invitations")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.created_at:%d.%m.%Y})"


class Invitee(models.Model):
    """An authority or organisation that was asked to come; one address is asked once for one meeting."""

    round = models.ForeignKey(
        InvitationRound, models.CASCADE, related_name="invitees", verbose_name=_("round")
    )
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitees", verbose_name=_("meeting"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=300)
    email = LowerCaseEmailField(_("e-mail address"))
    county = models.ForeignKey(
        "territory.County", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county")
    )
    uat = models.ForeignKey(
        "territory.Uat", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("UAT")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations_to_meetings",
        verbose_name=_("organisation"),
    )
    message = models.ForeignKey(
        "messaging.Message", models.SET_NULL, null=True, related_name="+", verbose_name=_("mail")
    )
    reply = models.CharField(_("answer"), max_length=12, choices=Reply, default=Reply.NONE)
    replied_at = models.DateTimeField(_("answered"), null=True, blank=True)
    registration = models.ForeignKey(
        "meetings.Registration",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("registration"),
    )

    class Meta:
        verbose_name = _("invited")
        verbose_name_plural = _("invited")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "email"], name="invitee_once"),
            models.CheckConstraint(
                condition=Q(reply=Reply.NONE, replied_at__isnull=True)
                | (~Q(reply=Reply.NONE) & Q(replied_at__isnull=False)),
                name="invitee_answer_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegistrantMail(models.Model):
    """A message of the team to the registrants of some states, written once and sent as a batch."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="registrant_mails", verbose_name=_("meeting")
    )
    statuses = ArrayField(
        models.CharField(max_length=12, choices=RegistrantGroup), verbose_name=_("to those who")
    )
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=10_000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail to registrants")
        verbose_name_plural = _("mails to registrants")
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(statuses=[]), name="registrant_mail_to_somebody")]

    def __str__(self) -> str:
        return self.subject
