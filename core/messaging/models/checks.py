"""Checks of the outbox's table, in few words.

PostgreSQL reads each check anew from its stored form at every statement that writes a row: with lists of values that
was a third of what PostgreSQL did for a mail (docs/benchmarks.md). A pattern is read several times as fast.
"""

from collections.abc import Iterable

from django.db.models import Q


def pattern(values: Iterable[str]) -> str:
    """What these values match and no other text does."""
    return f"^({'|'.join(map(str, values))})$"


def one_of(field: str, values: Iterable[str]) -> Q:
    """The field holds one of these values."""
    return Q(**{f"{field}__regex": pattern(values)})
