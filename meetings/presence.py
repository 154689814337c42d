"""How long somebody was there, by what reports say: minutes that two of them speak of are counted once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

Spell = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class ReportedPerson:
    """Somebody as a report names them; ``seconds`` is the time between all their joins and leaves."""

    number: int
    name: str
    email: str
    joined_at: datetime | None
    left_at: datetime | None
    seconds: int
    spells: list[Spell]


def merged(spells: Iterable[Sequence[int]]) -> list[Spell]:
    """The same time in order, none over another.

    >>> merged([(50, 60), (0, 10), (5, 20), (20, 30)])
    [(0, 30), (50, 60)]
    """
    result: list[Spell] = []
    for start, end in sorted((each[0], each[1]) for each in spells):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def total_seconds(timed: Iterable[tuple[int, Sequence[Sequence[int]]]]) -> int:
    """Time present by several lines (seconds, spells): never longer than from joins to leaves, nor than all together.

    A line without times (a list that gives only minutes) counts where it says more than those with times.
    """
    seconds = untimed = 0
    spells: list[Sequence[int]] = []
    for each, its_spells in timed:
        if its_spells:
            seconds += each
            spells += its_spells
        else:
            untimed += each
    return max(min(seconds, sum(end - start for start, end in merged(spells))), untimed)
