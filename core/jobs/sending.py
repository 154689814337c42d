"""Tasks on their way to the broker: after the commit, by name, and never an error to the person who asked."""

import logging
from functools import cache
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.pools import ProducerPool, producers

logger = logging.getLogger(__name__)

# Seconds that a person's request waits for a broker that does not answer, at most.
_PATIENCE = 2


def enqueue(task: str, *args: Any, **kwargs: Any) -> None:
    """Sends the task of this name once the running transaction has committed; at once where there is none.

    A task whose transaction is rolled back is never sent. A broker that is away is written to the log, and the
    request goes on: whoever enqueues keeps a row that a task of the clock finds again. Arguments must be JSON.
    """
    transaction.on_commit(lambda: send(task, args, kwargs), robust=True)


def send(task: str, args: tuple[Any, ...], kwargs: dict[str, Any], **options: Any) -> bool:
    """Sends now, with Celery's options (``expires``).

    False, and a line in the log, when the broker takes nothing within two seconds.
    """
    try:
        with _producers().acquire(block=True, timeout=_PATIENCE) as producer:  # type: ignore[no-untyped-call]
            current_app.send_task(
                task, args, kwargs, producer=producer, retry=False, ignore_result=True, **options
            )
    except Exception:  # The broker's faults have no common ancestor, and none may reach the person.
        logger.exception("The task %s was not sent: the broker is away.", task)
        return False
    return True


@cache
def _producers(address: str | None = None) -> ProducerPool:
    """Connections that give up soon; those of the workers wait as long as it takes."""
    connection = current_app.connection_for_write(
        address,
        connect_timeout=_PATIENCE,
        transport_options={
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0.1,
            "interval_max": 0.2,
            "socket_connect_timeout": _PATIENCE,
            "socket_timeout": _PATIENCE,
            "retry_on_timeout": False,
        },
    )
    pool: ProducerPool = producers[connection]
    return pool
