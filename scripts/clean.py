"""Removes what the other commands made; refuses while the demo runs, and touches nothing of the sources."""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.places import ROOT, var_folder
from scripts.services import running
from scripts.services.ground import outside

CACHES = (
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".import_linter_cache",
    "test-results",
)


def main() -> int:
    """Remove environment, var/ and caches; also root's copy outside a private home."""
    var = var_folder()
    instances = [var / "demo", var / "bench", *sorted((var / "test").glob("*"))]
    for folder in instances:
        if running(folder):
            print(f"The servers in {folder} are running: stop them first.", file=sys.stderr)
            return 1
    for folder in [*(outside(instance) for instance in instances), var, *(ROOT / name for name in CACHES)]:
        if folder.exists():
            print(f"  {folder}")
            shutil.rmtree(folder)
    for folder in ROOT.rglob("__pycache__"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
