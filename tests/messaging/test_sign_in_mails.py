"""Sign-in's mails are kinds like all others: in both languages, erased once sent, and alike for whom nobody knows."""

import re
from pathlib import Path

import allauth
import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts import sign_in_mails
from core.accounts.sign_in_mails import post_sign_in_mail
from core.messaging.kinds import kinds
from core.messaging.models import Message
from core.messaging.services import preview_message
from core.messaging.wording import faults_in, own_words
from tests.factories.accounts import UserFactory

# allauth's mails that no setting of the portal sends; they would leave in their own words.
NOT_SENT = {"account/email/password_reset_code"}
ALL = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)


def test_every_mail_of_allauth_has_its_kind():
    named = {
        prefix
        for path in Path(allauth.__file__).parent.rglob("*.py")
        for prefix in re.findall(r'"(\w+/email/\w+)"', path.read_text(encoding="utf-8"))
    }
    assert named - NOT_SENT == set(sign_in_mails._KINDS)


@pytest.mark.django_db
def test_a_known_and_an_unknown_address_cost_the_same(monkeypatch):
    monkeypatch.setattr(EmailMessage, "send", lambda self, **_: pytest.fail("a mail left by itself"))
    user = UserFactory()
    told = {"user": user, "password_reset_url": "http://localhost:8000/cont/parola/noua/1-a/"}
    costs = []
    for prefix, address, context in (
        ("account/email/password_reset_key", user.email, told),
        ("account/email/unknown_account", "nimeni@example.org", {}),
        ("account/email/account_already_exists", user.email, told),
        ("account/email/email_confirmation_signup", "nou@example.org", {"code": "AAAA-BBBB"}),
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            post_sign_in_mail(prefix, address, context)
        costs.append(len(asked))

    assert len(set(costs)) == 1
    assert set(Message.objects.values_list("sensitive", "urgent")) == {(True, True)}


@pytest.mark.django_db
def test_a_mail_that_a_later_allauth_invents_leaves_in_the_portals_frame():
    user = UserFactory(language="en")
    message = post_sign_in_mail(
        "account/email/password_reset_code", user.email, {"user": user, "code": "ABCD", "email": user.email}
    )
    assert "ABCD" in message.text
    assert "Good day," in message.text


@ALL
@pytest.mark.django_db
def test_every_kind_of_the_portal_can_be_sent_in_both_languages(kind):
    for language in ("ro", "en"):
        assert faults_in(kind, own_words(kind, language)) == []
        mail = preview_message(kind=kind, values=kind.samples, language=language)
        assert mail.subject
        assert max(map(len, mail.text.splitlines())) <= 200
    romanian, english = own_words(kind, "ro"), own_words(kind, "en")
    if kind.name != "accounts.other_notice":
        assert romanian.body != english.body, "no Romanian"
