"""A person is forgotten: asked for, taken back within the days of grace, made (decision 13)."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.choices import ErasureCause
from core.accounts.emails import tell_of_erasure
from core.accounts.models import Erasure, User
from core.accounts.personal_data import erasings, traces_of
from core.accounts.services.scrubbing import addresses_of, columns_with, forget_links, needles_of, scrub
from core.accounts.services.sessions import end_all_sessions

logger = logging.getLogger(__name__)


class ErasureRefusedError(Exception):
    """A person who cannot be erased now; the text says why, to whoever asked."""


def refusal(user: User) -> str:
    """Why this person cannot be erased now, in a sentence; empty when nothing stands against it."""
    if user.is_staff:
        return _(
            "This account holds a role of the programme's team. An administrator takes the role away first; the last "
            "administrator names another one before."
        )
    return ""


@transaction.atomic
def ask_erasure(
    *,
    user: User,
    cause: ErasureCause = ErasureCause.OWN,
    by: User | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> Erasure:
    """Notes that a person is to be erased after the days of grace, and tells them by mail.

    A request that waits already is returned as it is and nothing is sent again; one that came from a long absence
    gives way to a request. Raises :class:`ErasureRefusedError` for staff.
    """
    now = now or timezone.now()
    locked = User.objects.select_for_update().get(pk=user.pk)
    if why := refusal(locked):
        raise ErasureRefusedError(why)
    waiting = Erasure.objects.open().filter(user=locked).first()
    if waiting is not None and waiting.cause != ErasureCause.INACTIVITY:
        return waiting
    if waiting is not None:
        _cancel(waiting, now)
    erasure = Erasure.objects.create(
        user=locked,
        cause=cause,
        asked_at=now,
        asked_by=by,
        reason=reason.strip(),
        due_at=now + timedelta(days=settings.ERASURE_GRACE_DAYS),
    )
    tell_of_erasure(erasure, by_staff=cause == ErasureCause.STAFF)
    return erasure


@transaction.atomic
def keep_account(*, user: User, now: datetime | None = None) -> bool:
    """Takes back an erasure that waits; True when there was one. One that is being made is not taken back."""
    User.objects.select_for_update().filter(pk=user.pk).first()
    waiting = Erasure.objects.select_for_update().open().filter(user=user).first()
    if waiting is None:
        return False
    _cancel(waiting, now or timezone.now())
    return True


def erase_due(*, now: datetime) -> int:
    """Makes every erasure whose day has come; returns how many. One that fails stops no other and is tried again."""
    made = 0
    for pk in Erasure.objects.due(now).values_list("pk", flat=True):
        try:
            made += _erase(pk, now)
        except Exception:
            logger.exception("Erasure %s was not made; it is tried again.", pk)
    return made


@transaction.atomic
def _erase(pk: int, now: datetime) -> int:
    """All of one erasure, or none of it: every app's own records, copies in history, sessions, the person."""
    found = Erasure.objects.filter(pk=pk).first()
    # In the same order as everywhere: first the person, then the erasure.
    user = User.objects.select_for_update().filter(pk=found.user_id).first() if found else None
    erasure = Erasure.objects.select_for_update(of=("self",)).due(now).filter(pk=pk).first()
    if user is None or erasure is None:
        return 0
    if refusal(user):
        # Somebody gave the person a role of the team meanwhile: the request is answered by that.
        _cancel(erasure, now)
        return 0
    addresses, words = addresses_of(user), [*needles_of(user), *traces_of(user)]
    for erasing in erasings():
        erasing.erase(user)
    end_all_sessions(user)
    scrub(user, words)
    Erasure.objects.filter(user=user).exclude(pk=pk).delete()
    Erasure.objects.filter(pk=pk).update(user=None, done_at=now, reason="")
    number = user.pk
    user.delete()
    forget_links(number)
    left = columns_with(*addresses)
    if left:
        logger.warning("Erasure %s: the address still stands in %s.", pk, ", ".join(left))
        Erasure.objects.filter(pk=pk).update(left=left)
    return 1


def _cancel(erasure: Erasure, now: datetime) -> None:
    erasure.cancelled_at = now
    erasure.save(update_fields=["cancelled_at"])
