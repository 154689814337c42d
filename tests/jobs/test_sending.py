"""Tasks leave after the commit, by a name that exists; a broker that is away is nobody's error."""

import ast
import time
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction

from core.jobs import enqueue, sending

ROOT = Path(__file__).resolve().parents[2]


def enqueued_names() -> set[str]:
    """First arguments of every ``enqueue`` in the portal; one that is no text in place is named by its code."""
    found = set()
    for path in ROOT.glob("[!.tv]*/**/*.py"):
        if (
            path.relative_to(ROOT).parts[0] in {"tests", "var", "scripts"}
            or "enqueue(" not in path.read_text()
        ):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            is_call = (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "enqueue"
            )
            if is_call and node.args and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


def test_every_enqueued_and_scheduled_task_exists():
    current_app.loader.import_default_modules()
    names = {
        *enqueued_names(),
        "jobs.run",
        *(entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()),
    }

    assert names - set(current_app.tasks) == set()


@pytest.mark.django_db(transaction=True)
def test_task_leaves_after_the_commit_and_never_after_a_rollback(monkeypatch):
    sent = []
    monkeypatch.setattr(sending, "send", lambda *task: sent.append(task))
    with transaction.atomic():
        enqueue("jobs.run", "1", more=2)
        assert sent == []
    with transaction.atomic():
        enqueue("jobs.run", "lost")
        transaction.set_rollback(True)

    assert sent == [("jobs.run", ("1",), {"more": 2})]


def test_broker_that_is_away_is_written_down_and_costs_little(monkeypatch, caplog):
    gone = sending._producers.__wrapped__("redis://127.0.0.1:1/0")
    monkeypatch.setattr(sending, "_producers", lambda: gone)
    begun = time.monotonic()

    assert sending.send("jobs.run", ("1",), {}) is False
    assert time.monotonic() - begun < 3
    assert "the broker is away" in caplog.text


def test_task_reaches_the_broker():
    # A queue that no other test and no worker knows.
    assert sending.send("jobs.find_lost", (), {}, queue="of-this-test") is True
    with current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue("of-this-test")
        message = queue.get(timeout=2)
        assert message.headers["task"] == "jobs.find_lost"
        message.ack()
        queue.clear()
