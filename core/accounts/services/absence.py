"""Accounts that nobody uses: told twice, then erased; staff are left alone and listed for administrators."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from core.accounts.choices import ErasureCause
from core.accounts.emails import remind_of_absence, tell_of_absence
from core.accounts.models import Erasure, User, UserQuerySet


def unused_since(moment: datetime) -> UserQuerySet:
    """People who last signed in before the moment, or never did and whose account is older."""
    seen = Coalesce(F("last_login"), F("date_joined"))
    found: UserQuerySet = User.objects.annotate(seen_at=seen).filter(seen_at__lt=moment)
    return found


def long_unused(*, now: datetime) -> UserQuerySet:
    """Accounts whose two years are over: what is left there when the notices are done is staff."""
    return unused_since(_before(now))


def warn_absent(*, now: datetime) -> int:
    """Tells people 30 days before two years without a sign-in are over; returns how many. Each once an absence.

    Whoever is found later than that, because the clock stood, still has the whole 30 days.
    """
    first_days = max(settings.INACTIVE_WARNING_DAYS)
    told = 0
    absent = unused_since(_before(now + timedelta(days=first_days)))
    waiting = Erasure.objects.open().filter(user__isnull=False).values("user")
    for user in absent.exclude(pk__in=waiting).exclude(pk__in=User.objects.staff().values("pk")):
        told += _warn(user.pk, now, now + timedelta(days=first_days))
    return told


@transaction.atomic
def _warn(pk: int, now: datetime, earliest: datetime) -> int:
    """The conditions are asked again under the lock: the person may have signed in meanwhile."""
    User.objects.select_for_update().get(pk=pk)
    user = unused_since(_before(earliest)).filter(pk=pk).first()
    if user is None or user.is_staff or Erasure.objects.open().filter(user=user).exists():
        return 0
    over = _after(user.seen_at)  # type: ignore[attr-defined]
    erasure = Erasure.objects.create(
        user=user, cause=ErasureCause.INACTIVITY, asked_at=now, due_at=max(over, earliest)
    )
    tell_of_absence(erasure)
    return 1


def remind_absent(*, now: datetime) -> int:
    """Tells the same people once more 7 days before; returns how many. Nobody is erased sooner than 7 days after."""
    last_days = timedelta(days=min(settings.INACTIVE_WARNING_DAYS))
    waiting = Erasure.objects.open().filter(cause=ErasureCause.INACTIVITY, reminded_at=None)
    return sum(
        _remind(pk, now, last_days)
        for pk in waiting.filter(due_at__lte=now + last_days).values_list("pk", flat=True)
    )


@transaction.atomic
def _remind(pk: int, now: datetime, last_days: timedelta) -> int:
    erasure = Erasure.objects.select_for_update(of=("self",)).open().filter(pk=pk, reminded_at=None).first()
    if erasure is None:
        return 0
    erasure.reminded_at = now
    erasure.due_at = max(erasure.due_at, now + last_days)
    erasure.save(update_fields=["reminded_at", "due_at"])
    remind_of_absence(erasure)
    return 1


def end_absence(*, user: User, now: datetime) -> int:
    """A sign-in ends an absence: what was to be erased for it stays. Other erasures are not touched."""
    absences = Erasure.objects.open().filter(user=user, cause=ErasureCause.INACTIVITY)
    return absences.update(cancelled_at=now)


def _before(moment: datetime) -> datetime:
    """As many months before as an account may lie unused; the last day of February for the 29th."""
    return _shifted(moment, -settings.INACTIVE_MONTHS)


def _after(moment: datetime) -> datetime:
    return _shifted(moment, settings.INACTIVE_MONTHS)


def _shifted(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise ValueError(moment)
