"""What becomes of a message, whatever the mail server and the workers do; the real ones are in test_killed_workers."""

import smtplib
from datetime import timedelta
from email import message_from_bytes, policy
from threading import Thread

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from core.messaging.choices import AttemptOutcome
from core.messaging.envelope import envelope
from core.messaging.models import Attempt, Message
from core.messaging.services import Attachment
from core.messaging.services.concluding import (
    MOST_REFUSALS,
    MOST_REPEATS,
    conclude,
    take_back_abandoned,
)
from core.messaging.services.delivery import deliver_due
from core.messaging.services.holding import begin, claim
from core.messaging.smtp import Delivery
from tests.messaging.conftest import letter

pytestmark = pytest.mark.django_db


def refused(code: int, text: bytes = b"no") -> Exception:
    return smtplib.SMTPRecipientsRefused({"ana@example.org": (code, text)})


def make_due(**fields) -> None:
    Message.objects.filter(next_attempt_at__isnull=False).update(next_attempt_at=timezone.now(), **fields)


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
