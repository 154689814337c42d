"""A crowd at once over HTTP, on a real server and a real database: as many places as there are.

``CROWD=100`` tries a smaller one in a few seconds; as many are in the air at the same time.
"""

import http.client
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db.models import Count

from core.messaging.models import Message
from meetings.choices import RegistrationStatus
from meetings.links import registration_path
from meetings.models import Registration
from tests.factories.territory import CountyFactory
from tests.meetings.registering import address_of, open_videoconference, typed

PEOPLE, AT_ONCE = int(os.environ.get("CROWD", "500")), 32
PLACES, LEAVING = PEOPLE // 5, PEOPLE * 3 // 50


def send(url: str, sent: list[tuple[str, dict[str, str]]]) -> list[int]:
    """All of these forms, as many at the same time as the server takes; their statuses."""
    host = urlsplit(url).netloc

    def one(form: tuple[str, dict[str, str]]) -> int:
        connection = http.client.HTTPConnection(host, timeout=60)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": url}
            connection.request("POST", form[0], urlencode(form[1]), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        return list(crowd.map(one, sent))


@pytest.mark.django_db(transaction=True)
def test_a_crowd_gets_exactly_the_places_and_who_waits_moves_up_once(live_server: Any) -> None:
    CountyFactory(code="BV")
    conference = open_videoconference(capacity=PLACES)
    meeting, address = conference.meeting, address_of(conference)
    # Five send their form twice.
    numbers = [*range(PEOPLE), *range(0, PEOPLE, PEOPLE // 5)]
    forms = [(address, typed(email=f"om{number}@exemplu.invalid")) for number in numbers]

    assert set(send(live_server.url, forms)) == {302}

    rows = list(Registration.objects.filter(meeting=meeting).order_by("pk"))
    assert len(rows) == PEOPLE
    assert [row.status for row in rows] == (
        [RegistrationStatus.CONFIRMED] * PLACES + [RegistrationStatus.WAITING] * (PEOPLE - PLACES)
    )
    assert [row.registered_at for row in rows] == sorted(row.registered_at for row in rows)
    assert len({row.email for row in rows}) == PEOPLE
    told = Message.objects.exclude(kind="meetings.already_registered")
    assert dict(told.values_list("kind").annotate(Count("pk"))) == {
        "meetings.held": PLACES,
        "meetings.waiting_held": PEOPLE - PLACES,
    }

    leaving = [(f"{registration_path(row)}retragere/", {}) for row in rows[:PLACES:3][:LEAVING]]
    assert set(send(live_server.url, leaving)) == {302}

    moved = rows[PLACES : PLACES + LEAVING]
    confirmed = Registration.objects.confirmed().filter(meeting=meeting)
    assert confirmed.count() == PLACES
    assert {row.pk for row in moved} <= set(confirmed.values_list("pk", flat=True))
    mails = Message.objects.filter(kind="meetings.moved_up_held")
    assert sorted(mails.values_list("to", flat=True)) == sorted(row.email for row in moved)
