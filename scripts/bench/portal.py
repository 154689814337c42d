"""A portal to measure: its own database in the private server, gunicorn with 2 workers, CPU time of both."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from scripts.steps import Stop

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "promotori_bench"


def fresh_database(url: str) -> str:
    """Address of an empty database beside the one that ``url`` names."""
    with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
    return make_conninfo(url, dbname=DATABASE)


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Standard output of a management command."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Running:
    """A serving gunicorn; ``cpu`` counts its seconds and those of the database and cache servers."""

    port: int
    master: psutil.Process

    def cpu(self) -> tuple[float, float]:
        """CPU seconds so far of the application and of PostgreSQL with Valkey."""
        application = _seconds([self.master, *self.master.children(recursive=True)])
        # PostgreSQL and Valkey are children of this process; a session of PostgreSQL is one of its own.
        names = {"postgres", "valkey-server", "redis-server"}
        ours = psutil.Process().children(recursive=True)
        servers = _seconds([each for each in ours if _name(each) in names])
        return application, servers


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.NoSuchProcess:
        return ""


def _seconds(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            spent = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        # Those of ended children too: gunicorn replaces its workers while it serves.
        total += spent.user + spent.system
        total += getattr(spent, "children_user", 0.0) + getattr(spent, "children_system", 0.0)
    return total


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Running]:
    """gunicorn as production runs it (gunicorn.conf.py: 2 workers), ended with the block."""
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "promotori.wsgi",
            "-b",
            f"127.0.0.1:{port}",
            "--log-level",
            "warning",
        ],
        cwd=ROOT,
        env={**os.environ, **environment, "WEB_CONCURRENCY": "2"},
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(f"http://127.0.0.1:{port}/readyz")
        yield Running(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _await(url: str) -> None:
    """Wait until the portal is fit to serve; a portal that says what it lacks is not waited for."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except urllib.error.HTTPError as error:
            raise Stop(f"The portal is not fit to serve: {error.read().decode(errors='replace')}") from error
        except OSError:
            time.sleep(0.1)
    raise Stop("The portal did not answer in 30 s.")
