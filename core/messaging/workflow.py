"""What staff may decide about a message; delivery's own moves are in docs/decisions/0011-outbox.md."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.messaging.choices import MessageStatus, StopReason
from core.messaging.identity import new_message_id
from core.messaging.models import Message
from core.workflow import Transition, Workflow


def _what_cannot_be_sent(record: models.Model) -> Iterable[str]:
    assert isinstance(record, Message)  # noqa: S101  (the table below is of this model)
    if not record.text or not record.to:
        yield _t(
            "Its text was erased, so there is nothing to send. The person can ask for a new one on the portal."
        )
    if record.stop_reason == StopReason.NOT_WANTED:
        yield _t("The person has chosen not to receive messages of this kind.")


def _begin_again(record: models.Model, moment: datetime) -> list[str]:
    """As if new; but a message that was sent gets another Message-ID, or mail programs would hide it as a copy."""
    assert isinstance(record, Message)  # noqa: S101
    if record.status == MessageStatus.SENT:
        record.message_id = new_message_id()
    record.attempts, record.next_attempt_at = 0, moment
    record.sent_at = record.stopped_at = None
    record.stop_reason = ""
    return ["message_id", "attempts", "next_attempt_at", "sent_at", "stopped_at", "stop_reason"]


def _give_up(record: models.Model, moment: datetime) -> list[str]:
    assert isinstance(record, Message)  # noqa: S101
    record.stopped_at, record.next_attempt_at = moment, None
    record.stop_reason = StopReason.CANCELLED
    return ["stopped_at", "next_attempt_at", "stop_reason"]


MESSAGE_WORKFLOW = Workflow(
    model=Message,
    transitions=[
        Transition(
            "resend",
            frozenset(
                {
                    MessageStatus.FAILED,
                    MessageStatus.CANCELLED,
                    MessageStatus.UNSURE,
                    MessageStatus.SENT,
                }
            ),
            MessageStatus.QUEUED,
            _("Send again"),
            "messaging.change_message",
            blockers=_what_cannot_be_sent,
            prepare=_begin_again,
        ),
        Transition(
            "cancel",
            frozenset({MessageStatus.QUEUED, MessageStatus.UNSURE, MessageStatus.FAILED}),
            MessageStatus.CANCELLED,
            _("Send no more"),
            "messaging.change_message",
            prepare=_give_up,
        ),
    ],
)
