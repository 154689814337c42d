"""One round of a worker: what is due, sent one after the other over one connection.

A mail's time is spent waiting: for the mail server, then for PostgreSQL. So what can wait is done while the server has
a text: the next mail is written, more are held, and those that it took are marked as sent, several at once. Between its
answer to one text and the first word of the next stands one short statement alone.
"""

import logging
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage

from core.messaging.choices import AttemptOutcome
from core.messaging.envelope import Draft
from core.messaging.models import Message
from core.messaging.services.concluding import conclude, conclude_sent
from core.messaging.services.holding import Held, begin, claim, end_and_begin, give_back, mark_sent
from core.messaging.smtp import Delivery, Postman

logger = logging.getLogger(__name__)

ROUND_SECONDS = 20.0
# How many messages a worker holds at once, how long at most before it gives back those that it has not begun, and how
# soon it must be through with them to hold more.
MOST_HELD = 32
LONGEST_HOLD = 2.0
SHORT = 1.0
# How many that the server took are marked at once, and how long one waits for it at most while others are sent.
MOST_UNMARKED = 16
LONGEST_UNMARKED = 1.0


@dataclass(frozen=True)
class Batch:
    """How many messages a round tried, and whether its time ended before its work."""

    tried: int
    is_cut_short: bool


class Round:
    """Sends what is due until nothing is, the mail server takes nothing, or the time is over."""

    def __init__(self, postman: Postman) -> None:
        self._postman = postman
        self._waiting: deque[_Waiting] = deque()
        self._late: list[Held] = []
        self._taken: list[Message] = []
        self._marked_at = self._ended_at = time.monotonic()
        self._over_at = self._ended_at + ROUND_SECONDS
        self._size, self._seconds = 1, 0.0

    def run(self) -> Batch:
        """Holds nothing once it has returned, and has marked what was sent."""
        try:
            return self._run()
        finally:
            self._mark()
            give_back([*self._late, *(each.held for each in self._waiting)])

    def add(self, held: list[Held]) -> None:
        """More to be sent, each begun within so much time, but for one that nothing stands before."""
        for each in held:
            until = time.monotonic() + min(LONGEST_HOLD, settings.MESSAGE_LEASE_SECONDS / 2)
            draft = Draft(each.message, each.attachments)
            self._waiting.append(_Waiting(each, draft, until if self._waiting else math.inf))

    def _run(self) -> Batch:
        tried = 0
        turn: _Turn | None = None
        while waiting := self._next() or self._hold():
            self._waiting.popleft()
            turn = turn or _Turn(waiting.held)
            delivery = self._postman.deliver(waiting.draft, turn.is_begun, self._meanwhile, self._following)
            attempt, turn = turn.attempt(), None
            if attempt is None or delivery is None:
                continue  # Its lease ran out on the way: it is somebody else's by now.
            tried += 1
            goes_on = delivery.others_can_go and time.monotonic() < self._over_at
            following = self._next() if goes_on else None
            turn = self._end(attempt, waiting.held.message, delivery, following.held if following else None)
            if not goes_on:
                return Batch(tried, is_cut_short=delivery.others_can_go)
        return Batch(tried, is_cut_short=False)

    def _next(self) -> "_Waiting | None":
        """The first of those that are held and not too late to be begun; it has all the time once it was chosen."""
        while self._waiting and time.monotonic() > self._waiting[0].until:
            self._late.append(self._waiting.popleft().held)
        if self._waiting:
            self._waiting[0].until = math.inf
        return self._waiting[0] if self._waiting else None

    def _hold(self) -> "_Waiting | None":
        """Holds more, few at a time while the server is slow, so that a code never waits behind many."""
        self._mark()
        late, self._late = self._late, []
        give_back(late)
        is_quick = self._size * self._seconds < SHORT
        self._size = min(self._size * 2, MOST_HELD) if is_quick else max(self._size // 2, 1)
        self.add(claim(self._size))
        return self._next()

    def _meanwhile(self) -> None:
        """While the server has a text. What fails here is of no mail, and fails again where it is asked for."""
        try:
            if len(self._taken) >= MOST_UNMARKED or time.monotonic() - self._marked_at > LONGEST_UNMARKED:
                self._mark()
            if len(self._waiting) < 2:
                self._hold()
            if self._waiting:
                self._waiting[0].draft.prepare()
        except Exception:
            logger.exception("Something failed while a mail was on its way.")

    def _following(self) -> EmailMessage | None:
        """The mail of which the server may hear already."""
        following = self._next() if time.monotonic() < self._over_at else None
        return following.draft.written if following is not None else None

    def _mark(self) -> None:
        self._marked_at = time.monotonic()
        if self._taken:
            marked = mark_sent(self._taken)
            left = [message.pk for message in self._taken if message.pk not in marked]
            self._taken = []
            for key in left:
                conclude_sent(key)

    def _end(
        self, attempt: int, message: Message, delivery: Delivery, following: Held | None
    ) -> "_Turn | None":
        """Writes the end of this attempt; where all went well, the beginning of the next is under way with it."""
        now = time.monotonic()
        self._seconds, self._ended_at = now - self._ended_at, now
        if delivery.outcome != AttemptOutcome.SENT or message.sensitive:
            conclude(attempt, message.pk, delivery)
            return None
        written = end_and_begin(
            attempt, delivery.answer, following.message if following is not None else None
        )

        def outcome() -> tuple[bool, int | None]:
            is_written, begun = written()
            if is_written:
                self._taken.append(message)
            return is_written, begun

        turn = _Turn(following, outcome, lambda: conclude(attempt, message.pk, delivery))
        if following is None:
            turn.attempt()
            return None
        return turn


@dataclass
class _Waiting:
    """A message that is held, its mail, and until when (of the process's clock) it may be begun."""

    held: Held
    draft: Draft
    until: float


class _Turn:
    """A message whose attempt is being begun, perhaps by the statement that also ends the one before.

    While PostgreSQL works at it, the mail server may already be told of sender and recipient; the text waits for
    ``is_begun``.
    """

    def __init__(
        self,
        held: Held | None,
        written: Callable[[], tuple[bool, int | None]] | None = None,
        conclude_before: Callable[[], None] | None = None,
    ) -> None:
        self._held, self._written, self._conclude_before = held, written, conclude_before
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
        return begin(self._held.message) if self._held is not None else None
