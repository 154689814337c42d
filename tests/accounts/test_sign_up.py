"""Making an account: one form, a code, and back to where one was; what it takes, and what it never tells."""

import re
from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import Client

from core.accounts.forms import GuardedMixin, ResetPasswordForm, SignupForm
from core.accounts.models import User
from core.messaging.models import Message
from tests.accounts.letters import code_sent_to, letters_to
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_UP, CONFIRM, RESET = "/cont/inregistrare/", "/cont/confirmare/", "/cont/parola/uitata/"


def given(**changed):
    return {"full_name": "  Ana   Pop ", "email": "Ana@example.org", "password1": PASSWORD, **changed}


def text_of(response) -> str:
    """The page without what differs at every request: tokens, signed times, and the address typed back."""
    text = re.sub(r'name="(csrfmiddlewaretoken|opened)" value="[^"]+"', "", response.text)
    return re.sub(r"[\w.]+@example\.org", "", text)


def opened(form: type, seconds_ago: float, monkeypatch) -> str:
    """The signed time of a page that was opened so long ago."""
    import time

    now = time.time()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: now - seconds_ago)
        return TimestampSigner(salt=f"publicforms.{form.__name__}").sign("opened")


@pytest.mark.usefixtures("quick_forms")
class TestJourney:
    @pytest.mark.parametrize(("prefix", "language"), [("", "ro"), ("/en", "en")])
    def test_a_person_makes_an_account_and_returns_where_they_were(self, client, prefix, language):
        assert (
            "next=%2Fcont%2Fsecuritate%2F" in client.get("/cont/autentificare/?next=/cont/securitate/").text
        )
        sent = client.post(f"{prefix}{SIGN_UP}", given(next="/cont/securitate/"))
        assert sent.url == f"{prefix}{CONFIRM}"
        assert client.get("/cont/").url.startswith("/cont/autentificare/")

        done = client.post(sent.url, {"code": code_sent_to("ana@example.org")})

        assert done.url == "/cont/securitate/"
        user = User.objects.get()
        assert (user.full_name, user.email, user.language) == ("Ana Pop", "ana@example.org", language)
        assert EmailAddress.objects.get().verified
        assert not user.is_staff

    def test_next_leads_nowhere_else(self, client):
        client.post(SIGN_UP, given(next="https://evil.example/"))
        assert client.post(CONFIRM, {"code": code_sent_to("ana@example.org")}).url == "/cont/"

    def test_the_rules_of_the_password_are_told_before_and_what_was_typed_stays(self, client):
        assert "Cel puțin 12 caractere" in client.get(SIGN_UP).text

        page = client.post(SIGN_UP, given(password1="123456", next="/cont/securitate/"))

        assert page.status_code == 422
        assert 'value="ana@example.org"' in page.text.lower()
        assert "Ana   Pop" in page.text
        assert 'name="next" value="/cont/securitate/"' in page.text
        assert "123456" not in page.text
        assert User.objects.count() == 0

    @pytest.mark.parametrize(
        "changed",
        [
            {"full_name": "\u200f\u202e"},
            {"full_name": "N" * 10_000},
            {"full_name": "a\x00b"},
            {"email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.ro"},
            {"email": "ana"},
            {"email": "a\x00@example.org"},
            {"password1": ""},
            {"password1": "parola\x00cu un semn"},
        ],
    )
    def test_what_cannot_be_kept_is_said(self, client, changed):
        page = client.post(SIGN_UP, given(**changed))
        assert page.status_code == 422
        assert "error-summary" in page.text
        assert User.objects.count() == 0

    def test_marks_that_nobody_sees_are_taken_out_of_the_name(self, client):
        client.post(SIGN_UP, given(full_name="Ana\u202e \u200fPop"))
        assert User.objects.get().full_name == "Ana Pop"

    def test_a_known_address_is_answered_as_a_new_one_at_every_step(self):
        user = UserFactory(email="ana@example.org")
        answers = []
        for email in (user.email, "noua@example.org"):
            client = Client()
            pages = [
                client.post(SIGN_UP, given(email=email), follow=True),
                client.post(CONFIRM, {"code": "AAAA-AAAA"}),
                client.get("/cont/autentificare/"),
            ]
            answers.append(
                [(page.status_code, page.headers.get("Location"), text_of(page)) for page in pages]
            )
        assert answers[0] == answers[1]
        assert User.objects.count() == 2
        assert "Aveți deja un cont" in letters_to(user.email)[0]
        user.refresh_from_db()
        assert user.check_password(PASSWORD)

    @pytest.mark.parametrize("known", [True, False])
    def test_another_code_writes_one_letter_more_whether_known_or_not(self, client, monkeypatch, known):
        monkeypatch.setattr("allauth.core.internal.ratelimit.consume", lambda *args, **kwargs: True)
        if known:
            UserFactory(email="ana@example.org")
        client.post(SIGN_UP, given())

        again = client.post(CONFIRM, {"action": "resend"})

        assert again.url == CONFIRM
        assert len(letters_to("ana@example.org")) == 2
        client.post(CONFIRM, {"action": "resend"})
        assert "Pentru această încercare nu se mai trimite alt cod" in client.get(CONFIRM).text
        client.post(CONFIRM, {"action": "resend"})
        assert len(letters_to("ana@example.org")) == 3

    def test_a_code_is_not_guessed(self, client):
        client.post(SIGN_UP, given())
        code = code_sent_to("ana@example.org")
        for _try in range(2):
            assert "error-summary" in client.post(CONFIRM, {"code": "AAAA-AAAA"}).text
        assert client.post(CONFIRM, {"code": "AAAA-AAAA"}).url == "/cont/autentificare/"

        client.post(CONFIRM, {"code": code})
        assert client.get("/cont/").status_code == 302
        assert not EmailAddress.objects.get().verified

    def test_known_and_unknown_addresses_cost_the_same_hashing(self, client, monkeypatch):
        """What the clock of a visitor could tell; docs/benchmarks.md has the times."""
        user = UserFactory(email="ana@example.org")
        counted = []
        encode = hashers.MD5PasswordHasher.encode
        monkeypatch.setattr(
            hashers.MD5PasswordHasher, "encode", lambda *args: counted.append(1) or encode(*args)
        )
        costs = []
        for email in (user.email, "noua@example.org"):
            counted.clear()
            Client().post(SIGN_UP, given(email=email))
            signed_up = len(counted)
            Client().post("/cont/autentificare/", {"login": email + "x", "password": "x"})
            costs.append((signed_up, len(counted) - signed_up))
        assert costs == [(1, 1), (1, 1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick_forms")
def test_two_who_send_one_address_at_once_make_one_account(monkeypatch):
    monkeypatch.setattr("allauth.core.internal.ratelimit.consume", lambda *args, **kwargs: True)
    start, answers = Barrier(2), []

    def send():
        client = Client()
        client.get(SIGN_UP)
        start.wait()
        answers.append(client.post(SIGN_UP, given()).url)
        connection.close()

    threads = [Thread(target=send) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [CONFIRM, CONFIRM]
    assert User.objects.count() == 1
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("address", "form", "data"),
    [(SIGN_UP, SignupForm, given()), (RESET, ResetPasswordForm, {"email": "a@b.ro"})],
)
def test_forms_are_guarded_against_programs(client, monkeypatch, address, form, data):
    page = client.get(address)
    assert 'name="site"' in page.text
    good = opened(form, 10, monkeypatch)
    for wrong in (
        {"opened": good, "site": "http://x"},
        {"opened": opened(form, 0, monkeypatch)},
        {"opened": opened(form, 90_000, monkeypatch)},
        {"opened": "x"},
        {},
    ):
        refused = client.post(address, {**data, **wrong})
        assert refused.status_code == 422, wrong
        assert data["email"].lower() in refused.text.lower()
    assert not Message.objects.exists()

    # Forty organisations may enrol together at a training; three show the same here.
    assert GuardedMixin.sent_per_hour == 40
    monkeypatch.setattr(GuardedMixin, "sent_per_hour", 3)
    assert client.post(address, {**data, "opened": good}).status_code == 302
    for number in range(3):
        last = Client().post(address, {**data, "email": f"a{number}@example.org", "opened": good})
    assert last.status_code == 429
    assert "Așteptați o oră" in last.text
    assert "a2@example.org" in last.text
