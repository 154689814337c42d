"""Mails over one connection to a real server, which may hear of the next as soon as it has taken one."""

import time
from itertools import zip_longest

import pytest

from core.messaging.smtp import Postman
from tests.messaging.servers import listening, mail_to


@pytest.fixture
def server(settings, monkeypatch):
    with listening(settings, monkeypatch) as server:
        yield server


@pytest.mark.parametrize("is_ahead", [True, False])
@pytest.mark.parametrize("is_written", [True, False])
def test_a_server_keeps_step_with_refusals_and_withheld_texts(server, is_written, is_ahead):
    names = ["a", "nobody", "b", "full", "c", "withheld", "d", "nobody", "e"]
    mails = [mail_to(name, is_written=is_written) for name in names]
    with Postman() as postman:
        found = [
            postman.deliver(
                lambda mail=mail: mail,
                lambda name=name: name != "withheld",
                following=lambda following=following: following if is_ahead else None,
            )
            for name, mail, following in zip_longest(names, mails, mails[1:])
        ]

    outcomes = [each and each.outcome for each in found]
    assert outcomes == ["sent", "refused", "sent", "postponed", "sent", None, "sent", "refused", "sent"]
    assert server.taken == [f"{name}@example.org" for name in "abcde"]
    assert server.greeted == 2, "opened anew only after the text that was withheld"


def test_a_mail_that_the_server_heard_of_in_vain_costs_the_connection_alone(server):
    with Postman() as postman:
        first = postman.deliver(lambda: mail_to("a"), following=lambda: mail_to("other"))
        second = postman.deliver(lambda: mail_to("b"))
        third = postman.deliver(lambda: mail_to("c"))

    assert [each and each.outcome for each in (first, second, third)] == ["sent"] * 3
    assert server.taken == ["a@example.org", "b@example.org", "c@example.org"]
    assert server.greeted == 2


def test_leaving_while_the_server_waits_for_a_text_is_quick_and_hands_nothing_over(server):
    with Postman() as postman:
        postman.deliver(lambda: mail_to("a"), following=lambda: mail_to("other"))
        started = time.monotonic()
    assert time.monotonic() - started < 2
    assert server.taken == ["a@example.org"]


def test_what_breaks_after_the_answer_is_of_the_next_mail(server):
    with Postman() as postman:

        def broken():
            postman._connection.sock.close()
            return mail_to("b")

        first = postman.deliver(lambda: mail_to("a"), following=broken)
        second = postman.deliver(lambda: mail_to("b"))

    assert (first.outcome, second.outcome) == ("sent", "sent")
    assert server.taken == ["a@example.org", "b@example.org"]
