"""A row of the outbox as the mail that leaves; the same row gives the same mail, byte for byte."""

from collections.abc import Iterable
from datetime import datetime
from email import encoders
from email.mime.base import MIMEBase
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils import timezone

from core.messaging.models import Message, MessageAttachment
from core.messaging.wire import wire_of


class Draft:
    """The mail of a message, written when it is asked for, or before, when there is time."""

    def __init__(self, message: Message, attachments: Iterable[MessageAttachment]) -> None:
        self.message = message
        self._attachments = attachments
        self._mail: EmailMessage | None = None
        self._fault: Exception | None = None

    def prepare(self) -> None:
        """Writes it, and keeps for later what may be wrong with it."""
        try:
            mail = envelope(self.message, self._attachments)
            mail.wire = wire_of(mail)  # type: ignore[attr-defined]
            self._mail = mail
        except Exception as error:  # noqa: BLE001  (whatever it is, it is this message's and raised with it)
            self._fault = error

    @property
    def written(self) -> EmailMessage | None:
        """The mail, when it was written before."""
        return self._mail

    def __call__(self) -> EmailMessage:
        """The mail; raises what stands in the way of writing it."""
        if self._mail is None and self._fault is None:
            self.prepare()
        if self._fault is not None or self._mail is None:
            raise self._fault or ValueError("no mail")
        return self._mail


def envelope(
    message: Message, attachments: Iterable[MessageAttachment] | None = None
) -> EmailMultiAlternatives:
    """Headers of RFC 5322 and 3834; a calendar file is offered as a part of the text too, as calendars expect it.

    ``attachments`` are the message's files, where they were read before.
    """
    written = max(message.created_at, message.not_before or message.created_at)
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to],
        headers={
            "Message-ID": message.message_id,
            "Date": _date(written.replace(microsecond=0)),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": message.language,
            **message.headers,
        },
    )
    mail.attach_alternative(message.html, "text/html")
    for attachment in message.attachments.all() if attachments is None else attachments:
        if attachment.content_type.startswith("text/calendar"):
            mail.attach_alternative(bytes(attachment.content).decode("utf-8"), _without_charset(attachment))
        mail.attach(_part(attachment))
    return mail


@lru_cache(maxsize=64)
def _date(moment: datetime) -> str:
    """Many mails are written in one second; the hour is the portal's, whoever looks at one."""
    return format_datetime(timezone.localtime(moment, timezone.get_default_timezone()))


def _without_charset(attachment: MessageAttachment) -> str:
    """Django names the character set itself."""
    pieces = [piece.strip() for piece in attachment.content_type.split(";")]
    return "; ".join(piece for piece in pieces if not piece.lower().startswith("charset="))


def _part(attachment: MessageAttachment) -> MIMEBase:
    kind, *parameters = [piece.strip() for piece in attachment.content_type.split(";")]
    main, _slash, sub = kind.partition("/")
    named = dict(piece.partition("=")[::2] for piece in parameters)
    part = MIMENonMultipart(main, sub)
    for key, value in named.items():
        part.set_param(key.strip(), value.strip('" '))
    part.set_payload(bytes(attachment.content))
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part
