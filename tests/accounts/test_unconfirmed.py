"""Accounts that nobody confirmed go after 30 days; who has anything here stays, and so does what others wrote."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client

from core.accounts.choices import Role
from core.accounts.models import Consent, RoleGrant, User
from core.accounts.services import unconfirmed
from core.accounts.services.consents import current_text
from core.accounts.services.unconfirmed import erase_unconfirmed
from core.accounts.tasks import erase_unconfirmed_task
from core.messaging.models import Message
from core.models import StateChange
from organisations.choices import SubmissionKind
from organisations.models import Invitation, Membership, Submission
from tests.accounts.letters import code_sent_to
from tests.admin.world import an_organisation
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 3, 1, 10, tzinfo=UTC)
OVER = MADE + timedelta(days=30)
FORM = {"full_name": "Ana Exemplu", "email": "ana@example.org", "password1": PASSWORD}


def unconfirmed_person(**fields) -> User:
    """An account as signing up leaves it, on the day when its 30 days are over."""
    user = UserFactory(**{"date_joined": MADE, **fields})
    EmailAddress.objects.filter(user=user).update(verified=False)
    return user


@pytest.mark.usefixtures("quick_forms")
def test_it_goes_on_its_day_with_its_mails_and_the_address_is_free_again(client):
    client.post("/cont/inregistrare/", FORM)
    user = User.objects.get(email=FORM["email"])
    User.objects.update(date_joined=MADE)
    assert settings.UNCONFIRMED_DAYS == 30

    assert erase_unconfirmed(now=OVER - timedelta(seconds=1)) == 0
    assert Message.objects.filter(user=user, to=user.email).exists()
    assert erase_unconfirmed(now=OVER) == 1

    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not Message.objects.exclude(to="", text="", status__in=("cancelled", "sent")).exists()
    # A month later: limits on tries are over too.
    cache.clear()
    newcomer = Client()
    newcomer.post("/cont/inregistrare/", FORM)
    newcomer.post("/cont/confirmare/", {"code": code_sent_to(FORM["email"])})
    assert EmailAddress.objects.get().verified
    assert erase_unconfirmed(now=OVER + timedelta(days=365)) == 0


def test_whoever_confirmed_signed_in_or_has_something_here_stays():
    record = an_organisation(1)
    UserFactory(date_joined=MADE)
    kept = [unconfirmed_person() for _number in range(8)]
    User.objects.filter(pk=kept[0].pk).update(last_login=MADE)
    User.objects.filter(pk=kept[1].pk).update(is_superuser=True)
    RoleGrant.objects.create(user=kept[2], role=Role.EVALUATOR)
    Membership.objects.create(organisation=record, user=kept[3])
    Submission.objects.create(kind=SubmissionKind.ENROLMENT, applicant=kept[4])
    text = current_text("organisation-enrolment")
    Consent.objects.create(text=text, user=kept[5], language="ro")
    StateChange.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        target="listed",
        actor=kept[6],
        at=MADE,
    )
    # Only a version says that it was once theirs.
    Membership.objects.create(organisation=record, user=kept[7]).delete()
    gone = unconfirmed_person()

    assert list(unconfirmed.unconfirmed(now=OVER)) == [gone]
    assert erase_unconfirmed_task() == 1
    assert User.objects.count() == len(kept) + 1


def test_what_others_wrote_about_the_address_is_not_touched():
    """Anybody may sign up with the address of an organisation: that must take nothing from it."""
    owner = UserFactory()
    stranger = unconfirmed_person(full_name="Asociația Exemplu 1")
    record = an_organisation(1, summary=f"Scrieți la {stranger.email}")
    Invitation.objects.create(organisation=record, email=stranger.email, invited_by=owner, expires_at=OVER)
    Consent.objects.create(text=current_text("organisation-enrolment"), email=stranger.email, language="ro")
    letter = {"key": "k", "kind": "x", "message_id": "m", "language": "ro", "next_attempt_at": OVER}
    Message.objects.create(**letter, to=stranger.email, text="Bună")

    assert erase_unconfirmed(now=OVER) == 1

    version = record.history.get()
    assert (version.legal_name, version.summary) == ("Asociația Exemplu 1", record.summary)
    for model in (Invitation, Consent):
        assert model.objects.get().email == stranger.email
    assert (Message.objects.get().to, Message.objects.get().text) == (stranger.email, "Bună")


def test_one_that_fails_stops_no_other_and_one_that_was_confirmed_meanwhile_stays(monkeypatch, caplog):
    failing, confirming, gone = (unconfirmed_person() for _number in range(3))

    def forget(*, user, **options):
        if user == failing:
            raise RuntimeError

    found = unconfirmed.unconfirmed(now=OVER)
    keys = list(found.values_list("pk", flat=True))
    EmailAddress.objects.filter(user=confirming).update(verified=True)
    monkeypatch.setattr(unconfirmed, "forget_recipient", forget)

    assert [unconfirmed._erase(key, OVER) for key in keys if key == confirming.pk] == [0]
    assert erase_unconfirmed(now=OVER) == 1
    assert set(User.objects.all()) == {failing, confirming}
    assert "is tried again" in caplog.text
    assert not User.objects.filter(pk=gone.pk).exists()
