"""Passkeys and the proof of a second factor, by a key in software; and what attackers try with them."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from core.accounts.choices import Role
from core.accounts.models import User
from core.accounts.second_factor import remember_set_up
from tests.accounts.authenticator import SoftKey, question_of
from tests.accounts.entering import LOGIN, enter, is_in, passkey_of, without_proof
from tests.accounts.letters import letters_to
from tests.factories.accounts import PASSWORD, UserFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_forms")]
NEW_KEY, SECOND_STEP, PROOF, KEY_SIGN_IN = (
    "/cont/securitate/chei/noua/",
    "/cont/securitate/cod/",
    "/cont/securitate/chei/reconfirmare/",
    "/cont/autentificare/cheie/",
)


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
        user = UserFactory()
        client = sign_in(Client(), user, second_factor=False)
        request = client.get("/cont/").wsgi_request
        codes = Authenticator(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
        remember_set_up(None, request, user, codes)
        assert not any(
            record["method"] == "mfa" for record in request.session["account_authentication_methods"]
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
