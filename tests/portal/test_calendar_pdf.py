"""The PDF of edition II as loaded from the project's data file says what the official document says."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.documents.rendering import draw_document
from tests.documents.inspection import elements, failed_rules, heading_levels, open_pdf, reading_text
from tests.factories.videoconferences import VideoconferenceFactory
from tests.videoconferences.calendar_2021 import CALENDAR_2021
from videoconferences.pdf import prepare_calendar_pdf
from videoconferences.selectors.official import calendar_document

pytestmark = [pytest.mark.django_db, pytest.mark.documents]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_loaded_calendar_has_the_dates_regions_and_slots_of_the_document(edition_2021):
    loaded = calendar_document(edition_2021)
    official = CALENDAR_2021
    assert [(row.number, row.day) for row in loaded.videoconferences] == [
        (row.number, row.day) for row in official.videoconferences
    ]
    assert [set(row.regions) for row in loaded.videoconferences] == [
        set(row.regions) for row in official.videoconferences
    ]
    assert [len(row.co_organisers) for row in loaded.videoconferences] == [
        len(row.co_organisers) for row in official.videoconferences
    ]
    assert (len(loaded.permanent), len(loaded.participants)) == (2, 4)
    assert (len(loaded.purposes), len(loaded.other_themes)) == (5, 7)
    assert (loaded.closing.day, loaded.closing.marks_day) == (
        official.closing.day,
        official.closing.marks_day,
    )


def test_loaded_calendar_prints_whole_and_accessible(edition_2021):
    calendar = calendar_document(edition_2021)
    content = draw_document(prepare_calendar_pdf(calendar, "ro"))
    assert failed_rules(content) == []
    text = squeezed(reading_text(content))
    for row in calendar.videoconferences:
        assert squeezed(f"Videoconferința nr. {row.number} {row.day:%d.%m.%Y}") in text
        for name in (*row.co_organisers, *row.regions):
            assert squeezed(name) in text
    for sentence in (*calendar.participants, *calendar.purposes, *calendar.other_themes):
        assert squeezed(sentence) in text
    with open_pdf(content) as pdf:
        assert heading_levels(pdf) == [1, 2, 2, 3, 3, 3, 3, 2]
        assert [kind for kind, _ in elements(pdf)].count("TD") == 13 * 3
        assert len(pdf.pages) <= 4


def test_changed_data_makes_another_document(edition_2021):
    before = prepare_calendar_pdf(calendar_document(edition_2021), "ro").fingerprint
    meeting = edition_2021.videoconferences.get(number=13).meeting
    meeting.title = "Altă denumire"
    meeting.status = "cancelled"
    meeting.save()
    calendar = calendar_document(edition_2021)
    after = prepare_calendar_pdf(calendar, "ro")
    assert after.fingerprint != before
    assert calendar.videoconferences[-1].remark
    assert calendar.videoconferences[-1].remark in after.html


def test_command_times_the_calendar(db):
    """Of one videoconference: the command draws it four times."""
    VideoconferenceFactory(edition__year=2056)
    out = StringIO()
    call_command("time_calendar_pdf", "2056", repeats=1, stdout=out)
    assert out.getvalue().startswith("Calendar of 2056, PDF: ")
    assert "by WeasyPrint alone" in out.getvalue()


def test_command_names_a_year_without_edition(db):
    with pytest.raises(CommandError, match="no edition of 1999"):
        call_command("time_calendar_pdf", "1999")
