"""What staff decide: whether a message leaves, and in which words."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from core.accounts.models import User
from core.messaging.choices import MessageStatus
from core.messaging.models import Message, Wording
from core.messaging.services.erasing import erase_text
from core.messaging.waking import wake_delivery
from core.messaging.workflow import MESSAGE_WORKFLOW


@transaction.atomic
def decide_message(*, message: Message, step: str, actor: AbstractBaseUser, reason: str = "") -> Message:
    """Makes the step of the workflow, and wakes the worker for what is to leave.

    Codes and links of a message that is given up are erased. Raises ``TransitionRefusedError``.
    """
    decided = MESSAGE_WORKFLOW.perform(message, step, actor=actor, reason=reason)
    if decided.status == MessageStatus.QUEUED:
        wake_delivery()
    elif decided.sensitive and decided.stopped_at is not None:
        erase_text(decided, decided.stopped_at)
    return decided


@transaction.atomic
def restore_own_wording(*, wording: Wording, by: User) -> None:
    """The kind is written in the portal's own words again; the history keeps what staff wrote."""
    wording.updated_by = by
    wording.delete()
