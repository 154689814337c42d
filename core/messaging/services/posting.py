"""Writing a message into the outbox, in the transaction of what caused it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Model
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.accounts.choices import Language
from core.accounts.models import User
from core.messaging.choices import MessageStatus, StopReason
from core.messaging.identity import new_message_id
from core.messaging.kinds import MailKind
from core.messaging.models import Message, MessageAttachment, NotificationPreference
from core.messaging.rendering import RenderedMail, render_mail
from core.messaging.stopping import stop_url
from core.messaging.waking import wake_delivery
from core.messaging.wording import Words, linked_names, missing_values, words_of


class PlaceholderError(ValueError):
    """The writer of a message gave no value for a placeholder of its kind."""


@dataclass(frozen=True)
class Attachment:
    """A file for a message; the type may have parameters ("text/calendar; method=REQUEST; charset=utf-8")."""

    name: str
    content_type: str
    content: bytes


@transaction.atomic
def post_message(
    *,
    kind: MailKind,
    key: str,
    to: str,
    values: Mapping[str, object],
    user: User | None = None,
    language: str | None = None,
    about: Model | None = None,
    not_before: datetime | None = None,
    attachments: Sequence[Attachment] = (),
) -> Message:
    """Writes the message, in the person's language, to be delivered once the running transaction has committed.

    A second call with the same key writes nothing and returns the first message, whatever it is given. A message of
    a category that the person switched off is kept as cancelled and never leaves. Raises :class:`PlaceholderError`
    for a value that is missing and ``ValidationError`` for an address that is none.
    """
    missing = missing_values(kind, values)
    if missing:
        raise PlaceholderError(
            _("The mail “%(kind)s” has no value for: %(names)s.")
            % {"kind": kind.label, "names": ", ".join(missing)}
        )
    validate_email(to)
    code = _language(user, language)
    rendered = render_mail(
        words=words_of(kind, code),
        values=values,
        language=code,
        stop_url=stop_url(category=kind.category, user=user, address=to, language=code),
    )
    return write_message(
        kind=kind,
        key=key,
        to=to,
        rendered=rendered,
        user=user,
        language=code,
        about=about,
        not_before=not_before,
        attachments=attachments,
    )


@transaction.atomic
def write_message(
    *,
    kind: MailKind,
    key: str,
    to: str,
    rendered: RenderedMail,
    user: User | None,
    language: str,
    about: Model | None = None,
    not_before: datetime | None = None,
    attachments: Sequence[Attachment] = (),
) -> Message:
    """The row of a mail that is drawn already; see :func:`post_message`."""
    now = timezone.now()
    is_wanted = _is_wanted(kind, user, to)
    message = Message(
        key=key,
        kind=kind.name,
        category=kind.category,
        user=user,
        to=to,
        language=language,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        headers=unsubscribe_headers(
            stop_url(category=kind.category, user=user, address=to, language=language)
        ),
        message_id=new_message_id(),
        sensitive=kind.sensitive,
        urgent=kind.sensitive,
        content_type=ContentType.objects.get_for_model(about) if about is not None else None,
        object_id=str(about.pk) if about is not None else "",
        status=MessageStatus.QUEUED if is_wanted else MessageStatus.CANCELLED,
        not_before=not_before,
        next_attempt_at=max(now, not_before or now) if is_wanted else None,
        stopped_at=None if is_wanted else now,
        stop_reason="" if is_wanted else StopReason.NOT_WANTED,
        created_at=now,
    )
    message_id = message.message_id
    Message.objects.bulk_create([message], ignore_conflicts=True)
    saved = Message.objects.get(key=key)
    if saved.message_id == message_id:
        MessageAttachment.objects.bulk_create(
            MessageAttachment(
                message=saved, name=each.name, content_type=each.content_type, content=each.content
            )
            for each in attachments
        )
        if is_wanted:
            wake_delivery()
    return saved


def preview_message(
    *, kind: MailKind, values: Mapping[str, object], language: str, words: Words | None = None
) -> RenderedMail:
    """The mail as it would leave now, or with other ``words``; values that are missing show what they mean."""
    drawn = words or words_of(kind, language)
    linked = linked_names(drawn.body)
    samples = {
        name: f"{settings.SITE_URL}/…/" if name in linked else f"[{meaning}]"
        for name, meaning in kind.placeholders.items()
    }
    stop = stop_url(category=kind.category, user=None, address="", language=language)
    return render_mail(words=drawn, values={**samples, **values}, language=language, stop_url=stop)


def unsubscribe_headers(url: str) -> dict[str, str]:
    """RFC 2369 and 8058: a mail program offers to end messages of this kind, by one press."""
    return (
        {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url else {}
    )


def _language(user: User | None, language: str | None) -> str:
    for code in (language, user.language if user is not None else None, translation.get_language()):
        if code in Language.values:
            return str(code)
    return str(Language.ROMANIAN)


def _is_wanted(kind: MailKind, user: User | None, address: str) -> bool:
    if not kind.category:
        return True
    preferences = NotificationPreference.objects.of(user=user, address=address)
    return not preferences.filter(category=kind.category, wanted=False).exists()
