"""A row of the outbox as the mail that leaves; the same row gives the same mail, byte for byte."""

from email import encoders
from email.mime.base import MIMEBase
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils import timezone

from core.messaging.models import Message, MessageAttachment


def envelope(message: Message) -> EmailMessage:
    """Headers of RFC 5322 and 3834; a calendar file is offered as a part of the text too, as calendars expect it."""
    written = max(message.created_at, message.not_before or message.created_at)
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to],
        headers={
            "Message-ID": message.message_id,
            "Date": format_datetime(timezone.localtime(written)),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": message.language,
            **message.headers,
        },
    )
    mail.attach_alternative(message.html, "text/html")
    for attachment in message.attachments.all():
        if attachment.content_type.startswith("text/calendar"):
            mail.attach_alternative(bytes(attachment.content).decode("utf-8"), _without_charset(attachment))
        mail.attach(_part(attachment))
    return mail


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
