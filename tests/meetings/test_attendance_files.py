"""Reports of platforms in every shape in which they come: who was there, and how long."""

from datetime import UTC, date, datetime

import pytest

from meetings.imports.moments import moment_of, seconds_of
from meetings.imports.people import read_report
from meetings.imports.text import ReportError
from meetings.models import BUCHAREST
from meetings.presence import total_seconds
from tests.meetings.platform_reports import DAY, SHAPES, ZOOM, ZOOM_PLAIN


def read(content: bytes | str):
    raw = content.encode() if isinstance(content, str) else content
    return read_report(raw, on_date=DAY, zone=BUCHAREST)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_says_the_same(shape):
    platform, content = SHAPES[shape]
    report = read(content)
    assert report.platform == platform
    ana, other = report.people
    assert (ana.name, other.email) == ("Ana Pop", "")
    assert "tefan" in other.name.lower() or "?tefan" in other.name
    assert (ana.seconds, other.seconds) == (102 * 60, 60 * 60)
    if shape != "zoom unique":
        assert ana.joined_at == datetime(2026, 11, 18, 7, 58, tzinfo=UTC)
        assert ana.left_at == datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def test_days_are_read_by_the_day_of_the_gathering():
    june = {"near": date(2026, 6, 5), "zone": BUCHAREST}
    for text in (
        "05/06/2026 10:00",
        "6/5/2026 10:00 AM",
        "5.06.2026, 10:00:00",
        "2026-06-05T10:00:00+03:00",
        "5 iunie 2026 10:00",
        "Jun 5, 2026 10:00:00 AM",
        "6/5/26, 10:00:00\u202fAM",
        "2026-06-05 07:00:00 UTC",
    ):
        assert moment_of(text, **june) == datetime(2026, 6, 5, 7, 0, tzinfo=UTC), text
    for text in (
        "",
        "10:00",
        "05/07/2026 10:00",
        "5/6/2026",
        "31/31/2026 10:00",
        "5.6.2026 25:00",
        "5.6.2026 13:00 PM",
    ):
        assert moment_of(text, **june) is None, text
    assert moment_of("6/5/2026 12:05 AM", **june) == datetime(2026, 6, 4, 21, 5, tzinfo=UTC)
    lengths = {
        "62": 3720,
        "62 mins": 3720,
        "1h 2m 3s": 3723,
        "1 oră 2 min": 3720,
        "01:02:03": 3723,
        "45s": 45,
        "2 ore": 7200,
        "x": None,
        "1 an": None,
        "9999999": None,
        "a:b": None,
    }
    assert {text: seconds_of(text) for text in lengths} == lengths


def test_minutes_are_counted_once():
    assert total_seconds([(60, [[0, 60]]), (60, [[30, 90]])]) == 90
    assert total_seconds([(60, [[0, 60]]), (60, [[100, 160]])]) == 120
    # A summary of the same meeting, then the list that gives only minutes.
    assert total_seconds([(60, [[0, 100]]), (60, [[0, 60]]), (60, [])]) == 100
    assert total_seconds([(60, []), (30, [])]) == 90


BROKEN = {
    "empty": (b"", "gol"),
    "mark only": (b"\xff\xfe", "gol"),
    "header only": (b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n", "nimeni"),
    "zip": (b"PK\x03\x04" + b"\x00" * 50, "CSV"),
    "nul": (b"Name,Duration (Minutes)\nAna\x00,3\n", "deterior"),
    "half of UTF-16": ("Name\tDuration\nAna\t3".encode("utf-16")[:-1], "deterior"),
    "large": (b"a" * (10 * 1024 * 1024 + 1), "10 MB"),
    "another platform": (b"First name,Last name,Email\nAna,Pop,a@b.ro\n", "Zoom"),
    "another day": (ZOOM_PLAIN.replace("2026-11-18 11", "2026-11-20 11").encode(), "3"),
    "left before": (ZOOM_PLAIN.replace("12:00:00", "10:59:00").encode(), "3"),
    "bad duration": (b"Name,Duration (Minutes)\nAna,3\nIon,mult\n", "3"),
    "nobody": (b"Name,User Email,Duration (Minutes)\nAna,,3\n,,9\n", "3"),
    "endless cell": (b'Name,Duration (Minutes)\nAna,3\n"' + b"x" * 200_000, "3"),
    "many lines": (b"Name,Duration (Minutes)\n" + b"Ana,3\n" * 50_001, "50"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_says_which_line_and_names_nobody(fault):
    content, said = BROKEN[fault]
    with pytest.raises(ReportError) as refused:
        read(content)
    assert said in str(refused.value)
    assert "Ana" not in str(refused.value)


def test_formulas_and_marks_are_text():
    people = read(
        "Name,User Email,Duration (Minutes)\n'=cmd|x,,3\n\u202eAna\u200f\u00a0 Pop,NU-E-ADRESA,4\n"
    ).people
    assert [person.name for person in people] == ["=cmd|x", "Ana Pop"]
    assert people[1].email == ""
    assert read(ZOOM.replace("Ana Pop", "A" * 9000)).people[0].name == "A" * 300
