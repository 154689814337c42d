"""What the portal keeps about its mails."""

from core.messaging.models.message import Attempt, Message, MessageAttachment, MessageQuerySet
from core.messaging.models.preference import NotificationPreference
from core.messaging.models.wording import Wording

__all__ = [
    "Attempt",
    "Message",
    "MessageAttachment",
    "MessageQuerySet",
    "NotificationPreference",
    "Wording",
]
