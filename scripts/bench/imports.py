"""Print seconds and megabytes of a file of 100,000 organisations, 1,000 of them faulty, beside a registry of 5,000.

python -m scripts.bench.imports [--lines 100000] [--records 5000]
"""

import argparse
import os
import tempfile

from scripts.bench.__main__ import environment_of
from scripts.bench.portal import manage
from scripts.places import var_folder
from scripts.services import ServiceError, start
from scripts.steps import Stop, step, stopping_politely
from scripts.tasks import MIGRATE, VOCABULARIES


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--lines", default="100000")
    arguments.add_argument("--records", default="5000")
    options = arguments.parse_args()
    try:
        services = start(var_folder() / "bench")
    except ServiceError as error:
        raise Stop(str(error)) from error
    try:
        with tempfile.TemporaryDirectory(prefix="promotori-bench-") as files:
            environment = environment_of(services, files)
            for task in (MIGRATE, *VOCABULARIES):
                with step(task.name):
                    manage(environment, *task.command)
            with step(f"{options.records} organisations"):
                manage(environment, "generate_organisations", options.records, "--wet-run")
            work = ("time_import", "--lines", options.lines, "--wet-run")
            print(manage(environment, *work, "--format", "xlsx"), end="", flush=True)
            print(manage(environment, *work, "--format", "csv", "--apply"), end="", flush=True)
    finally:
        services.stop()
    print("Load (1, 5, 15 min): {:.1f} {:.1f} {:.1f}".format(*os.getloadavg()))


if __name__ == "__main__":
    with stopping_politely():
        main()
