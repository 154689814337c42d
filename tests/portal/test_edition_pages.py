"""The pages of editions: what they say of 2021, who sees drafts, at how many queries."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from core.accounts.choices import Role
from core.territory.snapshot import territory
from programmes.choices import EditionStatus
from programmes.models import Edition, EditionDocument, Mandate
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.organisations import OrganisationFactory
from tests.factories.programmes import AnnouncementFactory, EditionDocumentFactory, EditionFactory
from tests.factories.videoconferences import CoOrganiserFactory, VideoconferenceFactory

pytestmark = pytest.mark.django_db


def read(client: Client, address: str, status: int = 200) -> str:
    """The words of a page, as a reader sees them."""
    response = client.get(address)
    assert response.status_code == status, address
    text = re.sub(r"<(head|script)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split()).replace(" ,", ",")


def test_edition_page_says_stated_and_counted_figures(client: Client, edition_2021: Edition) -> None:
    words = read(client, "/editii/2021/")

    assert "peste 600" in words
    assert "19, declarați" in words
    assert "35 din 42 de județe" in words
    assert "Pentru Sud-Muntenia nu a fost organizată nicio videoconferință" in words
    assert "Argeș, Călărași, Dâmbovița, Giurgiu, Ialomița, Prahova, Teleorman" in words
    assert "Promotori declarați de documente: 19. Coorganizatori numiți de calendar: 20." in words
    assert "luni, 6 decembrie 2021, marcând ziua de 5 decembrie 2021" in words
    assert "Calendarul numește 20 de organizații" in words


def test_co_organisers_are_never_called_promoters(client: Client, edition_2021: Edition) -> None:
    response = client.get("/editii/2021/")
    html = response.content.decode()
    promoters = html[html.index('id="promotori"') : html.index('id="coorganizatori"')]

    assert "/organizatii/" not in promoters
    assert html.count('/organizatii/habitat-for-humanity/"') == 1


def test_recorded_mandate_is_named_instead_of_the_stated_number(
    client: Client, edition_2021: Edition
) -> None:
    organisation = OrganisationFactory(legal_name="Asociația cu Mandat")
    Mandate.objects.create(edition=edition_2021, organisation=organisation, source="Decizia")

    words = read(client, "/editii/2021/")

    assert "Asociația cu Mandat" in words
    assert "19, declarați" not in words


def test_english_page_keeps_romanian_texts_marked(client: Client, edition_2021: Edition) -> None:
    response = client.get("/en/editii/2021/")
    html = response.content.decode()

    assert "over 600" in re.sub(r"\s+", " ", html)
    assert '<span lang="ro">creșterea gradului' in html


def test_draft_edition_is_seen_by_staff_alone(client: Client) -> None:
    edition = EditionFactory(draft=True, year=2040)
    VideoconferenceFactory(edition=edition, number=1)
    addresses = [
        "/editii/2040/",
        "/editii/2040/calendar/",
        "/editii/2040/calendar.ics",
        "/editii/2040/calendar.pdf",
        "/videoconferinte/2040/1/",
    ]

    for address in addresses:
        assert client.get(address).status_code == 404
    assert "2040" not in read(client, "/editii/")
    sign_in(client, UserFactory(roles=[Role.EDITOR]))
    assert "În pregătire" in read(client, "/editii/2040/")


def test_past_edition_stays_public(client: Client) -> None:
    EditionFactory(status=EditionStatus.ARCHIVED, year=2041)

    assert "2041" in read(client, "/editii/")


def test_announcement_appears_at_its_moment(client: Client) -> None:
    AnnouncementFactory(title="Vechi", slug="vechi")
    AnnouncementFactory(title="Ciornă", slug="ciorna", published_at=None)
    AnnouncementFactory(title="Viitor", slug="viitor", published_at="2099-01-01T00:00Z")
    AnnouncementFactory(title="Ascuns", slug="ascuns", edition=EditionFactory(draft=True))

    words = read(client, "/anunturi/")

    assert "Vechi" in words
    assert not any(title in words for title in ("Ciornă", "Viitor", "Ascuns"))
    assert client.get("/anunturi/vechi/").status_code == 200
    for slug in ("ciorna", "viitor", "ascuns", "nu-exista"):
        assert client.get(f"/anunturi/{slug}/").status_code == 404


def test_hidden_documents_and_files_are_not_found(client: Client, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    hidden = EditionDocumentFactory(slug="ascuns", is_public=False)
    of_draft = EditionDocumentFactory(slug="al-ciornei", edition=EditionFactory(draft=True))
    for document in (hidden, of_draft):
        document.file.save("plan.pdf", ContentFile(b"%PDF-1.7 secret"))
        assert client.get(f"/documente/{document.slug}/").status_code == 404
        assert client.get(f"/documente/{document.slug}/fisier").status_code == 404


def test_file_is_always_a_download(client: Client, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    document = EditionDocumentFactory(slug="formular")
    document.file.save("x.txt", ContentFile(b"<script>alert(1)</script>"))

    response = client.get("/documente/formular/fisier")

    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response["Content-Disposition"] == 'attachment; filename="formular.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert client.post("/documente/formular/fisier").status_code == 405


def test_file_that_is_gone_is_not_found(client: Client) -> None:
    document = EditionDocumentFactory(slug="pierdut")
    EditionDocument.objects.filter(pk=document.pk).update(file="documents/2021/nu-exista.pdf")

    assert client.get("/documente/pierdut/fisier").status_code == 404
    assert client.get("/documente/sinteza-x/fisier").status_code == 404


def test_document_shows_its_words_without_harm(client: Client) -> None:
    EditionDocumentFactory(slug="rau", text="<script>alert(1)</script> **bine**")

    html = client.get("/documente/rau/").content.decode()

    assert "<strong>bine</strong>" in html
    assert "<script>alert" not in html


SENSELESS = [
    "/editii/99999999999999999999/",
    "/editii/0/",
    "/editii/2021x/",
    "/editii/" + "9" * 5000 + "/",
    "/editii/99999999999/calendar.ics",
    "/anunturi/?pagina=abc",
    "/anunturi/?pagina=-1",
    "/anunturi/?pagina=" + "9" * 5000,
    "/anunturi/?pagina=%00",
    "/anunturi/?pagina=1&pagina=2&x=%FF",
    "/documente/%00/",
    "/documente/" + "a" * 9000 + "/",
    "/editii/2021/calendar/?x=%ff%fe",
    "/editii/٢٠٢١/",
]


def test_senseless_address_is_a_page_or_not_found(client: Client, edition_2021: Edition) -> None:
    for address in SENSELESS:
        assert client.get(address).status_code in (200, 400, 404), address[:80]


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_the_edition(
    client: Client, counties: None, django_assert_num_queries: Callable, size: int
) -> None:
    edition = EditionFactory(year=2045, number=20)
    territory()
    for number in range(1, size + 1):
        videoconference = VideoconferenceFactory(
            edition=edition, number=number, regions=territory().regions[:3]
        )
        CoOrganiserFactory.create_batch(2, videoconference=videoconference)
        EditionDocumentFactory(edition=edition)
        AnnouncementFactory(edition=edition)

    for address, queries in (
        ("/editii/2045/", 6),
        ("/editii/2045/calendar/", 6),
        ("/editii/2045/calendar.ics", 4),
        ("/editii/", 1),
        ("/anunturi/", 2),
        ("/anunturi/atom.xml", 1),
    ):
        with django_assert_num_queries(queries, info=address):
            response = client.get(address)
        assert response.status_code == 200
        assert len(response.content) < 100_000
