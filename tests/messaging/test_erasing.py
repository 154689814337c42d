"""Words are kept as long as they are of use, and go with their person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.accounts.personal_data import erasings, sections
from core.messaging.models import Attempt, Message, MessageAttachment
from core.messaging.personal_data import forget_mails, mails
from core.messaging.services import Attachment
from core.messaging.services.delivery import deliver_due
from core.messaging.services.erasing import KEPT, erase_old_messages
from tests.factories.accounts import UserFactory
from tests.messaging.conftest import letter

pytestmark = pytest.mark.django_db
FILE = Attachment("a.txt", "text/plain", b"x")


def test_words_go_after_a_year_and_the_fact_stays():
    old, new = letter("1", attachments=[FILE]), letter("2")
    deliver_due()
    Message.objects.filter(pk=old.pk).update(sent_at=timezone.now() - KEPT - timedelta(days=1))

    assert erase_old_messages(now=timezone.now()) == 1
    assert erase_old_messages(now=timezone.now()) == 0
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.to, old.subject, old.text, old.status) == ("", "", "", "sent")
    assert new.text
    assert not MessageAttachment.objects.exists()


def test_a_person_takes_their_mails_along():
    user = UserFactory()
    sent = letter("1", to=user.email, user=user)
    deliver_due()
    Attempt.objects.update(answer=f"250 {user.email}")
    waiting, by_address, other = (
        letter("2", to=user.email, user=user),
        letter("3", to=user.email.upper()),
        letter("4"),
    )
    assert [each["Text" if "Text" in each else "Textul"] for each in map(_words, mails(user))].count("") == 0

    for _twice in range(2):
        forget_mails(user)

    for message in (sent, waiting, by_address):
        message.refresh_from_db()
        assert (message.to, message.text, message.html, message.user) == ("", "", "", None)
    assert (waiting.status, waiting.stop_reason) == ("cancelled", "erased")
    assert set(sent.tries.values_list("answer", flat=True)) == {""}
    other.refresh_from_db()
    assert other.text


def _words(facts):
    return {str(key): value for key, value in facts.items()}


def test_my_data_and_erasure_know_of_mails():
    assert any(section.facts is mails for section in sections())
    assert any(step.erase is forget_mails for step in erasings())
