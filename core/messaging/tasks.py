"""The worker's part: woken by a message or by the clock, it sends whatever the table says is due."""

from celery import shared_task
from django.utils import timezone

from core.messaging.services.delivery import deliver_due
from core.messaging.services.erasing import erase_old_messages
from core.messaging.waking import DELIVER, wake_delivery


@shared_task(name=DELIVER, acks_late=False)  # type: ignore[untyped-decorator]
def deliver_task() -> int:
    """One batch; see the service. A batch cut short by its time asks for the next."""
    batch = deliver_due()
    if batch.is_cut_short:
        wake_delivery()
    return batch.tried


@shared_task(name="messaging.erase_old")  # type: ignore[untyped-decorator]
def erase_old_task() -> int:
    """Once a day; see the service."""
    return erase_old_messages(now=timezone.now())
