"""What a search that found nothing may have meant: words put right, places of that name."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse

from core.territory.models import County, Uat
from core.text import fold
from organisations.selectors.vocabulary import COUNTRY

MAX_WORDS = 6
MAX_CANDIDATES = 4


@dataclass(frozen=True)
class Place:
    """A place whose name is what was searched for."""

    name: str
    url: str


def places_named(text: str) -> list[Place]:
    """Counties and localities whose name is exactly this text, in any spelling; counties first, at most six."""
    folded = fold(text)
    if not folded or len(folded) > 60:
        return []
    counties = County.objects.current().in_country(COUNTRY).filter(search_text=folded)
    uats = Uat.objects.current().in_country(COUNTRY).filter(search_text=folded).with_county().in_order()
    found = [
        Place(county.full_name, reverse("organisations:county", args=[county.slug])) for county in counties
    ]
    for uat in uats[:6]:
        if uat.county:
            name = f"{uat.full_name}, {uat.county.full_name}"
            found.append(Place(name, reverse("organisations:uat", args=[uat.county.slug, uat.slug])))
    return found[:6]


def nearest(found: QuerySet[Any], text: str) -> QuerySet[Any] | None:
    """Organisations of ``found`` by the words that may have been meant; None when no word is like those typed.

    Each word may stand as typed or as one of the nearest words of all names. Two queries; for searches that
    found nothing only.
    """
    words = fold(text).split()[:MAX_WORDS]
    candidates = _candidates(words)
    if not candidates:
        return None
    for word in words:
        spellings = Q(search_text__contains=word)
        for candidate in candidates.get(word, ()):
            spellings |= Q(search_text__contains=candidate)
        found = found.filter(spellings)
    return found


def _candidates(words: list[str]) -> dict[str, list[str]]:
    """The nearest words of names to each of these: within two slips of the finger, one in short words."""
    asked = [word for word in words if 3 <= len(word) <= 40]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.word, near.word FROM unnest(%s::text[]) AS asked (word) CROSS JOIN LATERAL ("
            " SELECT word FROM organisations_searchword WHERE word %% asked.word"
            " ORDER BY similarity(word, asked.word) DESC, word LIMIT 24) AS near",
            [asked],
        )
        rows = cursor.fetchall()
    near: dict[str, list[tuple[int, str]]] = {}
    for word, candidate in rows:
        slips = _slips(word, candidate)
        if 0 < slips <= (1 if len(word) <= 4 else 2):
            near.setdefault(word, []).append((slips, candidate))
    return {
        word: [candidate for _, candidate in sorted(found)[:MAX_CANDIDATES]] for word, found in near.items()
    }


def _slips(typed: str, meant: str) -> int:
    """Letters added, left out, exchanged or swapped between two words (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, start=1):
        row = [i]
        for j, other in enumerate(meant, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
