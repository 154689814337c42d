"""The yearly confirmation, day by day."""

from celery import shared_task
from django.utils import timezone

from organisations.services.reconfirmation import advance_reconfirmations


@shared_task(name="organisations.advance_reconfirmations")  # type: ignore[untyped-decorator]
def advance_reconfirmations_task() -> None:
    """Once a day and after a stop: all comes from the dates of the records, so another run changes nothing."""
    advance_reconfirmations(today=timezone.localdate())
