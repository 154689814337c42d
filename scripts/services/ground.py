"""The folders a server may use, and the user it runs as: PostgreSQL refuses to run as root."""

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from scripts.services.processes import ServiceError, run_as
from scripts.services.programs import Postgres

# Where root's servers keep what an unprivileged user could not reach in a private home.
OUTSIDE = Path("/var/lib/promotori")
# sun_path holds 108 bytes on Linux and 104 on macOS; PostgreSQL adds "/.s.PGSQL.5432".
LONGEST_SOCKET_FOLDER = 104 - 16


@dataclass(frozen=True)
class Ground:
    """Folders of one instance: ``state`` is kept, ``sockets`` is for this run."""

    state: Path
    sockets: Path
    owner: tuple[int, int] | None


def prepare(folder: Path) -> Ground:
    """Make the folders of an instance, owned by the user that the servers will run as.

    As root the state moves to /var/lib/promotori when the unprivileged user cannot reach ``folder``.
    """
    owner = _unprivileged()
    _private(folder, None)
    state = folder
    if owner:
        probe = folder / "state"
        _private(probe, owner)
        # The instance's own folder is root's; let the servers' user pass through it, but not list it.
        folder.chmod(0o711)
        if run_as(owner, ["test", "-w", probe]).returncode == 0:
            state = probe
        else:
            probe.rmdir() if not any(probe.iterdir()) else None
            state = outside(folder)
    _private(state, owner)
    sockets = state / "run"
    if len(os.fsencode(sockets)) > LONGEST_SOCKET_FOLDER:
        sockets = Path("/tmp") / f"promotori-{os.getuid()}-{_short(folder)}"  # noqa: S108
    _private(sockets, owner)
    return Ground(state, sockets, owner)


def outside(folder: Path) -> Path:
    """Where the state of an instance in a private home is kept when root starts it."""
    return OUTSIDE / _short(folder)


def reachable(postgres: Postgres, ground: Ground) -> Path:
    """The folder of PostgreSQL's programs as the servers' user can run them.

    Programs inside a private home are copied with their libraries, whose places they know by RPATH.
    """
    if run_as(ground.owner, ["test", "-x", postgres.folder / "postgres"]).returncode == 0:
        return postgres.folder
    if not postgres.from_wheel:
        raise ServiceError(f"The user of the servers cannot run {postgres.folder}/postgres.")
    package = postgres.folder.parent.parent
    OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
    made = package.stat()
    copy = OUTSIDE / f"programs-{postgres.major}-{_short(package)}-{int(made.st_mtime)}"
    if not copy.exists():
        draft = OUTSIDE / f".programs-{os.getpid()}"
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.chmod(0o755)
        for path in draft.rglob("*"):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        try:
            draft.rename(copy)
        except OSError:  # another start was faster
            shutil.rmtree(draft)
    return copy / package.name / "pginstall/bin"


def _unprivileged() -> tuple[int, int] | None:
    """Who runs PostgreSQL when root starts it; None for everybody else, who runs it themselves."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    return 65534, 65534


def _private(folder: Path, owner: tuple[int, int] | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid not in {
        os.getuid(),
        owner[0] if owner else os.getuid(),
    }:
        raise ServiceError(
            f"{folder} belongs to somebody else: remove it, or set PORTAL_VAR to another folder."
        )
    if owner:
        os.chown(folder, *owner)
    folder.chmod(0o700)


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]
