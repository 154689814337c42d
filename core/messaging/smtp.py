"""The way to the mail server: one connection for many messages, and what became of each, told for certain."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

from core.messaging.choices import AttemptOutcome
from core.messaging.speaking import Talkative, TalkativeSSL, WithheldError, cut, read_answer
from core.messaging.wire import is_plain, sanitised

# The portal has one sender.
_sender = lru_cache(maxsize=8)(sanitised)


class EmailBackend(DjangoBackend):
    """Django's, which also remembers the server's last answer and whether a message was on its way without one."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return TalkativeSSL if self.use_ssl else Talkative

    def _send(self, email_message: EmailMessage) -> bool:
        """A mail that was written before is not written again."""
        wire = getattr(email_message, "wire", None)
        if wire is None:
            return bool(super()._send(email_message))  # type: ignore[misc]
        connection: Any = self.connection
        sender, recipients = _sender(email_message.from_email), email_message.to
        if len(recipients) == 1 and is_plain(recipients[0]) and connection.takes_several():
            connection.hand_over(sender, recipients[0], wire)
        else:
            connection.sendmail(sender, [sanitised(address) for address in recipients], wire)
        return True


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
        ``may_have_text`` is asked before the first word of the text is handed over; None when it says no. It must not
        raise, and may be asked again.
        ``meanwhile`` may be called while the server has the text and has not answered yet; it must not raise.
        """
        self._may_have_text, self._meanwhile = may_have_text, meanwhile
        try:
            mail = make()
            if getattr(mail, "wire", None) is None:
                mail.message()
        except Exception as error:  # noqa: BLE001  (whatever cannot be written cannot be sent, today or tomorrow)
            return Delivery(AttemptOutcome.REFUSED, cut(f"{type(error).__name__}: {error}"))
        try:
            delivery = self._hand_over(mail)
            if delivery.outcome == AttemptOutcome.UNREACHABLE and self._used:
                self._used = False
                delivery = self._hand_over(mail)
        except WithheldError:
            self._used = False
            if isinstance(self._connection, Talkative):
                self._connection.close()  # Without a word: it might wait for a text.
            self._close()
            return None
        self._used = delivery.outcome != AttemptOutcome.UNREACHABLE
        return delivery

    def _hand_over(self, mail: EmailMessage) -> Delivery:
        try:
            self._backend.open()
            connection = self._connection
            if isinstance(connection, Talkative):
                connection.may_have_text, connection.meanwhile = self._may_have_text, self._meanwhile
                connection.handing_over = False
            elif not self._may_have_text():
                raise WithheldError
            self._backend.send_messages([mail])
        except WithheldError:
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
        return Delivery(_of_code(code), read_answer(code, reply), others_can_go=code != 421)
    if isinstance(error, smtplib.SMTPDataError):
        return Delivery(
            _of_code(error.smtp_code), read_answer(error.smtp_code, error.smtp_error), error.smtp_code != 421
        )
    if isinstance(error, smtplib.SMTPResponseException):
        # Greeting, sign-in or sender refused: nobody's message would pass.
        return Delivery(AttemptOutcome.UNREACHABLE, read_answer(error.smtp_code, error.smtp_error), False)
    answer = cut(f"{type(error).__name__}: {error}")
    if handed_over:
        return Delivery(AttemptOutcome.NO_ANSWER, answer, False)
    if isinstance(error, OSError):
        # Errors of smtplib are OSErrors too.
        return Delivery(AttemptOutcome.UNREACHABLE, answer, False)
    return Delivery(AttemptOutcome.REFUSED, answer)


def _of_code(code: int) -> AttemptOutcome:
    return AttemptOutcome.REFUSED if 500 <= code < 600 else AttemptOutcome.POSTPONED
