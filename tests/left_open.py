"""Connections to the test database that outlive the tests, for which it could not be dropped."""

import time

from django.db import connection

# A server takes a moment to see that a process has ended.
PATIENCE_SECONDS = 1.0


def end_other_connections() -> list[str]:
    """The last question of each connection but this one; they are ended. Waits a little for those that end anyway."""
    limit = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT query FROM pg_stat_activity"
                " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            left = [query for (query,) in cursor.fetchall()]
            if not left or time.monotonic() > limit:
                break
            time.sleep(0.1)
        if left:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
    return left
