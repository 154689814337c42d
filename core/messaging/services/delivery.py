"""Delivery: the table is the queue, an attempt is committed before the first word of a text is sent.

A worker holds a few messages at a time by a lease, and leaves an attempt behind when it is killed. Nobody can know
whether the server had taken that message by then, so after the lease it is "perhaps sent" and goes out again, with the
same Message-ID, by which mail servers and programs know the copy (docs/decisions/0011-outbox.md).
"""

from django.db import transaction
from django.utils import timezone

from core.messaging.choices import WAITING_STATUSES, MessageStatus, StopReason
from core.messaging.models import Message, MessageQuerySet
from core.messaging.prepared import plans_kept
from core.messaging.services.concluding import take_back_abandoned
from core.messaging.services.rounds import Batch, Round
from core.messaging.smtp import Postman


def deliver_due() -> Batch:
    """Takes back what dead workers left, then sends what is due, one message after the other, for 20 seconds.

    Any number of workers may do so at once: each message is taken by one of them. Ends early when the mail server
    takes nothing. Never raises for what a message or a server may do.
    """
    take_back_abandoned()
    with Postman() as postman, plans_kept():
        return Round(postman).run()


@transaction.atomic
def cancel_unwanted(*, category: str, user_id: int | None, address: str) -> int:
    """What still waits of a category that the person has just switched off; returns how many."""
    waiting = Message.objects.filter(status=MessageStatus.QUEUED, category=category)
    theirs = (
        waiting.filter(user__isnull=True, to__iexact=address)
        if user_id is None
        else waiting.filter(user=user_id)
    )
    return theirs.update(
        status=MessageStatus.CANCELLED,
        stop_reason=StopReason.NOT_WANTED,
        stopped_at=timezone.now(),
        next_attempt_at=None,
    )


@transaction.atomic
def cancel_outdated(messages: MessageQuerySet) -> int:
    """What still waits of these is not sent any more, for it would say what no longer holds; returns how many.

    A message that a worker holds at this very moment leaves.
    """
    waiting = messages.filter(status__in=WAITING_STATUSES).order_by("pk").select_for_update(of=("self",))
    keys = list(waiting.values_list("pk", flat=True))
    return Message.objects.filter(pk__in=keys, status__in=WAITING_STATUSES).update(
        status=MessageStatus.CANCELLED,
        stop_reason=StopReason.OUTDATED,
        stopped_at=timezone.now(),
        next_attempt_at=None,
    )
