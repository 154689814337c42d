"""Child processes that never outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
# Reads a pipe that only the parent holds open: when it closes, the parent is gone, however it went.
WATCHER = """
import os, signal, sys
os.setsid()
sys.stdin.buffer.read()
try:
    os.kill(int(sys.argv[1]), int(sys.argv[2]))
except ProcessLookupError:
    pass
"""


class ServiceError(Exception):
    """A server could not be found or started; the message says what to do, in one line."""


@dataclass
class Child:
    """A running child and how it is asked to end."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    watcher: subprocess.Popen[bytes] | None = None

    def stop(self, patience: float = 10.0) -> None:
        """Ask the child to end, wait, then end it and its whole process group."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        if self.watcher is not None:
            self.watcher.kill()
            self.watcher.wait()
            self.watcher = None


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    stop_signal: signal.Signals = signal.SIGTERM,
    log: Path | None = None,
    owner: tuple[int, int] | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    by_watcher: bool = not sys.platform.startswith("linux"),
) -> Child:
    """Start a child in a session of its own, so that Ctrl-C reaches the parent alone.

    It gets ``stop_signal`` when the parent ends in any way: by the kernel on Linux, elsewhere (or with
    ``by_watcher``) by a second small process. ``owner`` is the (user, group) it runs as.
    """
    output = log.open("ab") if log else None
    try:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            env=env,
            cwd=cwd,
            preexec_fn=None if by_watcher else _die_with(os.getpid(), stop_signal),
            **_as_user(owner),
        )
    except OSError as error:
        raise ServiceError(f"{name} does not start: {error}") from error
    finally:
        if output:
            output.close()
    watcher = _watch(process.pid, stop_signal) if by_watcher else None
    return Child(name, process, stop_signal, watcher)


def wait_until(ready: Callable[[], bool], child: Child, *, seconds: float, log: Path) -> None:
    """Wait until the child is ready; when it ends first or takes too long, raise with its last lines."""
    limit = time.monotonic() + seconds
    while not ready():
        if child.process.poll() is not None or time.monotonic() > limit:
            child.stop()
            lines = log.read_text(errors="replace").strip().splitlines()[-5:] if log.exists() else []
            raise ServiceError(f"{child.name} did not start; the end of {log}:\n  " + "\n  ".join(lines))
        time.sleep(0.01)


def run_as(owner: tuple[int, int] | None, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a short program to its end, as another user when ``owner`` is given."""
    return subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **_as_user(owner),
    )


def is_alive(pid: int) -> bool:
    """Whether a process of that number exists, whoever owns it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def program_of(pid: int) -> str:
    """Name of the program that a process runs; empty when there is no such process."""
    if Path("/proc/self/comm").exists():
        try:
            return Path(f"/proc/{pid}/comm").read_text().strip()
        except OSError:
            return ""
    answer = subprocess.run(
        ["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return Path(answer.stdout.strip()).name


def _as_user(owner: tuple[int, int] | None) -> dict[str, Any]:
    return {"user": owner[0], "group": owner[1], "extra_groups": []} if owner else {}


def _die_with(parent: int, stop_signal: signal.Signals) -> Callable[[], None]:
    libc = ctypes.CDLL(None, use_errno=True)

    def ask_the_kernel() -> None:
        # Runs in the child after the change of user, which would have cleared the request.
        libc.prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel


def _watch(pid: int, stop_signal: signal.Signals) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-S", "-c", WATCHER, str(pid), str(int(stop_signal))], stdin=subprocess.PIPE
    )
