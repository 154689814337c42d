"""A message is one row, written with what caused it, in words that cannot be turned against their reader."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from core.messaging.kinds import MailKind
from core.messaging.models import Message
from core.messaging.services import PlaceholderError, post_message, preview_message

KIND = MailKind(
    name="tests.welcome",
    label="Welcome",
    subject="About {organisation}",
    body="The organisation **{organisation}** waits.\n\n[Open the page]({link})\n\n- one\n- two",
    placeholders={"organisation": "name of the organisation", "link": "address of the page"},
)
VALUES = {"organisation": "Asociația Nord", "link": "http://localhost:8000/cont/"}


def post(**changes):
    return post_message(**{"kind": KIND, "key": "one", "to": "ana@example.org", "values": VALUES, **changes})


@pytest.mark.django_db
def test_a_second_call_with_the_key_writes_nothing():
    first = post()
    assert post(to="dan@example.org") == first
    assert Message.objects.get().to == "ana@example.org"


@pytest.mark.django_db
def test_text_and_html_say_the_same():
    message = post()
    assert message.subject == "About Asociația Nord"
    assert "Asociația Nord" in message.text
    assert "Open the page:\nhttp://localhost:8000/cont/" in message.text
    assert "- one\n- two" in message.text
    assert "<strong>Asociația Nord</strong>" in message.html
    assert 'href="http://localhost:8000/cont/"' in message.html


@pytest.mark.django_db
def test_a_message_goes_with_its_cause():
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_what_is_missing_or_no_address_is_refused():
    with pytest.raises(PlaceholderError, match="link"):
        post(values={"organisation": "x"})
    with pytest.raises(ValidationError):
        post(to="ana@example.org\nBcc: all@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "[press](http://evil.example)",
        "<a href='http://evil.example'>x</a>",
        "http://evil.example",
        "**b** _i_ {link}",
        "evil.example",
    ],
)
def test_a_name_makes_no_link_and_no_markup(name):
    rendered = preview_message(kind=KIND, values={**VALUES, "organisation": name}, language="ro")
    assert rendered.html.count("<a ") == preview_message(kind=KIND, values=VALUES, language="ro").html.count(
        "<a "
    )
    # A subject is linked by no mail program; elsewhere one would make a link of a bare address.
    shown = rendered.html.partition("</head>")[2] + rendered.text
    assert "//evil.example" not in shown
    assert "evil.example" not in shown


@pytest.mark.django_db
def test_a_name_makes_no_header():
    message = post(values={**VALUES, "organisation": "X\r\nBcc: all@example.org"})
    assert message.subject == "About X Bcc: all@example.org"
