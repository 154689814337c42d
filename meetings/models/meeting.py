"""What every gathering stores, whoever holds it: when, where, how to join, agenda, speakers, materials."""

from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.uploads import validate_document
from meetings.choices import PUBLIC_MEETING_STATUSES, MeetingKind, MeetingStatus

BUCHAREST = ZoneInfo("Europe/Bucharest")


class LocalDate(Func):
    """The day in Bucharest of a moment stored in UTC; immutable, so fit for a constraint."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/Bucharest')::date"
    output_field = models.DateField()


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def public(self) -> Self:
        """Meetings that anybody may see."""
        return self.filter(status__in=PUBLIC_MEETING_STATUSES)

    def upcoming(self, *, today: date | None = None) -> Self:
        """Those on this day of Bucharest or later, still to be held."""
        day = today or timezone.localdate(timezone=BUCHAREST)
        return self.filter(on_date__gte=day, status=MeetingStatus.SCHEDULED)


class Meeting(models.Model):
    """One gathering. A videoconference, a closing event or a training *has* a meeting (composition).

    ``on_date`` is the day in Bucharest and always known; the hours may be open (D24 of the sources), but when
    they are known they fall on that day: the database refuses anything else. The join link is for confirmed
    participants and the team only, never for a public page or feed.
    """

    kind = models.CharField(_("kind"), max_length=24, choices=MeetingKind)
    title = models.CharField(_("title"), max_length=300)
    status = models.CharField(_("state"), max_length=16, choices=MeetingStatus, default=MeetingStatus.DRAFT)
    on_date = models.DateField(_("date"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_online = models.BooleanField(_("online"), default=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    platform = models.CharField(_("platform"), max_length=60, blank=True)
    join_url = models.URLField(_("join link"), blank=True, help_text=_("Never shown on a public page."))
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    takes_registrations = models.BooleanField(
        _("registration on the portal"), default=True, help_text=_("From publication until it begins.")
    )
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    reminds_week_before = models.BooleanField(_("reminder 7 days before"), default=True)
    reminds_day_before = models.BooleanField(_("reminder a day before"), default=True)
    reminds_hour_before = models.BooleanField(_("reminder an hour before"), default=True)
    follows_up = models.BooleanField(_("message after it"), default=True)
    summary = models.TextField(_("what it is about"), blank=True)
    sequence = models.PositiveIntegerField(_("version of the calendar entry"), default=0, editable=False)
    told_sequence = models.PositiveIntegerField(
        _("version that registrants are told of"), default=0, editable=False
    )
    told_words = models.TextField(
        _("words on why it is put off or cancelled"),
        blank=True,
        max_length=1000,
        editable=False,
        help_text=_("Shown to everybody on its page and in the mail to those who registered."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["updated_at", "told_sequence"])
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["on_date", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(on_date=LocalDate("starts_at")),
                name="meeting_begins_on_its_date",
                violation_error_message=_("The beginning is not on the meeting's date."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_begins",
                violation_error_message=_("The end comes before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                name="meeting_capacity_positive",
                violation_error_message=_("The number of places is at least 1."),
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="meeting_registration_dates_in_order",
                violation_error_message=_("Registration closes before it opens."),
            ),
        ]
        indexes = [
            models.Index(fields=["on_date"], name="meeting_on_date"),
            # The scan for reminders looks at the meetings of a few days, however many there were.
            models.Index(fields=["starts_at"], name="meeting_starts_at"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC_MEETING_STATUSES

    @property
    def local_start(self) -> datetime | None:
        """Beginning in Bucharest's time."""
        return self.starts_at.astimezone(BUCHAREST) if self.starts_at else None

    @property
    def begins_at(self) -> datetime:
        """The moment from which nobody registers or withdraws any more; with open hours the end of its day."""
        if self.starts_at:
            return self.starts_at
        return datetime.combine(self.on_date + timedelta(days=1), time(), tzinfo=BUCHAREST)


class AgendaItem(models.Model):
    """A point of a meeting's agenda, with who speaks."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    starts_at = models.TimeField(_("hour"), null=True, blank=True)
    title = models.CharField(_("point"), max_length=300)
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    speaker_role = models.CharField(_("speaker's role or organisation"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["position", "starts_at", "pk"]

    def __str__(self) -> str:
        return self.title


class Material(models.Model):
    """A file or an address given out with a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="materials", verbose_name=_("meeting"))
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="meetings/%Y/", blank=True, validators=[validate_document])
    url = models.URLField(_("address"), blank=True)
    is_public = models.BooleanField(_("shown to everybody"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")),
                name="material_file_or_address",
                violation_error_message=_("Give either a file or an address."),
            )
        ]

    def __str__(self) -> str:
        return self.title
