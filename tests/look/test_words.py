"""Dates, numbers, editions and found words as Romanian and English readers write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from core import dates, numerals
from core.highlight import highlight


@pytest.mark.parametrize(
    ("number", "romanian", "english"),
    [
        (1, "ediția I", "edition I"),
        (2, "ediția a II-a", "edition II"),
        (4, "ediția a IV-a", "edition IV"),
        (19, "ediția a XIX-a", "edition XIX"),
    ],
)
def test_edition_name_in_both_languages(number, romanian, english):
    assert numerals.edition_name(number, "ro") == romanian
    assert numerals.edition_name(number, "en") == english


@pytest.mark.parametrize("number", [0, -1, 90])
def test_roman_refuses_what_no_edition_has(number):
    with pytest.raises(ValueError, match="No Roman numeral"):
        numerals.roman(number)


def test_number_is_grouped_by_language():
    assert numerals.format_number(Decimal("1234.5"), "ro") == "1.234,5"
    assert numerals.format_number(1234.5, "en") == "1,234.5"
    assert numerals.format_number(3187, "ro") == "3.187"
    assert numerals.format_number(0, "ro") == "0"


def test_count_steps_keep_order_zero_and_highest():
    assert numerals.count_steps([0, 1, 2, 3, 4]) == [1, 2, 3, 4, 5]
    assert numerals.count_steps([7]) == [5]
    assert numerals.count_steps([0, 0]) == [1, 1]
    assert numerals.count_steps([3, 3, 900]) == [3, 3, 5]
    many = numerals.count_steps(list(range(40)))
    assert many == sorted(many)
    assert set(many) == {1, 2, 3, 4, 5}


def test_long_dates_have_the_weekday_in_full():
    day = date(2026, 11, 18)
    assert dates.long_date(day, "ro") == "miercuri, 18 noiembrie 2026"
    assert dates.long_date(day, "en") == "Wednesday, 18 November 2026"
    assert dates.long_datetime(datetime(2026, 11, 18, 9, 5, tzinfo=UTC), "ro") == (
        "miercuri, 18 noiembrie 2026, ora 9.05"
    )
    assert dates.long_datetime(datetime(2026, 11, 18, 10, 0, tzinfo=UTC), "en") == (
        "Wednesday, 18 November 2026, at 10:00"
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2021, 4, 28), date(2021, 11, 17), "28 aprilie – 17 noiembrie 2021"),
        (date(2021, 5, 3), date(2021, 5, 5), "3–5 mai 2021"),
        (date(2020, 12, 28), date(2021, 1, 3), "28 decembrie 2020 – 3 ianuarie 2021"),
        (date(2021, 5, 3), date(2021, 5, 3), "3 mai 2021"),
        (date(2021, 5, 5), date(2021, 5, 3), "3–5 mai 2021"),
    ],
)
def test_date_range_repeats_nothing(start, end, words):
    assert dates.date_range(start, end, "ro") == words


def shown(source: str, **values: object) -> str:
    with translation.override("ro"):
        return Template(source).render(Context(values))


def test_datetime_filter_moves_to_bucharest_on_both_sides_of_the_clock_change():
    summer, winter = datetime(2021, 10, 30, 7, 0, tzinfo=UTC), datetime(2021, 11, 1, 8, 0, tzinfo=UTC)
    assert shown("{{ at|long_datetime }}", at=summer) == "sâmbătă, 30 octombrie 2021, ora 10.00"
    assert shown("{{ at|long_datetime }}", at=winter) == "luni, 1 noiembrie 2021, ora 10.00"
    late = datetime(2021, 5, 3, 22, 30, tzinfo=UTC)
    assert shown("{{ at|long_date }}", at=late) == "marți, 4 mai 2021"
    assert shown("{% moment at %}", at=winter).startswith('<time datetime="2021-11-01T10:00+02:00">')


def test_filters_show_nothing_for_nothing_and_nonsense_as_it_is():
    assert (
        shown(
            "[{{ x|long_date }}{{ x|long_datetime }}{{ x|plain_date }}{{ x|date_range:x }}{{ x|number }}]",
            x=None,
        )
        == "[]"
    )
    assert shown("{{ x|edition_number }}|{{ x|number }}", x="abc") == "abc|abc"
    assert shown("{{ x|date_range:y }}", x=None, y=date(2021, 5, 3)) == "3 mai 2021"


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Asociația Brașov", "brasov", "Asociația <mark>Brașov</mark>"),
        ("Braşov", "BRAȘOV", "<mark>Braşov</mark>"),
        ("Bras\u0327ov", "brașov", "<mark>Bras\u0327ov</mark>"),
        ("A.C.C.E.S. Iași", "acces", "<mark>A.C.C.E.S</mark>. Iași"),
        ("Casa de cultură", "cultura casa", "<mark>Casa</mark> de <mark>cultură</mark>"),
        ("la bal", "ab", "la bal"),
        ("Fundația", "", "Fundația"),
        ("", "x", ""),
        ("<b>Sare</b> & piper", "b", "&lt;<mark>b</mark>&gt;Sare&lt;/<mark>b</mark>&gt; &amp; piper"),
        ("Straße & Łódź", "lodz strasse", "Straße &amp; <mark>Łódź</mark>"),
    ],
)
def test_highlight_marks_folded_words_and_escapes(text, query, marked):
    assert highlight(text, query) == marked


def test_highlight_stays_quick_on_a_hostile_query():
    text = "a" * 500
    assert highlight(text, "a " * 5000) == f"<mark>{text}</mark>"
