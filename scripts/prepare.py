"""Brings the demo's database and files to the present state; what has not changed is skipped.

One process does all of it, since starting Django takes longer than most of the steps.
"""

import hashlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path

import django
from django.core.management import CommandError, call_command, get_commands
from django.db import connection

from scripts import messages
from scripts.places import ROOT, var_folder
from scripts.steps import Stop, step, stopping_politely

FLOORS = ("core", "organisations", "meetings", "programmes", "videoconferences", "promotori")
LOADS = (
    ("Territory", ("load_territory",)),
    ("Vocabularies", ("load_vocabularies",)),
    ("Themes", ("load_themes",)),
    ("Associative structures", ("load_structures",)),
    ("Edition II (2021)", ("load_edition", "2021")),
    ("Demo people and examples", ("load_demo",)),
)


class Stamps:
    """What was done to this database and these files, by a fingerprint of what it was made from."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.done: dict[str, str] = json.loads(path.read_text())
        except (OSError, ValueError):
            self.done = {}

    def unless_done(self, name: str, fingerprint: str, action: Callable[[], object]) -> None:
        with step(name) as current:
            if self.done.get(name) == fingerprint:
                current.note("unchanged")
                return
            try:
                action()
            except CommandError as error:
                raise Stop(f"{name}: {error}") from error
            self.done[name] = fingerprint
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(self.done, indent=1))


def main() -> None:
    """Translations, migrations, data, static files; ends with the demo's people on standard output."""
    with step("Translations"), redirect_stdout(io.StringIO()):
        messages.compile_catalogues()
    with step("Portal's code"):
        django.setup()
    stamps = Stamps(var_folder() / "demo/stamps.json")
    code = _fingerprint(path for floor in FLOORS for path in _files(ROOT / floor))
    database = _database()
    stamps.unless_done("Migrations", f"{database} {code}", lambda: _quiet("migrate", verbosity=0))
    for name, (command, *arguments) in LOADS:
        _require(command)
        stamps.unless_done(
            name,
            f"{database} {code}",
            partial(_quiet, command, *arguments, "--wet-run"),
        )
    static = _fingerprint([*_files(ROOT / "static"), ROOT / "requirements.txt"])
    stamps.unless_done(
        "Static files", static, lambda: _quiet("collectstatic", interactive=False, verbosity=0)
    )
    _require("show_demo_people")
    people = io.StringIO()
    call_command("show_demo_people", stdout=people)
    Path(sys.argv[1]).write_text(people.getvalue())


def _require(command: str) -> None:
    if command not in get_commands():
        raise Stop(f"The command {command} is missing.")


def _quiet(command: str, *arguments: str, **options: object) -> None:
    call_command(command, *arguments, stdout=io.StringIO(), **options)


def _database() -> str:
    """Which database this is: another server, or one made anew, has nothing of what the stamps say."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "FROM pg_control_system()"
        )
        return "{}:{}".format(*cursor.fetchone())


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _fingerprint(paths: Iterator[Path] | list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:20]


if __name__ == "__main__":
    with stopping_politely():
        main()
