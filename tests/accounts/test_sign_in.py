"""Journeys through sign-in: by password, by code, by a forgotten password; and what they never tell."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from core.accounts.choices import STAFF_ROLES, Role
from core.accounts.models import User
from core.messaging.models import Message
from core.messaging.services.delivery import deliver_due
from tests.factories.accounts import PASSWORD, TOTP_SECRET, UserFactory, sign_in, staff_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_forms")]
LOGIN, RESET = "/cont/autentificare/", "/cont/parola/uitata/"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def give_password(client: Client, user: User, password: str = PASSWORD, **extra: str):
    return client.post(LOGIN, {"login": user.email, "password": password, **extra})


def body(response) -> str:
    """The page without what differs at every request: tokens, and the address typed back."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.text)
    return re.sub(r"[\w.]+@example\.org", "", text)


def test_a_person_signs_in_and_lands_on_their_account(client):
    user = UserFactory(full_name="Ana Pop")

    response = client.post(LOGIN, {"login": user.email.upper(), "password": PASSWORD}, follow=True)

    assert response.redirect_chain[-1][0] == "/cont/"
    assert "Ana Pop" in response.text
    assert "nu are încă un rol" in response.text


def test_next_page_is_kept_and_never_leads_elsewhere(client):
    user = UserFactory()

    assert give_password(client, user, next="/cont/securitate/").url == "/cont/securitate/"
    client.logout()
    assert give_password(client, user, next="https://evil.example/").url == "/cont/"


def test_wrong_password_and_unknown_address_are_answered_alike(client):
    user = UserFactory()
    wrong = client.post(LOGIN, {"login": user.email, "password": "altceva"})
    unknown = client.post(LOGIN, {"login": "nimeni@example.org", "password": "altceva"})

    assert "Adresa de e-mail sau parola nu este corectă." in wrong.text
    assert body(wrong) == body(unknown)
    assert wrong.status_code == unknown.status_code == 200


def test_closed_account_is_not_told_apart_without_its_password(client):
    closed, open_ = UserFactory(is_active=False), UserFactory()

    assert body(give_password(client, closed, "greșit")) == body(give_password(client, open_, "greșit"))
    assert "_auth_user_id" not in client.session


def test_tries_are_limited_for_an_account_and_end_calmly(client):
    user = UserFactory()
    for _number in range(5):
        give_password(client, user, "greșit")

    response = give_password(client, user)

    assert "Prea multe încercări" in response.text
    assert "_auth_user_id" not in client.session


def test_tries_are_limited_for_a_visitor_whatever_the_account(client):
    answers = [client.post(LOGIN, {"login": f"x{n}@example.org", "password": "x"}) for n in range(31)]

    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert "Prea multe încercări" in answers[-1].text


def test_forgotten_password_is_answered_alike_for_known_and_unknown(client, mailoutbox):
    user = UserFactory()
    known = client.post(RESET, {"email": user.email}, follow=True)
    unknown = client.post(RESET, {"email": "nimeni@example.org"}, follow=True)

    assert body(known) == body(unknown)
    assert [message.to for message in mailoutbox] == [[user.email], ["nimeni@example.org"]]
    assert "Nu există un astfel de cont" in mailoutbox[1].body
    assert "/parola/noua/" not in mailoutbox[1].body


@pytest.mark.parametrize("known", [True, False])
def test_forgotten_password_waits_in_the_outbox_while_the_mail_server_is_away(client, settings, known):
    settings.EMAIL_BACKEND = "core.messaging.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    address = UserFactory().email if known else "nimeni@example.org"

    response = client.post(RESET, {"email": address})
    deliver_due()

    assert response.url == "/cont/parola/uitata/trimis/"
    message = Message.objects.get()
    assert (message.to, message.status) == (address, "queued")
    assert message.tries.get().outcome == "unreachable"


def test_forgotten_password_is_chosen_anew_by_the_link(client, mailoutbox):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    link = re.search(r"http://testserver(/cont/parola/noua/\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True)
    action = form.redirect_chain[-1][0]

    weak = client.post(action, {"password1": "123456", "password2": "123456"})
    assert "error-summary" in weak.text
    done = client.post(
        action, {"password1": "alt dud înflorit azi", "password2": "alt dud înflorit azi"}, follow=True
    )

    assert "Parola a fost schimbată" in done.text
    assert give_password(client, user, "alt dud înflorit azi").url == "/cont/"
    assert mailoutbox[-1].subject == "Parola a fost schimbată"
    used = Client().get(link, follow=True)
    assert "Linkul nu mai este valabil" in used.text


def test_mail_is_in_the_language_of_the_person_as_text_and_html(client, mailoutbox):
    user = UserFactory(language="en", email="o'neil+x@example.org")
    client.post(RESET, {"email": user.email})

    message = mailoutbox[0]
    html, kind = message.alternatives[0]
    link = re.search(r"http\S+/noua/\S+", message.body)[0]
    assert kind == "text/html"
    assert message.subject == "Choose a new password"
    assert "Good day," in message.body
    assert "Good day," in html
    assert f'href="{link}"' in html
    assert "&#x27;" not in message.body


def test_unconfirmed_address_is_confirmed_by_a_code(client, mailoutbox):
    user = UserFactory()
    EmailAddress.objects.filter(user=user).update(verified=False)

    page = client.post(LOGIN, {"login": user.email, "password": PASSWORD}, follow=True)
    assert "Confirmați adresa de e-mail" in page.text
    code = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", mailoutbox[0].body, re.M)[1]
    refused = client.post("/cont/confirmare/", {"code": "AAAAAA"})
    assert "error-summary" in refused.text
    client.post("/cont/confirmare/", {"code": code})

    assert client.get("/cont/").status_code == 200
    assert EmailAddress.objects.get(user=user).verified


def test_second_factor_is_asked_and_a_code_serves_once(client):
    user = UserFactory(roles=[Role.EDITOR])
    step = give_password(client, user)
    assert step.url == "/cont/securitate/cod/"
    assert client.get("/cont/").url.startswith(LOGIN)

    wrong = client.post(step.url, {"code": "000000"})
    assert "Codul nu este corect." in wrong.text
    code = code_of(TOTP_SECRET)
    assert client.post(step.url, {"code": code}).url == "/admin/"
    assert client.get("/cont/").status_code == 200

    other = Client()
    give_password(other, user)
    again = other.post("/cont/securitate/cod/", {"code": code})
    assert "Codul nu este corect." in again.text


def test_codes_cannot_be_guessed_at_will(client):
    user = UserFactory(roles=[Role.EDITOR])
    give_password(client, user)
    answers = [client.post("/cont/securitate/cod/", {"code": f"{n:06d}"}) for n in range(8)]

    assert "Prea multe încercări" in answers[-1].text
    assert "_auth_user_id" not in client.session


def test_recovery_code_lets_in_once(client):
    user = UserFactory(roles=[Role.EDITOR])
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    give_password(client, user)
    client.post("/cont/securitate/cod/", {"code": code})
    assert client.get("/cont/").status_code == 200

    other = Client()
    give_password(other, user)
    assert "Codul nu este corect." in other.post("/cont/securitate/cod/", {"code": code}).text


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_staff_without_second_factor_reach_only_its_set_up(role):
    client = sign_in(Client(), UserFactory(roles=[role], second_factor=False))

    for address in ("/", "/cont/", "/cont/parola/", "/admin/", "/organizatii/", "/en/"):
        response = client.get(address)
        assert (response.status_code, response.url.removeprefix("/en")) == (
            302,
            "/cont/securitate/aplicatie/",
        ), address
    for address in ("/cont/securitate/aplicatie/", "/accesibilitate/", "/confidentialitate/", "/healthz"):
        assert client.get(address).status_code == 200, address
    assert client.post("/cont/iesire/").url == "/"


@pytest.mark.django_db(transaction=True)
def test_second_factor_is_set_up_and_opens_the_admin(client, mailoutbox):
    user = UserFactory(roles=[Role.ADMINISTRATOR], second_factor=False)
    assert client.post(LOGIN, {"login": user.email, "password": PASSWORD}).url == "/admin/"
    page = client.get("/admin/", follow=True)
    secret = re.search(r'class="secret-key">([A-Z2-7]+)<', page.text)[1]
    assert 'src="data:image/svg+xml;base64,' in page.text

    wrong = client.post("/cont/securitate/aplicatie/", {"code": "000000"})
    assert secret in wrong.text
    done = client.post("/cont/securitate/aplicatie/", {"code": code_of(secret)})

    assert done.url == "/cont/securitate/coduri/"
    assert Authenticator.objects.filter(user=user).count() == 2
    codes = client.get(done.url)
    assert len(re.findall(r"<li><code>", codes.text)) == 10
    assert mailoutbox[0].subject == "Al doilea factor a fost activat"
    assert client.get("/cont/securitate/coduri/descarcare/")["Content-Disposition"].startswith("attachment")
    assert client.get("/admin/").status_code == 200


def test_staff_session_without_a_code_is_asked_for_one(client):
    user = UserFactory(roles=[Role.ADMINISTRATOR])
    sign_in(client, user, second_factor=False)

    asked = client.get("/admin/accounts/user/?q=a")
    assert asked.url == "/cont/securitate/reconfirmare/?next=%2Fadmin%2Faccounts%2Fuser%2F%3Fq%3Da"
    assert client.post("/admin/").url == "/cont/securitate/reconfirmare/"
    assert client.get(asked.url).status_code == 200
    client.post(asked.url, {"code": code_of(TOTP_SECRET), "next": "/admin/"})
    assert client.get("/admin/").status_code == 200


def test_second_factor_of_one_session_does_not_serve_another_person(client):
    first, second = UserFactory(roles=[Role.EDITOR]), UserFactory(roles=[Role.EDITOR])
    sign_in(client, first)
    session = client.session
    records = session["account_authentication_methods"]
    client.force_login(second, backend="core.accounts.backends.PasswordBackend")
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(first.pk)
    session.save()

    assert client.get("/admin/").url.startswith("/cont/securitate/reconfirmare/")


def test_admin_has_no_sign_in_of_its_own(client):
    response = client.get("/admin/login/?next=/admin/accounts/user/")
    assert response.url.startswith(LOGIN)
    posted = client.post("/admin/login/", {"username": "a@example.org", "password": "x"})
    assert posted.url.startswith(LOGIN)


def test_admin_is_refused_to_others_without_a_loop(client):
    sign_in(client, UserFactory(roles=[Role.EVALUATOR]))

    response = client.get("/admin/", follow=True)

    assert response.status_code == 403
    assert len(response.redirect_chain) <= 1


def test_signing_out_is_by_post_alone(client):
    sign_in(client, UserFactory())

    assert client.get("/cont/iesire/").status_code == 200
    assert client.get("/cont/").status_code == 200
    assert client.post("/cont/iesire/").url == "/"
    assert client.get("/cont/").url.startswith(LOGIN)


def test_password_is_changed_with_the_present_one(client):
    user = UserFactory()
    sign_in(client, user)
    new = {"password1": "alt dud înflorit azi", "password2": "alt dud înflorit azi"}

    assert "error-summary" in client.post("/cont/parola/", {"oldpassword": "greșit", **new}).text
    assert client.post("/cont/parola/", {"oldpassword": PASSWORD, **new}).url == "/cont/"
    user.refresh_from_db()
    assert user.check_password("alt dud înflorit azi")
    assert client.get("/cont/").status_code == 200


def test_turning_the_second_factor_off_asks_for_the_password_again(client, mailoutbox):
    user = UserFactory(second_factor=True)
    sign_in(client, user)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()

    asked = client.get("/cont/securitate/aplicatie/oprire/")
    assert asked.url.startswith("/cont/reconfirmare/")
    assert (
        client.post(
            asked.url, {"password": PASSWORD, "next": "/cont/securitate/aplicatie/oprire/"}
        ).status_code
        == 302
    )
    client.post("/cont/securitate/aplicatie/oprire/")
    assert not Authenticator.objects.filter(user=user).exists()
    assert len(mailoutbox) == 1


def test_admin_speaks_the_language_of_the_person():
    english = staff_client(Role.ADMINISTRATOR)
    User.objects.update(language="en")
    assert english.get("/admin/")["Content-Language"] == "en"
    User.objects.update(language="ro")
    assert english.get("/admin/")["Content-Language"] == "ro"
