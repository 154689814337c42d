"""Prepares the machine: Python, .venv, locked dependencies, system libraries, a browser for tests.

    python3 scripts/setup.py run|test

Uses nothing but the standard library, and nothing newer than Python 3.8, so that an old Python can say
that it is too old. What is prepared already is skipped.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import system  # noqa: E402
from scripts.steps import Stop, run_quietly, step, stopping_politely  # noqa: E402

OLDEST = (3, 11)
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
LOCK = ROOT / "requirements-dev.txt"
STAMP = VENV / "promotori-lock"
# What is imported is compiled then; compiling all of it here takes longer than installing it.
PIP = [
    *[PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-compile"],
    *["--disable-pip-version-check", "--no-input"],
]


def main(purpose):
    if sys.version_info < OLDEST:
        _start_again_with_newer()
    with step("Python environment (.venv)") as current:
        current.note(_make_venv())
    with step("Dependencies, by the lock") as current:
        current.note(_install_dependencies())
    with step("Libraries and fonts for PDFs") as current:
        current.note(_install_for_documents())
    if purpose == "test":
        with step("Browser for tests") as current:
            current.note(_find_browser())


def _start_again_with_newer():
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    raise Stop(
        "Python {}.{} or newer is needed, this is {}.{}; install it (macOS: brew install python@3.13), "
        "or name one: make run PYTHON=/path/to/python3".format(*OLDEST, *sys.version_info[:2])
    )


def _make_venv():
    if PYTHON.exists() and _works([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        return ""
    shutil.rmtree(VENV, ignore_errors=True)
    if _venv():
        return "made, Python {}.{}".format(*sys.version_info[:2])
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if system.can_install() and system.install([package])[0] and _venv():
        return "made, after installing " + package
    shutil.rmtree(VENV, ignore_errors=True)
    sudo = "" if os.getuid() == 0 else "sudo "
    raise Stop(f"Python's venv module is missing: {sudo}apt-get install {package}")


def _venv():
    if _works([sys.executable, "-m", "venv", VENV]) and _works([PYTHON, "-m", "pip", "--version"]):
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    return False


def _install_dependencies():
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return ""
    STAMP.unlink(missing_ok=True)
    if not _install_by_uv():
        run_quietly(
            [*PIP, "--requirement", LOCK],
            "The dependencies could not be installed; what pip said is above.",
        )
    _make_scripts_importable()
    STAMP.write_text(wanted)
    return "installed {}".format(len(re.findall(r"^[a-z0-9]\S*==", LOCK.read_text(), re.M | re.I)))


def _install_by_uv():
    """uv installs the lock in a fraction of pip's time; where it finds no index, or does not run on this
    machine, pip has to do the work."""
    uv = VENV / "bin/uv"
    if not uv.exists():
        own_lines = re.findall(r"^uv==.*(?:\n[ \t].*)*", LOCK.read_text(), re.M)
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as part:
            part.write(own_lines[0] + "\n")
            part.flush()
            if not _works([*PIP, "--requirement", part.name]):
                return False
    sync = [uv, "pip", "sync", "--quiet", "--system-certs", "--require-hashes", "--python", PYTHON, LOCK]
    return _works(sync, {**os.environ, **_index_of_pip()})


def _index_of_pip():
    """The index that this machine's pip is told to use, for uv, which reads nothing of pip's."""
    answer = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], stdout=subprocess.PIPE, text=True, check=False
    )
    found = re.search(r"^\S+\.index-url='(.+)'$", answer.stdout, re.M)
    return {"UV_DEFAULT_INDEX": found[1]} if found and "UV_DEFAULT_INDEX" not in os.environ else {}


def _make_scripts_importable():
    """`pytest` alone, without `python -m`, has to find scripts.pytest_services before it reads any setting."""
    for folder in VENV.glob("lib/python*/site-packages"):
        (folder / "promotori.pth").write_text(os.path.relpath(ROOT, folder) + "\n")


def _install_for_documents():
    missing = system.missing_for_documents()
    if not missing:
        return ""
    if system.can_install():
        done, said = system.install(system.packages())
        if done and not system.missing_for_documents():
            return "installed " + " ".join(system.packages())
        print("\n" + said.rstrip())
    return _lacking(system.documents_line())


def _find_browser():
    if system.chromium():
        return system.chromium()
    if system.can_install() and system.has_debian_chromium():
        # Older releases have no package of the browser without windows.
        for package in (system.HEADLESS, "chromium"):
            done, said = system.install([package])
            if done and system.chromium():
                return f"installed {package}"
        print("\n" + said.rstrip())
    return _lacking(system.chromium_line())


def _lacking(line):
    """On CI a missing part fails; elsewhere what needs it is left out, and the line says so."""
    if os.environ.get("CI") == "true":
        raise Stop(line)
    return "missing. " + line


def _works(command, environment=None):
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, env=environment, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    with stopping_politely():
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
