"""Sessions, address, name and password: what protects an account, and what attackers try."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils.translation import override

from core.accounts.adapter import NO_ADDRESS
from core.accounts.device import device_of
from core.accounts.models import User
from tests.accounts.entering import LOGIN, enter, is_in
from tests.accounts.letters import code_sent_to, letters_to
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_forms")]
SESSIONS, ADDRESS = "/cont/securitate/sesiuni/", "/cont/adresa/"
NEW = {"password1": "alt dud înflorit azi", "password2": "alt dud înflorit azi"}


class TestSessions:
    def test_each_is_listed_with_its_device_and_ended_at_once(self):
        user = UserFactory()
        mine, other, third = enter(user), enter(user, Client(headers={"user-agent": ""})), enter(user)

        page = mine.get(SESSIONS)
        assert page.text.count("Firefox pe Windows") == 2
        assert page.text.count("Browser necunoscut, dispozitiv necunoscut") == 1
        assert page.text.count(">aceasta<") == 1
        assert "127.0.0.1" in page.text

        key = other.session.session_key
        mine.post(f"{SESSIONS}{UserSession.objects.get(session_key=key).pk}/incheiere/")
        assert [is_in(mine), is_in(other), is_in(third)] == [True, False, True]

        mine.post(f"{SESSIONS}incheiere/")
        assert [is_in(mine), is_in(third)] == [True, False]
        assert "Încheiați toate celelalte sesiuni" not in mine.get(SESSIONS).text
        assert UserSession.objects.count() == 1

    def test_ending_this_one_is_signing_out(self):
        client = enter(UserFactory())
        assert client.post(f"{SESSIONS}{UserSession.objects.get().pk}/incheiere/").url == LOGIN
        assert not is_in(client)
        assert not UserSession.objects.exists()

    def test_others_sessions_are_not_there(self):
        victim = enter(UserFactory())
        thief = enter(UserFactory())
        number = UserSession.objects.get(session_key=victim.session.session_key).pk
        assert thief.post(f"{SESSIONS}{number}/incheiere/").status_code == 404
        assert thief.get(f"{SESSIONS}{number}/incheiere/").status_code == 405
        assert is_in(victim)
        assert "Firefox" in thief.get(SESSIONS).text
        assert thief.get(SESSIONS).text.count("list-item-title") == 1

    def test_a_new_password_ends_the_others(self):
        user = UserFactory()
        mine, other = enter(user), enter(user)
        mine.post("/cont/parola/", {"oldpassword": PASSWORD, **NEW})
        assert [is_in(mine), is_in(other)] == [True, False]
        assert mine.get(SESSIONS).text.count("list-item-title") == 1

    def test_a_session_given_before_sign_in_is_not_the_one_after(self, client):
        client.get(LOGIN)
        planted = client.session.session_key
        session = client.session
        session["x"] = 1
        session.save()
        planted = session.session_key
        client.cookies["sessionid"] = planted
        enter(UserFactory(), client)
        assert is_in(client)
        assert client.session.session_key != planted
        thief = Client()
        thief.cookies["sessionid"] = planted
        assert not is_in(thief)

    def test_a_server_that_knows_no_address_still_lets_in(self):
        client = Client(REMOTE_ADDR="")
        enter(UserFactory(), client)
        assert is_in(client)
        assert NO_ADDRESS not in client.get(SESSIONS).text

    @pytest.mark.parametrize(
        ("user_agent", "words"),
        [
            (
                "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0",
                "Microsoft Edge on Linux",
            ),
            ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28 Chrome/130", "Samsung Internet on Android"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604", "Safari on iPhone"),
            ("Chrome/1", "Chrome, unknown device"),
            ("Macintosh", "Unknown browser on Mac"),
            ("curl/8", "Unknown browser, unknown device"),
        ],
    )
    def test_devices_are_told_in_plain_words(self, user_agent, words):
        with override("en"):
            assert device_of(user_agent) == words


class TestAddress:
    def test_it_changes_by_a_code_to_the_new_one_and_a_word_to_the_old(self):
        user = UserFactory(email="veche@example.org")
        client = enter(user)

        sent = client.post(ADDRESS, {"email": "Noua@example.org"})
        assert sent.url == "/cont/confirmare/"
        user.refresh_from_db()
        assert user.email == "veche@example.org"
        assert "noua@example.org" in client.get(ADDRESS).text
        assert "Păstrați adresa actuală" in client.get(sent.url).text
        client.post(sent.url, {"code": code_sent_to("noua@example.org")})

        user.refresh_from_db()
        assert user.email == "noua@example.org"
        assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
            ("noua@example.org", True, True)
        ]
        assert any("noua@example.org" in letter for letter in letters_to("veche@example.org"))
        assert is_in(client)

    def test_the_password_is_asked_for_first_when_it_was_given_long_ago(self):
        client = enter(UserFactory())
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 3600
        session.save()
        assert client.post(ADDRESS, {"email": "noua@example.org"}).url.startswith("/cont/reconfirmare/")
        done = client.post(f"/cont/reconfirmare/?next={ADDRESS}", {"password": PASSWORD})
        assert done.url == "/cont/confirmare/"

    def test_an_address_of_somebody_else_is_not_told_and_not_taken(self):
        UserFactory(email="alta@example.org")
        user = UserFactory(email="mea@example.org")
        client = enter(user)
        free = enter(UserFactory(email="a-treia@example.org"))

        taken, new = (
            client.post(ADDRESS, {"email": "alta@example.org"}),
            free.post(ADDRESS, {"email": "n@example.org"}),
        )
        assert taken.url == new.url
        client.post(taken.url, {"code": code_sent_to("alta@example.org")})

        user.refresh_from_db()
        assert user.email == "mea@example.org"

    @pytest.mark.parametrize(
        "address", ["", "x", "mea@example.org", "a\x00@example.org", "a" * 300 + "@example.org"]
    )
    def test_what_cannot_be_an_address_is_said(self, address):
        client = enter(UserFactory(email="mea@example.org"))
        page = client.post(ADDRESS, {"email": address})
        assert page.status_code == 422
        assert "error-summary" in page.text

    def test_wrong_codes_end_the_change_and_not_the_session(self):
        user = UserFactory(email="mea@example.org")
        client = enter(user)
        client.post(ADDRESS, {"email": "noua@example.org"})
        for _try in range(3):
            client.post("/cont/confirmare/", {"code": "AAAA-AAAA"})
        client.post("/cont/confirmare/", {"code": code_sent_to("noua@example.org")})
        user.refresh_from_db()
        assert user.email == "mea@example.org"
        assert is_in(client)


class TestProfile:
    def test_name_and_language_are_changed(self):
        user = UserFactory()
        client = enter(user)
        assert (
            client.post("/cont/profil/", {"full_name": " Ana\u202e  Pop", "language": "en"}).url
            == "/cont/profil/"
        )
        user.refresh_from_db()
        assert (user.full_name, user.language) == ("Ana Pop", "en")

    @pytest.mark.parametrize("changed", [{"full_name": ""}, {"full_name": "N" * 10_000}, {"language": "xx"}])
    def test_faults_are_said_and_what_was_typed_stays(self, changed):
        user = UserFactory(full_name="Ana")
        page = enter(user).post("/cont/profil/", {"full_name": "Maria", "language": "ro", **changed})
        assert page.status_code == 422
        assert changed.get("full_name", "Maria") in page.text
        user.refresh_from_db()
        assert user.full_name == "Ana"

    def test_rights_are_not_changed_with_them(self):
        user = UserFactory()
        enter(user).post(
            "/cont/profil/",
            {
                "full_name": "Ana",
                "language": "ro",
                "is_superuser": "on",
                "email": "x@example.org",
                "is_active": "",
            },
        )
        fresh = User.objects.get()
        assert (fresh.is_superuser, fresh.email, fresh.is_active) == (False, user.email, True)
