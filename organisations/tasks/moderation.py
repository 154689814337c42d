"""What the team's queue does by itself: the morning's list, addresses of readers forgotten in time."""

from celery import shared_task
from django.utils import timezone

from organisations.services.digest import send_digest
from organisations.services.reports import forget_reporters


@shared_task(name="organisations.send_digest")  # type: ignore[untyped-decorator]
def send_digest_task() -> int:
    """At 8 in the morning of Bucharest; see the service, which knows the working days."""
    return send_digest(now=timezone.now())


@shared_task(name="organisations.forget_reporters")  # type: ignore[untyped-decorator]
def forget_reporters_task() -> int:
    """Once a day; see the service."""
    return forget_reporters(now=timezone.now())
