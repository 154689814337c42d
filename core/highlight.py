"""Marks the words of a search in a name, whatever diacritics either was typed with."""

from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.text import fold

MAX_WORDS = 10


def highlight(text: str, query: str) -> SafeString:
    """The text, escaped, with <mark> around each place where a word of the query stands.

    Both are compared folded, so "brasov" marks "Brașov" in each of its spellings. The text itself is never
    changed, shortened or normalised; at most the first ten words of the query are looked for.
    """
    words = fold(query).split()[:MAX_WORDS]
    marked = _marked_letters(text, words)
    return format_html_join("", "{}", ((_piece(piece, inside),) for piece, inside in _runs(text, marked)))


def _piece(piece: str, inside: bool) -> SafeString:
    return format_html("<mark>{}</mark>" if inside else "{}", piece)


def _marked_letters(text: str, words: list[str]) -> list[bool]:
    """For each letter of the text, whether a searched word covers it; combining marks follow their letter."""
    plain: list[str] = []
    owners: list[int] = []
    for index, letter in enumerate(text):
        for folded in _folded(letter):
            plain.append(folded)
            owners.append(index)
    joined = "".join(plain)
    marked = [False] * len(text)
    for word in words:
        start = joined.find(word)
        while start >= 0:
            for index in range(owners[start], owners[start + len(word) - 1] + 1):
                marked[index] = True
            start = joined.find(word, start + len(word))
    for index in range(1, len(text)):
        if "\u0300" <= text[index] <= "\u036f":
            marked[index] = marked[index - 1]
    return marked


@lru_cache(maxsize=1024)
def _folded(letter: str) -> str:
    """A letter as it is searched; a silent sign or a combining mark gives nothing, any other sign a space."""
    return fold(f"a{letter}a")[1:-1]


def _runs(text: str, marked: list[bool]) -> Iterator[tuple[str, bool]]:
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or marked[index] != marked[start]:
            yield text[start:index], marked[start]
            start = index
