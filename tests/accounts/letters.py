"""What the account wrote to somebody, as it waits in the outbox."""

import re

from core.messaging.models import Message


def letters_to(email: str) -> list[str]:
    """Subject and text of every mail to the address, oldest first."""
    return [f"{letter.subject}\n{letter.text}" for letter in Message.objects.filter(to=email).order_by("pk")]


def code_sent_to(email: str) -> str:
    """The newest code that was sent there."""
    codes = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", "\n".join(letters_to(email)))
    assert codes, "no code was sent"
    return codes[-1]
