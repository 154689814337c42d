"""Sign-in by a provider of the settings, against a real one on loopback, honest and not."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pydantic import ValidationError

from core.accounts.choices import Role
from core.accounts.models import User
from promotori.environment import Environment
from tests.accounts.letters import code_sent_to, letters_to
from tests.accounts.provider import CLIENT, SECRET, running_provider
from tests.factories.accounts import PASSWORD, UserFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_forms")]
START, ANSWER = "/cont/identitate/oidc/", "/cont/identitate/oidc/raspuns/"
ANA = {
    "sub": "ana-1",
    "email": "ana@example.org",
    "email_verified": True,
    "name": "Ana  Pop",
    "cnp": "2900101",
}


@pytest.fixture(scope="module")
def running():
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running, settings):
    running.claims, running.faults = dict(ANA), set()
    running.grants.clear()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "provider_class": "core.accounts.openid.Provider",
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Identitatea Națională",
                    "client_id": CLIENT,
                    "secret": SECRET,
                    "settings": {"server_url": running.url, "oauth_pkce_enabled": True},
                }
            ],
        }
    }
    return running


def there(client: Client, start: str = START, **headers: str) -> str:
    """Goes to the provider and is sent back; returns the address to come back by."""
    onward = client.get(start, headers=headers)
    assert onward.status_code == 302, onward.text
    back = requests.get(onward["Location"], allow_redirects=False, timeout=5)
    return back.headers["Location"].removeprefix("http://testserver")


def back(client: Client, start: str = START):
    address = there(client, start)
    return client.get("/" + address.split("/", 3)[3] if "://" in address else address)


def is_in(client: Client) -> bool:
    return client.get("/cont/").status_code == 200


def test_the_environment_names_a_provider_wholly_by_https_or_not_at_all():
    whole = {
        "oidc_server_url": "https://identitate.example.ro",
        "oidc_client_id": "portalul",
        "oidc_client_secret": "x",
        "oidc_name": "Identitatea",
    }
    needed = {
        "secret_key": "x" * 50,
        "database_url": "x",
        "redis_url": "x",
        "site_url": "https://portal.example.ro",
    }
    needed |= {"portal_mode": "production", "contact_email": "echipa@example.ro"}

    assert Environment(_env_file=None, **needed, **whole).production_faults() == []
    assert Environment(_env_file=None, **needed).oidc_server_url == ""
    for name in whole:
        with pytest.raises(ValidationError, match="go together"):
            Environment(_env_file=None, **needed, **{**whole, name: ""})
    bare = Environment(
        _env_file=None, **needed, **{**whole, "oidc_server_url": "http://identitate.example.ro"}
    )
    assert bare.production_faults() == ["OIDC_SERVER_URL must begin with https://."]


def test_without_settings_there_is_no_button_and_no_address(client):
    assert "/cont/identitate/" not in client.get("/cont/autentificare/").text
    assert client.get(START).status_code == client.get(ANSWER).status_code == 404
    assert client.post(START).status_code == 404


def test_a_new_person_comes_in_with_a_verified_address(client, provider):
    page = client.get("/cont/autentificare/?next=/cont/securitate/")
    assert "Autentificați-vă cu Identitatea Națională" in page.text
    assert f'href="{START}?next=%2Fcont%2Fsecuritate%2F"' in page.text

    done = back(client, f"{START}?next=/cont/securitate/")

    assert done.url == "/cont/securitate/"
    assert is_in(client)
    user = User.objects.get()
    assert (user.full_name, user.email, user.has_usable_password()) == ("Ana Pop", "ana@example.org", False)
    assert EmailAddress.objects.get().verified
    account = SocialAccount.objects.get()
    assert account.uid == "ana-1"
    assert "cnp" not in str(account.extra_data)
    again = Client()
    provider.claims["email"] = "alta@example.org"
    back(again)
    assert is_in(again)
    assert User.objects.count() == 1


def test_an_unverified_address_is_confirmed_by_a_code_first(client, provider):
    provider.claims["email_verified"] = "false"

    sent = back(client)

    assert sent.url == "/cont/confirmare/"
    assert not is_in(client)
    client.post(sent.url, {"code": code_sent_to("ana@example.org")})
    assert is_in(client)


def test_a_missing_name_and_address_are_asked_for(client, provider):
    del provider.claims["name"]
    form = back(client)
    assert form.url == "/cont/identitate/cont-nou/"
    page = client.get(form.url)
    assert 'value="ana@example.org"' in page.text
    assert "site-header" in page.text
    refused = client.post(form.url, {"full_name": " ", "email": "x"})
    assert "Scrieți-vă numele." in refused.text

    client.post(form.url, {"full_name": "Ana Maria", "email": "hot@example.org"})

    assert is_in(client)
    user = User.objects.get()
    assert (user.full_name, user.email) == ("Ana Maria", "ana@example.org")


def test_an_account_with_the_verified_address_is_opened_and_told(client, provider):
    user = UserFactory(email="ana@example.org")

    back(client)

    assert is_in(client)
    assert SocialAccount.objects.get().user == user
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert any("Identitatea Națională" in letter for letter in letters_to("ana@example.org"))


def test_an_account_whose_address_was_never_confirmed_keeps_nothing_of_who_made_it(client, provider):
    squatter = UserFactory(email="ana@example.org")
    EmailAddress.objects.update(verified=False)
    thief = sign_in(Client(), squatter)

    assert back(client).url == "/cont/confirmare/"
    squatter.refresh_from_db()
    assert not squatter.has_usable_password()
    assert not is_in(thief)
    client.post("/cont/confirmare/", {"code": code_sent_to("ana@example.org")})
    assert is_in(client)


@pytest.mark.parametrize("verified", [False, "true", 1, None])
def test_an_address_that_is_not_verified_opens_no_account(client, provider, verified):
    UserFactory(email="ana@example.org")
    provider.claims["email_verified"] = verified

    assert back(client).url == "/cont/confirmare/"
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_an_address_opens_no_account_of_the_team(client, provider):
    UserFactory(email="ana@example.org", roles=[Role.EDITOR], second_factor=False)

    back(client)

    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_the_team_connects_it_inside_and_still_proves_the_second_factor(client, provider):
    user = UserFactory(roles=[Role.EDITOR])
    sign_in(client, user)
    assert "Identitatea Națională" in client.get("/cont/identitate/").text
    onward = client.post(START)
    address = onward.text.split('href="http://127.0.0.1')[1].split('"')[0].replace("&amp;", "&")
    answer = requests.get(f"http://127.0.0.1{address}", allow_redirects=False, timeout=5).headers["Location"]
    assert client.get(f"{ANSWER}?{urlsplit(answer).query}").url == "/cont/identitate/"
    assert SocialAccount.objects.get().user == user

    other = Client()
    assert back(other).url == "/cont/securitate/cod/"
    assert not is_in(other)

    client.post("/cont/identitate/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_a_link_on_another_site_only_asks(client, provider):
    asked = client.get(START, headers={"sec-fetch-site": "cross-site"})
    assert asked.status_code == 200
    assert "Continuați spre Identitatea Națională" in asked.text
    assert "127.0.0.1" not in asked.text


def test_nothing_is_connected_by_a_link(client, provider):
    user = UserFactory()
    sign_in(client, user)

    back(client, f"{START}?process=connect")

    assert not SocialAccount.objects.filter(user=user).exists()
    assert Client().post(START).url == "/cont/autentificare/"


@pytest.mark.parametrize(
    "fault",
    [
        "nonce", "no nonce", "signature", "kid", "unsigned", "shared secret", "issuer", "audience", "other portals",
        "old", "other person", "no identity", "babble",
    ],
)  # fmt: skip
def test_a_provider_that_lies_signs_nobody_in(client, provider, fault):
    UserFactory(email="ana@example.org")
    address = there(client)
    provider.faults.add(fault)

    answer = client.get(f"{ANSWER}?{urlsplit(address).query}")

    assert answer.status_code == 401
    assert "Autentificarea nu a reușit" in answer.text
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_userinfo_is_not_needed(client, provider):
    provider.faults.add("no userinfo")
    back(client)
    assert is_in(client)


@pytest.mark.parametrize("fault", ["discovery", "babble"])
def test_a_provider_that_cannot_be_read_is_a_page_that_says_so(client, provider, fault):
    provider.faults.add(fault)
    answer = client.get(START)
    assert answer.status_code == 401
    assert "Autentificarea nu a reușit" in answer.text


def test_a_provider_that_is_away_is_a_page_that_says_so(client, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    assert client.get(START).status_code == 401


def test_an_answer_without_its_question_is_refused(client, provider):
    address = there(client)
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

    for state in ("", "x", query["state"] + "x"):
        assert client.get(ANSWER, {**query, "state": state}).status_code == 401
    # Another browser's question.
    assert Client().get(ANSWER, query).status_code == 401
    assert client.get(ANSWER, query).status_code == 302
    # The same answer a second time.
    assert Client().get(ANSWER, query).status_code == 401


def test_giving_up_there_is_no_fault(client, provider):
    address = there(client)
    state = parse_qs(urlsplit(address).query)["state"][0]
    given_up = client.get(ANSWER, {"error": "access_denied", "state": state}, follow=True)
    assert "Ați renunțat la autentificare" in given_up.text


def test_the_visitor_chooses_neither_where_to_go_nor_what_is_asked(client, provider):
    onward = client.get(f"{START}?next=https://evil.example/&scope=admin&auth_params=prompt%3Dnone")
    asked = parse_qs(urlsplit(onward["Location"]).query)
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked
    back_by = requests.get(onward["Location"], allow_redirects=False, timeout=5).headers["Location"]
    assert client.get(f"{ANSWER}?{urlsplit(back_by).query}").url == "/cont/"


def test_the_language_of_the_page_is_kept(client, provider):
    back(client, "/en/cont/identitate/oidc/")
    assert User.objects.get().language == "en"
