"""Questions of the day, and what remains of a gathering: recording with transcript, what people thought of it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.choices import QuestionStatus
from meetings.models.meeting import Meeting
from meetings.models.registration import Registration


class Question(models.Model):
    """A question that a participant asks; others see it once the team shows it, never with a name."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="questions", verbose_name=_("meeting"))
    registration = models.ForeignKey(
        Registration,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("asked by"),
    )
    text = models.TextField(_("question"), max_length=1000)
    status = models.CharField(
        _("state"), max_length=10, choices=QuestionStatus, default=QuestionStatus.WAITING
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="question_has_text")]

    def __str__(self) -> str:
        return self.text[:80]


class Recording(models.Model):
    """The recording of a gathering; it is shown only with a transcript (WCAG 1.2)."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="recording", verbose_name=_("meeting")
    )
    url = models.URLField(_("address of the recording"))
    transcript = models.TextField(_("transcript"), max_length=500_000)
    is_public = models.BooleanField(_("shown to everybody"), default=False)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        constraints = [models.CheckConstraint(condition=~Q(transcript=""), name="recording_has_transcript")]

    def __str__(self) -> str:
        return str(self.meeting)


class MeetingFeedback(models.Model):
    """What one participant thought of it; nothing tells which one (the registration knows only that they answered)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="feedback", verbose_name=_("meeting"))
    usefulness = models.PositiveSmallIntegerField(
        _("useful"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    organisation = models.PositiveSmallIntegerField(
        _("well organised"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    learned = models.TextField(_("what to keep"), max_length=2000, blank=True)
    improve = models.TextField(_("what to do better"), max_length=2000, blank=True)
    given_on = models.DateField(_("given on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("feedback on a meeting")
        verbose_name_plural = _("feedback on meetings")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(usefulness__range=(1, 5), organisation__range=(1, 5)),
                name="meeting_feedback_marks",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.usefulness}"
