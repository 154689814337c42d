"""Folding and ordering: every spelling alike, Python equal to PostgreSQL, Romanian order."""

import unicodedata

import pytest
from django.db import connection

from core.territory.sources import bundled
from core.text import fold, normalise, order_key

NAMES = [unit.name for unit in bundled().units]
ODD = [
    "",
    " ",
    "!?",
    "Braşov",
    "Bras\u0327ov",
    "BRA\u0218OV",
    "Bra\u015e\u0162",
    "a\u0306\u0302b",
    "A.C.C.E.S. Oltenia",
    "L’Arche d'Orient",
    "Łódź, Ćmielów, Żółć, ąęńśź",
    "Čehi, Šmartno, Žalec, đak ĐAK",
    "straße STRASSE ẞ",
    "İstanbul ısık",
    "Æsir œuvre Øre þing Ð",
    "ﬁnal ½ №5 K",
    "日本 Ελλάς Москва",
    "emoji 🙂 x",
    "tab\tline\nreturn\r\x0b\x0c",
    "no\u00a0break\u2009thin",
    "zero\u200bwidth\ufeff",
    "a" * 10_000,
    "ș" * 3_000,
    "C{urly} b|rackets ~",
    "%_\\ '\"; DROP TABLE",
    "Ａ fullwidth",
    "\u0344\u0390 \u1e9b\u0323",
    "n\u0303o\u0308 q\u0323\u0307",
    "´accent` ’apos’",
    "\u212a\u212b",
]


def _spellings(name: str) -> set[str]:
    cedilla = name.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    bare = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    return {
        name,
        cedilla,
        unicodedata.normalize("NFD", name),
        name.upper(),
        name.lower(),
        cedilla.upper(),
        bare,
    }


def _in_database(function: str, texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(t) FROM unnest(%s::text[]) WITH ORDINALITY AS u(t, n) ORDER BY n",  # noqa: S608
            [texts],
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("name", ["Brașov", "Sfântu Gheorghe", "Țăndărei", "Întorsura Buzăului", "ÎNSURĂȚEI"])
def test_fold_gives_one_result_for_every_spelling(name):
    assert len({fold(spelling) for spelling in _spellings(name)}) == 1


def test_fold_knows_no_full_stops_and_few_blanks():
    assert fold("  A.C.C.E.S.   Oltenia! ") == "acces oltenia"
    assert fold("\x00\x07") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("python", "sql"), [(fold, "core_fold"), (order_key, "core_order_key")])
def test_database_folds_like_python_on_every_name_in_every_spelling(python, sql):
    texts = sorted({spelling for name in NAMES for spelling in _spellings(name)}) + ODD
    found = _in_database(sql, texts)
    pairs = zip(texts, found, strict=True)
    wrong = {text[:40]: (python(text)[:40], stored[:40]) for text, stored in pairs if python(text) != stored}
    assert len(texts) > 10_000
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("python", "sql"), [(fold, "core_fold"), (order_key, "core_order_key")])
def test_database_folds_like_python_on_every_character_of_the_basic_plane(python, sql):
    texts = [f"a{chr(code)}b" for code in range(1, 0x10000) if not 0xD800 <= code <= 0xDFFF]
    found = _in_database(sql, texts)
    wrong = [
        f"U+{ord(text[1]):04X}" for text, stored in zip(texts, found, strict=True) if python(text) != stored
    ]
    assert wrong == []


def test_order_key_sorts_as_the_romanian_alphabet():
    names = [
        "Țăndărei",
        "Tulcea",
        "Șerban",
        "Sibiu",
        "Săcele",
        "Sadu",
        "Sântana",
        "Întorsura",
        "Iași",
        "Ilia",
        "Zalău",
    ]
    assert sorted(names, key=order_key) == [
        "Iași", "Ilia", "Întorsura", "Sadu", "Săcele", "Sântana", "Sibiu", "Șerban", "Tulcea", "Țăndărei", "Zalău",
    ]  # fmt: skip


def test_order_key_does_not_depend_on_the_spelling_of_diacritics():
    assert len({order_key(text) for text in ("Brașov", "Braşov", "BRAȘOV", "Bras\u0327ov")}) == 1


def test_normalise_keeps_the_text_and_mends_the_letters():
    assert normalise("Bras\u0327ov") == normalise("Braşov") == "Brașov"
    assert normalise("a\x00b\u202ec") == "abc"
    assert normalise("rând 1\nrând 2") == "rând 1\nrând 2"
