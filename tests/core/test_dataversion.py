"""The version of the public data moves with the commit: never before it, once a transaction, never backwards."""

import threading
import time
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.db.migrations.state import ProjectState

from core.dataversion import PUBLIC, WatchTables, current_version, watched_tables

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "watched"


@pytest.fixture(autouse=True)
def watched():
    """A table under watch, by the operation that migrations use."""
    run("CREATE TABLE watched (id int, name text)")
    operation = WatchTables(TABLE)
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, ProjectState(), ProjectState())
    yield
    with connection.schema_editor() as editor:
        operation.database_backwards("core", editor, ProjectState(), ProjectState())
    run("DROP TABLE watched")


class TakenBack(Exception):  # noqa: N818
    """Ends a transaction or savepoint without its changes."""


def insert_and_take_back() -> None:
    with suppress(TakenBack), transaction.atomic():
        insert()
        raise TakenBack


def run(sql: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def insert(number: int = 1) -> None:
    run("INSERT INTO watched SELECT n, 'x' FROM generate_series(1, %s) n", number)


def version_elsewhere() -> int:
    """Version as another connection sees it."""
    seen = []
    thread = threading.Thread(target=lambda: (seen.append(current_version()), connection.close()))
    thread.start()
    thread.join(10)
    return seen[0]


def raised_by(sql: str) -> bool:
    before = current_version()
    run(sql)
    return current_version() > before


def test_version_is_not_seen_before_the_commit():
    insert()
    before = version_elsewhere()
    with transaction.atomic():
        insert()
        assert version_elsewhere() == before
        assert current_version() == before
    assert version_elsewhere() > before


def test_version_stays_when_the_transaction_is_taken_back():
    insert()
    before = current_version()
    insert_and_take_back()
    assert current_version() == before


def test_version_moves_when_only_a_savepoint_is_taken_back():
    insert()
    before = current_version()
    with transaction.atomic():
        insert_and_take_back()
        insert()
    assert current_version() > before


def test_version_stays_when_the_only_change_was_in_a_savepoint_taken_back():
    insert()
    before = current_version()
    with transaction.atomic():
        insert_and_take_back()
    assert current_version() == before


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO watched VALUES (9, 'y')",
        "UPDATE watched SET name = 'y'",
        "DELETE FROM watched",
        "TRUNCATE watched",
    ],
)
def test_every_kind_of_change_raises_the_version(change):
    insert()
    assert raised_by(change)


@pytest.mark.parametrize("change", ["UPDATE watched SET name = name", "DELETE FROM watched WHERE id = 999"])
def test_a_statement_that_changes_nothing_does_not_count(change):
    insert()
    assert not raised_by(change)


def test_concurrent_transactions_wait_for_nobody_and_lose_no_version():
    insert()
    before = current_version()
    seen = []
    together = threading.Barrier(4)

    def writer() -> None:
        with transaction.atomic():
            insert()
            # All four have changed rows and none has committed: nobody holds the version's row yet.
            together.wait(10)
        seen.append(current_version())
        connection.close()

    threads = [threading.Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(seen) == 4
    assert current_version() == max(seen) >= before + 4


def test_twenty_thousand_rows_raise_the_version_once_and_cost_little():
    run("CREATE TABLE raised (number bigint)")
    run("CREATE FUNCTION note_raise() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO raised VALUES (NEW.number); RETURN NULL; END $$")  # fmt: skip
    run(
        "CREATE TRIGGER note AFTER INSERT OR UPDATE ON core_dataversion FOR EACH ROW EXECUTE FUNCTION note_raise()"
    )
    try:
        started = time.perf_counter()
        insert(20_000)
        assert time.perf_counter() - started < 3
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM raised")
            assert cursor.fetchone() == (1,)
    finally:
        run("DROP TRIGGER note ON core_dataversion; DROP FUNCTION note_raise(); DROP TABLE raised")


def test_version_never_falls_behind_the_clock_even_when_its_row_was_lost():
    insert()
    before = current_version()
    run("DELETE FROM core_dataversion")
    assert current_version() == 0
    insert()
    assert current_version() > before


def test_version_goes_on_from_a_row_that_is_ahead_of_the_clock():
    insert()
    ahead = current_version() + 10**15
    run("UPDATE core_dataversion SET number = %s WHERE name = %s", ahead, PUBLIC)
    insert()
    assert current_version() == ahead + 1
    run("DELETE FROM core_dataversion")


def test_version_moves_inside_a_transaction_when_constraints_are_made_immediate():
    insert()
    before = current_version()
    with transaction.atomic():
        insert()
        run("SET CONSTRAINTS ALL IMMEDIATE")
        first = current_version()
        insert()
        assert before < first < current_version()


def test_one_query_reads_the_version(django_assert_num_queries):
    with django_assert_num_queries(1):
        current_version()


def test_watched_tables_are_known_and_the_operation_can_be_taken_back():
    assert TABLE in watched_tables()
    operation = WatchTables(TABLE)
    with connection.schema_editor() as editor:
        operation.database_backwards("core", editor, ProjectState(), ProjectState())
    assert TABLE not in watched_tables()
    assert not raised_by("INSERT INTO watched VALUES (1, 'x')")
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, ProjectState(), ProjectState())


def test_operation_is_written_into_squashed_migrations_as_it_was():
    operation = WatchTables("one", "two", version="territory")
    name, args, kwargs = operation.deconstruct()
    again = WatchTables(*args, **kwargs)
    assert (name, again.sql, again.reverse_sql) == ("WatchTables", operation.sql, operation.reverse_sql)


@pytest.mark.parametrize("tables", [(), ("a; DROP TABLE b",), ('x"',)])
def test_operation_takes_plain_table_names_only(tables):
    with pytest.raises(ValueError, match="plain table names"):
        WatchTables(*tables)
