"""Keeping what the public writes to us."""

from django.db import transaction

from core.pages.choices import FeedbackKind
from core.pages.models import Feedback
from core.text import normalise


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
