"""Taking the words out of messages, and leaving the fact that they were."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from core.accounts.models import User
from core.accounts.services.scrubbing import addresses_of, is_any
from core.messaging.choices import STOPPED_STATUSES, WAITING_STATUSES, MessageStatus, StopReason
from core.messaging.models import Attempt, Message, MessageAttachment, MessageQuerySet, NotificationPreference

# How long the words of a message are kept once it was sent or given up.
KEPT = timedelta(days=365)
_OVER = (MessageStatus.SENT, *STOPPED_STATUSES)


def erase_text(message: Message, now: datetime) -> None:
    """Empties text, HTML and attached files of one message that will not leave any more."""
    message.text, message.html, message.erased_at = "", "", now
    message.save(update_fields=["text", "html", "erased_at"])
    message.attachments.all().delete()


@transaction.atomic
def erase_old_messages(*, now: datetime) -> int:
    """Erases words, address and answers of messages that ended a year ago; returns how many.

    What stays says that a message of a kind was sent, when, and about what.
    """
    old = Message.objects.filter(Q(sent_at__lt=now - KEPT) | Q(stopped_at__lt=now - KEPT), status__in=_OVER)
    return _empty(old.exclude(to=""), now)


@transaction.atomic
def forget_recipient(*, user: User, now: datetime, by_address: bool = True) -> int:
    """Erases what was written to this person, by account or by address; what waits is cancelled. Fit to run twice.

    Without ``by_address`` only what was written to the account: for addresses of which nobody proved to be the owner.

    A message that a worker holds at this very moment leaves, and is emptied as soon as it has.
    """
    mails, wishes = Q(user=user), Q(user=user)
    if by_address:
        addresses = addresses_of(user)
        mails |= is_any("to", addresses)
        wishes |= Q(user=None) & is_any("address", addresses)
    theirs = Message.objects.filter(mails)
    theirs.filter(status__in=WAITING_STATUSES).update(
        status=MessageStatus.CANCELLED,
        stop_reason=StopReason.ERASED,
        stopped_at=now,
        next_attempt_at=None,
    )
    theirs.filter(status=MessageStatus.SENDING).update(sensitive=True)
    NotificationPreference.objects.filter(wishes).delete()
    return _empty(theirs.filter(status__in=_OVER), now)


def _empty(messages: MessageQuerySet, now: datetime) -> int:
    keys = list(messages.values_list("pk", flat=True))
    MessageAttachment.objects.filter(message__in=keys).delete()
    Attempt.objects.filter(message__in=keys).update(answer="")
    return Message.objects.filter(pk__in=keys).update(
        to="", subject="", text="", html="", headers={}, user=None, erased_at=now
    )
