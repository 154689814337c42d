"""What is said to the mail server, and in which order; many mails over one connection."""

import re
import smtplib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from core.messaging.wire import is_plain

ANSWER_LENGTH = 500
_LEADING_PERIOD = re.compile(rb"(?m)^\.")
# The portal has one sender.
_kept_address = lru_cache(maxsize=8)(smtplib.quoteaddr)


class Opening(NamedTuple):
    """What is said before a text: to a plain address, of so many bytes."""

    sender: str
    recipient: str
    size: int


class WithheldError(Exception):
    """The text must not be handed over."""


class Talkative(smtplib.SMTP):
    """A connection without encryption, or with STARTTLS.

    ``answer`` is what the server said of the last message; ``handing_over`` while it has the text, not yet said.

    ``may_have_text`` is asked before the first word of a text. ``meanwhile`` is called once the text is on its way,
    while the server looks at it. ``following`` is asked for the next mail as soon as the server has taken one, so that
    it works at that while the portal writes down what it answered.
    """

    answer = ""
    handing_over = False
    may_have_text: Callable[[], bool] | None = None
    meanwhile: Callable[[], None] | None = None
    following: Callable[[], Opening | None] | None = None
    _opened: Opening | None = None

    def takes_several(self) -> bool:
        """Whether the server takes several commands at once (RFC 2920)."""
        self.ehlo_or_helo_if_needed()
        return bool(self.has_extn("pipelining"))

    def hand_over(self, opening: Opening, text: bytes) -> None:
        """One mail; sender, recipient and DATA are said in one go, or were as the last was taken. Raises as
        ``sendmail`` does.

        The answers to them are read once the text may be had: the server works at them meanwhile, and all are there.
        """
        if self._opened is None:
            self._open(opening)
        elif self._opened != opening:
            self.close()  # It waits for the text of another mail.
            raise smtplib.SMTPServerDisconnected("Left for another mail")
        self._ask_for_text()
        self._opened = None
        self._read_agreement(opening)
        self.send(_as_text(text))
        code, reply = self.getreply()
        self.answer, self.handing_over = read_answer(code, reply), False
        if code != 250:
            self._leave(code)
            raise smtplib.SMTPDataError(code, reply)
        if self.following is not None and (following := self.following()) is not None:
            with suppress(OSError):  # Whatever it is: it is of the next mail, and found again with it.
                self._open(following)

    def _open(self, opening: Opening) -> None:
        size = f" size={opening.size}" if self.has_extn("size") else ""
        said = f"mail FROM:{_kept_address(opening.sender)}{size}\r\nrcpt TO:<{opening.recipient}>\r\ndata\r\n"
        self.send(said)
        self._opened = opening

    def close(self) -> None:
        self._opened = None
        super().close()

    def quit(self) -> tuple[int, bytes]:
        """Without a word when the server waits for a text, of which a word would be a part."""
        if self._opened is None:
            return super().quit()
        self.close()
        return 221, b""

    def _read_agreement(self, opening: Opening) -> None:
        """Each answer is read, also after a refusal, or the next would be taken for another's."""
        answers: list[tuple[int, bytes]] = []
        try:
            while len(answers) < 3:
                answers.append(self.getreply())
        except smtplib.SMTPServerDisconnected:
            # A refusal tells more than that the server then went away.
            if all(code < 400 for code, _reply in answers):
                raise
        agreed = ((250,), (250, 251), (354,))
        refused = (place for place, (code, _reply) in enumerate(answers) if code not in agreed[place])
        if (place := next(refused, None)) is None:
            return
        code, reply = answers[place]
        # It waits for the text of a mail that it refused: left without a word, and opened anew for the next.
        self._leave(421 if answers[-1][0] == 354 else code)
        if place == 0:
            raise smtplib.SMTPSenderRefused(code, reply, opening.sender)
        if place == 1:
            raise smtplib.SMTPRecipientsRefused({opening.recipient: (code, reply)})
        raise smtplib.SMTPDataError(code, reply)

    def _leave(self, code: int) -> None:
        """After a refusal: nothing of this mail is left at the server, or the connection is (421, RFC 5321, 3.8)."""
        if code == 421:
            self.close()
        else:
            self._rset()  # type: ignore[attr-defined]

    def _ask_for_text(self) -> None:
        if self.may_have_text is not None and not self.may_have_text():
            raise WithheldError

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """As the library does, which reads each address by all of RFC 5322: a quarter of its work."""
        if "smtputf8" in map(str.lower, options):
            return super().mail(sender, options)
        self.putcmd("mail", " ".join([f"FROM:{_kept_address(sender)}", *options]))
        return self.getreply()

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """An address that is plain is put as it stands."""
        if options or not is_plain(recip):
            return super().rcpt(recip, options)
        self.putcmd("rcpt", f"TO:<{recip}>")
        return self.getreply()

    def data(self, msg: Any) -> tuple[int, bytes]:
        self._ask_for_text()
        try:
            code, reply = super().data(msg)
        except smtplib.SMTPDataError as error:
            self._leave(error.smtp_code)  # Else the next mail would be added to this one.
            raise
        self.answer, self.handing_over = read_answer(code, reply), False
        return code, reply

    def getreply(self) -> tuple[int, bytes]:
        """As the library does; an answer of one line, as most are, without its detours."""
        if self.file is None or self.debuglevel:
            return super().getreply()
        try:
            line = self.file.peek()
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"Connection unexpectedly closed: {error}") from error
        end = line.find(b"\r\n")
        if end < 4 or line[3:4] != b" " or not line[:3].isdigit():
            return super().getreply()
        self.file.read(end + 2)
        return int(line[:3]), line[4:end]

    def send(self, words: Any) -> None:
        """The text itself is bytes, what is said about it is text."""
        if not isinstance(words, bytes):
            super().send(words)
            return
        self.answer, self.handing_over = "", True
        super().send(words)
        if self.meanwhile is not None:
            work, self.meanwhile = self.meanwhile, None
            work()


class TalkativeSSL(Talkative, smtplib.SMTP_SSL):
    """A connection encrypted from its first word."""


def read_answer(code: int, reply: bytes | str) -> str:
    """The answer as one line, short enough to be kept."""
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return cut(f"{code} {' '.join(words.split())}")


def cut(text: str) -> str:
    """One line without NUL, short enough to be kept."""
    return " ".join(text.replace("\x00", "").split())[:ANSWER_LENGTH]


def _as_text(text: bytes) -> bytes:
    """RFC 5321, 4.5.2: a period more before each that begins a line, and one alone at the end."""
    if b"\n." in text or text.startswith(b"."):
        text = _LEADING_PERIOD.sub(b"..", text)
    return b"".join((text, b"" if text.endswith(b"\r\n") else b"\r\n", b".\r\n"))
