"""What happens to messages by itself."""

from celery import shared_task
from django.utils import timezone

from core.pages.services import erase_old_feedback


@shared_task(name="pages.erase_old_feedback")  # type: ignore[untyped-decorator]
def erase_old_feedback_task() -> int:
    """Once a day; see the service."""
    return erase_old_feedback(now=timezone.now())
