"""Kill workers while they send 1,000 mails, and count what arrived.

    python -m scripts.bench.outbox [--messages 1000] [--kills 3] [--concurrency 2]

A real mail server on loopback refuses every tenth recipient at first; a real `celery worker` with a real broker is
killed by SIGKILL, process and children: as a text is on its way, and once it was taken but not yet answered. Ends with
an error when a message is lost, repeated without a kill, or repeated under another Message-ID.
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

SETTINGS = "scripts.bench.outbox_settings"


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--messages", type=int, default=1000)
    arguments.add_argument("--kills", type=int, default=3)
    arguments.add_argument("--concurrency", type=int, default=2)
    options = arguments.parse_args()
    try:
        services = start(var_folder() / "bench")
    except ServiceError as error:
        raise Stop(str(error)) from error
    try:
        with tempfile.TemporaryDirectory(prefix="promotori-bench-") as files:
            measure(services, Path(files), options.messages, options.kills, options.concurrency)
    finally:
        services.stop()


def measure(services: Services, files: Path, messages: int, kills: int, concurrency: int) -> None:
    """One trial; prints its figures, and raises Stop with what was not kept."""
    port = free_port()
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
    from scripts.bench.mail_trial import MailServer, Worker, run_trial

    beat = [
        "-B",
        "--schedule",
        str(files / "beat"),
        "--concurrency",
        str(concurrency),
        "--loglevel",
        "WARNING",
    ]
    worker = Worker(environment, beat, files / "worker.log")
    plan = [(messages * (turn + 1) // (kills + 2), ("taken", "before")[turn % 2]) for turn in range(kills)]
    with step(f"{messages:,} messages, {kills} kills"):
        outcome = run_trial(
            count=messages, server=MailServer(worker, plan), port=port, patience=300, wake_each=None
        )
    print(
        f"{messages:,} messages, {outcome.kills} kills: all ended in {outcome.seconds:.1f} s, "
        f"{outcome.repeated} repeated under their own Message-ID, {len(outcome.faults)} faults."
    )
    if outcome.faults:
        raise Stop("\n".join(outcome.faults[:20]) + f"\n{(files / 'worker.log').read_text()[-2000:]}")


if __name__ == "__main__":
    with stopping_politely():
        main()
