"""Numbers as people read them: Roman ordinals of editions, grouped digits, steps of a scale."""

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import format_decimal

STEPS = 5
# Editions are written in Roman numerals made of I, V, X and L.
GREATEST_NUMBER = 89
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """The Roman numeral of 1 to 89; outside of it ValueError, because no edition is numbered so."""
    if not 1 <= number <= GREATEST_NUMBER:
        raise ValueError(f"No Roman numeral is written for {number}.")
    parts = []
    for value, letters in _ROMAN:
        while number >= value:
            parts.append(letters)
            number -= value
    return "".join(parts)


def edition_name(number: int, language: str) -> str:
    """The edition as a noun: "ediția I", "ediția a II-a" in Romanian, "edition II" in any other language."""
    numeral = roman(number)
    if language != "ro":
        return f"edition {numeral}"
    return f"ediția {numeral}" if number == 1 else f"ediția a {numeral}-a"


def format_number(number: int | float | Decimal, language: str) -> str:
    """Digits in groups of three: 1.234,5 in Romanian, 1,234.5 in English; at most three decimals."""
    if isinstance(number, int):
        # Whole numbers stand by the hundred on a page, and Babel reads its pattern anew for each.
        grouped = f"{number:,}"
        return grouped.replace(",", ".") if language == "ro" else grouped
    return format_decimal(number, locale="ro" if language == "ro" else "en", format="#,##0.###")


def count_steps(counts: Sequence[int]) -> list[int]:
    """The step 1 to 5 of each count on the map: 1 is none, 2 to 5 are quarters of the different counts.

    Equal counts get equal steps, a higher count never a lower step, and the highest count the highest step.
    Quarters of the different values, not of the range, keep one large city from paling all others.
    """
    values = sorted({count for count in counts if count > 0})
    return [
        1
        if count <= 0
        else STEPS - (len(values) - 1 - bisect_left(values, count)) * (STEPS - 1) // len(values)
        for count in counts
    ]
