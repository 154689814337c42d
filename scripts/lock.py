"""Locks the dependencies: hashes for every system, and no address of any index."""

import sys

from scripts.places import ROOT
from scripts.steps import run_quietly, step, stopping_politely

LOCKS = {"requirements.txt": [], "requirements-dev.txt": ["--group", "dev"]}


def main() -> None:
    """Write both locks anew; a version changes only when pyproject.toml asks for it or with --upgrade."""
    for name, group in LOCKS.items():
        with step(name):
            run_quietly(
                [
                    ROOT / ".venv/bin/uv",
                    *["pip", "compile", "--quiet", "--universal", "--python-version", "3.11"],
                    *["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"],
                    *[*group, *sys.argv[1:], "pyproject.toml", "-o", name],
                ],
                cwd=ROOT,
            )


if __name__ == "__main__":
    with stopping_politely():
        main()
