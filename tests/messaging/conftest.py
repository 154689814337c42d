"""Kinds of mail that the tests of the outbox write, and a mail server that answers as told."""

from collections.abc import Iterator

import pytest

from core.messaging import kinds
from core.messaging.kinds import Category, MailKind
from core.messaging.models import Message
from core.messaging.services import post_message


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailKind]:
    """A kind that a person may switch off, registered for one test."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(kinds, "_categories", dict(kinds._categories))
    kinds.register_category(Category("news", "Noutăți", "Ce se mai întâmplă."))
    return kinds.register(
        MailKind(
            name="tests.news",
            label="Noutăți",
            subject="Noutăți: {title}",
            body="**{title}**\n\n[Citiți]({link})",
            placeholders={"title": "titlul", "link": "adresa"},
            category="news",
        )
    )


def letter(key: str = "one", *, to: str = "ana@example.org", sensitive: bool = False, **fields) -> Message:
    """A message in the outbox, of a kind of its own."""
    kind = fields.pop("kind", None) or MailKind(
        name="tests.letter",
        label="Letter",
        subject="Letter {number}",
        body="Number **{number}**.",
        placeholders={"number": "its number"},
        sensitive=sensitive,
    )
    values = fields.pop("values", {"number": key})
    return post_message(kind=kind, key=key, to=to, values=values, language="ro", **fields)


@pytest.fixture
def server(monkeypatch):
    """A mail server that answers as told: ``server.answers`` maps an address to what is raised for it."""

    class Server:
        answers: dict[str, list[Exception]] = {}
        handing_over = False
        taken: list = []
        opened = 0

        def __init__(self, *args, **kwargs):
            self.connection = None

        def open(self):
            Server.opened += self.connection is None
            self.connection = self

        def close(self):
            self.connection = None

        def send_messages(self, messages):
            for each in messages:
                waiting = Server.answers.get(each.to[0], [])
                if waiting:
                    raise waiting.pop(0)
                Server.taken.append(each)

    Server.answers, Server.taken, Server.opened = {}, [], 0
    monkeypatch.setattr("core.messaging.smtp.get_connection", Server)
    return Server
