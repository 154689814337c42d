"""A real mail server on loopback that refuses some, for tests of what is said to one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage, get_connection

from scripts.bench.portal import free_port

SENDER = "portal@example.org"


class Server:
    """Announces that it takes several commands at once. Refuses ``nobody@…`` for good, and texts to ``full@…``."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.greeted = 0
        self.seconds = 0.0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.greeted += 1
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        time.sleep(self.seconds)
        if envelope.rcpt_tos[0].startswith("full"):
            return "452 4.2.2 No place"
        self.taken += envelope.rcpt_tos
        return "250 Taken"


@contextmanager
def listening(settings, monkeypatch) -> Iterator[Server]:
    """The portal's mails go to this server."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    backend = "core.messaging.smtp.EmailBackend"
    monkeypatch.setattr("core.messaging.smtp.get_connection", lambda: get_connection(backend))
    server = Server()
    controller = Controller(server, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def mail_to(name: str, *, is_written: bool = True) -> EmailMessage:
    """A mail as the portal writes it beforehand, or as any other."""
    mail = EmailMessage("Subject", "Text", SENDER, [f"{name}@example.org"])
    if is_written:
        mail.wire = mail.message().as_bytes(linesep="\r\n")
    return mail
