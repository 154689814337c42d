"""To be forgotten: asked for with proof, taken back for a fortnight, made on its day, refused to the team."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from core.accounts.choices import ErasureCause, Role
from core.accounts.models import Erasure, User
from core.accounts.services.erasure import ErasureRefusedError, ask_erasure, erase_due, keep_account
from core.accounts.services.roles import grant_role
from core.accounts.services.sessions import forget_ended_sessions
from core.messaging.models import Message
from tests.factories.accounts import PASSWORD, UserFactory, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/cont/date/stergere/"


def test_the_page_says_what_goes_and_stays_and_asks_for_address_and_password(client):
    user = UserFactory(email="ana.pop@example.org", full_name="Ana Pop")
    sign_in(client, user)
    session = client.session
    old = time.time() - 3600
    session["account_authentication_methods"] = [{"method": "password", "at": old, "email": user.email}]
    session.save()

    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Ce se șterge" in page.text
    asked = client.post(PAGE, {"address": "ana.pop@example.org"})
    assert asked.status_code == 302
    assert asked["Location"].startswith("/cont/reconfirmare/")
    assert not Erasure.objects.exists()

    proved = client.post(asked["Location"], {"password": PASSWORD, "next": PAGE})
    assert proved.status_code == 302
    erasure = Erasure.objects.get()
    assert erasure.cause == ErasureCause.OWN
    assert erasure.due_at - erasure.asked_at == timedelta(days=14)
    assert "Contul dumneavoastră va fi șters" in client.get(PAGE).text
    message = Message.objects.get(kind="accounts.erasure_asked")
    assert message.to == user.email
    assert "/cont/date/stergere/" in message.text


def test_a_wrong_address_changes_nothing_and_hostile_ones_neither(client):
    user = UserFactory()
    sign_in(client, user)

    for typed in ("", "altcineva@example.org", "x" * 10_000, "\x00", "\u202e" + user.email):
        assert client.post(PAGE, {"address": typed}).status_code == 422, typed[:20]
    assert not Erasure.objects.exists()
    assert client.post(PAGE, {"address": user.email.upper()}).status_code == 302
    assert client.post(PAGE, {"address": user.email}).status_code == 302
    assert Erasure.objects.count() == Message.objects.count() == 1


def test_it_is_taken_back_by_post_and_by_nobody_else(client):
    user, other = UserFactory(), UserFactory()
    ask_erasure(user=user)
    sign_in(client, user)

    assert client.get("/cont/date/pastrare/").status_code == 405
    assert sign_in(Client(), other).post("/cont/date/pastrare/").status_code == 302
    assert Erasure.objects.open().count() == 1
    assert client.post("/cont/date/pastrare/").status_code == 302
    assert not Erasure.objects.open().exists()
    assert not keep_account(user=user)
    assert erase_due(now=timezone.now() + timedelta(days=30)) == 0
    # Asked again, it is another request with its own fortnight and its own mail.
    ask_erasure(user=user)
    assert Message.objects.count() == 2


def test_it_is_made_on_its_day_once_and_ends_every_session(client):
    user, other = UserFactory(), UserFactory()
    sign_in(client, user)
    sign_in(Client(), other)
    erasure = ask_erasure(user=user)

    assert erase_due(now=erasure.due_at - timedelta(seconds=1)) == 0
    assert erase_due(now=erasure.due_at) == 1
    assert erase_due(now=erasure.due_at) == 0

    erasure.refresh_from_db()
    assert (erasure.user, erasure.done_at, erasure.left) == (None, erasure.due_at, [])
    assert not User.objects.filter(pk=user.pk).exists()
    assert Session.objects.count() == 1
    assert client.get("/cont/date/")["Location"].startswith("/cont/autentificare/")


def test_one_erasure_that_fails_leaves_that_person_whole_and_stops_no_other(monkeypatch):
    from core.accounts import personal_data

    first, second = UserFactory(), UserFactory()
    due = [ask_erasure(user=user).due_at for user in (first, second)]

    def fails(user: User) -> None:
        if user.pk == first.pk:
            raise RuntimeError("probă")

    monkeypatch.setattr(personal_data, "_erasings", [*personal_data._erasings, personal_data.Erasing(fails)])
    assert erase_due(now=max(due)) == 1
    assert list(User.objects.all()) == [first]
    assert Erasure.objects.open().get().user == first


def test_the_team_is_not_erased_the_last_administrator_least_of_all(client):
    user = UserFactory(roles=[Role.ADMINISTRATOR])
    sign_in(client, user)

    assert "rol al echipei" in client.get(PAGE).text
    assert client.post(PAGE, {"address": user.email}).status_code == 422
    with pytest.raises(ErasureRefusedError):
        ask_erasure(user=user)

    other = UserFactory()
    erasure = ask_erasure(user=other)
    grant_role(user=other, role=Role.EDITOR)
    assert erase_due(now=erasure.due_at) == 0
    assert User.objects.filter(pk=other.pk).exists()
    assert not Erasure.objects.open().exists()


def test_ended_sessions_go_with_their_place_and_browser(client):
    user = UserFactory()
    sign_in(client, user)
    living = client.session.session_key
    for key in (living, "incheiata"):
        UserSession.objects.create(user=user, session_key=key, ip="192.0.2.7", user_agent="Firefox", data={})
    Session.objects.create(
        session_key="expirata", session_data="", expire_date=timezone.now() - timedelta(days=1)
    )

    assert forget_ended_sessions() == 1
    assert [each.session_key for each in UserSession.objects.all()] == [living]
    assert Session.objects.count() == 1
