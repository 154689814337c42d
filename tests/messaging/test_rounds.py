"""What a worker does in one round, with a real mail server."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from core.messaging.models import Attempt, Message
from core.messaging.services import rounds
from core.messaging.services.concluding import take_back_abandoned
from core.messaging.services.delivery import deliver_due
from core.messaging.services.holding import mark_sent
from core.messaging.services.rounds import Batch
from tests.messaging.conftest import letter
from tests.messaging.servers import listening

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings, monkeypatch):
    with listening(settings, monkeypatch) as server:
        yield server


def letters(number: int) -> list[str]:
    """Due one after the other, whatever the clock says."""
    addresses = [f"p{place:02}@example.org" for place in range(number)]
    now = timezone.now()
    for place, address in enumerate(addresses):
        message = letter(str(place), to=address)
        due_at = now - timedelta(seconds=number - place)
        Message.objects.filter(pk=message.pk).update(next_attempt_at=due_at)
    return addresses


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for status in Message.objects.values_list("status", flat=True):
        found[status] = found.get(status, 0) + 1
    return found


def test_all_that_is_due_leaves_in_its_order_over_one_connection(server):
    addresses = letters(70)
    assert deliver_due() == Batch(70, is_cut_short=False)

    assert server.taken == addresses
    assert server.greeted == 1
    assert states() == {"sent": 70}
    attempts = Attempt.objects.values_list("outcome", "answer", "message__attempts", "number")
    assert set(attempts) == {("sent", "250 Taken", 1, 1)}
    assert not Message.objects.filter(sent_at=None).exists()
    assert not Attempt.objects.filter(ended_at=None).exists()


def test_a_refusal_in_the_midst_is_of_one(server):
    letters(20)
    Message.objects.filter(to="p07@example.org").update(to="nobody@example.org")
    Message.objects.filter(to="p11@example.org").update(to="full@example.org")

    assert deliver_due().tried == 20
    assert states() == {"sent": 18, "failed": 1, "queued": 1}
    assert server.greeted == 1


def test_a_slow_server_gets_all_and_none_twice(server, monkeypatch):
    addresses = letters(12)
    monkeypatch.setattr(rounds, "LONGEST_HOLD", 0.1)
    monkeypatch.setattr(rounds, "LONGEST_UNMARKED", 0.05)
    server.seconds = 0.06

    assert deliver_due() == Batch(12, is_cut_short=False)
    assert sorted(server.taken) == addresses
    assert states() == {"sent": 12}
    assert Attempt.objects.count() == 12


def test_when_its_time_is_over_it_holds_nothing(server, monkeypatch):
    letters(9)
    before = dict(Message.objects.values_list("pk", "next_attempt_at"))
    monkeypatch.setattr(rounds, "ROUND_SECONDS", 0.05)
    server.seconds = 0.06

    assert deliver_due() == Batch(1, is_cut_short=True)
    assert states() == {"sent": 1, "queued": 8}
    waiting = Message.objects.filter(status="queued")
    assert all(each.next_attempt_at == before[each.pk] for each in waiting)


def test_what_could_not_be_marked_at_first_is_marked_later(server, monkeypatch):
    letters(40)
    faults = [OperationalError("gone")]

    def uncertain(messages):
        if faults:
            raise faults.pop()
        return mark_sent(messages)

    monkeypatch.setattr(rounds, "mark_sent", uncertain)
    assert deliver_due().tried == 40
    assert states() == {"sent": 40}
    assert len(server.taken) == 40


def test_what_was_never_marked_is_sent_by_its_attempt_and_leaves_once(server, monkeypatch):
    letters(5)

    def gone(messages):
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(rounds, "mark_sent", gone)
        with pytest.raises(OperationalError):
            deliver_due()
    taken = list(server.taken)
    assert taken
    Message.objects.filter(status="sending").update(leased_until=timezone.now())
    take_back_abandoned()
    deliver_due()

    assert states() == {"sent": 5}
    assert sorted(server.taken) == sorted(set(server.taken))
    assert set(taken) < set(server.taken) or len(taken) == 5
