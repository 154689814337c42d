"""Keeping what the public writes to us."""

from datetime import datetime, timedelta

from django.db import transaction

from core.pages.choices import FeedbackKind
from core.pages.models import Feedback
from core.text import normalise
from core.workflow import forget_history

KEPT_AFTER_HANDLING = timedelta(days=2 * 365)


@transaction.atomic
def receive_feedback(
    *, kind: FeedbackKind, message: str, page_address: str = "", email: str = "", language: str
) -> Feedback:
    """Saves a message as new; the text is kept as typed but for control characters. Nothing is sent."""
    return Feedback.objects.create(
        kind=kind,
        message=normalise(message).strip(),
        page_address=normalise(page_address).strip(),
        email=email,
        language=language,
    )


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
