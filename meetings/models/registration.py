"""Who comes to a gathering, and what they were reminded of."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.choices import Language
from core.accounts.fields import LowerCaseEmailField
from meetings.choices import (
    ACTIVE_REGISTRATIONS,
    ParticipantLevel,
    ParticipantType,
    RegistrationSource,
    RegistrationStatus,
    ReminderKind,
    Sector,
)
from meetings.models.meeting import Meeting


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def active(self) -> Self:
        """Those with a place or waiting for one."""
        return self.filter(status__in=ACTIVE_REGISTRATIONS)

    def confirmed(self) -> Self:
        """Those with a place."""
        return self.filter(status=RegistrationStatus.CONFIRMED)

    def waiting(self) -> Self:
        """The waiting list, in order of arrival."""
        return self.filter(status=RegistrationStatus.WAITING).order_by("pk")

    def overdue(self, now: datetime) -> Self:
        """Those whose address was not confirmed in time."""
        return self.active().filter(held_until__lte=now, address_confirmed_at=None)


class Registration(models.Model):
    """One person's registration for one gathering (row V3).

    Rows of a meeting are written while the meeting's row is locked, so their numbers are the order of arrival; who
    withdraws and comes back is a new row, at the end. ``key`` stands in the signed link of the person's own page.
    A place taken without an account is kept until ``held_until`` unless the address is confirmed by then.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="registrations", verbose_name=_("meeting")
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=150)
    email = LowerCaseEmailField(_("e-mail address"))
    participant_type = models.CharField(_("takes part as"), max_length=32, choices=ParticipantType)
    sector = models.CharField(_("sector"), max_length=8, choices=Sector)
    level = models.CharField(_("level"), max_length=12, choices=ParticipantLevel)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("organisation of the registry"),
    )
    organisation_name = models.CharField(_("organisation or authority"), max_length=300, blank=True)
    county = models.ForeignKey(
        "territory.County", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("county")
    )
    uat = models.ForeignKey(
        "territory.Uat", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("UAT")
    )
    themes_proposed = models.TextField(_("themes proposed"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ROMANIAN)
    source = models.CharField(
        _("came by"), max_length=12, choices=RegistrationSource, default=RegistrationSource.FORM
    )
    is_organiser = models.BooleanField(
        _("of the team"), default=False, help_text=_("Organisers and speakers get no reminders.")
    )
    status = models.CharField(_("state"), max_length=12, choices=RegistrationStatus)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)
    held_until = models.DateTimeField(_("kept until"), null=True, blank=True)
    address_confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("place given"), null=True, blank=True)
    ended_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    told_sequence = models.PositiveIntegerField(
        _("version of the calendar entry that the person was told of"), default=0, editable=False
    )
    has_given_feedback = models.BooleanField(_("gave feedback"), default=False, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "email"],
                condition=Q(status__in=ACTIVE_REGISTRATIONS),
                name="registration_address_once",
                violation_error_message=_("This address is registered already."),
            ),
            models.CheckConstraint(
                condition=~Q(status=RegistrationStatus.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="registration_place_dated",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ACTIVE_REGISTRATIONS, ended_at__isnull=True)
                | (~Q(status__in=ACTIVE_REGISTRATIONS) & Q(ended_at__isnull=False)),
                name="registration_end_dated",
            ),
            models.CheckConstraint(
                condition=Q(uat__isnull=True) | Q(county__isnull=False), name="registration_uat_in_county"
            ),
        ]
        indexes = [
            models.Index(
                fields=["meeting", "id"],
                name="registration_queue",
                condition=Q(status=RegistrationStatus.WAITING),
            ),
            models.Index(
                fields=["held_until"],
                name="registration_held",
                condition=Q(
                    status__in=ACTIVE_REGISTRATIONS,
                    held_until__isnull=False,
                    address_confirmed_at__isnull=True,
                ),
            ),
            models.Index(fields=["email"], name="registration_email"),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.meeting}"

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE_REGISTRATIONS


class Reminder(models.Model):
    """A reminder that was written for a registration: at most one of each kind (row V5).

    ``for_start`` is the beginning that it spoke of; when the meeting moves, the reminders that are to come again are
    taken back by the service that moves it, and the outbox keeps what was sent.
    """

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="reminders", verbose_name=_("registration")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ReminderKind)
    for_start = models.DateTimeField(_("for the beginning at"))
    message = models.ForeignKey(
        "messaging.Message", models.SET_NULL, null=True, related_name="+", verbose_name=_("mail")
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["registration", "kind"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.registration}"
