"""A session that ended while somebody typed: the text waits in the browser's new session, nobody else's reads it."""

import re
from html import unescape

import pytest
from django.test import Client

from core.typedtext import KEPT_PER_HOUR, MOST_CHARACTERS
from organisations.models import Submission
from tests.factories.accounts import PASSWORD, UserFactory, sign_in
from tests.organisations.enrolment.world import draft, territory

pytestmark = pytest.mark.django_db
TYPED = {"legal_name": "Asociația Nescrisă Încă", "legal_form": "fundatie", "action": "next"}


@pytest.fixture
def request_of(db):
    territory()
    return draft(UserFactory(email="ana@example.org"))


def address(request: Submission) -> str:
    return f"/organizatii/inscriere/{request.pk}/identitate/"


def token(page) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]


def test_text_typed_after_the_session_ended_waits_behind_the_sign_in(request_of):
    client = Client(enforce_csrf_checks=True)
    response = client.post(address(request_of), TYPED, headers={"Origin": "http://testserver"})
    assert response["Location"] == f"/cont/autentificare/?next={address(request_of)}"
    assert Submission.objects.get().answers["identity"]["legal_name"] != TYPED["legal_name"]

    page = client.get(response["Location"])
    entered = client.post(
        response["Location"],
        {
            "login": "ana@example.org",
            "password": PASSWORD,
            "csrfmiddlewaretoken": token(page),
            "next": address(request_of),
        },
        headers={"Origin": "http://testserver"},
    )
    assert entered["Location"] == address(request_of)
    page = client.get(address(request_of))
    assert TYPED["legal_name"] in unescape(page.content.decode())
    assert "Ce ați scris este aici" in unescape(page.content.decode())
    # Looking at it wrote nothing; the button does.
    assert Submission.objects.get().answers["identity"]["legal_name"] != TYPED["legal_name"]
    saved = client.post(
        address(request_of),
        {**TYPED, "csrfmiddlewaretoken": token(page)},
        headers={"Origin": "http://testserver"},
    )
    assert saved.status_code == 302
    assert Submission.objects.get().answers["identity"]["legal_name"] == TYPED["legal_name"]
    assert "Ce ați scris este aici" not in client.get(address(request_of)).content.decode()


def test_a_token_of_an_earlier_session_loses_nothing_and_writes_nothing(request_of):
    client = sign_in(Client(enforce_csrf_checks=True), request_of.applicant)
    stale = {**TYPED, "csrfmiddlewaretoken": "x" * 64}
    response = client.post(address(request_of), stale, headers={"Sec-Fetch-Site": "same-origin"})
    assert response["Location"] == address(request_of)
    assert Submission.objects.get().answers["identity"]["legal_name"] != TYPED["legal_name"]
    assert TYPED["legal_name"] in unescape(client.get(address(request_of)).content.decode())
    # Another account in the same browser is shown nothing of it.
    assert sign_in(client, UserFactory()).get(address(request_of)).status_code == 404


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://rau.example"}, {}])
def test_a_form_of_another_site_is_refused(request_of, headers):
    client = sign_in(Client(enforce_csrf_checks=True), request_of.applicant)
    assert client.post(address(request_of), TYPED, headers=headers).status_code == 403
    assert TYPED["legal_name"] not in unescape(client.get(address(request_of)).content.decode())


def test_strangers_fill_no_disk(request_of):
    client = Client()
    client.post(address(request_of), {"legal_name": "x" * (MOST_CHARACTERS + 1)})
    assert "typed" not in client.session
    client.post(address(request_of), TYPED, headers={"Origin": "https://rau.example"})
    assert "typed" not in client.session
    for _time in range(KEPT_PER_HOUR + 1):
        last = Client()
        last.post(address(request_of), TYPED)
    assert "typed" not in last.session
