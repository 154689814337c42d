"""What becomes of a message once an attempt has ended; docs/decisions/0011-outbox.md has the table."""

import logging
import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.messaging.choices import AttemptOutcome, MessageStatus, StopReason
from core.messaging.models import Attempt, Message
from core.messaging.services.erasing import erase_text
from core.messaging.services.holding import status_before
from core.messaging.smtp import Delivery

logger = logging.getLogger(__name__)

# Refusals of one message by its recipient's server; with the waits between them they take about 18 hours.
MOST_REFUSALS = 16
# Times that a message without an answer goes out again by itself; then it waits for a member of staff.
MOST_REPEATS = 3
LONGEST_WAIT = timedelta(hours=2)
# While the mail server itself is away the wait stays short, so that mail leaves soon after it is back.
LONGEST_WAIT_FOR_SERVER = timedelta(minutes=5)
_UNANSWERED = (AttemptOutcome.NO_ANSWER, AttemptOutcome.KILLED)


@transaction.atomic
def conclude(attempt: int, message_id: int, delivery: Delivery) -> None:
    """Writes down what became of the attempt.

    A worker that comes back after its lease finds its attempt taken back: then only good news is still of use.
    """
    now = timezone.now()
    message = Message.objects.select_for_update().get(pk=message_id)
    held = Attempt.objects.filter(pk=attempt, outcome=AttemptOutcome.STARTED).exists()
    Attempt.objects.filter(pk=attempt).update(outcome=delivery.outcome, answer=delivery.answer, ended_at=now)
    if not held:
        logger.warning("Mail %s: a worker came back after its lease (%s).", message.pk, delivery.outcome)
        if delivery.outcome == AttemptOutcome.SENT and message.status == MessageStatus.UNSURE:
            _mark_sent(message, now)
        return
    message.attempts += 1
    if delivery.outcome == AttemptOutcome.SENT:
        _mark_sent(message, now)
    elif delivery.outcome == AttemptOutcome.REFUSED:
        _mark_failed(message, now, StopReason.REFUSED if delivery.answer[:1] == "5" else StopReason.MALFORMED)
    elif delivery.outcome == AttemptOutcome.NO_ANSWER:
        _mark_unsure(message, now, wait_after(message.attempts))
    elif _refusals(message) >= MOST_REFUSALS:
        _mark_failed(message, now, StopReason.TOO_MANY_ATTEMPTS)
    else:
        longest = LONGEST_WAIT_FOR_SERVER if delivery.outcome == AttemptOutcome.UNREACHABLE else LONGEST_WAIT
        _move(message, MessageStatus.QUEUED, next_attempt_at=now + wait_after(message.attempts, longest))


@transaction.atomic
def conclude_sent(message_id: int) -> None:
    """Marks one as sent whose attempt says so and that ``mark_sent`` left: its words are to be erased, or it is not
    this worker's any more, and then nothing is done that another has done."""
    now = timezone.now()
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.status == MessageStatus.SENDING and _was_taken(message):
        message.attempts += 1
        _mark_sent(message, now)


@transaction.atomic(durable=True)
def take_back_abandoned() -> int:
    """What a worker held that did not come back within its lease; returns how many messages.

    The one that it had begun is "perhaps sent"; what the server had taken is sent; the others of its batch were not
    handed to anybody, and wait again.
    """
    now = timezone.now()
    found = list(Message.objects.abandoned(now).select_for_update(skip_locked=True))
    for message in found:
        begun = message.tries.filter(outcome=AttemptOutcome.STARTED)
        if begun.update(outcome=AttemptOutcome.KILLED, ended_at=now):
            message.attempts += 1
            _mark_unsure(message, now)
        elif _was_taken(message):
            message.attempts += 1
            _mark_sent(message, now)
        else:
            _move(message, status_before(message), next_attempt_at=now)
    return len(found)


def _was_taken(message: Message) -> bool:
    """Whether the server took it from the worker that holds it: an attempt tells before the message does."""
    number = message.held_attempt
    return number is not None and message.tries.filter(number=number, outcome=AttemptOutcome.SENT).exists()


def wait_after(attempts: int, longest: timedelta = LONGEST_WAIT) -> timedelta:
    """Twice as long after each attempt, give or take a quarter so that messages do not come back all at once."""
    wait: timedelta = timedelta(seconds=settings.MESSAGE_RETRY_SECONDS) * 2 ** min(attempts - 1, 20)
    spread: float = random.uniform(0.75, 1.25)  # noqa: S311  (no secret)
    return min(wait, longest) * spread


def _refusals(message: Message) -> int:
    """Of this round only: when staff send a message again, its attempts are counted from the beginning."""
    latest = message.tries.order_by("-number")[: message.attempts]
    return sum(each.outcome == AttemptOutcome.POSTPONED for each in latest)


def _mark_sent(message: Message, now: datetime) -> None:
    _move(message, MessageStatus.SENT, sent_at=now)
    if message.sensitive:
        erase_text(message, now)


def _mark_failed(message: Message, now: datetime, reason: StopReason) -> None:
    _move(message, MessageStatus.FAILED, stopped_at=now, stop_reason=reason)
    if message.sensitive:
        erase_text(message, now)


def _mark_unsure(message: Message, now: datetime, wait: timedelta = timedelta()) -> None:
    latest = message.tries.order_by("-number")[: message.attempts]
    repeats = sum(each.outcome in _UNANSWERED for each in latest)
    again = now + wait if repeats <= MOST_REPEATS else None
    _move(message, MessageStatus.UNSURE, next_attempt_at=again)


def _move(message: Message, status: MessageStatus, **dates: object) -> None:
    message.status = status
    message.next_attempt_at = None
    message.leased_until = None
    for name, value in dates.items():
        setattr(message, name, value)
    message.save(update_fields=["status", "attempts", "next_attempt_at", "leased_until", *dates])
