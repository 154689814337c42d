"""Starts, shares and stops one instance: a PostgreSQL cluster and a Valkey in one folder."""

import fcntl
import json
import os
import shutil
import signal
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

from scripts.services import ground, programs
from scripts.services.processes import Child, ServiceError, program_of, run_as, spawn, wait_until

USER = DATABASE = "promotori"
SOCKET_NAME = "valkey.sock"
VALKEY = "Valkey"
# After a power cut the number in a pid file may be another program's.
SERVER_NAMES = ("postgres", "valkey", "redis")


@dataclass
class Services:
    """Addresses of a running instance. ``stop`` ends what this process started, and is safe to repeat."""

    environment: dict[str, str]
    children: list[Child] = field(default_factory=list)
    lock: IO[str] | None = None

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()
        self.children.clear()
        if self.lock:
            self.lock.seek(0)
            self.lock.truncate()
            self.lock.close()
            self.lock = None


def start(folder: Path, *, durable: bool = True, postgres: bool = True, valkey: bool = True) -> Services:
    """Start the servers asked for in ``folder`` and return when they answer.

    ``durable=False`` is for tests: nothing waits for the disk; a cluster that does not start is made anew.
    Raises ServiceError when they already run here, or cannot run.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _lock(folder)
    services = Services({}, lock=lock)
    try:
        place = ground.prepare(folder)
        if postgres:
            try:
                _start_postgres(services, place, durable=durable)
            except ServiceError:
                if durable:
                    raise
                shutil.rmtree(place.state / "postgres", ignore_errors=True)
                _start_postgres(services, place, durable=durable)
        if valkey:
            _start_valkey(services, place)
    except BaseException:
        services.stop()
        raise
    json.dump({"pid": os.getpid(), "environment": services.environment}, lock)
    lock.flush()
    return services


def restart_valkey(services: Services, folder: Path) -> None:
    """Ends cache and broker that ``start`` began in this folder, and starts them anew, empty, at the same address."""
    for child in [each for each in services.children if each.name == VALKEY]:
        child.stop()
        services.children.remove(child)
    _start_valkey(services, ground.prepare(folder))


def running(folder: Path) -> Services | None:
    """The instance that another process runs in this folder, to share it; None when there is none."""
    try:
        lock = (folder / "lock").open()
    except OSError:
        return None
    with lock:
        if _acquire(lock):
            return None
        try:
            return Services(json.load(lock)["environment"])
        except (ValueError, KeyError):  # it is starting or stopping just now
            return None


def _lock(folder: Path) -> IO[str]:
    lock = (folder / "lock").open("a+")
    if not _acquire(lock):
        lock.seek(0)
        holder = lock.read()
        lock.close()
        pid = json.loads(holder)["pid"] if holder else "unknown"
        raise ServiceError(
            f"The servers in {folder} are already running (process {pid}): "
            "stop that one, or set PORTAL_VAR to another folder."
        )
    lock.truncate(0)
    return lock


def _acquire(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _start_postgres(services: Services, place: ground.Ground, *, durable: bool) -> None:
    found = programs.find_postgres()
    binaries = ground.reachable(found, place)
    cluster = place.state / "postgres"
    log = place.state / "postgres.log"
    _wait_for_predecessor(cluster / "postmaster.pid")
    made_by = cluster / "PG_VERSION"
    if made_by.exists() and int(made_by.read_text()) != found.major:
        version = made_by.read_text().strip()
        raise ServiceError(f"{cluster} is of PostgreSQL {version}, here is {found.major}: move it away.")
    if not made_by.exists():
        _make_cluster(binaries, found.major, cluster, place)
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.sockets),
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "jit": "off",
        "shared_buffers": "64MB",
        # Tests of a crowd, one in each worker, and the portals of the journeys beside them.
        "max_connections": "250",
    }
    # A demo may lose its last half second in a power cut; it may not lose its cluster.
    options["synchronous_commit"] = "off"
    if not durable:
        options |= {
            "fsync": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            # Tests fill tables that were empty when the session planned its checks of foreign keys: a kept plan
            # would read the whole table for each row of a load.
            "plan_cache_mode": "force_custom_plan",
        }
    log.unlink(missing_ok=True)
    command: list[str | Path] = [binaries / "postgres", "-D", cluster]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    # SIGINT is PostgreSQL's fast shutdown: it ends sessions and leaves a clean cluster.
    child = spawn("PostgreSQL", command, stop_signal=signal.SIGINT, log=log, owner=place.owner, cwd=Path("/"))
    services.children.append(child)
    wait_until(lambda: _postgres_is_ready(cluster, child.process.pid), child, seconds=60, log=log)
    services.environment["DATABASE_URL"] = f"postgresql://{USER}@/{DATABASE}?host={quote(str(place.sockets))}"


def _make_cluster(binaries: Path, major: int, cluster: Path, place: ground.Ground) -> None:
    # With locale C pg_trgm would not see ș and ț as letters.
    locale = ["--locale=C.UTF-8"]
    if major >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    draft = cluster.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    made = run_as(
        place.owner,
        [binaries / "initdb", "-D", draft, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", *locale],
    )
    if made.returncode:
        raise ServiceError(
            f"PostgreSQL cannot make its cluster: {made.stderr.strip() or made.stdout.strip()}"
        )
    created = run_as(
        place.owner,
        [
            "sh",
            "-c",
            f'echo "CREATE DATABASE {DATABASE}" | "$0" --single -D "$1" postgres',
            binaries / "postgres",
            draft,
        ],
    )
    if created.returncode:
        raise ServiceError(f"PostgreSQL cannot make the database: {created.stderr.strip()}")
    shutil.rmtree(cluster, ignore_errors=True)
    draft.rename(cluster)


def _wait_for_predecessor(pidfile: Path) -> None:
    """A server whose parent was killed may still be shutting down: PostgreSQL would not start beside it, and
    Valkey would take the socket of its successor away."""
    limit = time.monotonic() + 20
    while (pid := _pid(pidfile)) and program_of(pid).startswith(SERVER_NAMES):
        if time.monotonic() > limit:
            raise ServiceError(f"Process {pid}, of {pidfile}, still runs: stop it first.")
        time.sleep(0.05)


def _pid(pidfile: Path) -> int | None:
    try:
        return int(pidfile.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _postgres_is_ready(cluster: Path, pid: int) -> bool:
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _start_valkey(services: Services, place: ground.Ground) -> None:
    door = place.sockets / SOCKET_NAME
    log = place.state / "valkey.log"
    pidfile = place.state / "valkey.pid"
    _wait_for_predecessor(pidfile)
    for path in (door, log):
        path.unlink(missing_ok=True)
    command: list[str | Path] = [
        programs.find_valkey(),
        "--port",
        "0",
        "--unixsocket",
        door,
        "--unixsocketperm",
        "700",
    ]
    command += ["--save", "", "--appendonly", "no", "--databases", "128", "--dir", place.state]
    command += ["--pidfile", pidfile]
    child = spawn(VALKEY, command, log=log)
    services.children.append(child)
    wait_until(lambda: _answers(door), child, seconds=20, log=log)
    services.environment |= {
        "REDIS_URL": f"unix://{quote(str(door))}?db=0",
        "BROKER_URL": f"redis+socket://{quote(str(door))}?virtual_host=1",
    }


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True
