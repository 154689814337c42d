"""The home page: real figures that say where they come from, an honest map, what comes next."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from core.territory.snapshot import territory
from meetings.choices import MeetingStatus
from programmes.models import Edition
from tests.factories.organisations import OrganisationFactory
from tests.factories.programmes import AnnouncementFactory, EditionFactory, StatedFigureFactory
from tests.factories.videoconferences import CoOrganiserFactory, VideoconferenceFactory

pytestmark = pytest.mark.django_db


def words(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_home_says_what_is_stated_and_what_is_counted(client: Client, edition_2021: Edition) -> None:
    text = words(client)

    assert "Ediția a II-a, 2021: 13 videoconferințe pentru 7 regiuni de dezvoltare" in text
    assert "peste 600 declarați în sinteză" in text
    assert "19 declarați; calendarul numește 20 de coorganizatori" in text
    assert "70 declarate în sinteză; consemnate aici astăzi: 20" in text
    assert "28 aprilie – 17 noiembrie 2021" in text


def test_map_shows_videoconferences_while_seats_are_not_known(client: Client, edition_2021: Edition) -> None:
    html = client.get("/").content.decode()

    assert "Videoconferințele ediției, pe județe" in html
    assert 'href="/videoconferinte/?judet=PH" title="Prahova: 0 videoconferințe"' in html
    assert 'title="Botoșani: 6 videoconferințe"' in html


def test_map_shows_the_registry_once_seats_are_known(client: Client, counties: None) -> None:
    OrganisationFactory.create_batch(3, in_county="BV")
    OrganisationFactory()

    html = client.get("/").content.decode()

    assert "Organizațiile după județul sediului" in html
    assert 'href="/organizatii/judet/bv/" title="Brașov: 3 organizații"' in html


def test_empty_portal_has_a_home_page(client: Client) -> None:
    text = words(client)

    assert "Voluntariatul crește" in text
    assert "Vedeți calendarul" not in text


def test_draft_edition_is_not_the_newest(client: Client, edition_2021: Edition) -> None:
    EditionFactory(draft=True, year=2060)

    assert "2060" not in words(client)


def test_next_videoconference_is_the_nearest_announced_one(client: Client) -> None:
    tomorrow = timezone.localtime() + timedelta(days=1)
    edition = EditionFactory(year=2061)
    for number, days, status in (
        (1, -3, "scheduled"),
        (2, 1, "cancelled"),
        (3, 2, "scheduled"),
        (4, 5, "scheduled"),
    ):
        begins = tomorrow.replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=days - 1)
        VideoconferenceFactory(
            edition=edition,
            number=number,
            meeting__status=MeetingStatus(status),
            meeting__on_date=begins.date(),
            meeting__starts_at=begins.astimezone(UTC),
        )

    text = words(client)

    assert "Următoarea videoconferință Videoconferința regională nr. 3" in text
    assert "ora 10.00" in text


def test_home_shows_the_three_newest_announcements(client: Client) -> None:
    for day in range(1, 6):
        AnnouncementFactory(title=f"Vestea {day}", published_at=datetime(2026, 1, day, tzinfo=UTC))

    text = words(client)

    assert [day for day in range(1, 6) if f"Vestea {day}" in text] == [3, 4, 5]


@pytest.mark.parametrize("size", [1, 40])
def test_queries_of_home_do_not_grow(
    client: Client, counties: None, django_assert_num_queries: Callable, size: int
) -> None:
    edition = EditionFactory(year=2062)
    StatedFigureFactory(edition=edition)
    begins = timezone.localdate() + timedelta(days=5)
    for number in range(1, size + 1):
        videoconference = VideoconferenceFactory(
            edition=edition, number=number, regions=territory().regions[:2], meeting__on_date=begins
        )
        CoOrganiserFactory(videoconference=videoconference)
        OrganisationFactory(in_county="BV")
        AnnouncementFactory()

    territory()

    with django_assert_num_queries(8):
        response = client.get("/")

    assert len(response.content) < 100_000
