"""What a worker holds: taken a few at a time, begun and ended one by one, given back when it takes too long.

A message that is held is "being sent"; whether it was begun is told by its attempt, committed before the first word of
its text leaves. So of all that a killed worker held, one message at most is in doubt.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core.messaging.choices import AttemptOutcome, MessageStatus
from core.messaging.models import Message, MessageAttachment
from core.messaging.prepared import Statement, prepare, send

_UNANSWERED: Final = (AttemptOutcome.NO_ANSWER, AttemptOutcome.KILLED)


@dataclass(frozen=True)
class Held:
    """A message that this worker has taken, with its files, and what it was before."""

    message: Message
    status: str
    due_at: datetime | None
    attachments: Sequence[MessageAttachment] = ()


# What a mail is written from; to make 26 columns into a record costs more than to write the mail.
_NEEDED: Final = {
    *("id", "to", "language", "subject", "text", "html", "headers", "message_id", "created_at", "not_before"),
    *("sensitive", "status", "next_attempt_at", "leased_until"),
}
_FIELDS: Final = [field for field in Message._meta.concrete_fields if field.attname in _NEEDED]
_NAMES: Final = [field.attname for field in _FIELDS]
_COLUMNS: Final = ", ".join(f'"{field.column}"' for field in _FIELDS)
_CONVERTED: Final = [(place, field) for place, field in enumerate(_FIELDS) if hasattr(field, "from_db_value")]

# Rows are locked by the first part and found by their key in the second, whatever the planner knows of the table.
_CLAIM: Final = Statement(
    "messaging_claim",
    "timestamptz, timestamptz, bigint",
    f"""
WITH due AS (
    SELECT id, status, next_attempt_at, urgent FROM messaging_message
    WHERE status IN ('queued', 'unsure') AND next_attempt_at <= $1
    ORDER BY urgent DESC, next_attempt_at, id LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
), taken AS (
    UPDATE messaging_message SET status = 'sending', next_attempt_at = NULL, leased_until = $2, held_attempt =
        (SELECT coalesce(max(number), 0) + 1 FROM messaging_attempt WHERE message_id = messaging_message.id)
    WHERE id = ANY (ARRAY(SELECT id FROM due))
    RETURNING {_COLUMNS}, EXISTS (SELECT FROM messaging_messageattachment WHERE message_id = messaging_message.id)
)
SELECT due.status, due.next_attempt_at, taken.* FROM due JOIN taken USING (id)
ORDER BY due.urgent DESC, due.next_attempt_at, due.id
""",  # noqa: S608  (names of columns of the model)
)


def claim(size: int) -> list[Held]:
    """The next due messages, held for this worker alone by a lease; none of them is begun.

    One statement, so that the lease is committed by it, outside of any transaction.
    """
    now = timezone.now()
    until = now + timedelta(seconds=settings.MESSAGE_LEASE_SECONDS)
    prepare(_CLAIM)
    with connection.cursor() as cursor:
        cursor.execute(f"EXECUTE {_CLAIM.name} (%s, %s, %s)", [now, until, size])
        rows = cursor.fetchall()
    held = []
    for status, due_at, *values, has_files in rows:
        for place, field in _CONVERTED:
            values[place] = field.from_db_value(values[place], field.cached_col, connection)
        message = Message.from_db(connection.alias, _NAMES, values)
        files = list(message.attachments.all()) if has_files else ()
        held.append(Held(message, status, due_at, files))
    return held


@transaction.atomic
def give_back(held: list[Held]) -> None:
    """Those that were not begun wait again as before; what another worker has taken back is left alone."""
    if not held:
        return
    before = {each.message.pk: each for each in held}
    found = (
        Message.objects.select_for_update().filter(pk__in=before, status=MessageStatus.SENDING).order_by("pk")
    )
    mine = [
        each
        for each in found.only("pk", "leased_until")
        if each.leased_until == before[each.pk].message.leased_until
    ]
    for message in mine:
        was = before[message.pk]
        message.status, message.next_attempt_at, message.leased_until = was.status, was.due_at, None
    Message.objects.bulk_update(mine, ["status", "next_attempt_at", "leased_until"])


def status_before(message: Message) -> MessageStatus:
    """What a message was that is held and not begun."""
    latest = message.tries.first()
    is_doubtful = latest is not None and latest.outcome in _UNANSWERED
    return MessageStatus.UNSURE if is_doubtful else MessageStatus.QUEUED


# A message that has a lease is "being sent" (a constraint), so the lease alone is asked for. To ask for the state too
# would let the planner find the row by an index of states, past the remains of all that were sent before it.
_BEGIN: Final = Statement(
    "messaging_begin",
    "timestamptz, bigint, timestamptz",
    """
INSERT INTO messaging_attempt (message_id, number, started_at, outcome, answer)
SELECT id, held_attempt, $1, 'started', '' FROM messaging_message
WHERE id = $2 AND leased_until = $3 AND leased_until > clock_timestamp()
FOR NO KEY UPDATE
RETURNING id
""",
)


def begin(message: Message) -> int | None:
    """The number of the attempt, committed; None when the lease is over and the message may be another worker's."""
    row = send(_BEGIN, [timezone.now(), message.pk, message.leased_until]).row()
    return int(row[0]) if row and row[0] else None


# All that stands between two mails. The message itself is marked later: the attempt tells that the server took it.
_END_AND_BEGIN: Final = Statement(
    "messaging_end_and_begin",
    "timestamptz, bigint, varchar, bigint, timestamptz",
    """
WITH ended AS (
    UPDATE messaging_attempt SET outcome = 'sent', answer = $3, ended_at = $1 WHERE id = $2 AND outcome = 'started'
    RETURNING id
), begun AS (
    INSERT INTO messaging_attempt (message_id, number, started_at, outcome, answer)
    SELECT id, held_attempt, $1, 'started', '' FROM messaging_message
    WHERE id = $4 AND leased_until = $5 AND leased_until > clock_timestamp() AND EXISTS (SELECT FROM ended)
    RETURNING id
)
SELECT (SELECT id FROM ended), (SELECT id FROM begun)
""",
)


def end_and_begin(
    attempt: int, answer: str, following: Message | None
) -> Callable[[], tuple[bool, int | None]]:
    """Sends the good end of an attempt and the beginning of the next, if any, and does not wait.

    What is returned waits, and says whether the end was written, and the next attempt; both are committed then. Call it
    once, before anything else is asked of the database. Nothing is written for an attempt that was taken back: that is
    for ``conclude``. What was written is for ``mark_sent``.
    """
    lease = (following.pk, following.leased_until) if following is not None else (None, None)
    answered = send(_END_AND_BEGIN, [timezone.now(), attempt, answer, *lease])

    def outcome() -> tuple[bool, int | None]:
        ended, begun = answered.row()
        return ended is not None, int(begun) if begun is not None else None

    return outcome


_MARK_SENT: Final = Statement(
    "messaging_mark_sent",
    "timestamptz, bigint[], timestamptz[]",
    """
UPDATE messaging_message AS message SET status = 'sent', sent_at = $1, leased_until = NULL, attempts = attempts + 1
FROM unnest($2, $3) AS ours (id, leased_until)
WHERE message.id = ours.id AND message.leased_until = ours.leased_until AND NOT message.sensitive
RETURNING message.id
""",
)


def mark_sent(messages: Sequence[Message]) -> set[int]:
    """Marks these as sent, committed at once, but for what is not this worker's any more or is to lose its words;
    returns the keys of those that were marked."""
    ours = sorted((each.pk, each.leased_until) for each in messages)
    values = [timezone.now(), [key for key, _lease in ours], [lease for _key, lease in ours]]
    return {int(key) for (key,) in send(_MARK_SENT, values).rows() if key is not None}
