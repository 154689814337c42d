"""Passkeys, sessions, address, password: what protects an account, and what attackers try."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from core.accounts.adapter import NO_ADDRESS
from core.accounts.choices import Role
from core.accounts.device import device_of
from core.accounts.models import User
from tests.accounts.authenticator import SoftKey, question_of
from tests.accounts.letters import code_sent_to, letters_to
from tests.factories.accounts import PASSWORD, UserFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_forms")]
LOGIN, SESSIONS, ADDRESS = "/cont/autentificare/", "/cont/securitate/sesiuni/", "/cont/adresa/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = {"password1": "alt dud înflorit azi", "password2": "alt dud înflorit azi"}


def enter(user: User, client: Client | None = None, **extra: str) -> Client:
    """A browser in which the person has signed in by the page."""
    client = client or Client(headers={"user-agent": FIREFOX})
    client.post(LOGIN, {"login": user.email, "password": PASSWORD, **extra})
    return client


def is_in(client: Client) -> bool:
    return client.get("/cont/").status_code == 200


def passkey_of(user: User, name: str = "Telefonul") -> Authenticator:
    """A key as it is stored; no ceremony is made with it."""
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}}
    )


def without_proof(client: Client) -> None:
    session = client.session
    session["account_authentication_methods"] = [
        record for record in session["account_authentication_methods"] if record["method"] != "mfa"
    ]
    session.save()


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
        from django.utils.translation import override

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


class TestPasskeys:
    def test_the_question_names_the_portal_and_wishes_a_key_that_signs_in_alone(self, settings):
        settings.SITE_URL = "https://portal.example.ro"
        client = sign_in(Client(), UserFactory())
        page = client.get("/cont/securitate/chei/noua/")
        asked = json.loads(
            re.search(r'id="cheie-optiuni" type="application/json">(.*?)</script>', page.text)[1]
        )
        assert asked["publicKey"]["rp"] == {"id": "portal.example.ro", "name": "Promotorii Voluntariatului"}
        assert asked["publicKey"]["authenticatorSelection"]["residentKey"] == "preferred"
        assert "<script>" not in page.text

    @pytest.mark.parametrize(
        "credential",
        [
            "", "x", "[]", "1", "{}", "null", "[" * 15_000, "{" * 30_000, '{"id": "%%", "rawId": "%%", "type": 1}',
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", '
            '"attestationObject": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": "\\u00ff"}}',
        ],
    )  # fmt: skip
    def test_whatever_a_browser_sends_is_refused_in_words(self, credential):
        user = UserFactory(second_factor=True)
        inside = sign_in(Client(), user)
        inside.get("/cont/securitate/chei/noua/")
        added = inside.post("/cont/securitate/chei/noua/", {"name": "x", "credential": credential})
        assert added.status_code == 200
        assert "cheie" in added.text.lower()
        assert "error-summary" in added.text

        visitor = Client()
        assert (
            "challenge"
            in visitor.get("/cont/autentificare/cheie/", headers={"accept": "application/json"}).text
        )
        refused = visitor.post(
            "/cont/autentificare/cheie/", {"credential": credential, "next": "/cont/profil/"}
        )
        assert refused.url == f"{LOGIN}?next=%2Fcont%2Fprofil%2F"
        assert "heia de acces" in visitor.get(LOGIN).text or "cheie de acces" in visitor.get(LOGIN).text

        half = enter(user, Client())
        assert "error-summary" in half.post("/cont/securitate/cod/", {"credential": credential}).text
        assert not is_in(half)

    def test_others_keys_are_not_there(self):
        key = passkey_of(UserFactory())
        thief = sign_in(Client(), UserFactory())
        for page in ("nume", "stergere"):
            for method in (thief.get, thief.post):
                assert method(f"/cont/securitate/chei/{key.pk}/{page}/").status_code == 404
        key.refresh_from_db()
        # A key is no code generator, and a code generator is no key.
        generator = Authenticator.objects.get(user=UserFactory(second_factor=True))
        assert (
            sign_in(Client(), generator.user)
            .post(f"/cont/securitate/chei/{generator.pk}/stergere/")
            .status_code
            == 404
        )

    def test_a_key_is_renamed_and_removed(self):
        user = UserFactory()
        key = passkey_of(user)
        client = sign_in(Client(), user)
        assert "Telefonul" in client.get("/cont/securitate/").text
        client.post(f"/cont/securitate/chei/{key.pk}/nume/", {"name": "Cel vechi"})
        assert "Cel vechi" in client.get(f"/cont/securitate/chei/{key.pk}/stergere/").text
        assert (
            "error-summary" in client.post(f"/cont/securitate/chei/{key.pk}/nume/", {"name": "N" * 99}).text
        )
        client.post(f"/cont/securitate/chei/{key.pk}/stergere/")
        assert not Authenticator.objects.exists()
        assert any("cheie de acces" in letter.lower() for letter in letters_to(user.email))

    def test_whoever_of_the_team_takes_the_last_one_away_sets_up_another(self):
        user = UserFactory(roles=[Role.EDITOR], second_factor=False)
        client = sign_in(Client(), user)
        key = passkey_of(user)
        client = sign_in(Client(), user)
        assert client.get("/admin/").status_code == 200
        client.post(f"/cont/securitate/chei/{key.pk}/stergere/")
        assert client.get("/admin/").url == "/cont/securitate/aplicatie/"
        assert client.get("/cont/securitate/chei/noua/").status_code == 200

    @pytest.mark.parametrize("roles", [[], [Role.EDITOR]])
    @pytest.mark.parametrize(
        "page",
        ["aplicatie/", "aplicatie/oprire/", "chei/noua/", "coduri/", "coduri/noi/", "coduri/descarcare/"],
    )
    def test_a_session_from_before_the_factor_changes_no_factor(self, roles, page):
        user = UserFactory(roles=roles, second_factor=True)
        client = sign_in(Client(), user)
        without_proof(client)
        address = f"/cont/securitate/{page}"
        assert client.get(address).url.startswith("/cont/securitate/reconfirmare/")
        assert client.post(address).url.startswith("/cont/securitate/reconfirmare/")
        assert "/cont/reconfirmare/" not in client.get("/cont/securitate/reconfirmare/").text

    def test_new_recovery_codes_prove_nothing(self):
        from core.accounts.second_factor import remember_set_up

        user = UserFactory()
        client = sign_in(Client(), user, second_factor=False)
        request = client.get("/cont/").wsgi_request
        codes = Authenticator(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
        remember_set_up(None, request, user, codes)
        assert not any(
            record["method"] == "mfa" for record in request.session["account_authentication_methods"]
        )


NEW_KEY, SECOND_STEP, PROOF, KEY_SIGN_IN = (
    "/cont/securitate/chei/noua/",
    "/cont/securitate/cod/",
    "/cont/securitate/chei/reconfirmare/",
    "/cont/autentificare/cheie/",
)


def with_key(user: User, key: SoftKey, name: str = "Telefonul") -> Client:
    """A browser of the person, who has just added the key."""
    client = enter(user)
    credential = key.create(question_of(client.get(NEW_KEY)))
    done = client.post(NEW_KEY, {"name": name, "credential": credential})
    assert done.url == "/cont/securitate/coduri/", done.text
    return client


def by_key(key: SoftKey, client: Client | None = None, **changed: str) -> Client:
    """A browser whose owner signs in by the key alone."""
    client = client or Client()
    asked = question_of(client.get(KEY_SIGN_IN, headers={"accept": "application/json"}))
    client.post(KEY_SIGN_IN, {"credential": key.get(asked, **changed), "next": "/cont/profil/"})
    return client


@pytest.mark.django_db(transaction=True)
class TestCeremony:
    def test_the_team_sets_a_key_up_instead_of_codes_and_signs_in_with_it_alone(self):
        user, key = UserFactory(roles=[Role.EDITOR], second_factor=False), SoftKey()
        assert enter(user).get("/admin/").url == "/cont/securitate/aplicatie/"

        client = with_key(user, key)
        assert client.get("/admin/").status_code == 200

        other = Client()
        asked = question_of(other.get(KEY_SIGN_IN, headers={"accept": "application/json"}))
        assert "allowCredentials" not in asked or not asked["allowCredentials"]
        done = other.post(KEY_SIGN_IN, {"credential": key.get(asked), "next": "/admin/accounts/user/"})
        assert done.url == "/admin/accounts/user/"
        assert other.get("/admin/").status_code == 200

    def test_it_is_the_second_step_after_the_password_and_proves_an_old_session(self):
        user, key = UserFactory(roles=[Role.EDITOR], second_factor=False), SoftKey(verifies=False)
        old = with_key(user, key)
        half = Client()
        assert half.post(LOGIN, {"login": user.email, "password": PASSWORD}).url == SECOND_STEP
        page = half.get(SECOND_STEP)
        assert "Folosiți cheia de acces" in page.text
        assert half.post(SECOND_STEP, {"credential": key.get(question_of(page))}).url == "/admin/"
        assert half.get("/admin/").status_code == 200

        without_proof(old)
        asked = old.get("/admin/")
        assert asked.url == f"{PROOF}?next=%2Fadmin%2F"
        assert old.post("/admin/").url == PROOF
        page = old.get(asked.url)
        # The password alone proves nothing here, and is not offered.
        assert "/cont/reconfirmare/" not in page.text
        assert old.post(PROOF, {"credential": "x", "next": "/admin/"}).url == f"{PROOF}?next=%2Fadmin%2F"
        page = old.get(asked.url)
        assert old.post(PROOF, {"credential": key.get(question_of(page)), "next": "/admin/"}).url == "/admin/"
        assert old.get("/admin/").status_code == 200

    def test_alone_it_must_check_its_owner(self):
        user, key = UserFactory(), SoftKey(verifies=False)
        with_key(user, key)
        assert not is_in(by_key(key))

    def test_it_opens_no_account_but_its_own_and_answers_one_question_once(self):
        victim, thief, key, stolen = UserFactory(), UserFactory(), SoftKey(), SoftKey()
        with_key(victim, stolen)
        with_key(thief, key)
        assert not is_in(by_key(key, userHandle=stolen.user_handle))
        assert not is_in(by_key(SoftKey(user_handle=stolen.user_handle)))
        assert not is_in(by_key(SoftKey(user_handle=stolen.user_handle, credential_id=stolen.credential_id)))
        assert not is_in(
            by_key(SoftKey(private=key.private, credential_id=key.credential_id, rp_id="evil.example"))
        )

        client = Client()
        asked = question_of(client.get(KEY_SIGN_IN, headers={"accept": "application/json"}))
        answer = key.get(asked)
        assert not is_in(Client())
        other = Client()
        other.get(KEY_SIGN_IN, headers={"accept": "application/json"})
        other.post(KEY_SIGN_IN, {"credential": answer})
        assert not is_in(other)
        client.post(KEY_SIGN_IN, {"credential": answer})
        assert is_in(client)
        client.post("/cont/iesire/")
        client.post(KEY_SIGN_IN, {"credential": answer})
        assert not is_in(client)

    def test_a_closed_account_stays_closed(self):
        user, key = UserFactory(), SoftKey()
        with_key(user, key)
        User.objects.update(is_active=False)
        assert not is_in(by_key(key))

    def test_a_page_of_another_site_gets_nothing_in_production(self, settings):
        settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
        settings.SITE_URL = "https://portal.example.ro"
        user = UserFactory()
        client = enter(user)
        for origin in (
            "https://evil.example",
            "http://portal.example.ro",
            "https://portal.example.ro.evil.example",
        ):
            key = SoftKey(origin=origin, rp_id="portal.example.ro")
            sent = {"credential": key.create(question_of(client.get(NEW_KEY)))}
            assert "error-summary" in client.post(NEW_KEY, sent).text
        key = SoftKey(origin="https://portal.example.ro", rp_id="portal.example.ro")
        client.post(NEW_KEY, {"credential": key.create(question_of(client.get(NEW_KEY)))})
        assert (
            Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).get().wrap().name
            == "Cheia de acces 1"
        )
