"""What becomes of a message, whatever the mail server and the workers do; the real ones are in test_killed_workers."""

import smtplib
from datetime import timedelta
from email import message_from_bytes, policy
from threading import Thread

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.utils import timezone

from core.accounts.models import User
from core.messaging.choices import AttemptOutcome
from core.messaging.envelope import envelope
from core.messaging.models import Attempt, Message
from core.messaging.services import Attachment, rounds
from core.messaging.services.concluding import (
    MOST_REFUSALS,
    MOST_REPEATS,
    conclude,
    conclude_sent,
    take_back_abandoned,
)
from core.messaging.services.deciding import decide_message
from core.messaging.services.delivery import deliver_due
from core.messaging.services.holding import Held, begin, claim, end_and_begin, give_back, mark_sent
from core.messaging.services.rounds import Batch, Round, _Turn
from core.messaging.smtp import Delivery, Postman
from tests.messaging.conftest import letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch):
    """A mail server that answers as told: ``server.answers`` maps an address to what is raised for it."""

    class Server:
        answers: dict[str, list[Exception]] = {}
        handing_over = False
        taken: list = []
        opened = 0

        def __init__(self, *args, **kwargs):
            self.connection = None

        def open(self):
            Server.opened += self.connection is None
            self.connection = self

        def close(self):
            self.connection = None

        def send_messages(self, messages):
            for each in messages:
                waiting = Server.answers.get(each.to[0], [])
                if waiting:
                    raise waiting.pop(0)
                Server.taken.append(each)

    Server.answers, Server.taken, Server.opened = {}, [], 0
    monkeypatch.setattr("core.messaging.smtp.get_connection", Server)
    return Server


def refused(code: int, text: bytes = b"no") -> Exception:
    return smtplib.SMTPRecipientsRefused({"ana@example.org": (code, text)})


def make_due(**fields) -> None:
    Message.objects.filter(next_attempt_at__isnull=False).update(next_attempt_at=timezone.now(), **fields)


def sent_of(held: list[Held]) -> Batch:
    """What a worker does that holds these."""
    with Postman() as postman:
        mine = Round(postman)
        mine.add(held)
        return mine.run()


def begun_by_a_worker() -> int:
    """The attempt of the next due message, as a worker leaves it that is killed."""
    attempt = begin(claim(1)[0].message)
    assert attempt is not None
    return attempt


def test_a_batch_uses_one_connection_and_takes_codes_first(server):
    letter("1", to="a@example.org")
    letter("2", to="b@example.org")
    letter("3", to="c@example.org", sensitive=True)

    assert deliver_due().tried == 3
    assert [each.to[0] for each in server.taken] == ["c@example.org", "a@example.org", "b@example.org"]
    assert server.opened == 1
    assert set(Message.objects.values_list("status", flat=True)) == {"sent"}


def test_what_may_pass_is_tried_again_later_and_later(server):
    message = letter()
    server.answers["ana@example.org"] = [refused(451, b"4.7.1 Later"), refused(451, b"4.7.1 Later")]
    waits = []
    for _number in range(2):
        before = timezone.now()
        deliver_due()
        message.refresh_from_db()
        assert message.status == "queued"
        waits.append((message.next_attempt_at - before).total_seconds())
        assert deliver_due().tried == 0, "not before its time"
        make_due()
    deliver_due()

    message.refresh_from_db()
    assert 20 < waits[0] < 40 < waits[1] < 80
    assert message.status == "sent"
    assert [each.answer for each in message.tries.order_by("number")][:2] == ["451 4.7.1 Later"] * 2


def test_what_will_not_pass_is_written_down_and_tried_no_more(server):
    message = letter()
    server.answers["ana@example.org"] = [refused(550, b"5.1.1 No such user")]
    deliver_due()

    message.refresh_from_db()
    assert (message.status, message.stop_reason) == ("failed", "refused")
    assert message.tries.get().answer == "550 5.1.1 No such user"
    assert deliver_due().tried == 0


def test_refusals_end_after_their_number(server):
    message = letter()
    server.answers["ana@example.org"] = [refused(451) for _ in range(MOST_REFUSALS)]
    for _number in range(MOST_REFUSALS):
        deliver_due()
        make_due()

    message.refresh_from_db()
    assert (message.status, message.stop_reason) == ("failed", "too_many")


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(111, "refused"),
        smtplib.SMTPAuthenticationError(535, b"bad password"),
        smtplib.SMTPSenderRefused(550, b"not you", "portal@example.org"),
        smtplib.SMTPConnectError(421, b"busy"),
        TimeoutError("timed out"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_server_that_takes_nothing_costs_no_message_and_ends_the_batch(server, error):
    first, second = letter("1"), letter("2")
    server.answers["ana@example.org"] = [error]

    assert deliver_due().tried == 1
    for message in (first, second):
        message.refresh_from_db()
        assert message.status == "queued"
    assert first.tries.get().outcome == "unreachable"
    Attempt.objects.filter(message=first).update(outcome="unreachable")
    assert first.next_attempt_at - timezone.now() < timedelta(minutes=7)


def test_a_connection_that_went_away_between_two_messages_is_opened_again(server):
    letter("1", to="a@example.org")
    letter("2", to="b@example.org")
    server.answers["b@example.org"] = [smtplib.SMTPServerDisconnected("gone")]

    assert deliver_due().tried == 2
    assert len(server.taken) == 2
    assert server.opened == 2


def test_a_text_without_an_answer_goes_out_again_under_the_same_number_then_waits(server, monkeypatch):
    message = letter()
    monkeypatch.setattr(server, "handing_over", True)
    server.answers["ana@example.org"] = [smtplib.SMTPServerDisconnected("gone")] * (MOST_REPEATS + 1)
    numbers = set()
    for _number in range(MOST_REPEATS + 1):
        deliver_due()
        message.refresh_from_db()
        numbers.add(envelope(message).message()["Message-ID"])
        assert message.status == "unsure"
        make_due()

    assert numbers == {message.message_id}
    assert message.next_attempt_at is None
    assert Message.objects.waiting_for_staff().get() == message
    assert deliver_due().tried == 0


def test_a_dead_workers_message_comes_back_after_the_lease_and_not_before(server):
    message = letter()
    begun_by_a_worker()
    assert deliver_due().tried == 0
    Message.objects.update(leased_until=timezone.now())

    assert deliver_due().tried == 1
    message.refresh_from_db()
    assert message.status == "sent"
    assert [each.outcome for each in message.tries.order_by("number")] == ["killed", "sent"]


@pytest.mark.parametrize(
    ("outcome", "status"), [("refused", "unsure"), ("postponed", "unsure"), ("sent", "sent")]
)
def test_a_worker_that_comes_back_after_its_lease_brings_good_news_or_none(outcome, status):
    message = letter()
    late = begun_by_a_worker()
    Message.objects.update(leased_until=timezone.now())
    take_back_abandoned()

    conclude(late, message.pk, Delivery(AttemptOutcome(outcome), "answer"))

    message.refresh_from_db()
    assert message.status == status


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


def test_codes_are_erased_once_they_are_sent(server):
    message = letter(sensitive=True)
    deliver_due()

    message.refresh_from_db()
    assert (message.status, message.text, message.html) == ("sent", "", "")
    assert server.taken[0].body.startswith("Bună ziua,")


def test_not_before_is_kept(server):
    letter(not_before=timezone.now() + timedelta(hours=1))
    assert deliver_due().tried == 0
    make_due()
    assert deliver_due().tried == 1


def test_headers_say_what_mail_programs_ask():
    message = letter()
    read = message_from_bytes(envelope(message).message().as_bytes(), policy=policy.default)

    assert read["Message-ID"] == message.message_id
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Content-Language"] == "ro"
    assert read["Date"].datetime.replace(microsecond=0) == message.created_at.replace(microsecond=0)
    assert read["To"] == "ana@example.org"
    assert [part.get_content_type() for part in read.walk()][1:] == ["text/plain", "text/html"]
    # RFC 5322, 2.1.1.
    assert max(map(len, message.text.splitlines())) <= 78


def test_a_calendar_file_asks_for_an_answer():
    calendar = (
        b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:\xc8\x98edin\xc8\x9b\xc4\x83\r\nEND:VCALENDAR\r\n"
    )
    message = letter(
        attachments=[Attachment("invitatie.ics", "text/calendar; method=REQUEST; charset=utf-8", calendar)]
    )
    read = message_from_bytes(envelope(message).message().as_bytes(), policy=policy.default)
    parts = [part for part in read.walk() if part.get_content_type() == "text/calendar"]

    assert [part.get_param("method") for part in parts] == ["REQUEST", "REQUEST"]
    assert [part.get_filename() for part in parts] == [None, "invitatie.ics"]
    assert parts[1].get_payload(decode=True) == calendar
    assert "Ședință" in parts[0].get_content()


def test_what_cannot_be_written_fails_alone(server):
    broken, good = letter("1"), letter("2", to="b@example.org")
    Message.objects.filter(pk=broken.pk).update(headers={"X-Bad": "a\nBcc: x@example.org"})
    deliver_due()

    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.status, broken.stop_reason) == ("failed", "malformed")
    assert good.status == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_each_message_once(settings):
    for number in range(20):
        letter(str(number), to=f"p{number}@example.org")

    def work() -> None:
        deliver_due()
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Message.objects.filter(status="sent").count() == 20
    assert Attempt.objects.count() == 20
    assert sorted(each.to[0] for each in mail.outbox) == sorted(
        f"p{number}@example.org" for number in range(20)
    )
