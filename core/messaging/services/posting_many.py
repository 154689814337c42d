"""Writing many messages at once: the same words to many people, in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone, translation

from core.messaging.choices import MessageStatus, StopReason
from core.messaging.identity import new_message_id
from core.messaging.kinds import MailKind
from core.messaging.models import Message, NotificationPreference
from core.messaging.rendering import RenderedMail
from core.messaging.services.posting import unsubscribe_headers
from core.messaging.sheets import Sheets
from core.messaging.stopping import Stop, stop_url_of
from core.messaging.waking import wake_delivery
from core.messaging.wording import words_of


@dataclass(frozen=True)
class Letter:
    """One of many: to whom, about which record, and the addresses of the portal that are this person's own."""

    key: str
    to: str
    user_id: int | None
    about: Model
    links: Mapping[str, str]


def sheets_of(kind: MailKind, values: Mapping[str, object], language: str) -> Sheets:
    """The words of the kind as they are now, with the values that all letters share."""
    return Sheets(words_of(kind, language), values, language)


@transaction.atomic
def post_messages(*, kind: MailKind, letters: Sequence[Letter], sheets: Sheets) -> dict[str, int]:
    """Writes the messages, to be delivered once the running transaction has committed; returns message by key.

    As ``post_message``: a key that was written before keeps its first message, and a message that the person does
    not want is kept as cancelled. An address that is none fails on its way to the mail server, alone.
    """
    unwanted = _unwanted(kind, letters)
    with translation.override(sheets.language):
        stops = [
            stop_url_of(Stop(kind.category, each.user_id, each.to)) if kind.category else ""
            for each in letters
        ]
    rows = [
        _row(kind, each, sheets.draw(each.links, stop), sheets.language, stop, each.key not in unwanted)
        for each, stop in zip(letters, stops, strict=True)
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    if len(unwanted) < len(letters):
        wake_delivery()
    return dict(Message.objects.filter(key__in=[each.key for each in letters]).values_list("key", "pk"))


def _row(
    kind: MailKind, letter: Letter, mail: RenderedMail, language: str, stop: str, is_wanted: bool
) -> Message:
    now = timezone.now()
    return Message(
        key=letter.key,
        kind=kind.name,
        category=kind.category,
        user_id=letter.user_id,
        to=letter.to,
        language=language,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=unsubscribe_headers(stop),
        message_id=new_message_id(),
        sensitive=kind.sensitive,
        urgent=kind.sensitive,
        content_type=ContentType.objects.get_for_model(letter.about),
        object_id=str(letter.about.pk),
        status=MessageStatus.QUEUED if is_wanted else MessageStatus.CANCELLED,
        next_attempt_at=now if is_wanted else None,
        stopped_at=None if is_wanted else now,
        stop_reason="" if is_wanted else StopReason.NOT_WANTED,
        created_at=now,
    )


def _unwanted(kind: MailKind, letters: Sequence[Letter]) -> set[str]:
    """Keys of what the recipients switched off: by account, or by address where there is none."""
    if not kind.category:
        return set()
    off = NotificationPreference.objects.filter(category=kind.category, wanted=False).filter(
        Q(user__in={each.user_id for each in letters if each.user_id is not None})
        | Q(user=None, address__in={each.to.lower() for each in letters if each.user_id is None})
    )
    who = set(off.values_list("user_id", "address"))
    return {
        each.key
        for each in letters
        if (each.user_id, "" if each.user_id is not None else each.to.lower()) in who
    }
