"""The way to the mail server: one connection for many messages, and what became of each, told for certain."""

import smtplib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

from core.messaging.choices import AttemptOutcome
from core.messaging.wire import is_plain, sanitised

ANSWER_LENGTH = 500
# The portal has one sender.
_sender = lru_cache(maxsize=8)(sanitised)
_kept_address = lru_cache(maxsize=8)(smtplib.quoteaddr)


class EmailBackend(DjangoBackend):
    """Django's, which also remembers the server's last answer and whether a message was on its way without one."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _TalkativeSSL if self.use_ssl else _Talkative

    def _send(self, email_message: EmailMessage) -> bool:
        """A mail that was written before is not written again."""
        wire = getattr(email_message, "wire", None)
        if wire is None:
            return bool(super()._send(email_message))  # type: ignore[misc]
        recipients = [sanitised(address) for address in email_message.to]
        connection: Any = self.connection
        connection.recipient = recipients[0] if len(recipients) == 1 and is_plain(recipients[0]) else ""
        connection.sendmail(_sender(email_message.from_email), recipients, wire)
        return True


class _Remembering:
    """``answer`` is what the server said of the last message; ``handing_over`` while it has the text, not yet said.

    ``recipient`` is the only one of the next message, when it may be said together with the sender.
    ``may_have_text`` is asked once sender and recipient are agreed, before the first word of the text. ``meanwhile`` is
    called once the text is on its way, while the server looks at it.
    """

    answer = ""
    handing_over = False
    recipient = ""
    _unread = 0
    may_have_text: Callable[[], bool] | None = None
    meanwhile: Callable[[], None] | None = None

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """As the library does, which reads each address by all of RFC 5322: a quarter of its work.

        Where the server takes several commands at once (RFC 2920), all that comes before the text is said in one go.
        """
        if "smtputf8" in map(str.lower, options):
            return super().mail(sender, options)  # type: ignore[misc,no-any-return]
        said = " ".join([f"FROM:{_kept_address(sender)}", *options])
        is_ahead = self.recipient and self.has_extn("pipelining") and said.isprintable()  # type: ignore[attr-defined]
        if is_ahead:
            self.send(f"mail {said}\r\nrcpt TO:<{self.recipient}>\r\ndata\r\n")
            self._unread = 2
        else:
            self.putcmd("mail", said)
        return self._reply()

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """An address that is plain is put as it stands."""
        if self._unread:
            self._unread -= 1
        elif options or not is_plain(recip):
            return super().rcpt(recip, options)  # type: ignore[misc,no-any-return]
        else:
            self.putcmd("rcpt", f"TO:<{recip}>")
        return self._reply()

    def putcmd(self, cmd: str, args: str = "") -> None:
        if cmd == "data" and self._unread:
            self._unread = 0
        else:
            super().putcmd(cmd, args)  # type: ignore[misc]

    def _reply(self) -> tuple[int, bytes]:
        """The next one; after a refusal those to what was said in the same go are read too, and no text follows."""
        code, reply = self.getreply()  # type: ignore[attr-defined]
        if code not in (250, 251):
            with suppress(smtplib.SMTPServerDisconnected):
                while self._unread:
                    self._unread -= 1
                    if self.getreply()[0] == 354:  # type: ignore[attr-defined]
                        self.close()  # type: ignore[attr-defined]  # It waits for a text; the next mail opens it anew.
        return code, reply

    def data(self, msg: Any) -> tuple[int, bytes]:
        if self.may_have_text is not None and not self.may_have_text():
            raise _WithheldError
        self.answer, self.handing_over = "", True
        try:
            code, reply = super().data(msg)  # type: ignore[misc]
        except smtplib.SMTPDataError:
            self._rset()  # type: ignore[attr-defined]  # Else the next mail would be added to this one.
            raise
        self.answer, self.handing_over = _read(code, reply), False
        return code, reply

    def send(self, words: Any) -> None:
        super().send(words)  # type: ignore[misc]
        # The text itself is bytes, what is said about it is text.
        if self.meanwhile is not None and self.handing_over and isinstance(words, bytes):
            work, self.meanwhile = self.meanwhile, None
            work()


class _WithheldError(Exception):
    """The text must not be handed over."""


class _Talkative(_Remembering, smtplib.SMTP):
    pass


class _TalkativeSSL(_Remembering, smtplib.SMTP_SSL):
    pass


@dataclass(frozen=True)
class Delivery:
    """What became of one attempt; ``others_can_go`` is false when the server takes nothing from anybody."""

    outcome: AttemptOutcome
    answer: str = ""
    others_can_go: bool = True


def _always() -> bool:
    return True


class Postman:
    """Hands messages over, one connection for all of a batch; close it at the end."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()
        self._used = False
        self._may_have_text: Callable[[], bool] = _always
        self._meanwhile: Callable[[], None] | None = None

    def __enter__(self) -> "Postman":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def deliver(
        self,
        make: Callable[[], EmailMessage],
        may_have_text: Callable[[], bool] = _always,
        meanwhile: Callable[[], None] | None = None,
    ) -> Delivery | None:
        """One message, never raising for what a message or a server may do.

        A connection that went away since the last message is opened anew, once: nothing was handed over by then.
        ``may_have_text`` is asked before the first word of the text is handed over, once the server agreed to the rest;
        None when it says no. It must not raise, and may be asked again.
        ``meanwhile`` may be called while the server has the text and has not answered yet; it must not raise.
        """
        self._may_have_text, self._meanwhile = may_have_text, meanwhile
        try:
            mail = make()
            if getattr(mail, "wire", None) is None:
                mail.message()
        except Exception as error:  # noqa: BLE001  (whatever cannot be written cannot be sent, today or tomorrow)
            return Delivery(AttemptOutcome.REFUSED, _cut(f"{type(error).__name__}: {error}"))
        try:
            delivery = self._hand_over(mail)
            if delivery.outcome == AttemptOutcome.UNREACHABLE and self._used:
                self._used = False
                delivery = self._hand_over(mail)
        except _WithheldError:
            self._used = False
            if isinstance(self._connection, _Remembering):
                self._connection.close()  # type: ignore[attr-defined]  # Without a word: it might wait for a text.
            self._close()
            return None
        self._used = delivery.outcome != AttemptOutcome.UNREACHABLE
        return delivery

    def _hand_over(self, mail: EmailMessage) -> Delivery:
        try:
            self._backend.open()
            connection = self._connection
            if isinstance(connection, _Remembering):
                connection.may_have_text, connection.meanwhile = self._may_have_text, self._meanwhile
            elif not self._may_have_text():
                raise _WithheldError
            self._backend.send_messages([mail])
        except _WithheldError:
            raise
        except Exception as error:  # noqa: BLE001  (every fault is told apart below, and none may stop the batch)
            handed_over = bool(getattr(self._connection, "handing_over", False))
            delivery = _told_apart(error, handed_over=handed_over)
            if not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
                self._close()
            return delivery
        return Delivery(AttemptOutcome.SENT, getattr(self._connection, "answer", ""))

    @property
    def _connection(self) -> Any:
        """None for a way that keeps none (the mails of tests)."""
        return getattr(self._backend, "connection", None)

    def _close(self) -> None:
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self._backend.connection = None


def _told_apart(error: Exception, *, handed_over: bool) -> Delivery:
    """RFC 5321, 4.2.1: 4xx passes, 5xx of a recipient or a text does not; the rest is the server's own trouble."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
        # 421 is said by a server that is about to close.
        return Delivery(_of_code(code), _read(code, reply), others_can_go=code != 421)
    if isinstance(error, smtplib.SMTPDataError):
        return Delivery(
            _of_code(error.smtp_code), _read(error.smtp_code, error.smtp_error), error.smtp_code != 421
        )
    if isinstance(error, smtplib.SMTPResponseException):
        # Greeting, sign-in or sender refused: nobody's message would pass.
        return Delivery(AttemptOutcome.UNREACHABLE, _read(error.smtp_code, error.smtp_error), False)
    answer = _cut(f"{type(error).__name__}: {error}")
    if handed_over:
        return Delivery(AttemptOutcome.NO_ANSWER, answer, False)
    if isinstance(error, OSError):
        # Errors of smtplib are OSErrors too.
        return Delivery(AttemptOutcome.UNREACHABLE, answer, False)
    return Delivery(AttemptOutcome.REFUSED, answer)


def _of_code(code: int) -> AttemptOutcome:
    return AttemptOutcome.REFUSED if 500 <= code < 600 else AttemptOutcome.POSTPONED


def _read(code: int, reply: bytes | str) -> str:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return _cut(f"{code} {' '.join(words.split())}")


def _cut(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:ANSWER_LENGTH]
