"""The workbench of names: open names with the records that they may mean, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from organisations.choices import FoundNameStatus
from organisations.models import FoundName
from organisations.selectors.duplicates import Duplicate, Sought, possible_duplicates

MOST_SUGGESTED = 4


@dataclass(frozen=True)
class OpenName:
    """A name that waits, with the likeliest records; the surest first."""

    found: FoundName
    suggestions: list[Duplicate]


def open_names(*, after: int = 0, most: int = 20) -> Sequence[OpenName]:
    """The next open names in the order in which they were found, from behind the number ``after``."""
    names = FoundName.objects.filter(status=FoundNameStatus.OPEN, pk__gt=after).order_by("pk")[:most]
    return [
        OpenName(found, possible_duplicates(Sought(names=(found.name,)))[:MOST_SUGGESTED]) for found in names
    ]
