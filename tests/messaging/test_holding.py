"""What a worker holds, begins and marks; and what another takes back from it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone

from core.accounts.models import User
from core.messaging.models import Attempt, Message
from core.messaging.services import rounds
from core.messaging.services.concluding import (
    conclude_sent,
    take_back_abandoned,
)
from core.messaging.services.deciding import decide_message
from core.messaging.services.delivery import deliver_due
from core.messaging.services.holding import Held, begin, claim, end_and_begin, give_back, mark_sent
from core.messaging.services.rounds import Batch, Round, _Turn
from core.messaging.smtp import Postman
from tests.messaging.conftest import letter

pytestmark = pytest.mark.django_db


def sent_of(held: list[Held]) -> Batch:
    """What a worker does that holds these."""
    with Postman() as postman:
        mine = Round(postman)
        mine.add(held)
        return mine.run()


def test_of_what_a_killed_worker_held_only_the_one_it_had_begun_is_in_doubt(server):
    messages = [letter(str(number), to=f"p{number}@example.org") for number in range(4)]
    doubtful = messages[3]
    Attempt.objects.create(message=doubtful, number=1, outcome="no_answer", ended_at=timezone.now())
    Message.objects.filter(pk=doubtful.pk).update(status="unsure", attempts=1)
    held = claim(4)
    begin(held[0].message)
    assert claim(4) == []
    Message.objects.update(leased_until=timezone.now())

    assert take_back_abandoned() == 4
    found = [(each.status, each.attempts, each.tries.count()) for each in Message.objects.order_by("pk")]
    assert found == [("unsure", 1, 1), ("queued", 0, 0), ("queued", 0, 0), ("unsure", 1, 1)]
    assert deliver_due().tried == 4
    assert [each.outcome for each in doubtful.tries.order_by("number")] == ["no_answer", "sent"]
    assert Attempt.objects.filter(outcome="sent").count() == 4


def test_what_is_not_begun_in_time_waits_again_in_its_turn(server, monkeypatch):
    first, second, third = (letter(str(number), to=f"p{number}@example.org") for number in range(3))
    before = second.next_attempt_at
    held = claim(3)
    monkeypatch.setattr(rounds, "LONGEST_HOLD", 0)
    monkeypatch.setattr(rounds, "claim", lambda size: [])
    assert sent_of(held) == Batch(1, is_cut_short=False)

    for message, status in ((first, "sent"), (second, "queued"), (third, "queued")):
        message.refresh_from_db()
        assert (message.status, message.leased_until) == (status, None)
    assert second.next_attempt_at == before
    assert Attempt.objects.count() == 1


def test_a_lost_lease_gives_nothing_back_and_begins_nothing(server):
    letter("1"), letter("2")
    held = claim(2)
    attempt = begin(held[0].message)
    Message.objects.update(leased_until=timezone.now())
    take_back_abandoned()
    give_back(held)

    assert begin(held[1].message) is None
    assert end_and_begin(attempt, "250", held[1].message)() == (False, None)
    assert mark_sent([each.message for each in held]) == set()
    assert set(Message.objects.values_list("status", flat=True)) == {"unsure", "queued"}
    assert Attempt.objects.get().outcome == "killed"


def test_the_text_of_what_is_somebody_elses_by_now_is_not_handed_over(server):
    letter("1", to="a@example.org"), letter("2", to="b@example.org"), letter("3", to="c@example.org")
    held = claim(3)
    Message.objects.filter(pk=held[1].message.pk).update(leased_until=timezone.now() + timedelta(hours=1))
    assert sent_of(held) == Batch(2, is_cut_short=False)

    assert [each.to[0] for each in server.taken] == ["a@example.org", "c@example.org"]
    assert list(Message.objects.order_by("pk").values_list("status", flat=True)) == [
        "sent",
        "sending",
        "sent",
    ]
    assert Attempt.objects.filter(outcome="sent").count() == Attempt.objects.count() == 2


def test_what_the_database_does_not_answer_is_no_fault_of_the_mail(server):
    letter()

    def unanswered():
        raise OperationalError("gone")

    turn = _Turn(claim(1)[0], unanswered, lambda: None)
    with Postman() as postman:
        assert postman.deliver(mail.EmailMessage, turn.is_begun) is None
    with pytest.raises(OperationalError):
        turn.attempt()
    assert server.taken == []


def test_of_several_only_the_one_erased_meanwhile_leaves_no_words(server):
    letter("1"), letter("2")
    held = claim(2)
    Message.objects.filter(pk=held[0].message.pk).update(sensitive=True)
    assert sent_of(held) == Batch(2, is_cut_short=False)

    found = [(each.status, bool(each.text), each.attempts) for each in Message.objects.order_by("pk")]
    assert found == [("sent", False, 1), ("sent", True, 1)]
    assert Attempt.objects.filter(outcome="sent").count() == Attempt.objects.count() == 2


def test_erased_while_it_was_sent_it_leaves_no_words(server):
    message = letter()
    held = claim(1)[0].message
    attempt = begin(held)
    Message.objects.update(sensitive=True)

    assert end_and_begin(attempt, "250", None)() == (True, None)
    assert mark_sent([held]) == set()
    for _time in range(2):
        conclude_sent(message.pk)
    message.refresh_from_db()
    assert (message.status, message.text, message.attempts) == ("sent", "", 1)


def test_what_the_server_took_is_sent_also_when_the_worker_is_killed_before_it_marks_it(server):
    taken, begun, held_only = (letter(str(number), to=f"p{number}@example.org") for number in range(3))
    held = claim(3)
    _written, _following = end_and_begin(begin(held[0].message), "250", held[1].message)()
    Message.objects.update(leased_until=timezone.now())

    assert take_back_abandoned() == 3
    found = [(each.status, each.attempts) for each in Message.objects.order_by("pk")]
    assert found == [("sent", 1), ("unsure", 1), ("queued", 0)]
    taken.refresh_from_db()
    assert taken.sent_at is not None
    deliver_due()
    assert [each.to[0] for each in server.taken] == [begun.to, held_only.to]


def test_a_message_sent_again_by_staff_is_not_taken_for_sent_by_its_former_attempt(server):
    message = letter()
    deliver_due()
    staff = User.objects.create_superuser("staff@example.org", "Parola-lunga-1", full_name="Staff")
    decide_message(message=Message.objects.get(), step="resend", actor=staff)
    claim(1)
    Message.objects.update(leased_until=timezone.now())

    take_back_abandoned()
    message.refresh_from_db()
    assert (message.status, message.attempts) == ("queued", 0)
    deliver_due()
    assert len(server.taken) == 2
