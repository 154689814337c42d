"""What cannot come by wheel: Pango, fonts, Chromium. Installed when that is allowed, else named in one line.

Runs on the machine's own Python, before any dependency is installed.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES_FILE = Path(__file__).with_name("system_packages.txt")
LIBRARIES = {
    "linux": ("libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    "darwin": ("libpangoft2-1.0.dylib", "libharfbuzz-subset.dylib"),
}
FONTS = ("Inter", "Vollkorn")
HOMEBREW = "/opt/homebrew/lib", "/usr/local/lib"
# The same engine without windows of its own comes first: a journey costs it half as much.
HEADLESS = "chromium-headless-shell"
BROWSERS = (HEADLESS, "chromium", "google-chrome", "google-chrome-stable", "chrome")
MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def packages():
    """Names of the packages of the list."""
    lines = PACKAGES_FILE.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def missing_for_documents():
    """What WeasyPrint lacks here: library and font names; empty when PDFs can be made."""
    names = LIBRARIES.get(sys.platform, LIBRARIES["linux"])
    missing = [name for name in names if not _loads(name)]
    return missing + [f"font {family}" for family in FONTS if not _has_font(family)]


def documents_line():
    """The one line that says what to install for PDFs."""
    if sys.platform == "darwin":
        return "PDFs need Pango and fonts: brew install pango && brew install --cask font-inter font-vollkorn"
    return "PDFs need Pango and fonts: " + _privileged("apt-get install " + " ".join(packages()))


def chromium():
    """Path of a Chromium that tests can drive, or None. CHROMIUM, when set, is taken at its word."""
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    for name in (*BROWSERS, "chromium-browser"):
        path = shutil.which(name)
        # Ubuntu's packages are stubs that ask for a snap, which tests cannot drive.
        if path and "snap" not in str(Path(path).resolve()) and not _is_snap_stub(path):
            return path
    return next((path for path in MAC_BROWSERS if Path(path).exists()), None)


def chromium_line():
    """The one line that says how to get a browser for the browser tests."""
    if sys.platform == "darwin":
        how = "brew install --cask chromium"
    elif _distribution() == "debian":
        how = _privileged(f"apt-get install {HEADLESS}")
    else:
        how = "install Google Chrome"
    return f"Browser tests need Chromium: {how}, or set CHROMIUM to its path"


def can_install():
    """Whether apt-get may be used here without asking for a password."""
    if not shutil.which("apt-get"):
        return False
    if os.getuid() == 0:
        return True
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def install(names):
    """Install packages by apt-get. Returns whether that went well; what apt-get said is kept for the reader."""
    prefix = [] if os.getuid() == 0 else ["sudo", "-n"]
    prefix += ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    said = ""
    for command in (["update"], ["install", "--no-install-recommends", *names]):
        done = subprocess.run([*prefix, *command], capture_output=True, text=True, check=False)
        said += done.stdout + done.stderr
    return done.returncode == 0, said


def has_debian_chromium():
    """Whether the package `chromium` is a real browser here (on Ubuntu it is a snap)."""
    return _distribution() == "debian"


def _privileged(command):
    return command if hasattr(os, "getuid") and os.getuid() == 0 else f"sudo {command}"


def _distribution():
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition("=")[2].strip('"') for line in lines if line.startswith("ID=")), "")


def _is_snap_stub(path):
    try:
        with Path(path).open("rb") as file:
            start = file.read(4096)
    except OSError:
        return True
    return start.startswith(b"#!") and b"/snap/" in start


def _loads(name):
    for place in ("", *HOMEBREW) if sys.platform == "darwin" else ("",):
        try:
            ctypes.CDLL(str(Path(place) / name) if place else name)
        except OSError:
            continue
        return True
    return False


def _has_font(family):
    fc_list = shutil.which("fc-list")
    if not fc_list:
        return False
    answer = subprocess.run([fc_list, family, "family"], capture_output=True, text=True, check=False)
    return bool(answer.stdout.strip())
