"""Making an account: one form, a code, and back to where one was."""

import re

import pytest
from allauth.account.models import EmailAddress

from core.accounts.forms import SignupForm
from core.accounts.models import User
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_UP, CONFIRM = "/cont/inregistrare/", "/cont/confirmare/"


@pytest.fixture(autouse=True)
def _no_wait(monkeypatch):
    monkeypatch.setattr("core.publicforms.LEAST_SECONDS", -1)


def given(**changed):
    return {
        "full_name": "  Ana   Pop ",
        "email": "Ana@example.org",
        "password1": PASSWORD,
        "opened": SignupForm._signer().sign("opened"),
        **changed,
    }


def code_in(message) -> str:
    return re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b", message.body)[1]


@pytest.mark.parametrize(("prefix", "language"), [("", "ro"), ("/en", "en")])
def test_a_person_makes_an_account_and_returns_where_they_were(client, mailoutbox, prefix, language):
    sent = client.post(f"{prefix}{SIGN_UP}", given(next="/cont/securitate/"))
    assert sent.url == f"{prefix}{CONFIRM}"
    assert client.get("/cont/").url.startswith("/cont/autentificare/")

    done = client.post(sent.url, {"code": code_in(mailoutbox[0])})

    assert done.url == "/cont/securitate/"
    user = User.objects.get()
    assert (user.full_name, user.email, user.language) == ("Ana Pop", "ana@example.org", language)
    assert EmailAddress.objects.get().verified
