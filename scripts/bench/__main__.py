"""Print requests/s, p50, p95 and CPU ms a request of the registry, the cost of the calendar's PDF, mails a second.

    python -m scripts.bench [--seconds 15] [--sizes 5000,100000] [--reminders 10000]

Each page is measured twice: as it is served (kept pages on) and made anew each time (kept pages off). At the end the
trial of reminders (``scripts.bench.reminders``); ``--reminders 0`` leaves it out.
"""

import argparse
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from scripts.bench import reminders
from scripts.bench.load import Figures, drive
from scripts.bench.portal import Running, fresh_database, manage, serving
from scripts.demo_environment import demo_environment
from scripts.places import var_folder
from scripts.services import ServiceError, Services, start
from scripts.steps import Stop, step, stopping_politely
from scripts.tasks import DATA, MIGRATE, STATIC, VOCABULARIES

WORDS = [
    "asociatia",
    "voluntar",
    "brasov",
    "tineri",
    "fundația",
    "speranta",
    "verde",
    "centrul",
    "cultura",
    "sanatate",
]
SCENARIOS = {
    "list": ["/organizatii/"],
    "county filter": ["/organizatii/?judet=BV"],
    "text search, 10 words": [f"/organizatii/?q={quote(word)}" for word in WORDS],
}
HEAD = (
    f"{'organisations':>13}  {'page':<22} {'kept':<4} {'req/s':>7} {'p50 ms':>7} {'p95 ms':>7} "
    f"{'app CPU ms':>10} {'db CPU ms':>9}"
)


def measured(server: Running, paths: list[str], seconds: float) -> tuple[Figures, float, float]:
    """Figures of one scenario after a short warm-up, with CPU milliseconds a request of application and servers."""
    drive(server.port, paths, seconds=1)
    before = server.cpu()
    figures = drive(server.port, paths, seconds=seconds)
    after = server.cpu()
    application, servers = (
        (late - early) * 1000 / figures.requests for early, late in zip(before, after, strict=True)
    )
    return figures, application, servers


def registry(environment: dict[str, str], size: int, seconds: float) -> None:
    """A row for each scenario, with and without kept pages."""
    print(f"\n{HEAD}", flush=True)
    for kept in ("300", "0"):
        with serving({**environment, "PAGE_CACHE_SECONDS": kept}) as server:
            for name, paths in SCENARIOS.items():
                figures, application, servers = measured(server, paths, seconds)
                print(
                    f"{size:>13,}  {name:<22} {'yes' if kept != '0' else 'no':<4} {figures.rate:>7.0f} "
                    f"{figures.p50:>7.1f} {figures.p95:>7.1f} {application:>10.2f} {servers:>9.2f}",
                    flush=True,
                )


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--seconds", type=float, default=15)
    arguments.add_argument("--sizes", default="5000,100000")
    arguments.add_argument("--reminders", type=int, default=10_000)
    options = arguments.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    folder = var_folder() / "bench"
    try:
        services = start(folder)
    except ServiceError as error:
        raise Stop(str(error)) from error
    try:
        with tempfile.TemporaryDirectory(prefix="promotori-bench-") as files:
            measure(environment_of(services, files), sizes, options.seconds)
            if options.reminders:
                reminders.measure(services, folder, Path(files), options.reminders, kills=3, workers=2)
    finally:
        services.stop()


def measure(environment: dict[str, str], sizes: list[int], seconds: float) -> None:
    """Load the portal's data, then measure the registry at each size and the calendar's PDF."""
    for task in (MIGRATE, *VOCABULARIES, *DATA, STATIC):
        with step(task.name):
            manage(environment, *task.command)
    for size in sizes:
        with step(f"{size:,} organisations"):
            manage(environment, "generate_organisations", str(size), "--wet-run")
        registry(environment, size, seconds)
    print("\n" + manage(environment, "time_calendar_pdf"), end="")
    print("Load (1, 5, 15 min): {:.1f} {:.1f} {:.1f}".format(*os.getloadavg()))


def environment_of(services: Services, files: str) -> dict[str, str]:
    """Variables of a portal to measure, with a database of its own."""
    return {
        **os.environ,
        **demo_environment(),
        **services.environment,
        "DATABASE_URL": fresh_database(services.environment["DATABASE_URL"]),
        "STATIC_ROOT": f"{files}/static",
        "MEDIA_ROOT": f"{files}/media",
        "RELEASE": "bench",
        "LOG_LEVEL": "WARNING",
    }


if __name__ == "__main__":
    with stopping_politely():
        main()
