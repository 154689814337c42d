"""The portal as a person meets it: gunicorn, its own database with edition II, the demo's people."""

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

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from scripts.demo_environment import demo_environment

ROOT = Path(__file__).resolve().parents[2]
# Each xdist worker that runs journeys has a portal of its own.
DATABASE = f"promotori_e2e_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@dataclass(frozen=True)
class Portal:
    """A running portal: its address and the environment for commands on its database."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Standard output of a management command; a failing one raises with what it wrote."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}")
        return done.stdout


def _fresh_database() -> str:
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    with psycopg.connect(make_conninfo(**{**parts, "dbname": "postgres"}), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
    return make_conninfo(**{**parts, "dbname": DATABASE})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _prepare(portal: Portal, folder: Path) -> None:
    """The same steps as `make run`: migrations, territory, edition II, the demo's people, static files."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.prepare", str(folder / "people.txt")],
        cwd=ROOT,
        env=portal.environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The portal could not be prepared:\n{done.stdout}{done.stderr}")


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("gunicorn ended at its start")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("the portal was not ready in 30 s")


@contextmanager
def running_portal(folder: Path) -> Iterator[Portal]:
    """A portal with edition II and the demo's people; ended with the block."""
    port = _free_port()
    url = f"http://localhost:{port}"
    portal = Portal(
        url,
        {
            **os.environ,
            **demo_environment(),
            "DJANGO_SETTINGS_MODULE": "promotori.settings",
            # Stamps of what is loaded belong to this database alone.
            "PORTAL_VAR": str(folder),
            "DATABASE_URL": _fresh_database(),
            "SITE_URL": url,
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "media"),
            "RELEASE": "e2e",
            "PAGE_CACHE_SECONDS": "300",
        },
    )
    _prepare(portal, folder)
    portal.manage("shell", "--no-imports", "-c", "from tests.e2e.samples import load; load()")
    with (folder / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "promotori.wsgi",
                "-c",
                "python:tests.e2e.gunicorn",
                "-b",
                f"127.0.0.1:{port}",
            ],
            cwd=ROOT,
            env=portal.environment,
            stdout=log,
            stderr=log,
        )
        try:
            _await(url, process)
            yield portal
        finally:
            process.terminate()
            process.wait(timeout=15)
