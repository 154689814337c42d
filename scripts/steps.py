"""One calm line a step, with its seconds; the output of a program is shown only when it fails.

Runs on the machine's own Python, before any dependency is installed.
"""

import subprocess
import sys
import time
from contextlib import contextmanager


class Stop(Exception):  # noqa: N818
    """Ends the whole thing; the message is the one line that says what to do."""


class Step:
    """The step under way; ``note`` adds a few words to its line."""

    def __init__(self):
        self.words = ""

    def note(self, words):
        self.words = words


@contextmanager
def step(name):
    """Print ``name``, run the block, print its seconds."""
    interactive = sys.stdout.isatty()
    if interactive:
        print(f"  {name} …", end="", flush=True)
    current = Step()
    began = time.monotonic()
    try:
        yield current
    except BaseException:
        print(f"\r  {name:<38} failed" if interactive else f"  {name:<38} failed", flush=True)
        raise
    told = line(name, time.monotonic() - began, current.words)
    print(f"\r{told}" if interactive else told, flush=True)


def line(name, seconds, words=""):
    """The line of a step that is done."""
    return f"  {name:<38} {seconds:5.1f} s  {words}".rstrip()


def run_quietly(command, failure=None, **options):
    """Run a program to its end; when it fails, show what it said and stop with ``failure``."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
        **options,
    )
    text = done.stdout.decode(errors="replace")
    if done.returncode:
        raise Stop(f"{text.rstrip()}\n{failure or ' '.join(words) + ' failed.'}")
    return text


@contextmanager
def stopping_politely():
    """Turn a Stop into its line and exit status 1, and Ctrl-C into a quiet end."""
    try:
        yield
    except Stop as stop:
        print(stop, file=sys.stderr, flush=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print()
        raise SystemExit(130) from None
