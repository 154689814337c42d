"""What the clock starts for gatherings."""

from celery import shared_task
from django.utils import timezone

from meetings.services.reminders import write_due_reminders


@shared_task(name="meetings.write_reminders")
def write_reminders() -> int:
    """Every minute; see the service."""
    return write_due_reminders(now=timezone.now())
