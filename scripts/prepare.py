"""Brings the demo's database and files to the present state; what has not changed is skipped.

One process does all of it, since starting Django takes longer than most of the steps; where nothing is to be
done Django is not started at all.
"""

import io
import os
from contextlib import redirect_stdout
from pathlib import Path

import psycopg

from scripts import messages
from scripts.places import var_folder
from scripts.steps import Stop, step, stopping_politely
from scripts.tasks import DEMO, Stamps


def main() -> None:
    """Translations, migrations, data, static files."""
    with step("Translations"), redirect_stdout(io.StringIO()):
        messages.compile_catalogues()
    stamps = Stamps(var_folder() / "demo/stamps.json")
    database = _database()
    static_root = Path(os.environ["STATIC_ROOT"])
    people = people_file()
    if not people.exists():
        stamps.forget(*DEMO)
    outstanding = stamps.outstanding(database, static_root)
    if not outstanding:
        with step("Data and static files") as current:
            current.note("unchanged")
        return
    with step("Portal's code"):
        import django

        django.setup()
    for task in outstanding:
        with step(task.name):
            _call(*task.command)
            if task in DEMO:
                people.write_text(_call("show_demo_people", "--template"), encoding="utf-8")
            stamps.set(task, database, static_root)


def people_file() -> Path:
    """The table of the demo's people, with places for what every start fills in."""
    return var_folder() / "demo/people.txt"


def _call(*command: str) -> str:
    from django.core.management import CommandError, call_command

    output = io.StringIO()
    try:
        call_command(*command, stdout=output)
    except CommandError as error:
        raise Stop(f"{command[0]}: {error}") from error
    return output.getvalue()


def _database() -> str:
    """Which database this is: another server, or one made anew, has nothing of what the stamps say."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        found = connection.execute(
            "SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "FROM pg_control_system()"
        ).fetchone()
    return "{}:{}".format(*found or ("", ""))


if __name__ == "__main__":
    with stopping_politely():
        main()
