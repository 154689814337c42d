"""What the database refuses of a gathering: hours of another day, an end before the beginning, empty materials."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from meetings.models import Material, Meeting
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db


def test_hour_falls_on_the_day_in_bucharest() -> None:
    # 22:30 UTC is already the next day in Bucharest.
    late = MeetingFactory(on_date=date(2026, 11, 19), starts_at=datetime(2026, 11, 18, 22, 30, tzinfo=UTC))

    assert late.local_start.date() == late.on_date
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFactory(on_date=date(2026, 11, 18), starts_at=datetime(2026, 11, 18, 22, 30, tzinfo=UTC))


def test_end_comes_after_a_beginning() -> None:
    begins = datetime(2026, 11, 18, 8, tzinfo=UTC)

    for fields in ({"starts_at": begins, "ends_at": begins}, {"ends_at": begins}, {"capacity": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MeetingFactory(**fields)


def test_material_is_either_a_file_or_an_address() -> None:
    meeting = MeetingFactory()

    Material.objects.create(meeting=meeting, title="a", url="https://example.org/a")
    for fields in ({}, {"file": "a.pdf", "url": "https://example.org/a"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Material.objects.create(meeting=meeting, title="b", **fields)


def test_upcoming_are_announced_ones_from_today_on() -> None:
    today = date(2026, 11, 18)
    MeetingFactory(on_date=date(2026, 11, 17))
    MeetingFactory(on_date=today, status="cancelled")
    here = MeetingFactory(on_date=today)

    assert list(Meeting.objects.upcoming(today=today)) == [here]
