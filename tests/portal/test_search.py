"""The search over the whole portal: every kind, any spelling, no surprise."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from core.territory.snapshot import territory
from programmes.models import Edition
from tests.factories.organisations import OrganisationFactory
from tests.factories.programmes import AnnouncementFactory, EditionDocumentFactory, EditionFactory
from tests.factories.territory import UatFactory
from tests.factories.videoconferences import VideoconferenceFactory

pytestmark = pytest.mark.django_db


def found(client: Client, text: str) -> dict[str, list[str]]:
    """Addresses of the results by the id of their group."""
    response = client.get("/cautare/", {"q": text})
    assert response.status_code == 200
    html = response.content.decode()
    sections = re.findall(r'<section class="section" aria-labelledby="(\w+)">(.*?)</section>', html, re.S)
    return {name: re.findall(r'list-item-title"><a href="([^"]+)"', body) for name, body in sections}


def test_every_kind_is_found(client: Client, edition_2021: Edition) -> None:
    UatFactory(name="Botoșani", county__code="BT", slug="botosani", type="municipiu")
    AnnouncementFactory(title="Întâlnire la Botoșani", slug="intalnire")

    results = found(client, "botosani")

    assert results["organizatii"] == ["/organizatii/apc-botosani/"]
    assert results["locuri"] == ["/organizatii/judet/bt/", "/organizatii/judet/bt/botosani/"]
    assert results["videoconferinte"][0] == "/videoconferinte/2021/11/"
    assert results["anunturi"] == ["/anunturi/intalnire/"]
    assert results["documente"] == ["/documente/calendar-2021/"]
    assert found(client, "ediția a II-a 2021")["editii"] == ["/editii/2021/"]
    assert found(client, "municipiilor")["structuri"] == ["/structuri/amr/"]


@pytest.mark.parametrize(
    "text", ["Mă bucur de Viață", "ma bucur de viata", "MA BUCUR DE VIAŢĂ", "ma\u0306 bucur vi"]
)
def test_every_spelling_finds_the_same(client: Client, edition_2021: Edition, text: str) -> None:
    assert found(client, text)["organizatii"] == ["/organizatii/ma-bucur-de-viata/"]


def test_all_words_must_stand_in_a_result(client: Client, edition_2021: Edition) -> None:
    assert "organizatii" not in found(client, "kogayon inexistent")


def test_of_very_many_only_the_first_in_the_alphabet_are_ranked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Beta Lumina", "Lumina", "Alfa Lumina", "Gama"):
        OrganisationFactory(legal_name=name, slug=name.lower().replace(" ", "-"))
    assert found(client, "lumina")["organizatii"][0] == "/organizatii/lumina/"
    monkeypatch.setattr("promotori.search.MAX_RANKED", 2)
    assert found(client, "lumina")["organizatii"] == [
        "/organizatii/alfa-lumina/",
        "/organizatii/beta-lumina/",
    ]


def test_hidden_things_are_not_found(client: Client, counties: None) -> None:
    OrganisationFactory(legal_name="Ascuns Unu", draft=True)
    AnnouncementFactory(title="Ascuns Doi", published_at=None)
    draft = EditionFactory(draft=True, purpose="Ascuns Trei")
    EditionDocumentFactory(title="Ascuns Patru", edition=draft)
    EditionDocumentFactory(title="Ascuns Cinci", is_public=False)
    VideoconferenceFactory(edition=draft, number=1, meeting__title="Ascuns")

    assert found(client, "ascuns") == {}


def test_more_than_shown_leads_to_all(client: Client) -> None:
    OrganisationFactory.create_batch(7, legal_name="Asociația Multă & bună")

    html = client.get("/cautare/?q=multa").content.decode()

    assert 'href="/organizatii/?q=multa"' in html
    assert len(found(client, "multa")["organizatii"]) == 5


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=%00",
        "q=%FF%FE",
        "q=" + "a" * 10_000,
        "q=" + "a%20" * 3_000,
        "q=%25%27%22%3Cscript%3E",
        "q=...",
        "q=%E2%80%AE",
        "q=s%CC%A6",
        "q=\\",
        "q=%F0%9F%98%80",
        "x=1&q=brasov",
        "q=a&q=b",
    ],
)
def test_hostile_questions_are_a_normal_page(client: Client, query: str) -> None:
    response = client.get(f"/cautare/?{query}")

    assert response.status_code in (200, 400)
    assert b'<script>"' not in response.content
    assert response.content.count(b"<h1") == 1


def test_empty_states_say_what_to_do(client: Client) -> None:
    assert "Nu s-a găsit nimic." in client.get("/cautare/?q=inexistent").content.decode()
    assert "cel puțin o literă" in client.get("/cautare/?q=...").content.decode()


@pytest.mark.parametrize("size", [1, 30])
def test_queries_of_the_search_do_not_grow(
    client: Client, counties: None, django_assert_num_queries: Callable, size: int
) -> None:
    territory()
    edition = EditionFactory(year=2063)
    for number in range(1, size + 1):
        OrganisationFactory(legal_name=f"Asociația Brașov {number}", in_county="BV")
        VideoconferenceFactory(edition=edition, number=number, regions=territory().regions[:3])
        AnnouncementFactory(title=f"Brașov {number}")
        EditionDocumentFactory(edition=edition, title=f"Brașov {number}")

    with django_assert_num_queries(8):
        response = client.get("/cautare/?q=brasov")

    assert len(response.content) < 100_000


def test_announcement_after_midnight_has_the_day_of_bucharest(client: Client) -> None:
    AnnouncementFactory(
        title="Trecut de miezul nopții", published_at=datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    )

    assert "luni, 2 martie 2026" in client.get("/cautare/", {"q": "miezul"}).text


def test_sitemap_names_no_announcement_of_a_hidden_edition(client: Client) -> None:
    AnnouncementFactory(slug="ascuns", edition=EditionFactory(draft=True))
    AnnouncementFactory(slug="aratat", edition=EditionFactory())

    listed = client.get("/sitemap-program.xml").text
    assert "/anunturi/aratat/" in listed
    assert "/anunturi/ascuns/" not in listed
