"""What a worker holds: taken a few at a time, begun and ended one by one, given back when it takes too long.

A message that is held is "being sent"; whether it was begun is told by its attempt, committed before the first word to
the mail server. So of all that a killed worker held, one message at most is in doubt.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from core.messaging.choices import AttemptOutcome, MessageStatus
from core.messaging.models import Attempt, Message

_UNANSWERED: Final = (AttemptOutcome.NO_ANSWER, AttemptOutcome.KILLED)


@dataclass(frozen=True)
class Held:
    """A message that this worker has taken, and what it was before."""

    message: Message
    status: str
    due_at: datetime | None


@transaction.atomic(durable=True)
def claim(size: int) -> list[Held]:
    """The next due messages, held for this worker alone by a lease that is committed; none of them is begun."""
    now = timezone.now()
    due = Message.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    held = [
        Held(each, each.status, each.next_attempt_at) for each in due.prefetch_related("attachments")[:size]
    ]
    if not held:
        return held
    until = now + timedelta(seconds=settings.MESSAGE_LEASE_SECONDS)
    for each in held:
        each.message.status, each.message.next_attempt_at = MessageStatus.SENDING, None
        each.message.leased_until = until
    Message.objects.filter(pk__in=[each.message.pk for each in held]).update(
        status=MessageStatus.SENDING, next_attempt_at=None, leased_until=until
    )
    return held


@transaction.atomic
def give_back(held: list[Held]) -> None:
    """Those that were not begun wait again as before; what another worker has taken back is left alone."""
    if not held:
        return
    before = {each.message.pk: each for each in held}
    ours = (
        Message.objects.select_for_update()
        .filter(pk__in=before, status=MessageStatus.SENDING, leased_until=held[0].message.leased_until)
        .order_by("pk")
    )
    mine = list(ours.only("pk"))
    for message in mine:
        was = before[message.pk]
        message.status, message.next_attempt_at, message.leased_until = was.status, was.due_at, None
    Message.objects.bulk_update(mine, ["status", "next_attempt_at", "leased_until"])


def status_before(message: Message) -> MessageStatus:
    """What a message was that is held and not begun."""
    latest = message.tries.first()
    is_doubtful = latest is not None and latest.outcome in _UNANSWERED
    return MessageStatus.UNSURE if is_doubtful else MessageStatus.QUEUED


@transaction.atomic
def begin(message: Message) -> int | None:
    """The number of the attempt, committed; None when the lease is over and the message may be another worker's."""
    now = timezone.now()
    ours = Message.objects.select_for_update(no_key=True).filter(
        pk=message.pk, status=MessageStatus.SENDING, leased_until=message.leased_until, leased_until__gt=now
    )
    if not ours.exists():
        return None
    last = message.tries.aggregate(last=Max("number"))["last"] or 0
    return Attempt.objects.create(message=message, number=last + 1, started_at=now).pk


# One statement instead of seven, and one commit: the end of an attempt that went well and the beginning of the next.
_SENT_AND_BEGIN = """
WITH sent AS (
    UPDATE messaging_message SET status = 'sent', sent_at = %(now)s, leased_until = NULL, attempts = attempts + 1
    WHERE id = %(message)s AND status = 'sending' AND leased_until = %(lease)s AND NOT sensitive
    RETURNING id
), ended AS (
    UPDATE messaging_attempt SET outcome = 'sent', answer = %(answer)s, ended_at = %(now)s
    WHERE id = %(attempt)s AND EXISTS (SELECT FROM sent)
), begun AS (
    INSERT INTO messaging_attempt (message_id, number, started_at, outcome, answer)
    SELECT id, (SELECT coalesce(max(number), 0) + 1 FROM messaging_attempt WHERE message_id = following.id),
           %(now)s, 'started', ''
    FROM messaging_message AS following
    WHERE id = %(following)s::bigint AND status = 'sending' AND leased_until = %(next_lease)s::timestamptz
      AND leased_until > clock_timestamp() AND EXISTS (SELECT FROM sent)
    RETURNING id
)
SELECT (SELECT id FROM sent), (SELECT id FROM begun)
"""


def mark_sent_and_begin(
    attempt: int, message: Message, answer: str, following: Message | None
) -> tuple[bool, int | None]:
    """Whether the end was written, and the next attempt, if any; both are committed on return.

    Writes nothing for a message that is not this worker's any more, or whose words are to be erased: that is for
    ``conclude``.
    """
    values: dict[str, Any] = {
        "now": timezone.now(),
        "message": message.pk,
        "lease": message.leased_until,
        "attempt": attempt,
        "answer": answer,
        "following": following.pk if following is not None else None,
        "next_lease": following.leased_until if following is not None else None,
    }
    connection.ensure_connection()
    # Django prepares no statement; to plan this one costs more than to run it.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        sent, begun = cursor.execute(_SENT_AND_BEGIN, values, prepare=True).fetchone() or (None, None)
    return sent is not None, begun
