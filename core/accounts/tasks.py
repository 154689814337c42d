"""What happens to accounts by itself."""

from celery import shared_task
from django.utils import timezone

from core.accounts.services.absence import remind_absent, warn_absent
from core.accounts.services.erasure import erase_due
from core.accounts.services.sessions import forget_ended_sessions
from core.accounts.services.unconfirmed import erase_unconfirmed


@shared_task(name="accounts.forget_people")  # type: ignore[untyped-decorator]
def forget_people_task() -> dict[str, int]:
    """Once a day: notices after a long absence, then the erasures whose day has come; see the services."""
    now = timezone.now()
    return {"warned": warn_absent(now=now), "reminded": remind_absent(now=now), "erased": erase_due(now=now)}


@shared_task(name="accounts.erase_unconfirmed")  # type: ignore[untyped-decorator]
def erase_unconfirmed_task() -> int:
    """Once a day; see the service."""
    return erase_unconfirmed(now=timezone.now())


@shared_task(name="accounts.forget_ended_sessions")  # type: ignore[untyped-decorator]
def forget_ended_sessions_task() -> int:
    """Once a day; see the service."""
    return forget_ended_sessions()
