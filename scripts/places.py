"""Where things are: the project's folder and the folder of everything that is made while running."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def var_folder() -> Path:
    """``var/``, or the folder that PORTAL_VAR names, so that several portals run beside each other."""
    return Path(os.environ.get("PORTAL_VAR") or ROOT / "var").expanduser().resolve()
