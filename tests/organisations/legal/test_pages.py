"""The guide's page and files: public, light, the same for everybody, nothing kept of what is ticked."""

import pytest

from core.documents.errors import MissingSystemPartsError
from organisations.legal.papers import all_papers
from organisations.views import legal

pytestmark = pytest.mark.django_db

GUIDE = "/ghid-juridic/"
MOST_QUERIES = 2


def test_the_guide_holds_the_checklist_for_the_ticked_situation(client):
    whole = client.get(GUIDE).content.decode()
    mine = client.get(f"{GUIDE}?gazda=ong&minori=da").content.decode()

    assert "Încheiați contractul de voluntariat" in whole
    assert "nu ține loc de consultanță juridică" in whole
    assert "Trimiteți agenției" in whole
    assert "Trimiteți agenției" not in mine
    assert "Cereți acordul scris al părinților" in mine
    assert mine.count(" checked") == 2
    assert " checked" not in whole
    assert "/ghid-juridic/?gazda=ong&amp;minori=da" in mine
    for paper in all_papers():
        assert f"{GUIDE}{paper.slug}.pdf" in whole
        assert f"{GUIDE}{paper.slug}.odt" in whole


def test_the_guide_asks_the_database_for_no_record_and_sets_no_cookie(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(f"{GUIDE}?gazda=institutie&coordonator=angajat&straini=da")

    assert response.status_code == 200
    assert not response.cookies
    assert len(response.content) < 80_000
    assert client.post(GUIDE).status_code == 405


@pytest.mark.parametrize(
    "query", ["gazda=%00", "gazda=" + "x" * 10_000, "minori=%E2%80%AE", "zzz[]=1&gazda=ong"]
)
def test_a_hostile_address_gets_the_page(client, query):
    response = client.get(f"{GUIDE}?{query}")

    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert "x" * 50 not in response.content.decode()


def test_english_pages_explain_and_the_papers_stay_romanian(client):
    content = client.get("/en/ghid-juridic/?coordonator=voluntar").content.decode()

    assert "Sign the volunteering contract" in content
    assert '<h3 class="card-title" lang="ro">Contract de voluntariat</h3>' in content


@pytest.mark.documents
def test_papers_come_as_files_and_come_from_the_cache(client, monkeypatch):
    pdf = client.get(f"{GUIDE}certificat-de-voluntariat.pdf")
    odt = client.get(f"{GUIDE}certificat-de-voluntariat.odt")

    assert pdf.content.startswith(b"%PDF-1.7")
    assert (pdf["Content-Type"], odt["Content-Type"]) == ("application/pdf", legal.MEDIA_TYPE)
    assert pdf["Content-Disposition"] == 'attachment; filename="certificat-de-voluntariat.pdf"'
    assert odt.content.startswith(b"PK")
    monkeypatch.setattr("core.documents.cache.draw_document", lambda document: 1 / 0)
    assert client.get(f"/en{GUIDE}certificat-de-voluntariat.pdf").content == pdf.content
    assert client.get(f"{GUIDE}nu-exista.pdf").status_code == 404
    assert client.get(f"{GUIDE}nu-exista.odt").status_code == 404


def test_a_machine_that_cannot_draw_offers_the_office_file(client, monkeypatch):
    def fail(paper):
        raise MissingSystemPartsError("Pango is missing.")

    monkeypatch.setattr(legal, "build_paper_pdf", fail)
    response = client.get(f"{GUIDE}contract-de-voluntariat.pdf")

    assert response.status_code == 503
    assert f"{GUIDE}contract-de-voluntariat.odt" in response.content.decode()
