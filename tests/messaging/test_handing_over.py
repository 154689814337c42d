"""What is said to the mail server, and in which order."""

import smtplib

import pytest

from core.messaging.choices import AttemptOutcome
from core.messaging.smtp import Postman
from core.messaging.speaking import Opening, Talkative, WithheldError, _as_text

SENDER, RECIPIENT = "portal@example.org", "ana@example.org"
TOGETHER = f"mail FROM:<{SENDER}>\r\nrcpt TO:<{RECIPIENT}>\r\ndata\r\n"
TEXT = b"text\r\n.\r\n"


class Connection(Talkative):
    """A connection to a server that answers as told."""

    def __init__(self, *replies, together=True):
        super().__init__()
        self.helo_resp, self.replies, self.said = b"hello", list(replies), []
        self.esmtp_features = {"pipelining": ""} if together else {}
        self.does_esmtp = True
        self.may_have_text = self.ask

    def ask(self):
        self.said.append("?")
        return True

    def send(self, words):
        self.said.append(words)

    def getreply(self):
        return self.replies.pop(0), b"words"

    def deliver(self):
        if self.takes_several():
            self.hand_over(Opening(SENDER, RECIPIENT, 0), TEXT[:-3])
        else:
            self.sendmail(SENDER, [RECIPIENT], TEXT[:-3])


def test_all_but_the_text_is_said_at_once_to_a_server_that_takes_it_so():
    server = Connection(250, 250, 354, 250)
    server.deliver()
    assert server.said == [TOGETHER, "?", TEXT]


def test_one_by_one_to_any_other_server():
    server = Connection(250, 250, 354, 250, together=False)
    server.deliver()
    mail, rcpt, data = TOGETHER.splitlines(keepends=True)
    assert server.said == [mail, rcpt, "?", data, TEXT]


@pytest.mark.parametrize("together", [True, False])
def test_the_text_is_withheld_until_it_may_be_had(together):
    server = Connection(250, 250, together=together)
    server.may_have_text = lambda: False
    with pytest.raises(WithheldError):
        server.deliver()
    assert not [words for words in server.said if isinstance(words, bytes)]
    assert not server.handing_over


@pytest.mark.parametrize(
    ("replies", "error"),
    [
        ((550, 503, 503, 250), smtplib.SMTPSenderRefused),
        ((250, 451, 503, 250), smtplib.SMTPRecipientsRefused),
        ((250, 250, 451, 250), smtplib.SMTPDataError),
    ],
)
def test_after_a_refusal_every_answer_is_read_and_no_text_follows(replies, error):
    server = Connection(*replies, 250, 250, 354, 250)
    with pytest.raises(error):
        server.deliver()
    assert server.said == [TOGETHER, "?", "rset\r\n"]
    server.deliver()
    assert server.said[-1] == TEXT


def test_a_server_that_waits_for_a_text_to_nobody_is_left():
    server = Connection(250, 550, 354, 250)
    server.close = lambda: server.said.append("closed")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        server.deliver()
    assert server.said == [TOGETHER, "?", "closed"]


def test_a_text_that_was_refused_is_over_and_the_next_mail_is_its_own():
    server = Connection(250, 250, 354, 554, 250, 250, 250, 354, 250)
    with pytest.raises(smtplib.SMTPDataError):
        server.deliver()
    assert not server.handing_over
    server.deliver()
    assert server.said == [TOGETHER, "?", TEXT, "rset\r\n", TOGETHER, "?", TEXT]


def test_what_a_server_says_before_it_goes_away_is_told():
    def gone():
        if server.replies:
            return server.replies.pop(0), b"words"
        raise smtplib.SMTPServerDisconnected

    server = Connection(250, 421)
    server.getreply = gone
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        server.deliver()
    server.replies = [250, 250]
    with pytest.raises(smtplib.SMTPServerDisconnected):
        server.deliver()
    assert not server.handing_over


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"a\r\n", b"a\r\n.\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b".a\r\n.\r\n..b\r\n", b"..a\r\n..\r\n...b\r\n.\r\n"),
    ],
)
def test_a_period_at_the_beginning_of_a_line_does_not_end_the_text(text, said):
    assert _as_text(text) == said


def test_postman_never_raises_for_what_cannot_be_built():
    with Postman() as postman:
        assert postman.deliver(lambda: 1 / 0).outcome == AttemptOutcome.REFUSED
