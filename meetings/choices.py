"""The values that fields of meetings take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    """What a gathering is; each kind has something of its own beside the meeting, in the app that knows it."""

    VIDEOCONFERENCE = "videoconference", _("Videoconference")
    CLOSING_EVENT = "closing-event", _("Closing event")
    PROMOTERS_MEETING = "promoters-meeting", _("Promoters' meeting")
    TRAINING = "training", _("Training")
    COALITION_MEETING = "coalition-meeting", _("Coalition meeting")


class MeetingStatus(TextChoices):
    """Where a gathering stands; registration adds its own states beside these."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    POSTPONED = "postponed", _("Postponed")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


# A cancelled or postponed meeting stays public: whoever has its address must learn it.
PUBLIC_MEETING_STATUSES = (
    MeetingStatus.SCHEDULED,
    MeetingStatus.POSTPONED,
    MeetingStatus.HELD,
    MeetingStatus.CANCELLED,
)
