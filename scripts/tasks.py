"""What a database and a folder of files need before the portal runs on them, and what each of it is made from.

The demo, the benchmark and the journeys in a browser all load by this list; a command that is to load something
new is added here alone. Nothing of Django is imported, so that a start that has nothing to do is quick.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.places import ROOT

FLOORS = ("core", "organisations", "meetings", "programmes", "videoconferences", "promotori")
# A column that a migration changes may change what a loader writes, so each load hangs on these too.
MIGRATIONS = tuple(f"{floor}/**/migrations/*.py" for floor in FLOORS)
EDITION = ("promotori/loading/*.py", "promotori/data/**/*", "core/text.py")


@dataclass(frozen=True)
class Task:
    """A management command and the files that decide what it does, as patterns below the project's folder.

    ``in_files``: its result is files, the same for every database.
    """

    name: str
    command: tuple[str, ...]
    sources: tuple[str, ...]
    in_files: bool = False


MIGRATE = Task("Migrations", ("migrate", "--verbosity", "0"), MIGRATIONS)
# What every portal has, production too: docker-compose.yml runs these at each start, and a test compares.
VOCABULARIES = (
    Task("Territory", ("load_territory", "--wet-run"), ("core/territory/**/*", "core/text.py")),
    Task("Vocabularies", ("load_vocabularies", "--wet-run"), (*EDITION, "organisations/data/*")),
    Task("Themes", ("load_themes", "--wet-run"), EDITION),
)
# The portal's real data.
DATA = (
    Task(
        "Associative structures",
        ("load_structures", "--wet-run"),
        ("organisations/services/*.py", "organisations/data/*", "core/text.py"),
    ),
    Task("Edition II (2021)", ("load_edition", "2021", "--wet-run"), EDITION),
)
DEMO = (
    Task(
        "Demo people and examples",
        ("load_demo", "--wet-run"),
        (
            "promotori/demo.py",
            "promotori/demo_gatherings.py",
            "promotori/demo_requests.py",
            "promotori/management/commands/show_demo_people.py",
            "core/accounts/choices.py",
        ),
    ),
)
STATIC = Task(
    "Static files",
    ("collectstatic", "--noinput", "--verbosity", "0"),
    ("static/**/*", "requirements.txt", "promotori/staticfiles.py"),
    in_files=True,
)
ALL = (MIGRATE, *VOCABULARIES, *DATA, *DEMO, STATIC)


class Stamps:
    """Which tasks were done, by a fingerprint of what each was made from; kept in one small file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.done: dict[str, str] = json.loads(path.read_text())
        except (OSError, ValueError):
            self.done = {}

    def outstanding(self, database: str, static_root: Path) -> list[Task]:
        """The tasks that are not done yet for this database and this folder of static files."""
        return [task for task in ALL if self.done.get(task.name) != _fingerprint(task, database, static_root)]

    def forget(self, *tasks: Task) -> None:
        """Have the tasks done again."""
        for task in tasks:
            self.done.pop(task.name, None)

    def set(self, task: Task, database: str, static_root: Path) -> None:
        """Remember that the task was done, as its files are now."""
        self.done[task.name] = _fingerprint(task, database, static_root)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.done, indent=1))


def _fingerprint(task: Task, database: str, static_root: Path) -> str:
    if task.in_files:
        # A folder that was removed is made anew.
        return f"{static_root} {static_root.exists()} {_digest(_files(task.sources))}"
    return f"{database} {_digest(_files((*MIGRATIONS, *task.sources)))}"


def _files(patterns: Iterable[str]) -> Iterator[Path]:
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    for path in sorted(found):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:20]
