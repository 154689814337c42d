"""Who took part in an edition, as the app that holds its gatherings counts them.

Attendances are counted by sector, level and place where the videoconferences are, on the floor above; it names its
counter here, and the edition's page shows what it gives beside the figures that documents state.
"""

from collections.abc import Callable
from typing import Protocol

from programmes.models import Edition


class Participation(Protocol):
    """Totals of an edition; None where too few took part to be named."""

    @property
    def attendances(self) -> int | None: ...

    @property
    def persons(self) -> int | None: ...


Counter = Callable[[Edition], Participation | None]
_counters: list[Counter] = []


def count_participation(counter: Counter) -> Counter:
    """Names the counter of participation; it answers None for an edition whose participants nobody counted."""
    _counters.append(counter)
    return counter


def participation_of(edition: Edition) -> Participation | None:
    """What was counted of this edition, if anything."""
    found = (counter(edition) for counter in _counters)
    return next((each for each in found if each is not None), None)
