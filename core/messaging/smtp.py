"""The way to the mail server: one connection for many messages, and what became of each, told for certain."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

from core.messaging.choices import AttemptOutcome
from core.messaging.speaking import Opening, Talkative, TalkativeSSL, WithheldError, cut, read_answer
from core.messaging.wire import is_plain, sanitised

# The portal has one sender.
_sender = lru_cache(maxsize=8)(sanitised)


class EmailBackend(DjangoBackend):
    """Django's, which also remembers the server's last answer and whether a message was on its way without one."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return TalkativeSSL if self.use_ssl else Talkative

    def hand_over(self, mail: EmailMessage) -> None:
        """One mail over the open connection; one that was written before is not written again. Raises what it meets."""
        connection: Any = self.connection
        opening = opening_of(mail)
        if opening is not None and connection.takes_several():
            connection.hand_over(opening, mail.wire)  # type: ignore[attr-defined]
        elif (wire := getattr(mail, "wire", None)) is not None:
            sender, recipients = _sender(mail.from_email), mail.to
            connection.sendmail(sender, [sanitised(address) for address in recipients], wire)
        else:
            self.send_messages([mail])


def opening_of(mail: EmailMessage) -> Opening | None:
    """What is said before the text of a written mail; None where that takes more than one word after the other."""
    wire = getattr(mail, "wire", None)
    if wire is None or len(mail.to) != 1 or not is_plain(mail.to[0]):
        return None
    return Opening(_sender(mail.from_email), mail.to[0], len(wire))


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
        self._following: Callable[[], EmailMessage | None] | None = None

    def __enter__(self) -> "Postman":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def deliver(
        self,
        make: Callable[[], EmailMessage],
        may_have_text: Callable[[], bool] = _always,
        meanwhile: Callable[[], None] | None = None,
        following: Callable[[], EmailMessage | None] | None = None,
    ) -> Delivery | None:
        """One message, never raising for what a message or a server may do.

        A connection that went away since the last message is opened anew, once: nothing was handed over by then.
        ``may_have_text`` is asked before the first word of the text is handed over; None when it says no. It must not
        raise, and may be asked again.
        ``meanwhile`` may be called while the server has the text and has not answered yet; it must not raise.
        ``following`` may be asked for the next mail once this one was taken: the server hears of it while the portal
        writes that down. It must not raise; a mail that is not delivered then after all costs the connection.
        """
        self._may_have_text, self._meanwhile, self._following = may_have_text, meanwhile, following
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
                connection.handing_over, connection.following = False, self._next
                self._backend.hand_over(mail)
            elif self._may_have_text():
                self._backend.send_messages([mail])
            else:
                raise WithheldError
        except WithheldError:
            raise
        except Exception as error:  # noqa: BLE001  (every fault is told apart below, and none may stop the batch)
            handed_over = bool(getattr(self._connection, "handing_over", False))
            delivery = _told_apart(error, handed_over=handed_over)
            if not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
                self._close()
            return delivery
        return Delivery(AttemptOutcome.SENT, getattr(self._connection, "answer", ""))

    def _next(self) -> Opening | None:
        mail = self._following() if self._following is not None else None
        return opening_of(mail) if mail is not None else None

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
