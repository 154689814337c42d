"""Consents: exactly the words that were shown, versions that never change, what may be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from core.accounts import purposes
from core.accounts.models import Consent, ConsentText
from core.accounts.purposes import Purpose, register_purpose
from core.accounts.selectors import consents_of
from core.accounts.services.consents import (
    ConsentStaysError,
    current_text,
    give_consent,
    store_first_texts,
    withdraw_consent,
)
from tests.factories.accounts import UserFactory, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def purpose(monkeypatch):
    monkeypatch.setattr(purposes, "_purposes", dict(purposes._purposes))
    ended = []
    made = register_purpose(
        Purpose(
            "test-news", "News", "I would like news.", on_withdrawal=lambda consent: ended.append(consent.pk)
        )
    )
    register_purpose(Purpose("test-oath", "Oath", "It is true.", withdrawable=False))
    return made, ended


def test_the_first_words_are_stored_once_and_later_versions_take_their_place(purpose):
    first = current_text("test-news")
    later = ConsentText.objects.create(
        purpose="test-news", version=2, text="Vreau vești.", text_en="I want news."
    )
    ConsentText.objects.create(
        purpose="test-news", version=3, text="Mâine.", valid_from=timezone.now() + timedelta(days=1)
    )

    assert (first.version, first.text_en) == (1, "I would like news.")
    assert current_text("test-news") == later
    with override("ro"):
        assert later.label == "Vreau vești."
    with pytest.raises(KeyError):
        current_text("nobody-registered-this")


def test_every_registered_purpose_has_its_first_words_in_both_languages():
    """Written after each migrate; the Romanian ones need the compiled catalogues."""
    store_first_texts()

    for each in purposes.purposes():
        text = current_text(each.key)
        assert text.text
        assert text.text_en
        assert text.text != text.text_en, each.key


def test_agreeing_twice_to_the_same_words_is_one_consent_and_new_words_are_another(purpose):
    user = UserFactory()
    first = give_consent(purpose="test-news", user=user, email="alt@example.org", language="ro", about=user)

    assert give_consent(purpose="test-news", user=user, language="ro", about=user) == first
    assert first.email == ""
    assert consents_of(user)[0].is_current
    ConsentText.objects.create(purpose="test-news", version=2, text="Altfel.")
    assert not consents_of(user)[0].is_current
    assert give_consent(purpose="test-news", user=user, language="ro", about=user) != first
    assert Consent.objects.count() == 2
    with pytest.raises(ValueError, match="not a text"):
        give_consent(purpose="test-oath", user=user, language="ro", text=first.text)


def test_a_consent_is_withdrawn_once_with_what_stood_on_it_and_the_row_stays(purpose):
    _made, ended = purpose
    consent = give_consent(purpose="test-news", email="Ana@Example.org", language="en")

    withdraw_consent(consent=consent)
    moment = Consent.objects.get().withdrawn_at
    withdraw_consent(consent=consent)

    assert consent.email == "ana@example.org"
    assert ended == [consent.pk]
    assert Consent.objects.get().withdrawn_at == moment
    with pytest.raises(ConsentStaysError):
        withdraw_consent(consent=give_consent(purpose="test-oath", email="a@example.org", language="ro"))


def test_a_person_withdraws_their_own_consents_by_post_alone(client, purpose):
    user, other = UserFactory(), UserFactory()
    mine = give_consent(purpose="test-news", user=user, language="ro")
    oath = give_consent(purpose="test-oath", user=user, language="ro")
    theirs = give_consent(purpose="test-news", user=other, language="ro")
    sign_in(client, user)

    page = client.get("/cont/date/").text
    assert "I would like news." in page or "It is true." in page
    assert page.count("/retragere/") == 1
    assert client.get(f"/cont/date/acorduri/{mine.pk}/retragere/").status_code == 405
    assert client.post(f"/cont/date/acorduri/{theirs.pk}/retragere/").status_code == 404
    assert client.post(f"/cont/date/acorduri/{10**30}/retragere/").status_code == 404
    assert client.post(f"/cont/date/acorduri/{oath.pk}/retragere/", follow=True).status_code == 200
    assert client.post(f"/cont/date/acorduri/{mine.pk}/retragere/", follow=True).status_code == 200
    assert Consent.objects.get(pk=mine.pk).withdrawn_at is not None
    assert Consent.objects.get(pk=oath.pk).withdrawn_at is None
    assert Consent.objects.get(pk=theirs.pk).withdrawn_at is None
