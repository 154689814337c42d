"""Pytest plugin: which lines and branches the tests reach, measured in every xdist worker, told by the controller.

SlipCover writes a probe into each line and takes it out again once the line was reached, so that the suite takes a
tenth longer instead of half as long again (docs/decisions/0021-coverage.md). ``[tool.slipcover]`` in pyproject.toml
says what is measured and how much is enough. Loaded by ``-p`` in scripts/check.py: the first imports of the portal's
code, by pytest-django, have to be seen.
"""

import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
import slipcover
from slipcover.config import read_config

CONFIG: dict[str, Any] = read_config(Path(__file__).resolve().parents[1] / "pyproject.toml")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
# Of this run; workers inherit its name.
FOLDER = Path(os.environ.setdefault("COVERAGE_FOLDER", "") or tempfile.mkdtemp(prefix="promotori-coverage-"))
os.environ["COVERAGE_FOLDER"] = str(FOLDER)
# How many times as long as probes took to be taken out they are left alone afterwards.
REST = 50


class _Measuring(slipcover.Slipcover):
    """Takes probes out less often: each time it looks through every function, an eighth of the suite's time."""

    _rest_until = 0.0

    def deinstrument_seen(self) -> None:
        began = time.monotonic()
        if began >= self._rest_until:
            super().deinstrument_seen()
            ended = time.monotonic()
            self._rest_until = ended + REST * (ended - began)


def _begin() -> slipcover.Slipcover:
    """Every module of the sources that is imported from now on is measured."""
    source, omit = CONFIG["source"], CONFIG["omit"]
    measuring = _Measuring(branch=True, source=source, omit=omit, exclude_also=CONFIG["exclude-also"])
    slipcover.ImportManager(measuring, slipcover.FileMatcher(sources=source, omit=omit)).__enter__()
    return measuring


_measuring = _begin() if WORKER else None
_found: dict[str, Any] = {}


def pytest_configure(config: pytest.Config) -> None:
    if not WORKER and not config.getoption("numprocesses", None):
        raise pytest.UsageError("Coverage is measured in workers: add -n 1 or more.")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker leaves what it saw before the controller hears that it is done; too little fails the run."""
    if _measuring is not None:
        (FOLDER / f"{WORKER}.json").write_text(json.dumps(_measuring.get_coverage()), encoding="utf-8")
    elif not WORKER:
        _found.update(_merged())
        if _percent() < CONFIG["fail-under"] and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Files with something left out, then one line."""
    if WORKER or not _found:
        return
    terminalreporter.section("coverage of lines and branches")
    for name, file in sorted(_found["files"].items()):
        if file["missing_lines"] or file["missing_branches"]:
            missing = slipcover.slipcover.format_missing(
                file["missing_lines"],
                file["executed_lines"],
                [tuple(each) for each in file["missing_branches"]],
            )
            terminalreporter.write_line(f"{name:<64}{file['summary']['percent_covered']:4.0f}%  {missing}")
    enough = _percent() >= CONFIG["fail-under"]
    terminalreporter.write_line(
        f"Covered: {_percent():.2f}% of {_statements()} lines and branches;"
        f" {'required' if enough else 'REQUIRED, NOT REACHED'}: {CONFIG['fail-under']}%.",
        red=not enough,
    )


def _merged() -> dict[str, Any]:
    """What all workers saw together; a worker that crashed left nothing."""
    left = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    shutil.rmtree(FOLDER, ignore_errors=True)
    merged: dict[str, Any] = left[0] if left else {}
    for other in left[1:]:
        slipcover.merge_coverage(merged, other)
    return merged


def _percent() -> float:
    return float(_found["summary"]["percent_covered"]) if _found else 0.0


def _statements() -> int:
    kinds = [f"{state}_{what}" for state in ("covered", "missing") for what in ("lines", "branches")]
    return sum(_found["summary"][kind] for kind in kinds)
