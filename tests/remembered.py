"""Set-up that many tests share: made once by the portal's own code, written again from its rows afterwards."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from psycopg import sql

from core.models import DataVersion

# The version of the data counts what happens in this database and is of no set-up.
OF_NO_SETUP = ["django_migrations", DataVersion._meta.db_table]
# Rows may name kinds of records by number, which a test that empties the database gives anew.
NUMBERED = ContentType._meta.db_table

Columns = Mapping[str, list[str]]


@dataclass(frozen=True)
class _Kept:
    """What a set-up left: the tables that it changed, as they were before and after, and the kinds' numbers.

    ``sequences`` give the numbers of these tables: each with its table and column.
    """

    before: dict[str, bytes]
    after: dict[str, bytes]
    kinds: bytes
    sequences: list[tuple[str, str, str]]


_kept: dict[str, _Kept] = {}
# What migrations wrote, by table; empty until a database is there.
as_migrated: dict[str, bytes] = {}


def note_migrated() -> None:
    """Takes what every table holds now for what migrations wrote; to be called before the first test."""
    as_migrated.clear()
    as_migrated.update(contents(columns_of_tables()))


def remembered_rows(name: str, make: Callable[[], object]) -> None:
    """Runs ``make`` the first time, afterwards writes the rows that it left.

    The rows are kept only when ``make`` found every table that it changed as migrations left it, and written only
    when those tables are so again; else ``make`` runs, as it does for a test that commits. Only for set-up: triggers of
    the database do not run when rows are written, since what they did is among the rows; nor does what ``make`` left to
    the end of the transaction.
    """
    if not connection.in_atomic_block:
        make()
        return
    columns = columns_of_tables()
    if (kept := _kept.get(name)) is None:
        _make_and_keep(name, make, columns)
    elif _hold({**kept.before, NUMBERED: kept.kinds}, columns):
        _write(kept, columns)
    else:
        make()


def _make_and_keep(name: str, make: Callable[[], object], columns: Columns) -> None:
    found = contents(columns)
    make()
    with connection.cursor() as cursor:
        # What triggers do at the end of a transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    left = contents(columns)
    changed = {table for table in columns if found[table] != left[table]}
    if all(found[table] == as_migrated.get(table) for table in changed):
        _kept[name] = _Kept(
            {table: found[table] for table in changed},
            {table: left[table] for table in changed},
            left[NUMBERED],
            _sequences(changed),
        )


def _hold(rows: Mapping[str, bytes], columns: Columns) -> bool:
    """Whether the tables hold these rows; those that should be empty are asked in one question."""
    empty = [
        sql.SQL("EXISTS (SELECT FROM {})").format(sql.Identifier(name)) for name in rows if not rows[name]
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {}").format(sql.SQL(" OR ").join([sql.SQL("false"), *empty])))
        if cursor.fetchone()[0]:
            return False
    full = {name: content for name, content in rows.items() if content}
    return contents({name: columns[name] for name in full}) == full


def _write(kept: _Kept, columns: Columns) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, content in kept.after.items():
            if kept.before[table]:
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            with cursor.copy(copy_statement(table, columns[table], "FROM STDIN")) as copy:
                copy.write(content)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    _move_sequences(kept)


def _sequences(tables: Iterable[str]) -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.oid::regclass::text, t.relname, a.attname FROM pg_class s"
            " JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')"
            " JOIN pg_class t ON t.oid = d.refobjid"
            " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
            " WHERE s.relkind = 'S' AND t.relname = ANY(%s)",
            [list(tables)],
        )
        return cursor.fetchall()


def _move_sequences(kept: _Kept) -> None:
    """Numbers that are given next lie after the rows' own."""
    moves = [
        sql.SQL("setval({}, greatest((SELECT max({}) FROM {}), (SELECT last_value FROM {})))").format(
            sequence, sql.Identifier(column), sql.Identifier(table), sql.SQL(sequence)
        )
        for sequence, table, column in kept.sequences
    ]
    if moves:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(moves)))


def columns_of_tables() -> dict[str, list[str]]:
    """Every table of the database with the columns that can be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class t"
            " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0"
            " WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND NOT t.relname = ANY(%s)"
            " AND NOT a.attisdropped AND a.attgenerated = '' GROUP BY t.relname",
            [OF_NO_SETUP],
        )
        return dict(cursor.fetchall())


def contents(columns: Columns) -> dict[str, bytes]:
    """Content of each table as COPY writes it."""
    found = {}
    with connection.cursor() as cursor:
        for table, names in columns.items():
            with cursor.copy(copy_statement(table, names, "TO STDOUT")) as copy:
                found[table] = b"".join(bytes(block) for block in copy)
    return found


def copy_statement(table: str, columns: list[str], way: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), names, sql.SQL(way))
