"""Send 10,000 reminders that are due in the same minute, kill the workers on the way, and count what arrived.

    python -m scripts.bench.reminders [--reminders 10000] [--kills 3] [--workers 2]
    python -m scripts.bench.reminders --scan [--sizes 10000,1000000]

Two worker processes of a real ``celery worker`` with its clock, a real broker, a mail server in a process of its own.
First undisturbed: how fast reminders are written, how fast sent, and how fast plain ``smtplib`` sends the very same
mails over as many connections. Then with workers killed by SIGKILL, process and children, as a text was taken and not
answered, or is about to be; once on the way the broker is emptied and restarted. Ends with an error when a reminder is
lost, repeated more than once a worker process and kill, or repeated under another Message-ID.

``--scan``: what a scan costs beside so many registrations of the past, with the plan of its question.
"""

import argparse
import os
import tempfile
from pathlib import Path

import django

from scripts.bench.portal import free_port, fresh_database, manage
from scripts.demo_environment import demo_environment
from scripts.places import var_folder
from scripts.services import ServiceError, Services, start
from scripts.steps import Stop, step, stopping_politely
from scripts.tasks import MIGRATE

SETTINGS = "scripts.bench.reminder_settings"


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--reminders", type=int, default=10_000)
    arguments.add_argument("--kills", type=int, default=3)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--scan", action="store_true")
    arguments.add_argument("--sizes", default="10000,1000000")
    options = arguments.parse_args()
    folder = var_folder() / "bench"
    try:
        services = start(folder)
    except ServiceError as error:
        raise Stop(str(error)) from error
    try:
        with tempfile.TemporaryDirectory(prefix="promotori-bench-") as files:
            if options.scan:
                prepare(services, Path(files), free_port())
                from scripts.bench.reminder_scan import measure_scan

                measure_scan([int(size) for size in options.sizes.split(",")])
            else:
                measure(services, folder, Path(files), options.reminders, options.kills, options.workers)
    finally:
        services.stop()


def measure(services: Services, folder: Path, files: Path, reminders: int, kills: int, workers: int) -> None:
    """The trial, undisturbed and disturbed; prints its figures, and raises Stop with what was not kept."""
    port = free_port()
    environment = prepare(services, files, port)
    from scripts.bench.reminder_trial import Trial

    with Trial(services, folder, files, environment, port, workers) as trial:
        with step(f"{reminders:,} reminders, undisturbed"):
            speed = trial.undisturbed(reminders)
        print(
            f"Written {speed.written:,.0f} a second; sent {speed.sent:,.0f} a second by {workers} worker processes, "
            f"{speed.bare:,.0f} by plain smtplib over {workers} connections: {speed.sent / speed.bare:.0%}. "
            "Load {:.1f}.".format(os.getloadavg()[0])
        )
        with step(f"{reminders:,} reminders, {kills} kills, the broker emptied and restarted"):
            outcome = trial.disturbed(reminders, kills)
        print(
            f"{reminders:,} reminders due in the same minute, {outcome.kills} kills: written and sent in "
            f"{outcome.seconds:.1f} s ({reminders / outcome.seconds:,.0f} a second, starts of the workers included), "
            f"{outcome.repeated} repeated under their own Message-ID, {len(outcome.faults)} faults."
        )
    if outcome.faults:
        raise Stop("\n".join(outcome.faults[:20]) + f"\n{(files / 'worker.log').read_text()[-2000:]}")


def prepare(services: Services, files: Path, port: int) -> dict[str, str]:
    """An empty database with the portal's tables, and Django set up on it; returns the environment of workers."""
    environment = {
        **os.environ,
        **demo_environment(),
        **services.environment,
        "DATABASE_URL": fresh_database(services.environment["DATABASE_URL"]),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "STATIC_ROOT": f"{files}/static",
        "MEDIA_ROOT": f"{files}/media",
        "RELEASE": "bench",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }
    with step(MIGRATE.name):
        manage(environment, *MIGRATE.command)
    os.environ.update(environment)
    django.setup()
    return environment


if __name__ == "__main__":
    with stopping_politely():
        main()
