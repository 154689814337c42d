"""What an edition's official calendar says beside its videoconferences."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programmes.choices import ActivityKind, CalendarTextKind
from programmes.models.edition import Edition


class Activity(models.Model):
    """An activity of an edition: permanent (with a deliverable), monthly, or of its closing (row P2)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="activities", verbose_name=_("edition"))
    kind = models.CharField(_("kind"), max_length=16, choices=ActivityKind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.TextField(_("activity"))
    deliverable = models.CharField(_("deliverable"), max_length=300, blank=True)
    on_date = models.DateField(_("date"), null=True, blank=True)
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    due_as_stated = models.CharField(_("deadline, as stated"), max_length=100, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "position"],
                name="activity_position_once",
                violation_error_message=_("Another activity has this position."),
            )
        ]

    def __str__(self) -> str:
        return self.title[:80]


class CalendarText(models.Model):
    """A line of one of the lists printed in the calendar: audience, purposes, other themes."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="calendar_texts", verbose_name=_("edition")
    )
    kind = models.CharField(_("list"), max_length=16, choices=CalendarTextKind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("line of the calendar")
        verbose_name_plural = _("lines of the calendar")
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "position"], name="calendar_text_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ClosingEvent(models.Model):
    """The event that closes an edition; its date is one thing, the day that it marks another (D9, row P7)."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="closing_event", verbose_name=_("edition")
    )
    meeting = models.OneToOneField(
        "meetings.Meeting", models.PROTECT, related_name="closing_event", verbose_name=_("meeting")
    )
    marks_day = models.DateField(
        _("day that it marks"),
        null=True,
        blank=True,
        help_text=_("The International Volunteer Day is 5 December."),
    )

    class Meta:
        verbose_name = _("closing event")
        verbose_name_plural = _("closing events")

    def __str__(self) -> str:
        return str(self.meeting)


class PromotersMeeting(models.Model):
    """A working meeting of an edition's promoters with the team; its gathering is a Meeting."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="promoters_meetings", verbose_name=_("edition")
    )
    meeting = models.OneToOneField(
        "meetings.Meeting", models.PROTECT, related_name="promoters_meeting", verbose_name=_("meeting")
    )
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("promoters' meeting")
        verbose_name_plural = _("promoters' meetings")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="promoters_meeting_number_once",
                violation_error_message=_("The edition has a meeting with this number already."),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="promoters_meeting_number_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)
