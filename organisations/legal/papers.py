"""The papers that Legea 78/2014 asks for, as blocks of text and fields; from them PDF and office file are made.

They are in Romanian alone: the contract must be (art. 11), and so are its annexes. No field asks for an identity card
or a personal number: those are written by hand (Legea 190/2018 asks much of whoever keeps them).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "data" / "legal"
BY_HAND = "se scrie de mână"
# In the order in which a host needs them.
SLUGS = (
    "contract-de-voluntariat",
    "fisa-de-voluntariat",
    "fisa-de-protectie",
    "registrul-voluntarilor",
    "certificat-de-voluntariat",
    "raport-de-activitate",
)


@dataclass(frozen=True)
class Field:
    """A place to fill in: a line, several lines, a box to tick, or a line for the pen alone (``paper``)."""

    name: str
    label: str
    kind: Literal["line", "area", "check", "paper"] = "line"
    lines: int = 1
    width: Literal["full", "half"] = "full"


@dataclass(frozen=True)
class Heading:
    kind: ClassVar = "heading"
    text: str
    level: int = 2
    article: str = ""


@dataclass(frozen=True)
class Text:
    kind: ClassVar = "text"
    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Points:
    kind: ClassVar = "points"
    points: tuple[str, ...]


@dataclass(frozen=True)
class Fields:
    """Fields with the name of what they are about, which each tells to a screen reader."""

    kind: ClassVar = "fields"
    group: str
    items: tuple[Field, ...]

    def rows(self) -> Iterator[tuple[Field, ...]]:
        """The fields as they stand on lines: two halves beside each other."""
        waiting: Field | None = None
        for item in self.items:
            if waiting and item.width == "half":
                yield waiting, item
                waiting = None
                continue
            if waiting:
                yield (waiting,)
            waiting = item if item.width == "half" else None
            if waiting is None:
                yield (item,)
        if waiting:
            yield (waiting,)


@dataclass(frozen=True)
class Table:
    """Lines to fill in under named columns; ``paper`` are the numbers of columns for the pen alone."""

    kind: ClassVar = "table"
    name: str
    caption: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: int
    paper: tuple[int, ...] = ()
    small: bool = False

    @property
    def sized_columns(self) -> list[dict[str, Any]]:
        pairs = zip(self.columns, self.widths, strict=True)
        return [{"label": label, "width": width} for label, width in pairs]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The empty lines, with the name of each cell; a cell for the pen has none."""
        return [{"number": number, "cells": self._cells(number)} for number in range(1, self.rows + 1)]

    def _cells(self, number: int) -> list[dict[str, str]]:
        return [
            {"name": "" if at in self.paper else f"{self.name}_{number}_{at + 1}", "label": label}
            for at, label in enumerate(self.columns)
        ]


@dataclass(frozen=True)
class Signatures:
    kind: ClassVar = "signatures"
    who: tuple[str, ...]


Block = Heading | Text | Points | Fields | Table | Signatures


@dataclass(frozen=True)
class Paper:
    """One paper: what it is called, by which law, how it is used, and its blocks in reading order."""

    slug: str
    title: str
    basis: str
    use: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class About:
    """The last page of each paper, which is no part of it."""

    title: str

    def sentences(self, paper: Paper) -> tuple[str, ...]:
        return (
            "Pagina aceasta nu face parte din document: nu trebuie tipărită.",
            paper.use,
            "Modelul este orientativ și nu ține loc de consultanță juridică. Adaptați-l la activitatea dumneavoastră.",
            f"Ce scrieți în acest fișier rămâne la dumneavoastră: nu ajunge la portal. Locurile cu „{BY_HAND}” "
            "se completează numai pe hârtie.",
            "Model oferit de portalul programului Promotorii Voluntariatului în România, al Secretariatului General al "
            "Guvernului.",
        )


ABOUT = About("Despre acest model")


@cache
def all_papers() -> tuple[Paper, ...]:
    """The six papers in the order of use; raises ``ValueError`` or ``TypeError`` for a data file with a fault."""
    return tuple(_read(slug) for slug in SLUGS)


def find_paper(slug: str) -> Paper | None:
    return next((paper for paper in all_papers() if paper.slug == slug), None)


def _read(slug: str) -> Paper:
    data = yaml.safe_load((FOLDER / f"{slug}.yaml").read_text(encoding="utf-8"))
    blocks = tuple(_block(entry) for entry in data.pop("blocks"))
    return Paper(slug=slug, blocks=blocks, **data)


def _block(entry: dict[str, Any]) -> Block:
    match entry:
        case {"heading": text, **more}:
            return Heading(text, **more)
        case {"subheading": text}:
            return Heading(text, level=3)
        case {"text": text}:
            return Text(text)
        case {"note": text}:
            return Text(text, is_note=True)
        case {"points": points}:
            return Points(tuple(points))
        case {"fields": {"group": group, "items": items}}:
            return Fields(group, tuple(Field(**item) for item in items))
        case {"table": table}:
            values: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
            }
            return Table(**values)
        case {"signatures": who}:
            return Signatures(tuple(who))
    raise ValueError(f"Unknown block in a paper: {entry}")
