"""The Atom feed is valid XML with absolute addresses, whatever stands in the titles."""

import xml.etree.ElementTree as ElementTree
from datetime import datetime

import pytest
from django.test import Client

from tests.factories.programmes import AnnouncementFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, address: str = "/anunturi/atom.xml", **headers: str) -> ElementTree.Element:
    response = client.get(address, **headers)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314


def test_empty_feed_is_valid(client: Client) -> None:
    feed = read(client)

    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id", "").startswith("http://localhost:8000/")
    assert feed.findall(f"{ATOM}entry") == []


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert('x')</script> & „ghilimele”",
        "]]>",
        "Șț\u202e invers",
        "a\x0bb\x08c",
        "&#0; &amp;lt;",
        "😀 " * 60,
    ],
)
def test_hostile_title_stays_a_title(client: Client, title: str) -> None:
    announcement = AnnouncementFactory(title=title[:200], body="# Text\n\n<b>x</b> ]]> \x0b")

    entry = read(client).find(f"{ATOM}entry")

    assert entry is not None
    assert (entry.findtext(f"{ATOM}title") or "").split()[0] in title or "\x0b" in title
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://localhost:8000/anunturi/{announcement.slug}/"


def test_addresses_and_ids_do_not_follow_the_asked_host(client: Client, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    AnnouncementFactory()

    text = ElementTree.tostring(read(client, HTTP_HOST="evil.example.org"), encoding="unicode")

    assert "evil" not in text
    assert "tag:localhost,2026:anunt/" in text


def test_entries_are_newest_first_with_dates(client: Client) -> None:
    AnnouncementFactory(title="Vechi", published_at=datetime.fromisoformat("2026-01-01T08:00+02:00"))
    AnnouncementFactory(title="Nou", published_at=datetime.fromisoformat("2026-02-01T08:00+02:00"))

    entries = read(client).findall(f"{ATOM}entry")

    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Nou", "Vechi"]
    assert entries[0].findtext(f"{ATOM}published") == "2026-02-01T06:00:00+00:00"


def test_english_feed_links_english_pages(client: Client) -> None:
    announcement = AnnouncementFactory()

    link = read(client, "/en/anunturi/atom.xml").find(f"{ATOM}entry/{ATOM}link")

    assert link is not None
    assert link.get("href") == f"http://localhost:8000/en/anunturi/{announcement.slug}/"
