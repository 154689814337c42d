"""Staff see what left and what did not, decide about it, and write the words of mails."""

import re

import pytest
from django.utils import timezone

from core.accounts.choices import Role
from core.messaging.models import Message, Wording
from core.messaging.services.delivery import deliver_due
from tests.factories.accounts import staff_client
from tests.messaging.conftest import letter

pytestmark = pytest.mark.django_db
LIST, WORDING = "/admin/messaging/message/", "/admin/messaging/wording/"
VALUES = {"title": "Ediția 2021", "link": "http://localhost:8000/editii/2021/"}


def step(message: Message, name: str) -> str:
    return f"{LIST}{message.pk}/step/{name}/"


def test_a_mail_is_shown_where_nothing_can_run():
    message = letter(values={"number": "<script>alert(1)</script>"})
    page = staff_client().get(f"{LIST}{message.pk}/change/").text

    assert re.search(r'<iframe class="mail-frame" sandbox="" srcdoc="[^"]+"', page)
    assert "<script>alert(1)" not in page
    assert "Bună ziua," in page


def test_a_failed_mail_is_sent_again_and_a_sent_one_gets_a_new_number(mailoutbox):
    client = staff_client()
    message = letter()
    first = message.message_id
    Message.objects.update(
        status="failed", stop_reason="refused", stopped_at=timezone.now(), next_attempt_at=None
    )
    assert client.get(step(message, "resend")).status_code == 200
    message.refresh_from_db()
    assert message.status == "failed"

    client.post(step(message, "resend"))
    message.refresh_from_db()
    assert (message.status, message.message_id) == ("queued", first)
    assert len(mailoutbox) == 1
    client.post(step(message, "resend"))
    message.refresh_from_db()
    assert message.status == "queued"
    assert message.message_id != first
    client.post(step(message, "cancel"))
    message.refresh_from_db()
    assert (message.status, message.stop_reason) == ("cancelled", "cancelled")
    assert len(mailoutbox) == 1


def test_what_was_erased_or_is_not_wanted_is_not_sent_again(news):
    client = staff_client()
    code = letter("code", sensitive=True)
    deliver_due()
    assert "Textul a fost șters" in client.get(f"{LIST}{code.pk}/change/").text
    assert "nu mai este nimic de trimis" in client.post(step(code, "resend")).text
    code.refresh_from_db()
    assert code.status == "sent"


def test_auditors_read_and_decide_nothing():
    message = letter()
    client = staff_client(Role.AUDITOR)

    assert client.get(f"{LIST}{message.pk}/change/").status_code == 200
    assert client.post(step(message, "cancel")).status_code == 403
    assert client.post(f"{WORDING}preview/", {}).status_code == 403


def test_the_list_finds_by_address_kind_and_care():
    letter("1", to="gasita@example.org")
    letter("2", to="alta@example.org")
    Message.objects.filter(to__startswith="alta").update(
        created_at="2021-01-01T00:00Z", next_attempt_at="2021-01-01T00:00Z"
    )
    client = staff_client()

    assert "alta@" not in client.get(LIST, {"q": "gasita"}).text
    late = client.get(LIST, {"asteapta": "intarziate"}).text
    assert "alta@example.org" in late
    assert "gasita@" not in late
    assert client.get(LIST, {"fel": "nimic", "asteapta": "x"}).status_code == 200
    assert "ar fi trebuit să plece" in client.get("/admin/").text


def test_words_of_staff_are_checked_used_and_given_back(news):
    client = staff_client()
    start = client.get(f"{WORDING}add/?kind=tests.news&language=ro").text
    assert "Noutăți: {title}" in start
    assert "titlul" in start
    form = {"kind": "tests.news", "language": "ro", "subject": "Nou: {title}"}

    wrong = client.post(f"{WORDING}add/", {**form, "body": "{titlu} {x\n\n[Citiți]({link})"})
    assert "„{titlu}” nu este cunoscut" in wrong.text
    assert "acoladă" in wrong.text
    assert "„{link}”" in client.post(f"{WORDING}add/", {**form, "body": "Fără link."}).text
    assert not Wording.objects.exists()

    body = "Dragi voluntari, {title}.\n\n[Citiți]({link})"
    client.post(f"{WORDING}add/", {**form, "body": body})
    wording = Wording.objects.get()
    assert letter("1", kind=news, values=VALUES).subject == "Nou: Ediția 2021"
    assert "schimbat" in client.get(WORDING).text
    client.post(f"{WORDING}{wording.pk}/own-words/")
    assert letter("2", kind=news, values=VALUES).subject == "Noutăți: Ediția 2021"
    assert wording.history.model.objects.filter(subject="Nou: {title}").exists()


def test_preview_draws_without_saving(news):
    asked = {
        "kind": "tests.news",
        "language": "ro",
        "subject": "Nou: {title}",
        "body": "<b>{title}</b>\n\n[C]({link})",
    }
    page = staff_client().post(f"{WORDING}preview/", asked).text

    assert "Nou: [titlul]" in page
    assert "&amp;lt;b&amp;gt;" in page, "in the frame's own source"
    assert not Wording.objects.exists()
    assert "nu este cunoscut" in staff_client().post(f"{WORDING}preview/", {**asked, "body": "{x}"}).text


def test_words_that_a_release_made_wrong_are_passed_over(news):
    Wording.objects.create(kind="tests.news", language="ro", subject="{gone}", body="[C]({link})")
    assert letter("1", kind=news, values=VALUES).subject == "Noutăți: Ediția 2021"
