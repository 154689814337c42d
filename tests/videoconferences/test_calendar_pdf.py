"""The official calendar as PDF: three parts, every word, in order, for every reader."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from core.documents.fonts import FAMILIES
from core.documents.rendering import draw_document
from tests.documents.inspection import (
    elements,
    failed_rules,
    font_families,
    heading_levels,
    open_pdf,
    reading_text,
)
from tests.videoconferences.calendar_2021 import CALENDAR_2021
from videoconferences.calendar import CalendarActivity, CalendarClosing, CalendarDocument, CalendarRow
from videoconferences.pdf import build_calendar_pdf, prepare_calendar_pdf

pytestmark = pytest.mark.documents
BUCHAREST = ZoneInfo("Europe/Bucharest")
ROW = CalendarRow(number=1, day=date(2026, 11, 18), regions=("Centru",), co_organisers=("Asociația Exemplu",))
SMALL = CalendarDocument(number=3, year=2026, videoconferences=(ROW,))


@pytest.fixture(scope="module")
def official():
    return draw_document(prepare_calendar_pdf(CALENDAR_2021, "ro"))


@pytest.fixture(scope="module")
def english():
    return draw_document(prepare_calendar_pdf(CALENDAR_2021, "en"))


def drawn(language="ro", **parts):
    """Text of a calendar that has only these parts, as it is read aloud."""
    calendar = CalendarDocument(**{"number": 3, "year": 2026, **parts})
    return reading_text(draw_document(prepare_calendar_pdf(calendar, language)))


def squeezed(text):
    """Without spaces and line-end hyphens, since a line may break anywhere between words."""
    return "".join(text.replace("\u00a0", " ").split())


def test_official_calendar_conforms_in_both_languages(official, english):
    assert failed_rules(official) == []
    assert failed_rules(english) == []


def test_three_parts_stand_in_their_order(official):
    text = reading_text(official)
    parts = [
        "Calendarul activităților programului Promotorii Voluntariatului în România",
        "ediția a II-a",
        "I. Activități permanente, cu termen de finalizare noiembrie 2021",
        "II. Activități lunare:",
        "Programarea videoconferințelor",
        "Videoconferința nr. 1 28.04.2021 miercuri",
        "Videoconferința nr. 13 17.11.2021 miercuri",
        "Participanți la videoconferințe",
        "Tema centrală de dezbatere",
        "Alte teme de dezbatere",
        "III. Închiderea programului",
        "Luni, 6 decembrie 2021",
    ]
    places = [squeezed(text).find(squeezed(part)) for part in parts]
    assert -1 not in places
    assert all(before < after for before, after in pairwise(places))


def test_every_word_of_the_input_is_read_once_for_each_place(official):
    text = squeezed(reading_text(official))
    calendar = CALENDAR_2021
    wanted = [activity.text for activity in calendar.permanent]
    wanted += [*calendar.participants, *calendar.purposes, *calendar.other_themes, *calendar.closing.items]
    for sentence in wanted:
        assert squeezed(sentence) in text
    names = [name for row in calendar.videoconferences for name in row.co_organisers]
    assert len(names) == 44
    for name in set(names):
        assert text.count(squeezed(f"– {name}")) == names.count(name)


def test_headings_are_one_first_and_no_level_is_skipped(official):
    with open_pdf(official) as pdf:
        levels = heading_levels(pdf)
    assert levels == [1, 2, 2, 3, 3, 3, 3, 2]


def test_schedule_has_thirteen_row_headers_and_four_columns_on_every_page(official):
    with open_pdf(official) as pdf:
        scopes = [str(element.A.Scope) for kind, element in elements(pdf) if kind == "TH"]
        tables = [kind for kind, _ in elements(pdf)].count("Table")
        assert scopes.count("/Row") == 13
        assert scopes.count("/Column") == 4 * tables
        assert tables >= 2


def test_pages_carry_header_and_footer_outside_the_reading(official):
    with open_pdf(official) as pdf:
        sheets = len(pdf.pages)
        assert {round(float(sheet.mediabox[2])) for sheet in pdf.pages} == {595}
    assert 2 <= sheets <= 4
    assert "pagina" not in reading_text(official)


def test_only_the_projects_fonts_and_no_picture_without_words(official):
    with open_pdf(official) as pdf:
        assert font_families(pdf) == {family.name for family in FAMILIES}
        assert "Figure" not in {kind for kind, _ in elements(pdf)}


def test_file_bears_title_language_author_and_date_of_its_data(official):
    with open_pdf(official) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Calendarul activităților, ediția a II-a, 2021"
        assert str(pdf.docinfo["/Author"]) == "Secretariatul General al Guvernului"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20210401090000")
        assert str(pdf.Root.Lang) == "ro"


def test_english_calendar_names_romanian_passages(english):
    text = reading_text(english)
    assert "Permanent activities, to be finished by" in text
    assert "28 Apr 2021 Wednesday" in text
    with open_pdf(english) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert {str(element.Lang) for kind, element in elements(pdf) if kind == "L"} == {"ro"}


def test_same_data_gives_the_same_bytes_and_other_data_another_fingerprint(official):
    first = prepare_calendar_pdf(CALENDAR_2021, "ro")
    assert draw_document(first) == official
    changed = replace(CALENDAR_2021, videoconferences=CALENDAR_2021.videoconferences[:-1])
    assert prepare_calendar_pdf(changed, "ro").fingerprint != first.fingerprint
    assert prepare_calendar_pdf(CALENDAR_2021, "en").fingerprint != first.fingerprint


def test_kept_calendar_is_the_drawn_one(monkeypatch):
    drawn = build_calendar_pdf(SMALL, "ro")
    assert drawn == draw_document(prepare_calendar_pdf(SMALL, "ro"))
    monkeypatch.setattr("core.documents.cache.draw_document", lambda document: 1 / 0)
    assert build_calendar_pdf(SMALL, "ro") == drawn


def test_empty_edition_prints_its_title_and_that_nothing_is_published():
    text = drawn()
    assert "Calendarul acestei ediții nu a fost încă publicat." in text
    assert "publicat" not in drawn(videoconferences=(ROW,))
    assert "Calendarul activităților" in text
    assert "ediția a III-a" in text
    for part in ("I. ", "II. ", "III. ", "Tema centrală"):
        assert part not in text


def test_hour_and_remark_of_a_videoconference_are_printed():
    row = replace(ROW, starts_at=datetime(2026, 11, 18, 10, tzinfo=BUCHAREST), remark="amânată")
    assert "18.11.2026 miercuri, ora 10.00 amânată Centru" in drawn(videoconferences=(row,))


def test_lists_end_with_semicolons_and_a_full_stop_whatever_was_typed():
    text = drawn(participants=("unu.", "doi;", " trei "), central_theme="tema, ", purposes=("scop",))
    assert "– unu; – doi; – trei." in text
    assert "Tema , pentru: 1. scop." in text


def test_deadline_that_differs_from_the_common_one_is_printed():
    activities = (CalendarActivity(text="a", due="mai 2026"), CalendarActivity(text="b", due="iunie 2026"))
    text = drawn(permanent_until="mai 2026", permanent=activities)
    assert "cu termen de finalizare mai 2026 – a; – b (termen: iunie 2026)." in text


def test_day_marked_is_not_repeated_when_it_is_the_day_of_the_event():
    same = CalendarClosing(day=date(2027, 12, 5), marks_day=date(2027, 12, 5), summary="Eveniment")
    assert "Marchează" not in drawn(closing=same)
    assert "Marchează ziua de 4 decembrie 2027." in drawn(closing=replace(same, marks_day=date(2027, 12, 4)))


def test_hostile_names_are_printed_as_text():
    names = (
        "<script>alert(1)</script>",
        '<img src="file:///etc/passwd">',
        "{{ 7|add:7 }} {% now 'Y' %}",
        "st\u202eânga\u202c\0\u200b",
        "Bras\u0326ov s\u0326i tulburător: a\u0301\u0302\u0303\u0304",
        "漢字 😀 עברית",
        "&lt;b&gt; &amp; &#8238;",
        "ș" * 300,  # the longest name that the database takes
        "url(file:///etc/passwd) static:css/pdf/text.css",
    )
    content = draw_document(
        prepare_calendar_pdf(
            CalendarDocument(number=3, year=2026, videoconferences=(replace(ROW, co_organisers=names),)), "ro"
        )
    )
    text = squeezed(reading_text(content))
    for name in ("<script>alert(1)</script>", "{{7|add:7}}{%now'Y'%}", "stânga", "&lt;b&gt;&amp;&#8238;"):
        assert name in text
    assert text.count("ș") >= 300
    assert "root:" not in text
    assert failed_rules(content) == []
