"""``typeset`` keeps together what is never parted, and passes nothing through as markup."""

import pytest
from django.utils.safestring import mark_safe

from core.documents.templatetags.documents import typeset


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ediția a II-a, 2021", "ediția a II-a"),
        ("în ediția I a programului", "ediția I"),
        ("cea de a III-a ediție", "a III-a"),
        ("Videoconferința nr. 13", "nr. 13"),
        ("Videoconferința nr.\u00a013", "nr.\u00a013"),
        ("potrivit art. 3 din lege", "art. 3"),
        ("potrivit alin. (2)", "alin. (2)"),
    ],
)
def test_piece_stays_on_one_line(text, kept):
    assert typeset(text) == text.replace(kept, f'<span class="unbroken">{kept}</span>')


def test_other_text_stays_as_it_is():
    text = "organizații neguvernamentale; nr. telefonului; a II-lea; articolul 3"
    assert typeset(text) == text


def test_markup_is_escaped_and_safe_text_is_not_escaped_twice():
    assert typeset("<b>a II-a</b>") == '&lt;b&gt;<span class="unbroken">a II-a</span>&lt;/b&gt;'
    assert typeset(mark_safe("Tom &amp; Ana")) == "Tom &amp; Ana"
