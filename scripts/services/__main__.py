"""Runs one command beside the private servers, sharing those that `make run` started.

python -m scripts.services [--folder NAME] python manage.py dbshell
"""

import argparse
import os
import subprocess
import sys

from scripts.demo_environment import demo_environment
from scripts.places import var_folder
from scripts.services import ServiceError, running, start


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", default="demo", help="instance under var/ (default: demo)")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    chosen = parser.parse_args()
    if not chosen.command:
        parser.error("name the command to run")
    folder = var_folder() / chosen.folder
    try:
        services = running(folder) or start(folder)
    except ServiceError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        return subprocess.run(
            chosen.command, env={**demo_environment(), **services.environment, **os.environ}, check=False
        ).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        services.stop()


if __name__ == "__main__":
    sys.exit(main())
