"""Long work has a queue of its own, and no task goes to a queue that nobody reads."""

import re
from collections.abc import Iterable

import pytest
import yaml
from celery import current_app

from core.jobs.services import RUN_TASK
from core.messaging.waking import DELIVER
from scripts import run
from scripts.places import ROOT

LONG = "long"


def queues_of(command: Iterable[object]) -> set[str]:
    """The queues that this command of a worker names."""
    named = re.search(r"--queues[= ](\S+)", " ".join(map(str, command)))
    return set(named[1].split(",")) if named else set()


def compose_workers() -> dict[str, set[str]]:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return {
        name: queues_of(service["command"])
        for name, service in services.items()
        if {"celery", "worker"} <= set(service.get("command", []))
    }


def demo_workers() -> dict[str, set[str]]:
    return {name: queues_of(command) for name, command in run.commands(8000).items() if "worker" in command}


def queue_of(task: str) -> str:
    """Where a task sent by this name goes."""
    return current_app.amqp.router.route({}, task)["queue"].name


@pytest.mark.parametrize("workers", [compose_workers(), demo_workers()], ids=["compose", "demo"])
def test_each_task_has_a_worker_and_only_jobs_run_on_the_long_queue(workers):
    current_app.loader.import_default_modules()
    tasks = {name for name in current_app.tasks if not name.startswith("celery.")}
    assert {RUN_TASK, DELIVER, "jobs.find_lost"} <= tasks

    assert workers == {"worker": {"celery"}, "worker-long": {LONG}}
    assert {name for name in tasks if queue_of(name) == LONG} == {RUN_TASK}
    assert {queue_of(name) for name in tasks} == set().union(*workers.values())


def test_workers_of_the_compose_file_stand_in_the_table_of_operations():
    table = (ROOT / "docs/operations.md").read_text()
    for name, queues in compose_workers().items():
        row = re.search(rf"^\| `{name}` \|.*$", table, re.M)
        assert row, name
        assert set(re.findall(r"queue `(\w+)`", row[0])) == queues
        assert f" {name}" in re.search(r"^docker compose stop .*$", table, re.M)[0]
