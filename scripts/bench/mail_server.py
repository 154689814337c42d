"""A mail server in a process of its own, and what it can do at bare best: for trials of delivery.

It takes every mail, remembers number and moment, and stops at planned moments, mail in hand, until it is told to go on.
As mail servers in use do, it takes several commands at once and says so (RFC 2920); of that ``smtplib`` by itself makes
no use. It keeps to one processor, whoever speaks to it: else the kernel may leave it on that of one client for seconds
while the other is idle, and the trial would tell of that.
"""

import asyncio
import multiprocessing
import os
import re
import smtplib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

_NUMBER = re.compile(rb"^message-id:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)
_SENDER = "portal@localhost"
_processes = multiprocessing.get_context("spawn")


@dataclass
class Remote:
    """The server as the trial sees it: ``next_event`` gives the planned moment that it has come to, or None."""

    port: int
    _control: Connection
    _kept: list[Any] = field(default_factory=list)

    def next_event(self, patience: float) -> str | None:
        """The name of the moment; the server waits for ``go_on``."""
        if not self._kept and self._control.poll(patience):
            self._kept.append(self._control.recv())
        return self._kept.pop(0) if self._kept else None

    def go_on(self) -> None:
        self._control.send("go on")

    def plan(self, moments: Sequence[tuple[int, str]]) -> None:
        """Forgets what was taken. Moments: after so many mails, and "…taken" once taken but not answered, or
        "…before" as the next text is about to be taken."""
        self._control.send(list(moments))
        assert self._control.recv() == "planned"  # noqa: S101

    def taken(self) -> list[tuple[str, float]]:
        """Number and moment of each mail, in the order of taking."""
        self._control.send("report")
        found: list[tuple[str, float]] = self._control.recv()
        return found


@contextmanager
def mail_server(port: int) -> Iterator[Remote]:
    """A server that listens on loopback, ended with the block."""
    ours, theirs = _processes.Pipe()
    process = _processes.Process(target=_serve, args=(port, theirs), daemon=True)
    process.start()
    try:
        assert ours.recv() == "up"  # noqa: S101
        yield Remote(port, ours)
    finally:
        process.kill()
        process.join()


class _Handler:
    def __init__(self, control: Connection) -> None:
        self.control = control
        self.taken: list[tuple[str, float]] = []
        self.plan: list[tuple[int, str]] = []

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.stop_at("before")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        found = _NUMBER.search(envelope.original_content or b"")
        self.taken.append((found[1].decode() if found else "", time.monotonic()))
        self.stop_at("taken")
        return "250 2.0.0 Taken"

    def stop_at(self, moment: str) -> None:
        """Everything stands still here, until the trial has done what it planned."""
        if self.plan and self.plan[0][1].endswith(moment) and len(self.taken) >= self.plan[0][0]:
            self.control.send(self.plan.pop(0)[1])
            self.control.recv()

    def listen(self) -> None:
        asked = self.control.recv()
        if asked == "report":
            self.control.send(self.taken)
        else:
            self.plan, self.taken = asked, []
            self.control.send("planned")


def _serve(port: int, control: Connection) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

    async def run() -> None:
        handler = _Handler(control)
        loop = asyncio.get_running_loop()
        await loop.create_server(lambda: SMTP(handler), "127.0.0.1", port)
        loop.add_reader(control.fileno(), handler.listen)
        control.send("up")
        await asyncio.Event().wait()

    asyncio.run(run())


def bare_rate(server: Remote, mails: Sequence[tuple[str, bytes]], connections: int) -> float:
    """Mails a second of plain ``smtplib``, from so many processes with one connection each; all is written before."""
    server.plan([])
    start = _processes.Event()
    clients = [
        _processes.Process(
            target=_send, args=(server.port, list(mails[number::connections]), start), daemon=True
        )
        for number in range(connections)
    ]
    for client in clients:
        client.start()
    time.sleep(3)
    start.set()
    for client in clients:
        client.join()
    return rate_of([moment for _number, moment in server.taken()])


def rate_of(moments: Sequence[float]) -> float:
    """A second, from the first to the last."""
    return (len(moments) - 1) / (moments[-1] - moments[0]) if len(moments) > 1 else 0.0


def _send(port: int, mails: list[tuple[str, bytes]], start: Any) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connection:
        connection.ehlo()
        start.wait()
        for address, text in mails:
            connection.sendmail(_SENDER, [address], text)
