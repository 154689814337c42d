"""Waking the worker: a hint and nothing more, because the clock finds in the table whatever a hint missed."""

from django.db import transaction

from core.jobs.sending import send

DELIVER = "messaging.deliver"


def wake_delivery() -> None:
    """Once the running transaction has committed, wakes the worker; never fails, wakes once a transaction."""
    connection = transaction.get_connection()
    if not any(entry[1] is _wake for entry in connection.run_on_commit):
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    # A hint that nobody heard for a minute is of no use: the clock has woken the worker by then.
    send(DELIVER, (), {}, expires=60)
