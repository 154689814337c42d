"""An exact version of the public data, so that a cached page can name the data that it shows.

The version is a row that the database itself raises inside the transaction that changes a watched table, at
its COMMIT. Data and number become visible in the same instant: a page stored under a number never shows
anything older than that number. Who keeps pages must read the version BEFORE the data.

Why not something simpler:

* a sequence is seen before the commit: a reader would take the new number, read the old rows and keep them
  under the new number for good;
* ``transaction.on_commit`` runs after the commit, in a process that may die in between, and never runs for
  changes made by psql or by a migration;
* raising the row at once, not at the COMMIT, would make every writer wait for every other until its end. The
  deferred trigger holds the row only while the transaction commits.

A transaction raises a version once, whatever the number of its rows; updates that change nothing do not
count. Numbers only grow, and never fall behind the clock (in microseconds), so that a restored backup does
not hand out numbers that old cache entries already bear.

Two things to know: a migration that changes rows of a watched table and alters that table must do it in two
migrations (PostgreSQL refuses to alter a table with pending triggers), and inside a test's own transaction
the number moves only after ``SET CONSTRAINTS ALL IMMEDIATE``.
"""

import re
from typing import Any

from django.db import connection, migrations

PUBLIC = "public"
TERRITORY = "territory"

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


def current_version(name: str = PUBLIC) -> int:
    """Version of the committed data, 0 when nothing was ever changed; one query by primary key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM core_dataversion WHERE name = %s", [name])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def watched_tables(name: str = PUBLIC) -> set[str]:
    """Tables whose changes raise the version; for tests that no public table was forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = %s",
            [f"watch_{name}_update"],
        )
        return {row[0] for row in cursor.fetchall()}


class WatchTables(migrations.RunSQL):
    """Migration operation: from now on every change of these tables raises the version; reversible.

    ``WatchTables("organisations_organisation", "organisations_organisation_domains")``. Put it after the
    operation that creates the tables, in a migration that depends on core 0002; many-to-many tables count as
    tables.
    """

    def __init__(self, *tables: str, version: str = PUBLIC) -> None:
        if not tables or not all(map(_NAME.fullmatch, (*tables, version))):
            raise ValueError(f"WatchTables needs plain table names, not {tables!r}.")
        self.tables, self.version = tables, version
        super().__init__(
            "\n".join(_attach(table, version) for table in tables),
            "\n".join(_detach(table, version) for table in tables),
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, list(self.tables), {"version": self.version}

    def describe(self) -> str:
        return f"Watch {', '.join(self.tables)} for the version of the {self.version} data"


def _attach(table: str, version: str) -> str:
    # WHEN is evaluated at once, row by row, and lets only the first row of a transaction into the queue of
    # deferred triggers; CASE keeps the order of its two questions. TRUNCATE knows no deferred trigger, and
    # holds its table exclusively anyway.
    return f"""
CREATE CONSTRAINT TRIGGER watch_{version}_change AFTER INSERT OR DELETE ON "{table}"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (core_first_change('{version}')) EXECUTE FUNCTION core_raise_version('{version}');
CREATE CONSTRAINT TRIGGER watch_{version}_update AFTER UPDATE ON "{table}"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (CASE WHEN OLD.* IS DISTINCT FROM NEW.* THEN core_first_change('{version}') ELSE false END)
    EXECUTE FUNCTION core_raise_version('{version}');
CREATE TRIGGER watch_{version}_truncate AFTER TRUNCATE ON "{table}"
    FOR EACH STATEMENT EXECUTE FUNCTION core_raise_version('{version}');"""


def _detach(table: str, version: str) -> str:
    return "\n".join(
        f'DROP TRIGGER watch_{version}_{event} ON "{table}";' for event in ("change", "update", "truncate")
    )
