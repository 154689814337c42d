"""Text before it is drawn, and that nothing of it is lost on the way."""

import pytest

from core.documents.fonts import drawable_characters
from core.documents.rendering import draw_document
from core.documents.text import UNKNOWN, printable
from tests.documents.inspection import failed_rules, font_families, open_pdf, reading_text
from tests.documents.samples import sample


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ("Bras\u0327ov s\u0326i a\u0306", "Braşov și ă"),
        ("st\u202eânga\u200e\u2066", "stânga"),
        ("a\0b\x07c\x1b", "abc"),
        ("a\u00adb\u200bc\ufeff", "abc"),
        ("rând\n\trând", "rând\n\trând"),
        ("漢字 😀", f"{UNKNOWN}{UNKNOWN} {UNKNOWN}"),
        ("\ud800\ue000\uffff", ""),
        ("a\u2003b\u2028c", "a\u2003b c"),
        ("x\u0e31", "x"),
    ],
)
def test_printable(given, drawn):
    assert printable(given, drawable_characters()) == drawn


def test_every_language_of_the_region_is_drawable():
    letters = "ĂÂÎȘȚăâîșțŞŢşţ őűŐŰ äöüßÄÖÜ čšžđČŠŽĐ ąćęłńóśźż Київ ґєії Београд ђћџ Αθήνα „”«»–—…№€°½"
    assert printable(letters, drawable_characters()) == letters


def test_unknown_characters_bring_in_no_other_font():
    text = printable("Organizația 漢字 😀 עברית العربية", drawable_characters())
    content = draw_document(sample(f"<h1>Nume</h1><p>{text}</p>"))
    with open_pdf(content) as pdf:
        assert font_families(pdf) <= {"Vollkorn", "Inter"}
    assert "Organizația" in reading_text(content)
    assert failed_rules(content) == []


def test_ten_thousand_letters_without_a_space_stay_on_the_sheets():
    content = draw_document(sample(f"<h1>Lung</h1><p>{'ș' * 10_000}</p>"))
    assert reading_text(content).count("ș") == 10_000
    with open_pdf(content) as pdf:
        assert 2 <= len(pdf.pages) <= 8


def test_a_thousand_accents_on_one_letter_are_drawn():
    text = printable("a" + "\u0301" * 1000, drawable_characters())
    assert failed_rules(draw_document(sample(f"<h1>Probă</h1><p>{text}</p>"))) == []
