"""What the clock starts in programmes."""

from celery import shared_task
from django.utils import timezone

from programmes.services import advance_editions


@shared_task(name="programmes.advance_editions")
def advance_editions_by_date() -> list[int]:
    """Every minute: editions enter the phases whose moment has come. Returns the years that moved."""
    return [edition.year for edition in advance_editions(now=timezone.now())]
