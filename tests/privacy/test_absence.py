"""Two years without a sign-in: told twice, each mail once, then erased; staff and whoever comes back stay."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.signals import user_logged_in

from core.accounts.choices import Role
from core.accounts.models import Erasure, User
from core.accounts.services.absence import _shifted, remind_absent, unused_since, warn_absent
from core.accounts.services.erasure import ask_erasure, erase_due
from core.messaging.models import Message
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SEEN = datetime(2024, 2, 29, 10, tzinfo=UTC)
OVER = datetime(2026, 2, 28, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def absent(**fields) -> User:
    return UserFactory(last_login=SEEN, date_joined=SEEN - DAY, **fields)


def daily(now: datetime) -> tuple[int, int, int]:
    """What the task does, for one moment."""
    return warn_absent(now=now), remind_absent(now=now), erase_due(now=now)


def test_two_notices_then_erased_each_once():
    user = absent()
    UserFactory(last_login=SEEN + 60 * DAY)

    assert daily(OVER - 31 * DAY) == (0, 0, 0)
    assert daily(OVER - 29 * DAY) == (1, 0, 0)
    due = Erasure.objects.get().due_at
    # Told a day late, so a day more: never less than 30 days.
    assert due == OVER + DAY
    assert daily(OVER - 28 * DAY) == (0, 0, 0)
    assert daily(due - 7 * DAY) == (0, 1, 0)
    assert daily(due - 6 * DAY) == (0, 0, 0)
    assert sorted(Message.objects.values_list("kind", "to")) == [
        ("accounts.long_absence", user.email),
        ("accounts.long_absence_reminder", user.email),
    ]
    assert daily(due) == (0, 0, 1)
    assert not User.objects.filter(pk=user.pk).exists()


def test_a_sign_in_ends_the_absence_and_a_new_one_begins_anew():
    user = absent()
    warn_absent(now=OVER - 20 * DAY)

    user_logged_in.send(sender=User, request=None, user=user)
    assert not Erasure.objects.open().exists()
    assert daily(OVER + 30 * DAY) == (0, 0, 0)

    # A request of one's own is not taken back by signing in: one may come to download.
    erasure = ask_erasure(user=user)
    user_logged_in.send(sender=User, request=None, user=user)
    assert Erasure.objects.open().get() == erasure


def test_nobody_is_erased_sooner_than_a_week_after_the_last_notice():
    absent()
    warn_absent(now=OVER - 29 * DAY)
    late = OVER + 40 * DAY

    assert daily(late) == (0, 1, 0)
    assert Erasure.objects.get().due_at == late + 7 * DAY
    assert daily(late + 6 * DAY) == (0, 0, 0)
    assert daily(late + 7 * DAY) == (0, 0, 1)


def test_who_never_signed_in_counts_from_the_account_and_staff_are_only_listed():
    never = UserFactory(last_login=None, date_joined=SEEN)
    staff = UserFactory(last_login=SEEN, roles=[Role.EDITOR])

    assert set(unused_since(SEEN + DAY)) == {never, staff}
    assert daily(OVER) == (1, 0, 0)
    assert Erasure.objects.get().user == never


def test_a_request_takes_the_place_of_an_absence():
    user = absent()
    warn_absent(now=OVER - 29 * DAY)
    erasure = ask_erasure(user=user, now=OVER - 20 * DAY)

    assert Erasure.objects.open().get() == erasure
    assert daily(erasure.due_at) == (0, 0, 1)


def test_months_end_where_the_calendar_ends():
    assert _shifted(SEEN, 24) == OVER
    assert _shifted(datetime(2026, 12, 31, tzinfo=UTC), -1) == datetime(2026, 11, 30, tzinfo=UTC)
    assert _shifted(datetime(2026, 1, 31, tzinfo=UTC), 1) == datetime(2026, 2, 28, tzinfo=UTC)
