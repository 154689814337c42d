"""What a test committed is taken back: every table is again as migrations left it.

Django empties every table instead and makes the kinds of records and the permissions anew: a third of a second of a
core after each such test, and rows that migrations wrote are gone for all who come later.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from psycopg import sql

from core.dataversion import PUBLIC, TERRITORY
from tests import remembered


@transaction.atomic
def take_back() -> None:
    """Whoever kept something in mind under a version of the data learns that it changed, as of any commit."""
    columns = remembered.columns_of_tables()
    written = {table: rows for table, rows in remembered.as_migrated.items() if rows}
    now = remembered.contents({table: columns[table] for table in written})
    changed = {table: rows for table, rows in written.items() if now[table] != rows}
    stale = [table for table in remembered.as_migrated if table not in written or table in changed]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in stale)
        )
        for table, rows in changed.items():
            with cursor.copy(remembered.copy_statement(table, columns[table], "FROM STDIN")) as copy:
                copy.write(rows)
        cursor.execute(
            "INSERT INTO core_dataversion AS kept (name, number)"
            " SELECT unnest(%s::text[]), floor(extract(epoch FROM clock_timestamp()) * 1000000)"
            " ON CONFLICT (name) DO UPDATE SET number = greatest(kept.number + 1, excluded.number)",
            [[PUBLIC, TERRITORY]],
        )
    ContentType.objects.clear_cache()
