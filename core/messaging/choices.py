"""States of a message, outcomes of an attempt, why a message was not sent."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a message reaches a person; text messages (SMS) will be the second."""

    EMAIL = "email", _("E-mail")


class MessageStatus(TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNSURE = "unsure", _("Perhaps sent")
    FAILED = "failed", _("Not sent")
    CANCELLED = "cancelled", _("Cancelled")


# What a worker may take up, when its time has come.
WAITING_STATUSES = (MessageStatus.QUEUED, MessageStatus.UNSURE)
STOPPED_STATUSES = (MessageStatus.FAILED, MessageStatus.CANCELLED)


class StopReason(TextChoices):
    """Why a message will not leave by itself."""

    REFUSED = "refused", _("The recipient's mail server refuses it for good")
    TOO_MANY_ATTEMPTS = "too_many", _("Tried too many times")
    MALFORMED = "malformed", _("It cannot be written as a mail")
    NOT_WANTED = "not_wanted", _("The person does not want messages of this kind")
    CANCELLED = "cancelled", _("Cancelled by a member of staff")
    ERASED = "erased", _("The person's data was erased")
    OUTDATED = "outdated", _("What it says no longer holds")


class AttemptOutcome(TextChoices):
    STARTED = "started", _("Begun")
    SENT = "sent", _("Taken by the mail server")
    POSTPONED = "postponed", _("Refused for now")
    UNREACHABLE = "unreachable", _("The mail server is away")
    REFUSED = "refused", _("Refused for good")
    NO_ANSWER = "no_answer", _("Broken off without an answer")
    KILLED = "killed", _("The worker ended before the answer")
