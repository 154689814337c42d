"""Of two at once: whether the second waits for the transaction of the first, seen in the database, not by the clock."""

import time
from threading import Thread

from django.db import connection

PATIENCE_SECONDS = 10.0


def waits_for_me(other: Thread) -> bool:
    """True as soon as the other thread's connection waits for a lock of this one's; false when it ended before."""
    limit = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while other.is_alive() and time.monotonic() < limit:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return True
            time.sleep(0.005)
    return False
