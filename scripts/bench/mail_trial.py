"""The trial of the outbox: a mail server that refuses a tenth at first, and workers killed on the way.

Used by ``python -m scripts.bench.outbox`` and, smaller, by tests/messaging/test_killed_workers.py.
"""

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from scripts.places import ROOT
from scripts.services.processes import Child, spawn


class Worker:
    """A ``celery worker`` of its own process; a kill takes it and all its children, and waits until they are gone."""

    def __init__(
        self, environment: Mapping[str, str], options: Sequence[str], log: Path, queue: str = "celery"
    ) -> None:
        self._environment, self._options, self._log, self._queue = environment, options, log, queue
        self._child: Child | None = None

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "promotori",
            "worker",
            "--queues",
            self._queue,
            *self._options,
        ]
        self._child = spawn("worker", command, env=self._environment, cwd=ROOT, log=self._log)

    @property
    def is_alive(self) -> bool:
        return self._child is not None and self._child.process.poll() is None

    def kill(self) -> None:
        assert self._child is not None  # noqa: S101
        os.killpg(self._child.process.pid, signal.SIGKILL)
        self._child.process.wait()

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()


@dataclass
class MailServer:
    """Takes mails and remembers each; refuses a tenth of the recipients once; kills workers at planned moments.

    ``kills`` names the moments: after so many mails, "before" a text is taken or once it was "taken" but not answered.
    """

    worker: Worker
    kills: list[tuple[int, str]]
    seconds_a_mail: float = 0.0
    taken: list[str] = field(default_factory=list)
    killed_holding: list[str] = field(default_factory=list)
    killed: int = 0
    unheard: set[str] = field(default_factory=set)
    _refused: set[str] = field(default_factory=set)
    _refused_last: dict[Any, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        with self._lock:
            self._refused_last.pop(session.peer, None)
            if is_refused_first(address) and address not in self._refused:
                self._refused.add(address)
                self._refused_last[session.peer] = address
                return "451 4.3.0 Please try again later"
            self._kill_if_planned("before", [])
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        time.sleep(self.seconds_a_mail)
        with self._lock:
            self.taken.append(mail["Message-ID"])
            self._kill_if_planned("taken", [mail["Message-ID"]])
        return "250 2.0.0 Taken"

    def _kill_if_planned(self, moment: str, holding: list[str]) -> None:
        if self.kills and self.kills[0][1] == moment and len(self.taken) >= self.kills[0][0]:
            self.kills.pop(0)
            self.worker.kill()
            self.killed += 1
            # The last that a connection was told: its worker may have died before it could write that down.
            self.unheard.update(self._refused_last.values())
            self._refused_last.clear()
            self.killed_holding += holding

    @contextmanager
    def listening(self, port: int) -> Iterator[None]:
        controller = Controller(self, hostname="127.0.0.1", port=port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()


def is_refused_first(address: str) -> bool:
    """Every tenth recipient: person10@…, person20@…"""
    return address.partition("@")[0].endswith("0")


@dataclass(frozen=True)
class Outcome:
    """What the trial found; ``faults`` is empty when everything held."""

    seconds: float
    kills: int
    repeated: int
    faults: list[str]


def run_trial(
    *, count: int, server: MailServer, port: int, patience: float, wake_each: float | None
) -> Outcome:
    """Posts ``count`` messages, keeps a worker running whatever kills it, and says what arrived.

    ``wake_each`` plays the clock where the worker has none of its own. Needs Django set up, an empty outbox, and a
    worker that reads the same database and broker and sends to ``port``.
    """
    from core.jobs.sending import send
    from core.messaging.models import Message
    from core.messaging.waking import DELIVER

    planned = len(server.kills)
    started = time.monotonic()
    with server.listening(port):
        server.worker.start()
        _post(count)
        try:
            while Message.objects.exclude(status="sent").exists() or server.kills:
                if time.monotonic() - started > patience:
                    break
                if not server.worker.is_alive:
                    server.worker.start()
                if wake_each is not None:
                    send(DELIVER, (), {}, expires=5)
                time.sleep(wake_each or 0.25)
        finally:
            server.worker.stop()
    seconds = time.monotonic() - started
    return Outcome(
        seconds, server.killed, len(server.taken) - len(set(server.taken)), _faults(server, planned)
    )


def _post(count: int) -> None:
    from django.db import transaction

    from core.messaging.kinds import MailKind
    from core.messaging.services import post_message

    kind = MailKind(
        name="trial.letter",
        label="Letter",
        subject="Letter {number}",
        body="This is the letter with number {number}.\n\n[Open it]({link})",
        placeholders={"number": "number of the letter", "link": "address of its page"},
    )
    for first in range(1, count + 1, 100):
        with transaction.atomic():
            for number in range(first, min(first + 100, count + 1)):
                post_message(
                    kind=kind,
                    key=f"trial:{number}",
                    to=f"person{number}@example.org",
                    values={"number": number, "link": "http://localhost:8000/"},
                    language="ro",
                )


def _faults(server: MailServer, planned: int) -> list[str]:
    """Every promise that was not kept, one sentence each."""
    from core.messaging.models import Message

    faults = []
    taken = Counter(server.taken)
    messages = list(Message.objects.prefetch_related("tries"))
    if server.killed != planned:
        faults.append(f"{server.killed} workers were killed, not {planned}.")
    for message in messages:
        outcomes = Counter(attempt.outcome for attempt in message.tries.all())
        copies = taken.pop(message.message_id, 0)
        if message.status != "sent" or not copies:
            faults.append(f"{message.to} is {message.status}, taken {copies} times.")
        if copies > 1 + outcomes["killed"]:
            faults.append(
                f"{message.to} was taken {copies} times; {outcomes['killed']} of its workers were killed."
            )
        if is_refused_first(message.to) and not outcomes["postponed"] and message.to not in server.unheard:
            faults.append(f"{message.to} was never refused at first.")
        if outcomes["sent"] != 1:
            faults.append(f"{message.to} has {outcomes['sent']} attempts that succeeded.")
    if taken:
        faults.append(f"{len(taken)} mails have a Message-ID that no message has.")
    for message_id in server.killed_holding:
        if Counter(server.taken)[message_id] < 2:
            faults.append(f"{message_id} was taken as its worker was killed, and was not sent again.")
    return faults
