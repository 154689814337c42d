"""A Python that has loaded the portal's code once: every command and server of the journeys is a fork of it.

A start of Django costs seconds of a core, and the journeys need a dozen. The process answers lines of JSON:
``{"start": arguments, "output": path}`` with the number of a new process, ``{"ended": number}`` with its exit
status, or null while it runs. When the tests go away, so do the processes.
"""

import json
import os
import runpy
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[2]


class Loaded:
    """The tests' end: starts processes with arguments as Python takes them, a file or ``-m`` and a module."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.e2e.loaded"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def start(self, arguments: Sequence[str], output: Path) -> int:
        """The number of a new process; ``output`` gets what it prints, a file beside it its errors."""
        return int(self._ask(start=list(arguments), output=str(output)))

    def ended(self, number: int) -> int | None:
        """Exit status; None while the process runs. Once told, it is not known any more."""
        status: int | None = self._ask(ended=number)
        return status

    def wait(self, number: int, seconds: float) -> int:
        """Exit status; raises ``TimeoutError`` after ending a process that takes longer."""
        deadline = time.monotonic() + seconds
        while (status := self.ended(number)) is None:
            if time.monotonic() > deadline:
                os.kill(number, signal.SIGKILL)
                raise TimeoutError(f"not done in {seconds} s")
            time.sleep(0.02)
        return status

    def stop(self, number: int) -> None:
        """Ends a server as its owner would."""
        if self.ended(number) is None:
            os.kill(number, signal.SIGTERM)
            self.wait(number, 20)

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=20)

    def _ask(self, **question: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        if not (answer := self._process.stdout.readline()):
            raise RuntimeError("the loaded portal ended; its log says why")
        return json.loads(answer)


def serve() -> None:
    """The loaded process: answers until nobody asks any more."""
    import django
    from django.urls import get_resolver

    django.setup()
    _ = get_resolver().url_patterns
    running: set[int] = set()
    try:
        for line in sys.stdin:
            question = json.loads(line)
            if "start" in question:
                answer: int | None = _fork(question["start"], question["output"])
                running.add(answer)
            else:
                number, status = os.waitpid(question["ended"], os.WNOHANG)
                answer = os.waitstatus_to_exitcode(status) if number else None
                running.discard(number)
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
    finally:
        for number in running:
            os.kill(number, signal.SIGTERM)


def _fork(arguments: list[str], output: str) -> int:
    number = os.fork()
    if not number:
        _become(arguments, output)
    return number


def _become(arguments: list[str], output: str) -> NoReturn:
    with Path(output).open("wb") as out, Path(f"{output}.errors").open("wb") as errors:
        os.dup2(out.fileno(), 1)
        os.dup2(errors.fileno(), 2)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    status: Any = 0
    try:
        if arguments[0] == "-m":
            sys.argv = arguments[1:]
            runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = arguments
            runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as end:
        status = end.code or 0
        if not isinstance(status, int):
            sys.stderr.write(f"{status}\n")
            status = 1
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve()
