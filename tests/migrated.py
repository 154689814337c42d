"""Migrations run once a run, in a process of its own while the workers collect; every test database is a copy.

They take ten seconds of a core, and each worker and the portal of the journeys would run them again.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.databases import address, drop_database, new_database

NAME = "promotori_migrated"
_MIGRATE = (
    "import gc, sys; gc.disable();"
    "from django.core.management import execute_from_command_line as run; run(['manage.py', 'migrate', '-v0']);"
    "open(sys.argv[1], 'w').close()"
)


def begin() -> None:
    """Starts them; the process holds a lock until its end, whatever end that is. For the controller of xdist."""
    folder = Path(tempfile.mkdtemp(prefix="promotori-migrated-"))
    new_database(NAME)
    with (folder / "lock").open("w") as lock, (folder / "log").open("w") as log:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.Popen(
            [sys.executable, "-c", _MIGRATE, str(folder / "done")],
            cwd=Path(__file__).resolve().parents[1],
            env={**os.environ, "DATABASE_URL": address(NAME)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(lock.fileno(),),
        )
    os.environ["MIGRATED_FOLDER"] = str(folder)


def migrated() -> str:
    """The database to copy, once it is there; empty where nobody began. Raises ``RuntimeError`` when it failed."""
    if "MIGRATED_FOLDER" not in os.environ:
        return ""
    folder = Path(os.environ["MIGRATED_FOLDER"])
    with (folder / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    if not (folder / "done").exists():
        raise RuntimeError(f"The migrations failed:\n{(folder / 'log').read_text(encoding='utf-8')}")
    return NAME


def end() -> None:
    """Takes away what :func:`begin` made."""
    if folder := os.environ.pop("MIGRATED_FOLDER", ""):
        drop_database(NAME)
        shutil.rmtree(folder, ignore_errors=True)
