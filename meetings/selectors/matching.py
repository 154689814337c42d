"""Whose registration a person of a report may be: by address, then by a name that only one has."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.text import fold
from meetings.choices import ACTIVE_REGISTRATIONS
from meetings.models import Meeting, Registration

MOST_OFFERED: Final = 8
MOST_COMPARED: Final = 600
# Two names with so many of their trigrams in common may be one person's.
ALIKE: Final = 0.45
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PARTS = re.compile(r"\s+[-–—|/]+\s+|[|/_,;@]+|\s*[–—]\s*")


@dataclass(frozen=True)
class Match:
    """``only`` is the one registration without doubt; else those that may be meant, the likeliest first."""

    only: int | None
    likely: list[int]


class Matcher:
    """Everybody registered for one gathering, to be asked for each person of a report; one query."""

    def __init__(self, meeting: Meeting) -> None:
        found = Registration.objects.filter(meeting=meeting, status__in=ACTIVE_REGISTRATIONS).order_by("pk")
        self._by_email: dict[str, int] = {}
        self._by_name: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._words: dict[int, tuple[str, ...]] = {}
        self._trigrams: dict[int, frozenset[str]] = {}
        self._by_trigram: defaultdict[str, list[int]] = defaultdict(list)
        for pk, name, email in found.values_list("pk", "name", "email"):
            words = _words(name)
            self._by_email[email.lower()] = pk
            self._words[pk] = words
            self._by_name[words].add(pk)
            for word in set(words):
                self._by_word[word].add(pk)
            self._trigrams[pk] = _trigrams(words)
            for each in self._trigrams[pk]:
                self._by_trigram[each].append(pk)

    def by_email(self, email: str) -> int | None:
        """The registration of exactly this address."""
        return self._by_email.get(email.lower()) if email else None

    def match(self, name: str, email: str) -> Match:
        """By address; then by the same words in any order; then by initials; each only when one person has them."""
        known = self.by_email(email)
        if known is not None:
            return Match(known, [known])
        names = [words for words in map(_words, _names_in(name)) if words]
        same = {pk for words in names for pk in self._by_name.get(words, ())}
        if not same:
            same = {pk for words in names for pk in self._by_initials(words)}
        if len(same) == 1:
            return Match(next(iter(same)), list(same))
        if same:
            return Match(None, sorted(same)[:MOST_OFFERED])
        return Match(None, self._near(names))

    def _by_initials(self, words: tuple[str, ...]) -> set[int]:
        """ "A. Pop" is Ana Pop, and Ana Pop is "Pop A.": as many words, one whole one the same at least."""
        whole = [word for word in words if len(word) > 2]
        if len(words) < 2 or not whole:
            return set()
        near = set().union(*(self._by_word.get(word, set()) for word in whole))
        mine = set(words)
        return {
            pk
            for pk in near
            if any(len(word) == 1 for word in mine ^ set(self._words[pk])) and _fit(words, self._words[pk])
        }

    def _near(self, names: Iterable[tuple[str, ...]]) -> list[int]:
        """Those whose names share most trigrams; names of whom one is a part of the other come too."""
        scores: dict[int, float] = {}
        for words in names:
            mine = _trigrams(words)
            shared: Counter[int] = Counter()
            # Trigrams that very many names have tell nothing, and would be all the work.
            left = MOST_COMPARED
            for each in sorted(mine, key=lambda one: len(self._by_trigram.get(one, ()))):
                these = self._by_trigram.get(each, [])
                left -= len(these)
                if left < 0:
                    break
                shared.update(these)
            for pk, _number in shared.most_common(30):
                theirs = self._trigrams[pk]
                score = len(mine & theirs) / len(mine | theirs)
                if len(words) > 1 and len(self._words[pk]) > 1 and _is_part(words, self._words[pk]):
                    score = max(score, ALIKE)
                scores[pk] = max(score, scores.get(pk, 0))
        alike = [pk for pk, score in scores.items() if score >= ALIKE]
        return sorted(alike, key=lambda pk: (-scores[pk], pk))[:MOST_OFFERED]


def _names_in(name: str) -> list[str]:
    """The name without brackets, what is in them, and its parts: "Ana Pop (iPhone)", "Ana Pop - Primăria X"."""
    plain = _BRACKETS.sub(" ", name)
    found = [plain, *_BRACKETS.findall(name), *_PARTS.split(plain)]
    return list(dict.fromkeys(part.strip() for part in found if part.strip()))


def _words(name: str) -> tuple[str, ...]:
    """The words of a name in one order, whatever order they were written in; initials apart from one another."""
    return tuple(sorted(fold(name.replace(".", " ")).split()))


def name_key(name: str) -> str:
    """Equal for two ways of writing the words of one name."""
    return " ".join(_words(name))


def _trigrams(words: Iterable[str]) -> frozenset[str]:
    padded = [f"  {word} " for word in words]
    return frozenset(word[place : place + 3] for word in padded for place in range(len(word) - 2))


def _fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the words are the same but for initials, a whole one the same at least."""
    if len(one) != len(other):
        return False
    left, right = Counter(one), Counter(other)
    common = left & right
    if not any(len(word) > 2 for word in common):
        return False
    mine, theirs = sorted((left - common).elements()), sorted((right - common).elements())
    return all(min(len(a), len(b)) == 1 and a[0] == b[0] for a, b in zip(mine, theirs, strict=True)) and bool(
        mine
    )


def _is_part(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return set(one) <= set(other) or set(other) <= set(one)
