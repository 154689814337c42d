"""What is said to the mail server, and in which order."""

import pytest

from core.messaging.choices import AttemptOutcome
from core.messaging.smtp import Postman, _Talkative, _WithheldError


def test_a_real_connection_withholds_the_text_too():
    said = []

    class Connection(_Talkative):
        def send(self, words):
            said.append(words)

        def getreply(self):
            return 250, b"yes"

    server = Connection()
    server.helo_resp = b"hello"
    server.may_have_text = lambda: False
    with pytest.raises(_WithheldError):
        server.sendmail("portal@example.org", ["ana@example.org"], b"text")

    assert said == ["mail FROM:<portal@example.org>\r\n", "rcpt TO:<ana@example.org>\r\n"]
    assert not server.handing_over


def test_postman_never_raises_for_what_cannot_be_built():
    with Postman() as postman:
        assert postman.deliver(lambda: 1 / 0).outcome == AttemptOutcome.REFUSED
