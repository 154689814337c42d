"""What the clock starts on the ground floor."""

from celery import shared_task
from django.utils import timezone

from core.exports import erase_old_exports


@shared_task(name="core.erase_old_exports")
def erase_old_exports_task() -> int:
    """Once a day; see there."""
    return erase_old_exports(now=timezone.now())
