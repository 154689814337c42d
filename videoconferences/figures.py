"""Small groups in tables that add up: which cells the public may see, so that no hidden one can be computed.

A facet (sector, say) is one table: a row a videoconference, a row for the edition, a column a value. The total of every
row is public and the edition's row is the sum of the others, so a single hidden cell would be the rest of its row or of
its column.

A videoconference's row is protected by itself alone, so that it looks the same before and after another is held: of
two tables of different days nothing can be learned. The edition's row comes last and only its own cells are hidden for
it. Each small cell stands at the corner of a rectangle of hidden ones: one person more at two opposite corners and one
fewer at the others gives another table with the same totals, and nothing that is public tells which of the two is true.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

SMALL: Final = 5
# The edition's row of a table; keys of videoconferences are never negative.
EDITION: Final = -1

Cell = tuple[int, str]
Pair = tuple[str, str]
Corners = tuple[Cell, Cell, Cell, Cell]


@dataclass(frozen=True)
class Protection:
    """Which cells are hidden, and which rows are not published at all because hiding cells was not enough."""

    hidden: frozenset[Cell] = frozenset()
    withheld: frozenset[int] = field(default_factory=frozenset)


def is_small(count: int) -> bool:
    """Whether a group is one of one to four; nobody at all is no group."""
    return 0 < count < SMALL


def protect(
    rows: Mapping[int, Mapping[str, int]],
    *,
    persons: Mapping[str, int] | None = None,
    crosses: Mapping[int, Mapping[Pair, int]] | None = None,
) -> Protection:
    """The protection of one facet: ``rows`` are the videoconferences' counts by value, ``persons`` the edition's.

    What is published about an edition shows attendances and persons in the same cells, so a cell is small when either
    is. ``crosses`` are a videoconference's counts by this facet and the other of the edition's cross table: two
    videoconferences balance each other only by people who are alike in the other facet. A row whose small cells no
    other cell can balance is withheld, and the edition's with it.
    """
    alone = {row: protect_row(counts) for row, counts in rows.items()}
    withheld = frozenset(row for row, hidden in alone.items() if hidden is None)
    base = {(row, value) for row, hidden in alone.items() for value in hidden or ()}
    if withheld:
        return Protection(frozenset(base), withheld | {EDITION})
    cells: dict[Cell, int] = {(row, value): n for row, counts in rows.items() for value, n in counts.items()}
    values = sorted({value for counts in rows.values() for value in counts})
    for value in values:
        cells[EDITION, value] = sum(counts.get(value, 0) for counts in rows.values())
    people: dict[Cell, int] = {(EDITION, value): n for value, n in (persons or {}).items()}
    primary = {cell for cell, n in cells.items() if is_small(n) or is_small(people.get(cell, 0))}

    def swap(losing: list[Cell]) -> bool:
        if crosses is None or len(losing) < 2:
            return True
        alike = [
            {other for (value, other), n in crosses[row].items() if value == lost and n}
            for row, lost in losing
        ]
        return bool(set.intersection(*alike))

    hidden = _hide(_Cells(cells, people, swap), primary, base, may_hide=lambda cell: cell[0] == EDITION)
    if hidden is None:
        return Protection(frozenset(base), frozenset({EDITION}))
    return Protection(frozenset(hidden))


def protect_row(counts: Mapping[str, int]) -> frozenset[str] | None:
    """Hidden values of one videoconference: small ones, each with another that balances it; None to withhold them."""
    small = sorted((n, value) for value, n in counts.items() if is_small(n))
    hidden = {value for _n, value in small}
    for n, value in small:
        partners = [
            (other not in hidden, counts[other], other)
            for other in counts
            if other != value and any(stays(n, step) and stays(counts[other], -step) for step in (1, -1))
        ]
        if not partners:
            return None
        hidden.add(min(partners)[2])
    return frozenset(hidden)


def protect_cross(
    crosses: Mapping[int, Mapping[Pair, int]], *, persons: Mapping[Pair, int] | None = None
) -> frozenset[Pair] | None:
    """Hidden cells of the edition's table of two facets, where the edition's own margins are all public.

    ``crosses`` are the videoconferences' own tables, which are not published. None: the table is not to be published.
    """
    firsts = sorted({first for counts in crosses.values() for first, _second in counts})
    cells: dict[Cell, int] = {}
    for counts in crosses.values():
        for (first, second), n in counts.items():
            cell = firsts.index(first), second
            cells[cell] = cells.get(cell, 0) + n
    people: dict[Cell, int] = {
        (firsts.index(first), second): n for (first, second), n in (persons or {}).items()
    }
    primary = {cell for cell, n in cells.items() if is_small(n) or is_small(people.get(cell, 0))}

    def swap(losing: list[Cell]) -> bool:
        """Two people of one videoconference change places: its own margins stay what they are."""
        pairs = [(firsts[row], value) for row, value in losing]
        return any(all(counts.get(pair, 0) for pair in pairs) for counts in crosses.values())

    hidden = _hide(_Cells(cells, people, swap), primary, set(), may_hide=lambda _cell: True)
    return None if hidden is None else frozenset((firsts[row], value) for row, value in hidden)


@dataclass(frozen=True)
class _Cells:
    """A table to protect: attendances, persons where they are published too, and who can change places with whom."""

    counts: Mapping[Cell, int]
    people: Mapping[Cell, int]
    swap: Callable[[list[Cell]], bool]

    def rectangles(self, cell: Cell) -> Iterator[Corners]:
        """The cell, its neighbour in the row, the one in the column, and the one opposite."""
        row, value = cell
        rows = sorted({row for row, _value in self.counts})
        values = sorted({value for _row, value in self.counts})
        for other, second in product(rows, values):
            if other != row and second != value:
                yield (row, value), (row, second), (other, value), (other, second)

    def has_room(self, corners: Corners) -> bool:
        """Whether one more here and one fewer there leaves each cell what it is called, by people who can be moved."""
        # The edition's row is the sum of the others: it moves the same way as the videoconference's.
        turn = 1 if EDITION in (corners[0][0], corners[2][0]) else -1
        for step in (1, -1):
            moves = dict(zip(corners, (step, -step, turn * step, -turn * step), strict=True))
            losing = [cell for cell, by in moves.items() if by < 0 and cell[0] != EDITION]
            if all(self._stays(cell, by) for cell, by in moves.items()) and self.swap(losing):
                return True
        return False

    def _stays(self, cell: Cell, by: int) -> bool:
        if cell in self.people and not stays(self.people[cell], by):
            return False
        return stays(self.counts.get(cell, 0), by)


def _hide(
    table: _Cells, primary: set[Cell], base: set[Cell], *, may_hide: Callable[[Cell], bool]
) -> set[Cell] | None:
    """Small cells and the fewest others that cover each of them with a rectangle; None when one cannot be covered.

    ``base`` is hidden already; beyond it only cells that ``may_hide``.
    """
    wanted = sorted(primary, key=lambda cell: (table.counts[cell], cell))
    hidden = base | primary
    for cell in wanted:
        best: Corners | None = None
        least: tuple[int, int] | None = None
        for corners in table.rectangles(cell):
            added = [corner for corner in corners if corner not in hidden]
            if not all(map(may_hide, added)):
                continue
            cost = (sum(table.counts.get(corner, 0) for corner in added), len(added))
            if (least is None or cost < least) and table.has_room(corners):
                best, least = corners, cost
        if best is None:
            return None
        hidden.update(best)
    return hidden


def stays(count: int, by: int) -> bool:
    """Whether a cell that says "under 5" still does, and one that only says that it is hidden is not small."""
    if count == 0:
        return False
    return is_small(count + by) if is_small(count) else count + by >= SMALL
