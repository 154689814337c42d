"""Delivery: the table is the queue, an attempt is committed before the first word of a text is sent.

A worker holds a few messages at a time by a lease, and leaves an attempt behind when it is killed. Nobody can know
whether the server had taken that message by then, so after the lease it is "perhaps sent" and goes out again, with the
same Message-ID, by which mail servers and programs know the copy (docs/decisions/0011-outbox.md).
"""

import logging
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.messaging.choices import WAITING_STATUSES, AttemptOutcome, MessageStatus, StopReason
from core.messaging.envelope import Draft
from core.messaging.models import Attempt, Message, MessageQuerySet
from core.messaging.prepared import plans_kept
from core.messaging.services.erasing import erase_text
from core.messaging.services.holding import Held, begin, claim, give_back, mark_sent_and_begin, status_before
from core.messaging.smtp import Delivery, Postman

logger = logging.getLogger(__name__)

# Refusals of one message by its recipient's server; with the waits between them they take about 18 hours.
MOST_REFUSALS = 16
# Times that a message without an answer goes out again by itself; then it waits for a member of staff.
MOST_REPEATS = 3
LONGEST_WAIT = timedelta(hours=2)
# While the mail server itself is away the wait stays short, so that mail leaves soon after it is back.
LONGEST_WAIT_FOR_SERVER = timedelta(minutes=5)
BATCH_SECONDS = 20.0
# How many messages a worker holds at once, how long at most before it gives back those that it has not begun, and how
# soon it must be through with them to hold more.
MOST_HELD = 32
LONGEST_HOLD = 2.0
SHORT = 1.0
_UNANSWERED = (AttemptOutcome.NO_ANSWER, AttemptOutcome.KILLED)


@dataclass(frozen=True)
class Batch:
    """How many messages a batch tried, and whether its time ended before its work."""

    tried: int
    is_cut_short: bool


def deliver_due() -> Batch:
    """Takes back what dead workers left, then sends what is due, one message after the other, for 20 seconds.

    Any number of workers may do so at once: each message is taken by one of them. Ends early when the mail server
    takes nothing. Never raises for what a message or a server may do.
    """
    take_back_abandoned()
    tried, size, started = 0, 1, time.monotonic()
    with Postman() as postman, plans_kept():
        while held := claim(size):
            begun = time.monotonic()
            done, is_stopped = _send_all(postman, held)
            tried += done
            now = time.monotonic()
            if is_stopped:
                return Batch(tried, is_cut_short=False)
            if now - started > BATCH_SECONDS:
                return Batch(tried, is_cut_short=True)
            # Few at a time while the server is slow, so that a code for signing in never waits behind many.
            size = min(size * 2, MOST_HELD) if now - begun < SHORT else max(size // 2, 1)
    return Batch(tried, is_cut_short=False)


def _send_all(postman: Postman, held: list[Held]) -> tuple[int, bool]:
    """Sends these, each begun before it is handed over and ended before the next; gives back what takes too long.

    Returns how many were tried, and whether the server takes nothing.
    """
    waiting = deque(Draft(each.message, each.attachments) for each in held)
    holds = {each.message.pk: each for each in held}
    limit = time.monotonic() + min(LONGEST_HOLD, settings.MESSAGE_LEASE_SECONDS / 2)
    turn, tried = None, 0
    while waiting:
        draft = waiting.popleft()
        turn = turn or _Turn(draft.message)
        delivery = postman.deliver(draft, turn.is_begun, waiting[0].prepare if waiting else None)
        attempt, turn = turn.attempt(), None
        if attempt is None or delivery is None:  # Its lease ran out on the way: it is somebody else's by now.
            continue
        tried += 1
        goes_on = delivery.others_can_go and time.monotonic() < limit
        following = holds[waiting[0].message.pk] if waiting and goes_on else None
        turn = _end(attempt, draft.message, delivery, following)
        if not goes_on:
            give_back([holds[each.message.pk] for each in waiting])
            return tried, not delivery.others_can_go
    return tried, False


def _end(attempt: int, message: Message, delivery: Delivery, following: Held | None) -> "_Turn | None":
    """Writes the end of this attempt; where all went well, the beginning of the next is under way in one statement."""
    if delivery.outcome != AttemptOutcome.SENT or message.sensitive:
        conclude(attempt, message.pk, delivery)
        return None
    written = mark_sent_and_begin(attempt, message, delivery.answer, following)
    turn = _Turn(
        following.message if following else None, written, lambda: conclude(attempt, message.pk, delivery)
    )
    if following is None:
        turn.attempt()
        return None
    return turn


class _Turn:
    """A message whose attempt is being begun, perhaps by the statement that also ends the one before.

    While PostgreSQL works at it, the mail server may already be told of sender and recipient; the text waits for
    ``is_begun``.
    """

    def __init__(
        self,
        message: Message | None,
        written: Callable[[], tuple[bool, int | None]] | None = None,
        conclude_before: Callable[[], None] | None = None,
    ) -> None:
        self._message, self._written, self._conclude_before = message, written, conclude_before
        self._attempt: int | None = None
        self._is_known = False
        self._fault: Exception | None = None

    def is_begun(self) -> bool:
        """Whether the attempt is committed, so that the text may be handed over; never raises."""
        try:
            return self.attempt() is not None
        except Exception as error:  # noqa: BLE001  (the database's trouble, no fault of the mail: raised by attempt)
            self._fault = error
            return False

    def attempt(self) -> int | None:
        """The committed attempt; None when the lease is over. The end of the message before is written by then."""
        if self._fault is not None:
            raise self._fault
        if not self._is_known:
            self._attempt = self._begun()
            self._is_known = True
        return self._attempt

    def _begun(self) -> int | None:
        if self._written is not None and self._conclude_before is not None:
            is_written, attempt = self._written()
            if is_written:
                return attempt
            self._conclude_before()
        return begin(self._message) if self._message is not None else None


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
def take_back_abandoned() -> int:
    """What a worker held that did not come back within its lease; returns how many messages.

    The one that it had begun is "perhaps sent"; the others of its batch were not handed to anybody, and wait again.
    """
    now = timezone.now()
    found = list(Message.objects.abandoned(now).select_for_update(skip_locked=True))
    for message in found:
        begun = message.tries.filter(outcome=AttemptOutcome.STARTED)
        if begun.update(outcome=AttemptOutcome.KILLED, ended_at=now):
            message.attempts += 1
            _mark_unsure(message, now)
        else:
            _move(message, status_before(message), next_attempt_at=now)
    return len(found)


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
