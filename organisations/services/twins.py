"""What becomes of two rows that may not stand beside each other when their organisations become one.

A row without a line here gives what its twin lacks, and goes; it is written down in the merge.
"""

from collections.abc import Callable
from typing import Any, Final

from django.db import models
from django.utils import timezone

from organisations.choices import MemberRole
from organisations.models import Invitation, Membership, Reconfirmation
from organisations.workflow import RECONFIRMATION_WORKFLOW


def _higher_role(kept: Any, row: Any) -> bool:
    """A person of both keeps the higher role."""
    if row.role == MemberRole.MANAGER and kept.role != MemberRole.MANAGER:
        kept.role = row.role
        kept.save(update_fields=["role"])
    return False


def _take_back(kept: Any, row: Any) -> bool:
    """One open invitation is enough, the one that holds longer; the other stays in the list as taken back.

    One that ran out is open still for the database: it must not take the place of one that somebody may take up.
    """
    shorter, longer = (kept, row) if kept.expires_at < row.expires_at else (row, kept)
    if shorter.role == MemberRole.MANAGER and shorter.is_open and longer.role != MemberRole.MANAGER:
        longer.role = shorter.role
        longer.save(update_fields=["role"])
    shorter.revoked_at = timezone.now()
    shorter.save(update_fields=["revoked_at"])
    return True


def _ask_once(kept: Any, row: Any) -> bool:
    """The kept record's question stays; the other is asked no longer. Two of one day become one."""
    if kept.due_on == row.due_on:
        return False
    RECONFIRMATION_WORKFLOW.perform(row, "cancel", actor=None)
    row.refresh_from_db()
    return True


# Each gets the kept record's row and the other; True when both may stand now.
TWINS: Final[dict[type[models.Model], Callable[[Any, Any], bool]]] = {
    Invitation: _take_back,
    Membership: _higher_role,
    Reconfirmation: _ask_once,
}
