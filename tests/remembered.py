"""Set-up that many tests share: made once by the portal's own code, written again from its rows afterwards."""

from collections.abc import Callable

from django.apps import apps
from django.db import connection
from psycopg import sql

from core.models import DataVersion
from tests.uncounted import uncounted

# Rows of each set-up in this process: table, its plain columns, and its content as COPY writes it.
_kept: dict[str, list[tuple[str, list[str], bytes]]] = {}


def remembered_rows(name: str, make: Callable[[], object]) -> None:
    """Runs ``make`` on a database without rows the first time; afterwards writes the rows that it left.

    Only for set-up: triggers of the database do not run again, since what they did is among the rows.
    """
    with uncounted():
        if name not in _kept:
            # What migrations wrote is there before.
            before = {table for table, _columns, _content in _rows()}
            make()
            _kept[name] = [rows for rows in _rows() if rows[0] not in before]
            return
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, columns, content in _kept[name]:
                with cursor.copy(_copy(table, columns, "FROM STDIN")) as copy:
                    copy.write(content)
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def _rows() -> list[tuple[str, list[str], bytes]]:
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for model in apps.get_models(include_auto_created=True):
            # The version of the data counts what happens in this database and is of no set-up.
            if not model._meta.managed or model is DataVersion:
                continue
            table = model._meta.db_table
            columns = [field.column for field in model._meta.local_concrete_fields if not field.generated]
            with cursor.copy(_copy(table, columns, "TO STDOUT")) as copy:
                content = b"".join(bytes(block) for block in copy)
            if content:
                found.append((table, columns, content))
    return found


def _copy(table: str, columns: list[str], way: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), names, sql.SQL(way))
