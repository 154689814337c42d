"""Runs every check, then every test; the last line is pytest's summary, the exit status says whether all went well.

python -m scripts.check all|lint
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from scripts import system
from scripts.demo_environment import demo_environment
from scripts.places import ROOT, var_folder
from scripts.services import ServiceError, Services, running, start
from scripts.steps import Stop, line, step, stopping_politely

BIN = Path(sys.executable).parent
PYTHON = sys.executable
# An environment that production would accept; no such portal exists.
PRODUCTION = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "check-" + "0123456789abcdefghijklmnopqrstuvwxyz-" * 2,
    "SITE_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "CONTACT_EMAIL": "echipa@example.org",
    "BEHIND_TLS_PROXY": "true",
    "RELEASE": "check",
}
WORKERS = os.environ.get("TEST_WORKERS", "2")
LINES_SHOWN = 40


@dataclass(frozen=True)
class Check:
    """One program whose exit status says whether it found a fault."""

    name: str
    command: list[str | Path]
    environment: dict[str, str] = field(default_factory=dict)


def checks() -> list[Check]:
    """The checks without tests, the slow ones first so that two cores stay busy."""
    manage: list[str | Path] = [PYTHON, "manage.py"]
    return [
        Check("Types (mypy)", [BIN / "mypy"]),
        Check("Templates (djlint)", [BIN / "djlint", "templates", "--lint", "--quiet"]),
        Check("No migration is missing", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check(
            "Fit for production (check --deploy)",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            PRODUCTION,
        ),
        Check("Translations are complete", [PYTHON, "scripts/messages.py", "check"]),
        Check("Roles are documented", [*manage, "write_matrix", "--check"]),
        Check("Style sheet is built", [PYTHON, "scripts/css.py", "--check"]),
        Check("Floors and rooms (import-linter)", [BIN / "lint-imports"]),
        Check("Code (ruff)", [BIN / "ruff", "check", "--output-format", "concise", "."]),
        Check(
            "Form of the code (ruff format)",
            [BIN / "ruff", "format", "--check", "--output-format", "concise", "."],
        ),
    ]


def main(what: str) -> int:
    with step("Translations compiled"):
        _quiet([PYTHON, "scripts/messages.py", "compile"])
    services = _services()
    try:
        failed = _run_checks({**os.environ, **demo_environment(), **services.environment})
    finally:
        services.stop()
    if failed:
        print(f"\n  {len(failed)} of {len(checks())} checks failed: {', '.join(failed)}.", flush=True)
    if what == "lint":
        return 1 if failed else 0
    tests = _run_tests()
    return tests or (1 if failed else 0)


def _services() -> Services:
    """The servers that makemigrations looks at; DATABASE_URL and REDIS_URL win."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return Services({})
    folder = var_folder() / "lint"
    try:
        return running(folder) or start(folder, durable=False)
    except ServiceError as error:
        raise Stop(str(error)) from error


def _run_checks(environment: dict[str, str]) -> list[str]:
    """Names of the checks that found a fault, after printing what they said."""
    failed = []

    def run(check: Check) -> tuple[subprocess.CompletedProcess[bytes], float]:
        began = time.monotonic()
        done = subprocess.run(
            [str(word) for word in check.command],
            env=environment | check.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done, time.monotonic() - began

    with ThreadPoolExecutor(2) as pool:
        for check, future in [(check, pool.submit(run, check)) for check in checks()]:
            done, seconds = future.result()
            print(line(check.name, seconds, "FAULTS:" if done.returncode else ""), flush=True)
            if done.returncode:
                failed.append(check.name)
                print(_end(done.stdout.decode(errors="replace")), flush=True)
    return failed


def _end(text: str) -> str:
    """The last lines of what a check said, set in under its name."""
    lines = [each for each in text.splitlines() if each.strip()]
    left_out = [f"    … {len(lines) - LINES_SHOWN} lines before these"] if len(lines) > LINES_SHOWN else []
    return "\n".join([*left_out, *(f"    {each}" for each in lines[-LINES_SHOWN:])])


def _run_tests() -> int:
    """The whole suite on two workers; a browser is named once for all of them."""
    environment = dict(os.environ)
    if browser := system.chromium():
        environment["CHROMIUM"] = browser
    print(flush=True)
    # worksteal: neighbours stay together, so that few workers start a portal for the journeys.
    command = [PYTHON, "-m", "pytest", "-n", WORKERS, "--dist", "worksteal"]
    # SlipCover's own plugin loses what workers saw when the controller forks.
    command += ["-p", "no:slipcover", "-p", "scripts.pytest_coverage", "--durations", "10"]
    return subprocess.run([*command, "-q"], env=environment, cwd=ROOT, check=False).returncode


def _quiet(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise Stop((done.stdout + done.stderr).decode(errors="replace").rstrip())


if __name__ == "__main__":
    with stopping_politely():
        raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
