"""Statements that a connection keeps prepared, sent before their answer is waited for.

To plan a statement of delivery costs more than to run it, and Django tells the driver to prepare nothing. And while
PostgreSQL works, a worker can speak to the mail server: so a statement is sent first and answered later, which the
driver's cursors cannot do.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from psycopg.errors import OperationalError, error_from_result
from psycopg.generators import fetch_many
from psycopg.pq import ExecStatus

_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@contextmanager
def plans_kept() -> Iterator[None]:
    """While it lasts, each of these statements is planned once, and finds its rows by index.

    Else PostgreSQL may plan one anew for each mail, which costs more than to run it, or keep the plan it made while the
    table was empty, and read all of it for each of thousands of mails until its rows are counted.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off")
    try:
        yield
    finally:
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("RESET plan_cache_mode; RESET enable_seqscan")


@dataclass(frozen=True)
class Statement:
    """SQL with places $1, $2 … of these types, under a name of its own."""

    name: str
    types: str
    sql: str


class Answer:
    """What the database answers to a statement that was sent. Nothing else may ask this connection before."""

    def __init__(self, driver: Any, errors: Any) -> None:
        self._driver, self._errors = driver, errors

    def rows(self) -> list[list[bytes | None]]:
        """The rows as PostgreSQL writes them; committed, unless a transaction is open.

        Raises Django's errors of a database. Ask once.
        """
        with self._errors:
            results = self._driver.wait(fetch_many(self._driver.pgconn))  # Other threads go on meanwhile.
            if not results:
                raise OperationalError("The connection to the database was lost.")
            if results[-1].status != ExecStatus.TUPLES_OK:
                raise error_from_result(results[-1])
        result = results[-1]
        return [
            [result.get_value(row, column) for column in range(result.nfields)]
            for row in range(result.ntuples)
        ]

    def row(self) -> list[bytes | None]:
        """The first row, empty when there is none."""
        rows = self.rows()
        return rows[0] if rows else []


def send(statement: Statement, values: Sequence[Any]) -> Answer:
    """Sends a statement and does not wait; a part of the running transaction, or committed by itself.

    Values are moments, whole numbers, texts, None, and lists of moments or numbers.
    """
    database = prepare(statement)
    if database.in_atomic_block:
        with database.cursor() as cursor:
            cursor.execute("SELECT")  # The driver begins a transaction with the first statement of its own.
    driver, errors = database.connection, database.wrap_database_errors
    with errors:
        driver.pgconn.send_query_prepared(statement.name.encode(), [_written(value) for value in values])
        driver.pgconn.flush()
    return Answer(driver, errors)


def prepare(statement: Statement) -> Any:
    """The connection, which knows the statement by its name."""
    # Asked once: each look at the connection through Django's proxy finds out anew which thread asks.
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    known = _prepared.setdefault(database.connection, set())
    if statement.name not in known:
        with database.cursor() as cursor:
            cursor.execute(f"PREPARE {statement.name} ({statement.types}) AS {statement.sql}")
        known.add(statement.name)
    return database


def _written(value: Any) -> bytes | None:
    if value is None:
        return None
    if isinstance(value, list):
        return b"{" + b",".join(_written(each) or b"NULL" for each in value) + b"}"
    return value.isoformat().encode() if isinstance(value, datetime) else str(value).encode()
