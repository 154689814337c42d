"""Two requests at once are one, and of keeping and erasing at the same moment one wins whole."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from core.accounts.models import Erasure, User
from core.accounts.services.erasure import ask_erasure, erase_due, keep_account
from core.messaging.models import Message
from tests.factories.accounts import UserFactory
from tests.waiting import waits_for_me

pytestmark = pytest.mark.django_db(transaction=True)


def beside(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """What ``second`` gives when it comes while ``first`` has not committed yet."""
    given: list[object] = []

    def run() -> None:
        try:
            given.append(second())
        finally:
            connection.close()

    waiting = threading.Thread(target=run)
    with transaction.atomic():
        first()
        waiting.start()
        assert waits_for_me(waiting)
    waiting.join(10)
    return given


def test_asking_keeping_and_erasing_wait_for_each_other():
    user, other = UserFactory(), UserFactory()

    assert beside(lambda: ask_erasure(user=user), lambda: ask_erasure(user=user).pk) == [
        Erasure.objects.get().pk
    ]
    assert Message.objects.count() == 1
    due = Erasure.objects.get().due_at
    assert beside(lambda: keep_account(user=user), lambda: erase_due(now=due)) == [0]
    assert User.objects.filter(pk=user.pk).exists()

    due = ask_erasure(user=other).due_at
    assert beside(lambda: erase_due(now=due), lambda: keep_account(user=other)) == [False]
    assert not User.objects.filter(pk=other.pk).exists()
    assert Erasure.objects.filter(done_at=due).count() == 1
