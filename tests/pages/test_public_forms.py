"""The message form: what it keeps, what it refuses, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from core.models import StateChange
from core.pages.choices import FeedbackKind, FeedbackState
from core.pages.forms import FeedbackForm
from core.pages.models import Feedback
from core.pages.services import erase_old_feedback, receive_feedback
from core.pages.workflow import FEEDBACK_WORKFLOW
from core.publicforms import LEAST_SECONDS, MOST_SECONDS, SENT_PER_HOUR
from core.workflow import history
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PAGES = {"/accesibilitate/": FeedbackKind.ACCESSIBILITY, "/contact/": FeedbackKind.OTHER}


def opened(seconds_ago: int) -> str:
    """The hidden time of a page that was opened then."""
    signer = FeedbackForm._signer()
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - seconds_ago)
    return signer.sign("opened")


def typed(**changes: str) -> dict[str, str]:
    return {"message": "Harta nu se poate citi.", "site": "", "opened": opened(60), **changes}


@pytest.mark.parametrize(("address", "kind"), PAGES.items())
@pytest.mark.parametrize("language", ["ro", "en"])
def test_a_message_is_kept_and_its_number_shown(client, address, kind, language):
    prefix = "" if language == "ro" else "/en"
    response = client.post(prefix + address, typed(email="ana@example.org", page_address="/organizatii/"))

    feedback = Feedback.objects.get()
    assert (feedback.kind, feedback.email, feedback.page_address) == (
        kind,
        "ana@example.org",
        "/organizatii/",
    )
    assert (feedback.language, feedback.status) == (language, FeedbackState.NEW)
    receipt = client.get(response.url)
    assert feedback.reference in receipt.text
    assert "ana@example.org" in receipt.text
    assert "no-store" in receipt["Cache-Control"]


def test_no_cookie_is_set_by_reading_or_sending(client):
    assert not client.get("/contact/").cookies
    response = client.post("/contact/", typed(), follow=True)
    assert Feedback.objects.count() == 1
    assert not client.cookies
    assert not response.cookies


def test_the_form_works_from_the_page_as_it_stands(client):
    page = client.get("/contact/").text
    time_field = re.search(r'name="opened" value="([^"]+)"', page)[1]
    form = FeedbackForm._signer()

    assert form.unsign(time_field) == "opened"
    assert 'tabindex="-1"' in re.search(r'<input[^>]*name="site"[^>]*>', page)[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"message": ""},
        {"message": "x" * 5001},
        {"message": "nul \x00 aici"},
        {"email": "fără arond"},
        {"page_address": "x" * 501},
        {"site": "http://reclame.example"},
        {"opened": ""},
        {"opened": "opened:1:forged"},
        {"opened": opened(MOST_SECONDS + 60)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_fault_is_told_and_what_was_typed_stays(client, changes):
    response = client.post("/contact/", typed(**{"page_address": "Pagina mea", **changes}))

    assert response.status_code == 422
    assert "error-summary" in response.text
    assert "Pagina mea" in response.text or "page_address" in changes
    assert Feedback.objects.count() == 0


def test_too_quick_is_told_and_passes_when_sent_again(client):
    fresh = typed(opened=opened(0))
    refused = client.post("/contact/", fresh)
    assert refused.status_code == 422
    assert "Harta nu se poate citi." in refused.text

    again = re.search(r'name="opened" value="([^"]+)"', refused.text)[1]
    assert again == fresh["opened"]
    assert client.post("/contact/", typed(opened=opened(LEAST_SECONDS + 1))).status_code == 302


def test_an_old_page_passes_when_sent_again_with_its_renewed_time(client):
    refused = client.post("/contact/", typed(opened=opened(MOST_SECONDS + 60)))

    renewed = re.search(r'name="opened" value="([^"]+)"', refused.text)[1]
    assert FeedbackForm._signer().unsign(renewed, max_age=60) == "opened"


def test_ten_thousand_messages_of_one_address_become_ten(client):
    for number in range(SENT_PER_HOUR):
        answer = client.post("/contact/", typed(message=f"Harta {number} nu se poate citi."))
        assert answer.status_code == 302
    refused = client.post("/contact/", typed())

    assert refused.status_code == 429
    assert "Harta nu se poate citi." in refused.text
    assert Feedback.objects.count() == SENT_PER_HOUR
    assert client.post("/contact/", typed(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_faulty_forms_do_not_count_towards_the_limit(client):
    for _number in range(SENT_PER_HOUR + 5):
        client.post("/contact/", typed(message=""))

    assert client.post("/contact/", typed()).status_code == 302


def test_the_address_is_not_readable_in_the_cache(client):
    client.post("/contact/", typed(), REMOTE_ADDR="192.0.2.7")

    keys = [key.decode() for key in cache._cache.get_client(None).keys("*")]
    assert [key for key in keys if "publicforms" in key]
    assert not [key for key in keys if "192.0.2.7" in key]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
    ids=["origin", "null origin", "fetch metadata"],
)
def test_a_form_sent_from_another_site_is_refused(headers):
    response = Client(enforce_csrf_checks=True).post("/contact/", typed(), headers=headers)

    assert response.status_code == 403
    assert Feedback.objects.count() == 0


def test_a_form_sent_from_its_own_page_passes():
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert Client(enforce_csrf_checks=True).post("/contact/", typed(), headers=headers).status_code == 302


@pytest.mark.parametrize("token", ["x", "1", "a:b:c", "../../etc"])
def test_a_receipt_needs_its_own_link(client, token):
    assert client.get(f"/contact/primit/{token}/").status_code == 404


def test_markup_in_a_message_is_only_text(client):
    response = client.post("/contact/", typed(message="<script>alert(1)</script>", email="x"))

    assert "<script>alert(1)" not in response.text
    assert "&lt;script&gt;" in response.text


def test_old_messages_are_erased_only_after_they_were_handled():
    handled, waiting = [
        receive_feedback(kind=FeedbackKind.OTHER, message=message, language="ro") for message in "xy"
    ]
    FEEDBACK_WORKFLOW.perform(handled, "close", actor=None, reason="Se plânge Ion Popescu.")
    Feedback.objects.update(created_at=timezone.now() - timedelta(days=2000))

    assert erase_old_feedback(now=timezone.now() + timedelta(days=729)) == 0
    assert history(handled).exists()
    assert erase_old_feedback(now=timezone.now() + timedelta(days=731)) == 1
    assert list(Feedback.objects.all()) == [waiting]
    assert not StateChange.objects.exists()


def test_reopening_takes_the_moment_away():
    feedback = receive_feedback(kind=FeedbackKind.OTHER, message="x", language="ro")
    closed = FEEDBACK_WORKFLOW.perform(feedback, "close", actor=None, reason="Reclamă.")
    assert closed.handled_at

    assert FEEDBACK_WORKFLOW.perform(closed, "reopen", actor=None).handled_at is None
    assert UserFactory().has_perm("pages.change_feedback", feedback) is False
