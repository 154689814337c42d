"""What text becomes before it is drawn: composed, without invisible marks, with letters the fonts have."""

import unicodedata
from collections.abc import Collection

# Drawn in place of a character that no family has, so that the reader sees that something stands there.
UNKNOWN = "\u25a1"
_KEPT_CONTROLS = "\n\t"


def printable(text: str, drawable: Collection[int]) -> str:
    """The text in NFC, with nothing that the document's own fonts cannot draw.

    Letters kept apart from their accents drift in print, hence NFC. Control, direction, zero-width and private
    characters and lone surrogates are dropped (PDF/A forbids the last two); any other character that is not
    ``drawable`` becomes :data:`UNKNOWN`, an accent alone nothing. So no other font of the machine is ever taken.
    """
    composed = unicodedata.normalize("NFC", text)
    return composed.translate({ord(char): _replacement(char, drawable) for char in set(composed)})


def _replacement(char: str, drawable: Collection[int]) -> str | None:
    category = unicodedata.category(char)
    if char in _KEPT_CONTROLS:
        return char
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return None
    if ord(char) in drawable:
        return char
    if category in {"Zl", "Zp", "Zs"}:
        return " "
    return None if category.startswith("M") else UNKNOWN
