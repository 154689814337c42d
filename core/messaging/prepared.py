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

from django.db import Error, connection
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

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def row(self) -> list[bytes | None]:
        """The first row as PostgreSQL writes it, empty when there is none; committed, unless a transaction is open.

        Raises Django's errors of a database. Ask once.
        """
        with connection.wrap_database_errors:
            results = self._driver.wait(fetch_many(self._driver.pgconn))  # Other threads go on meanwhile.
            if not results:
                raise OperationalError("The connection to the database was lost.")
            if results[-1].status != ExecStatus.TUPLES_OK:
                raise error_from_result(results[-1])
        result = results[-1]
        return [result.get_value(0, column) for column in range(result.nfields)] if result.ntuples else []


def send(statement: Statement, values: Sequence[datetime | str | int | None]) -> Answer:
    """Sends a statement and does not wait; a part of the running transaction, or committed by itself."""
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT")  # The driver begins a transaction with the first statement of its own.
    prepare(statement)
    driver = connection.connection
    with connection.wrap_database_errors:
        driver.pgconn.send_query_prepared(statement.name.encode(), [_written(value) for value in values])
        driver.pgconn.flush()
    return Answer(driver)


def prepare(statement: Statement) -> None:
    """Guarantees that this connection knows the statement by its name."""
    connection.ensure_connection()
    known = _prepared.setdefault(connection.connection, set())
    if statement.name not in known:
        with connection.cursor() as cursor:
            cursor.execute(f"PREPARE {statement.name} ({statement.types}) AS {statement.sql}")
        known.add(statement.name)


def _written(value: datetime | str | int | None) -> bytes | None:
    if isinstance(value, datetime):
        return value.isoformat().encode()
    return None if value is None else str(value).encode()
