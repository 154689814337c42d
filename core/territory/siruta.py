"""How the statistics office (INS) writes codes and names in SIRUTA, and how they are read."""

import re

from core.territory.choices import UatType
from core.text import fold

_SMALL_WORDS = frozenset(
    [
        "a",
        "al",
        "ale",
        "cel",
        "cea",
        "cu",
        "de",
        "din",
        "în",
        "între",
        "la",
        "lui",
        "pe",
        "peste",
        "sub",
        "și",
    ]
)
_LETTERS = re.compile(r"[^\W\d_]+")
_PREFIX = re.compile(r"(MUNICIPIUL?|ORA[SȘ](UL)?) +", re.IGNORECASE)
_SECTOR = re.compile(r"\bSECTOR(UL)? *([1-6])\b", re.IGNORECASE)
_INITIAL = re.compile(r"(?<=\b[^\W\d_]\.) *(?=[^\W\d_])")
_WEIGHTS = (7, 5, 3, 2, 1)


def check_digit_holds(code: str) -> bool:
    """Whether the last digit is the check digit of the others; 77 genuine codes fail, so it only ever warns.

    Weights 7 5 3 2 1 over the first five of six digits, sum of the digits of the products, 11 minus it, modulo 10.
    """
    digits = [int(digit) for digit in code.zfill(6)]
    total = sum(sum(divmod(digit * weight, 10)) for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return (11 - total % 10) % 10 == digits[-1]


def without_prefix(raw_name: str, kind: UatType) -> str:
    """The bare name: "MUNICIPIUL  MARGHITA" is MARGHITA; sectors are "SECTORUL 1" whatever stands around."""
    if kind == UatType.SECTOR:
        number = _SECTOR.search(raw_name)
        return f"SECTORUL {number[2]}" if number else raw_name
    return raw_name if kind == UatType.COMUNA else _PREFIX.sub("", raw_name, count=1)


def title_case(capitals: str) -> str:
    """A name written in capitals as Romanian writes it: "CURTEA DE ARGEȘ" is "Curtea de Argeș".

    Blanks around hyphens go, initials stand together ("I.L. Caragiale"); diacritics that the capitals lack stay
    lost.

    >>> title_case("SÂRBII - MĂGURA"), title_case("C.A.ROSETTI")
    ('Sârbii-Măgura', 'C.A. Rosetti')
    """
    text = re.sub(r" *- *", "-", " ".join(capitals.lower().split()))
    words = [
        word if place and word in _SMALL_WORDS else _LETTERS.sub(lambda run: run[0].capitalize(), word)
        for place, word in enumerate(text.split(" "))
    ]
    return _INITIAL.sub(_gap, " ".join(words))


def _gap(initial: re.Match[str]) -> str:
    """Nothing between two initials, a blank between an initial and a word."""
    rest = initial.string[initial.end() :]
    return "" if rest[1:2] == "." else " "


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name: diacritics, capitals, blanks, hyphens and full stops do not count."""
    return fold(one).replace(" ", "") == fold(other).replace(" ", "")


def old_spelling(name: str) -> str | None:
    """The name as written between 1953 and 1993, with î inside words ("Tîrgu Mureș"); None when it is the same.

    Words of the family of "român" kept their â from 1965 on.
    """
    words = [word if fold(word).startswith("roman") else word.replace("â", "î") for word in name.split(" ")]
    spelled = " ".join(words)
    return spelled if spelled != name else None
