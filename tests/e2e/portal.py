"""The portal as a person meets it: gunicorn, its own database with edition II, the demo's people."""

import fcntl
import os
import shutil
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

from scripts.demo_environment import demo_environment
from tests.databases import address, new_database
from tests.e2e.loaded import ROOT, Loaded
from tests.migrated import migrated

# Each xdist worker that runs journeys has a portal of its own, a copy of what the first one prepared.
TEMPLATE = "promotori_e2e_template"
DATABASE = f"promotori_e2e_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
# The same steps as `make run`: migrations, territory, edition II, the demo's people, static files; then ours.
PREPARE = "from scripts.prepare import main; main(); from tests.e2e.samples import load; load()"


@dataclass(frozen=True)
class Portal:
    """A running portal: its address, and the environment and the folder of commands on its database."""

    url: str
    environment: dict[str, str]
    folder: Path
    loaded: Loaded

    def manage(self, *arguments: str) -> str:
        """Standard output of a management command; a failing one raises with what it wrote."""
        output = self.folder / f"command-{time.monotonic_ns()}"
        status = self.loaded.wait(self.loaded.start(["manage.py", *arguments], output), 120)
        printed = output.read_text(encoding="utf-8")
        if status:
            errors = Path(f"{output}.errors").read_text(encoding="utf-8")
            raise RuntimeError(f"manage.py {' '.join(arguments)}:\n{printed}{errors}")
        return printed


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _prepare(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PREPARE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The portal could not be prepared:\n{done.stdout}{done.stderr}")


def _prepare_once(environment: dict[str, str], shared: Path) -> None:
    """Makes this portal's database; the first worker of a run prepares it and the static files for all of them.

    What an earlier run left in a kept cluster is never used: ``shared`` is a folder of this run alone.
    """
    with (shared / "portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / "portal.prepared"
        if not done.exists():
            new_database(TEMPLATE, like=migrated() or "template1")
            # Stamps of what is loaded belong to this database alone.
            own = {"PORTAL_VAR": str(shared / "portal-var"), "MEDIA_ROOT": str(shared / "portal-media")}
            _prepare({**environment, **own, "DATABASE_URL": address(TEMPLATE)})
            done.touch()
        new_database(DATABASE, like=TEMPLATE)
    if (shared / "portal-media").exists():
        shutil.copytree(shared / "portal-media", environment["MEDIA_ROOT"])


def _await(url: str, portal: Portal, server: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if portal.loaded.ended(server) is not None:
            raise RuntimeError("gunicorn ended at its start")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("the portal was not ready in 30 s")


@contextmanager
def running_portal(folder: Path, shared: Path) -> Iterator[Portal]:
    """A portal with edition II and the demo's people; ended with the block. ``shared`` is of all workers."""
    port = _free_port()
    url = f"http://localhost:{port}"
    environment = {
        **os.environ,
        **demo_environment(),
        "DJANGO_SETTINGS_MODULE": "promotori.settings",
        "PORTAL_VAR": str(folder),
        "DATABASE_URL": address(DATABASE),
        "SITE_URL": url,
        # Written once, then only read.
        "STATIC_ROOT": str(shared / "portal-static"),
        "MEDIA_ROOT": str(folder / "media"),
        "RELEASE": "e2e",
        "PAGE_CACHE_SECONDS": "300",
    }
    _prepare_once(environment, shared)
    loaded = Loaded(environment, folder / "loaded.log")
    portal = Portal(url, environment, folder, loaded)
    try:
        server = loaded.start(
            [
                "-m",
                "gunicorn",
                "promotori.wsgi",
                "-c",
                "python:tests.e2e.gunicorn",
                "-b",
                f"127.0.0.1:{port}",
            ],
            folder / "gunicorn.log",
        )
        _await(url, portal, server)
        yield portal
        loaded.stop(server)
    finally:
        loaded.close()
