"""What administrators do with people's data, and what auditors only read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.accounts import purposes
from core.accounts.choices import ErasureCause, Role
from core.accounts.models import ConsentText, Erasure
from core.accounts.purposes import Purpose, register_purpose
from core.accounts.services.consents import give_consent
from core.messaging.models import Message
from tests.factories.accounts import UserFactory, sign_in, staff_client

pytestmark = pytest.mark.django_db


def test_an_administrator_enters_a_request_that_came_by_letter_and_takes_it_back():
    person, admin = UserFactory(full_name="Ana Pop"), staff_client(Role.ADMINISTRATOR)
    page = f"/admin/accounts/user/{person.pk}/forget/"

    assert page in admin.get(f"/admin/accounts/user/{person.pk}/change/").text
    assert "Ce se șterge" in admin.get(page).text
    assert "Scrieți motivul" in admin.post(page, {"step": "forget", "reason": " "}).text
    assert not Erasure.objects.exists()
    assert admin.post(page, {"step": "forget", "reason": "Scrisoare din 3 noiembrie"}).status_code == 302
    erasure = Erasure.objects.get()
    assert (erasure.cause, erasure.user) == (ErasureCause.STAFF, person)
    assert erasure.asked_by.roles == {Role.ADMINISTRATOR}
    assert Message.objects.get().kind == "accounts.erasure_by_staff"
    assert "va fi șters" in admin.get(page).text
    assert admin.post(page, {"step": "keep"}).status_code == 302
    assert not Erasure.objects.open().exists()
    assert "Scrisoare" in staff_client(Role.AUDITOR).get(f"/admin/accounts/erasure/{erasure.pk}/change/").text


def test_nobody_else_enters_one_and_staff_are_refused():
    person, colleague = UserFactory(), UserFactory(roles=[Role.EDITOR])
    send = {"step": "forget", "reason": "x"}

    for role in (Role.PROGRAMME_MANAGER, Role.EDITOR, Role.AUDITOR):
        assert staff_client(role).post(f"/admin/accounts/user/{person.pk}/forget/", send).status_code in {
            403,
            404,
        }, role
    assert (
        sign_in(Client(), person).post(f"/admin/accounts/user/{person.pk}/forget/", send).status_code == 302
    )
    admin = staff_client(Role.ADMINISTRATOR)
    assert "rol al echipei" in admin.post(f"/admin/accounts/user/{colleague.pk}/forget/", send).text
    assert admin.post("/admin/accounts/user/999999/forget/", send).status_code == 404
    assert not Erasure.objects.exists()


def test_unused_accounts_of_staff_are_found():
    old = timezone.now() - timedelta(days=800)
    UserFactory(roles=[Role.EDITOR], full_name="Coleg Plecat", last_login=old, date_joined=old)
    listed = staff_client(Role.ADMINISTRATOR).get("/admin/accounts/user/?folosire=nefolosit").text

    assert "Coleg Plecat" in listed
    assert listed.count('class="field-email') <= 1


def test_new_words_are_a_new_version_and_words_in_use_never_change(monkeypatch):
    monkeypatch.setattr(purposes, "_purposes", {})
    register_purpose(Purpose("test-news", "News", "I would like news."))
    first = give_consent(purpose="test-news", email="a@example.org", language="ro").text
    admin = staff_client(Role.ADMINISTRATOR)
    form = {
        "purpose": "test-news",
        "text": "Vreau vești.",
        "text_en": "I want news.",
        "valid_from_0": timezone.localdate() + timedelta(days=2),
        "valid_from_1": "08:00",
    }

    assert admin.post("/admin/accounts/consenttext/add/", form).status_code == 302
    later = ConsentText.objects.get(version=2)
    change = "/admin/accounts/consenttext/{}/change/"
    assert admin.post(change.format(later.pk), {**form, "text": "Doresc vești."}).status_code == 302
    assert admin.post(change.format(first.pk), form).status_code == 403
    later.refresh_from_db()
    assert later.text == "Doresc vești."
    ConsentText.objects.filter(pk=later.pk).update(valid_from=timezone.now())
    assert admin.post(change.format(later.pk), {**form, "text": "Altceva."}).status_code == 403
    assert admin.post(f"/admin/accounts/consenttext/{later.pk}/delete/", {"post": "yes"}).status_code == 403
    auditor = staff_client(Role.AUDITOR)
    assert "a@example.org" in auditor.get("/admin/accounts/consent/").text
    assert auditor.get("/admin/accounts/consenttext/add/").status_code == 403
