"""Made-up gatherings, registrations and reminders, by the million: rows copied from one that Django wrote."""

from typing import Any

from django.db import connection
from django.db.models import Model


def copy_rows(row: Model, count: int, *, first: int = 1, **columns: str) -> None:
    """``count`` more rows like this one; ``columns`` are SQL in which ``n`` counts from ``first``.

    Triggers do not run, as in a restore: the rows point at what is there.
    """
    table = row._meta.db_table
    fields: list[Any] = [field for field in row._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(columns.get(field.column, f'model."{field.column}"') for field in fields)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS model, "
            f"generate_series({first}, {first + count - 1}) AS n WHERE model.id = %s",
            [row.pk],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
