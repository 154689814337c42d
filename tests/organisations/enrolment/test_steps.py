"""The pages of enrolment: each step keeps what was typed, says what is wrong, and shows nothing to others."""

import re
from html import unescape

import pytest
from django.test import Client

from organisations.choices import SubmissionStatus
from organisations.models import Organisation, Submission
from organisations.questions import steps_of
from organisations.workflow import SUBMISSION_WORKFLOW
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.organisations import OrganisationFactory
from tests.organisations.enrolment.world import ANSWERS, CUI, draft, lodged, territory

pytestmark = pytest.mark.django_db
HERE = "/organizatii/inscriere/"


@pytest.fixture(autouse=True)
def _territory(db):
    territory()


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def client(person):
    return sign_in(Client(), person)


def said(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def test_every_step_from_the_button_to_the_receipt(client, person):
    response = client.post(f"{HERE}incepeti/")
    request = Submission.objects.get()
    assert response["Location"] == f"{HERE}{request.pk}/identitate/"
    for step in steps_of(request.kind):
        address = f"{HERE}{request.pk}/{step.word}/"
        page = client.get(address)
        assert page.status_code == 200
        assert page["Cache-Control"].startswith("max-age=0")
        response = client.post(address, {**ANSWERS.get(step.key, {}), "action": "next"})
        assert response.status_code == 302, (step.key, said(response))
    assert response["Location"] == f"{HERE}{request.pk}/"
    check = client.get(f"{HERE}{request.pk}/")
    assert "Ce lipsește" not in said(check)
    assert "municipiul Iași, județul Iași" in said(check)
    receipt = client.post(f"{HERE}{request.pk}/depunere/", follow=True)
    request.refresh_from_db()
    assert request.status == SubmissionStatus.LODGED
    assert request.reference in said(receipt)
    assert "Cererea a fost depusă" in said(receipt)
    # Once lodged, steps lead back to it and nothing can be typed any more.
    late = client.post(f"{HERE}{request.pk}/identitate/", {"legal_name": "Alta"})
    assert late["Location"] == f"{HERE}{request.pk}/"
    assert "Cererile dumneavoastră" in said(client.get(HERE))


def test_a_wrong_answer_is_kept_and_said(client, person):
    request = draft(person)
    address = f"{HERE}{request.pk}/inregistrare/"
    response = client.post(address, {"cui": "18547291", "court_register_date": "ieri", "action": "next"})
    assert response.status_code == 422
    assert "CUI-ul nu este corect" in said(response)
    assert "Ciorna a fost salvată la" in said(response)
    assert Submission.objects.get().answers["registration"]["cui"] == "18547291"
    again = client.get(address).content.decode()
    assert 'value="18547291"' in again
    assert 'value="ieri"' in again
    left = client.post(address, {"cui": "18547291", "action": "leave"}, follow=True)
    assert "Ciorna a fost salvată la" in said(left)
    assert "CUI" in said(client.get(f"{HERE}{request.pk}/"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Ă" * 5000, "cel mult 300 de caractere"),
        ("=1+1", "Un nume are cel puțin o literă"),
        ("   ", "obligatoriu"),
    ],
)
def test_hostile_names_get_a_sentence_and_stay(client, person, typed, sentence):
    request = draft(person)
    response = client.post(
        f"{HERE}{request.pk}/identitate/", {"legal_name": typed, "legal_form": "asociatie"}
    )
    assert response.status_code == 422
    assert sentence in said(response)
    assert Submission.objects.get().answers["identity"]["legal_name"] == typed


def test_invisible_marks_are_taken_out_and_named(client, person):
    request = draft(person)
    response = client.post(
        f"{HERE}{request.pk}/identitate/",
        {"legal_name": "Asociația \u202eMică\x00 Rază", "legal_form": "asociatie"},
        follow=True,
    )
    assert "Am scos caractere invizibile din: Denumirea legală" in said(response)
    assert Submission.objects.get().answers["identity"]["legal_name"] == "Asociația Mică Rază"


def test_the_law_on_names_is_told(client, person):
    request = draft(person, identity={"legal_name": "Asociația Națională a Românilor"})
    assert "acordul prealabil al Secretariatului General" in said(
        client.get(f"{HERE}{request.pk}/identitate/")
    )
    other = draft(person)
    assert "acordul prealabil" not in said(client.get(f"{HERE}{other.pk}/identitate/"))


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ("iasi", 302, ""),
        ("Comuna Miroslava", 302, ""),
        ("miro", 302, ""),
        ("Valea", 422, "Care dintre acestea?"),
        ("Cluj-Napoca", 422, "Nu există un asemenea municipiu"),
        ("%_'", 422, "Nu există un asemenea municipiu"),
    ],
)
def test_a_locality_is_found_without_scripts(client, person, typed, status, sentence):
    request = draft(person)
    address = f"{HERE}{request.pk}/sediu/"
    response = client.post(address, {"county": "IS", "locality": typed, "uat": ""})
    assert response.status_code == status
    if sentence:
        assert sentence in said(response)
    if typed == "Valea":
        assert client.post(address, {"county": "IS", "locality": typed, "uat": "99762"}).status_code == 302
        assert "comuna Valea Seacă" in said(client.get(f"{HERE}{request.pk}/"))


def test_localities_for_the_script(client):
    found = client.get(f"{HERE}localitati/", {"judet": "IS", "q": "VALÉA"}).json()["found"]
    assert [place["name"] for place in found] == ["Valea Lupului", "Valea Seacă"]
    for query in (
        {},
        {"judet": "ZZ", "q": "a"},
        {"judet": "IS", "q": " "},
        {"judet": "I" * 999, "q": "x" * 999},
    ):
        assert client.get(f"{HERE}localitati/", query).json() == {"found": []}


def test_autosave_says_when(client, person):
    request = draft(person)
    response = client.post(
        f"{HERE}{request.pk}/identitate/", {"legal_name": "A"}, headers={"X-Autosave": "1"}
    )
    assert response.json()["saved"].startswith("Ciorna a fost salvată la ")
    assert Submission.objects.get().answers["identity"] == {"legal_name": "A"}


def test_the_code_that_is_there_leads_to_the_claim(client, person):
    record = OrganisationFactory(cui=CUI, legal_name="Asociația Veche", in_county="IS")
    request = draft(person)
    response = client.post(f"{HERE}{request.pk}/inregistrare/", ANSWERS["registration"])
    assert response.status_code == 422
    assert f'href="/organizatii/{record.slug}/revendicare/"' in response.content.decode()
    refused = client.post(f"{HERE}{request.pk}/depunere/")
    assert refused.status_code == 422
    assert "este deja în evidență" in said(refused)
    assert Submission.objects.get().status == SubmissionStatus.DRAFT


def test_names_alike_of_the_county_are_offered(client, person):
    record = OrganisationFactory(legal_name="Asociația „Prietenii Bucovinei”", in_county="IS")
    OrganisationFactory(legal_name="Fundația Prietenii Mării", in_county="IS")
    placeless = OrganisationFactory(legal_name="Prietenii Bucovinei – Centru de voluntariat", recorded=True)
    OrganisationFactory(legal_name="Asociația Prietenii Bucovinei", in_county="CT")
    OrganisationFactory(legal_name="Prietenii Bucovinei", in_county="IS", draft=True)
    request = draft(person)
    page = client.get(f"{HERE}{request.pk}/activitate/").content.decode()
    assert set(re.findall(r"/organizatii/([\w-]+)/revendicare/", page)) == {record.slug, placeless.slug}


def test_a_long_name_is_kept_and_refused_by_its_field(client, person):
    """The browser is not told the limit: it would cut what is pasted without a word."""
    request = draft(person)
    page = client.get(f"{HERE}{request.pk}/identitate/").content.decode()
    assert 'maxlength="' not in page.partition("<main")[2]
    typed = {"legal_name": "x" * 5000, "legal_form": "asociatie"}
    refused = client.post(f"{HERE}{request.pk}/identitate/", typed)
    assert "cel mult 300" in said(refused)
    assert "x" * 5000 in refused.content.decode()


def test_ten_drafts_are_enough(client, person):
    for _number in range(10):
        draft(person)
    response = client.post(f"{HERE}incepeti/", follow=True)
    assert "Aveți deja 10 ciorne" in said(response)
    assert Submission.objects.count() == 10


def test_a_draft_is_deleted_after_a_question(client, person):
    request = draft(person)
    assert "Ștergeți ciorna?" in said(client.get(f"{HERE}{request.pk}/retragere/"))
    assert Submission.objects.exists()
    client.post(f"{HERE}{request.pk}/retragere/")
    assert not Submission.objects.exists()


def test_withdrawing_by_the_page(client, person):
    request = lodged(person)
    response = client.post(f"{HERE}{request.pk}/retragere/", follow=True)
    assert "Cererea a fost retrasă" in said(response)
    assert "Retrasă" in said(client.get(f"{HERE}{request.pk}/"))


def test_what_is_anothers_is_not_there(client):
    theirs = draft()
    paths = ("", "identitate/", "retragere/", "depunere/", "fisier-sigla/", "revendicare/")
    for path in paths:
        assert client.get(f"{HERE}{theirs.pk}/{path}").status_code == 404
        assert client.post(f"{HERE}{theirs.pk}/{path}").status_code in (404, 405)
    assert client.get(f"{HERE}{theirs.pk}/nimic/").status_code == 404
    assert staff_client().get(f"{HERE}{theirs.pk}/").status_code == 404
    for path in paths:
        response = Client().get(f"{HERE}{theirs.pk}/{path}")
        assert response["Location"].startswith("/cont/autentificare/?next=")


def test_a_claim_from_the_page_of_a_record(client, person):
    record = OrganisationFactory(recorded=True, legal_name="Asociația Veche", in_county="IS")
    address = f"/organizatii/{record.slug}/revendicare/"
    assert "Revendicați Asociația Veche" in said(client.get(address))
    short = client.post(address, {"why": "eu sunt"})
    assert short.status_code == 422
    assert not Submission.objects.exists()
    response = client.post(
        address, {"why": "Sunt președinta asociației, ca în Registrul național."}, follow=True
    )
    claim = Submission.objects.get()
    assert (claim.kind, claim.status, claim.organisation) == ("claim", SubmissionStatus.LODGED, record)
    assert claim.note == "Sunt președinta asociației, ca în Registrul național."
    assert "Cererea a fost depusă" in said(response)
    again = client.post(
        address, {"why": "Sunt președinta asociației, ca în Registrul național."}, follow=True
    )
    assert "Ați revendicat deja" in said(again)
    assert Submission.objects.count() == 1
    assert client.get(f"/organizatii/{OrganisationFactory(draft=True).slug}/revendicare/").status_code == 404


def test_a_claim_of_a_waiting_record_tells_its_code_alone(client, person):
    waiting = lodged().organisation
    request = draft(person, identity={"public_name": "Altfel"})
    address = f"{HERE}{request.pk}/revendicare/"
    response = client.post(address, {"why": "Sunt vicepreședintele acestei asociații."}, follow=True)
    for page in (client.get(address), response, client.get(HERE)):
        assert f"CUI {CUI}" in said(page)
        assert waiting.public_name not in said(page)
    assert Organisation.objects.count() == 1


def test_what_is_begun_or_sent_back_waits_in_the_account(client, person):
    draft(person, identity={"public_name": "Prima"})
    returned = lodged(person, identity={"public_name": "A doua"})
    SUBMISSION_WORKFLOW.perform(returned, "return", actor=None, reason="Scrieți și acronimul.")
    page = said(client.get("/cont/"))
    assert "Prima: ați început o cerere și nu ați depus-o încă." in page
    assert "A doua: echipa cere modificări la cererea dumneavoastră." in page
