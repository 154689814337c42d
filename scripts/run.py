"""Runs the demo: private servers, data, then web, workers, beat and mail catcher until Ctrl-C.

Everything started here ends with this process, also when it, or the make that started it, is killed.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from core.accounts.one_time_code import current_code
from scripts import demo_environment
from scripts.places import ROOT, var_folder
from scripts.prepare import people_file
from scripts.services import ServiceError, Services, start
from scripts.services.processes import Child, spawn
from scripts.steps import Stop, step, stopping_politely

BIN = Path(sys.executable).parent
PATIENCE = 60.0
LONG_WORKER = ["--loglevel", "INFO", "--queues", "long", "--pool", "solo", "--hostname", "long@%h"]


def main() -> None:
    parent = os.getppid()
    # SIGINT too: a shell starts what it puts into the background with that signal ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _as_interrupt)
    port = demo_environment.port()
    _require_free(port, "PORT")
    _require_free(port + demo_environment.MAIL_PORT_OFFSET, "PORT", "for its mail catcher ")
    services: Services | None = None
    children: list[Child] = []
    try:
        services = _start_services()
        environment = {**os.environ, **demo_environment.demo_environment(), **services.environment}
        _prepare(environment)
        with step("Web, workers, beat, mail catcher"):
            children += _start_processes(port, environment)
            _wait_until_ready(port, children)
        print(f"\n  The portal runs at http://localhost:{port}/   (Ctrl-C stops it)\n")
        print(_people(environment["SITE_URL"]), flush=True)
        _stay(children, lambda: os.getppid() == parent)
    except ServiceError as error:
        raise Stop(str(error)) from error
    except KeyboardInterrupt:
        print("\n  Stopping …", flush=True)
    finally:
        # A second Ctrl-C must not leave anything behind.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _stop(children)
        if services:
            services.stop()


def _as_interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _require_free(port: int, variable: str, purpose: str = "") -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104
        except OSError:
            raise Stop(
                f"Port {port} {purpose}is taken: choose another, as in {variable}=8010 make run"
            ) from None


def _start_services() -> Services:
    postgres = not os.environ.get("DATABASE_URL")
    valkey = not os.environ.get("REDIS_URL")
    if not (postgres or valkey):
        return Services({})
    names = " and ".join(name for name, wanted in (("PostgreSQL", postgres), ("Valkey", valkey)) if wanted)
    with step(names):
        return start(var_folder() / "demo", postgres=postgres, valkey=valkey)


def _people(site: str) -> str:
    code, seconds = current_code()
    text = people_file().read_text(encoding="utf-8")
    return text.format(site=site, code=code, seconds=seconds).rstrip() + "\n"


def _prepare(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.prepare"],
        env=environment | {"DJANGO_SETTINGS_MODULE": "promotori.settings"},
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.returncode)


def _start_processes(port: int, environment: dict[str, str]) -> list[Child]:
    logs = var_folder() / "demo/log"
    logs.mkdir(parents=True, exist_ok=True)
    mail = [sys.executable, "-m", "scripts.mail_catcher", str(port + demo_environment.MAIL_PORT_OFFSET)]
    children = []
    for name, command in commands(port).items():
        log = logs / f"{name}.log"
        log.unlink(missing_ok=True)
        # gunicorn's SIGTERM waits for connections that browsers keep open; nobody waits for a demo to end.
        ending = signal.SIGINT if name == "web" else signal.SIGTERM
        children.append(spawn(name, command, stop_signal=ending, log=log, env=environment, cwd=ROOT))
    children.append(spawn("mail catcher", [*mail, var_folder() / "mail"], env=environment, cwd=ROOT))
    return children


def commands(port: int) -> dict[str, list[str | Path]]:
    """What the demo runs beside its mail catcher, by name."""
    celery: list[str | Path] = [BIN / "celery", "-A", "promotori"]
    schedule = var_folder() / "demo/beat-schedule"
    found: dict[str, list[str | Path]] = {
        "web": [BIN / "gunicorn", "--bind", f"127.0.0.1:{port}", "--bind", f"[::1]:{port}"],
        "worker": [*celery, "worker", "--loglevel", "INFO", "--queues", "celery", "--concurrency", "1"],
        # In one process, without a child, to spare memory; nobody pings it.
        "worker-long": [*celery, "worker", *LONG_WORKER],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile", "", "--schedule", schedule],
    }
    if not _has_ipv6():
        found["web"] = found["web"][:3]
    return found


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def _wait_until_ready(port: int, children: list[Child]) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        _require_alive(children)
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    raise Stop(f"The portal does not answer on port {port}; see {var_folder()}/demo/log/web.log")


def _require_alive(children: list[Child]) -> None:
    for child in children:
        if child.process.poll() is not None:
            log = var_folder() / f"demo/log/{child.name}.log"
            last = log.read_text(errors="replace").splitlines()[-15:] if log.exists() else []
            raise Stop("\n".join(last) + f"\nThe process “{child.name}” ended; its whole log: {log}")


def _stay(children: list[Child], wanted: Callable[[], bool]) -> None:
    while wanted():
        _require_alive(children)
        time.sleep(0.5)


def _stop(children: list[Child]) -> None:
    for child in children:
        if child.process.poll() is None:
            child.process.send_signal(child.stop_signal)
    for child in children:
        child.stop()


if __name__ == "__main__":
    with stopping_politely():
        main()
