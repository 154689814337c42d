"""Keeping what the public writes to us, and what staff write for its pages."""

from datetime import datetime, timedelta

from django.db import transaction

from core.accounts.models import User
from core.accounts.services.scrubbing import addresses_of, is_any, needles_of, replace_in
from core.pages.choices import FeedbackKind
from core.pages.models import Feedback, PageText
from core.repeats import same_just_before
from core.text import normalise
from core.workflow import forget_history

KEPT_AFTER_HANDLING = timedelta(days=2 * 365)


@transaction.atomic
def receive_feedback(
    *, kind: FeedbackKind, message: str, page_address: str = "", email: str = "", language: str
) -> Feedback:
    """Saves a message as new; the text is kept as typed but for control characters. Nothing is sent.

    The same again within ten minutes, pressed twice, is the message that is kept already.
    """
    said = {
        "kind": kind,
        "message": normalise(message).strip(),
        "page_address": normalise(page_address).strip(),
        "email": email,
        "language": language,
    }
    return same_just_before(Feedback, **said) or Feedback.objects.create(**said)


@transaction.atomic
def erase_old_feedback(*, now: datetime) -> int:
    """Erases what was answered or closed two years ago, as the privacy notice promises; returns how many.

    With a message goes the history of its steps, whose reasons may quote it. Messages that still wait are kept,
    however old they are.
    """
    old = Feedback.objects.filter(handled_at__lt=now - KEPT_AFTER_HANDLING)
    forget_history(Feedback, old.values_list("pk", flat=True))
    _total, by_model = old.delete()
    return by_model.get("pages.Feedback", 0)


@transaction.atomic
def forget_sender(*, user: User) -> None:
    """Takes a person out of the messages sent from their address: the address, and their name in the text.

    The messages stay, since they are about the portal. One that still waits can no longer be answered.
    """
    numbers = list(Feedback.objects.filter(is_any("email", addresses_of(user))).values_list("pk", flat=True))
    sent = Feedback.objects.filter(pk__in=numbers)
    sent.update(email="")
    replace_in(sent, needles_of(user))


@transaction.atomic
def restore_own_words(*, text: PageText, by: User) -> None:
    """Empties a text, so that the portal's own words are shown; its history keeps what was there, and who did so."""
    locked = PageText.objects.select_for_update().get(pk=text.pk)
    if locked.body:
        locked.body = ""
        locked._history_user = by  # type: ignore[attr-defined]
        locked.save()
