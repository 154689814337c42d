"""Every page that allauth may show is the portal's own: its addresses are walked, its templates compared with ours."""

from importlib import resources
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.template.loader import get_template
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils.translation import override

from scripts.places import ROOT
from tests.factories.accounts import PASSWORD, UserFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_forms", "templates_untold")]

# Pages of what the settings turn off; each begins so.
OFF = {
    "account/base_": "a frame of allauth's own pages",
    "account/snippets/": "a part of allauth's own pages",
    "account/email.html": "several addresses; ACCOUNT_CHANGE_EMAIL",
    "account/email_confirm.html": "confirmation by link; ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED",
    "account/verification_sent.html": "confirmation by link; ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED",
    "account/verified_email_required.html": "a decorator that the portal does not use",
    "account/confirm_login_code.html": "sign-in by code; ACCOUNT_LOGIN_BY_CODE_ENABLED",
    "account/request_login_code.html": "sign-in by code; ACCOUNT_LOGIN_BY_CODE_ENABLED",
    "account/confirm_password_reset_code.html": "reset by code; ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED",
    "account/confirm_phone_verification_code.html": "telephone numbers; ACCOUNT_SIGNUP_FIELDS",
    "account/phone_change.html": "telephone numbers; ACCOUNT_SIGNUP_FIELDS",
    "account/signup_by_passkey.html": "accounts without a password; MFA_PASSKEY_SIGNUP_ENABLED",
    "account/signup_closed.html": "sign-up is open; AccountAdapter.is_open_for_signup",
    "mfa/base_": "a frame of allauth's own pages",
    "mfa/recovery_codes/base.html": "a frame of allauth's own pages",
    "mfa/totp/base.html": "a frame of allauth's own pages",
    "mfa/webauthn/base.html": "a frame of allauth's own pages",
    "mfa/webauthn/snippets/": "a part of allauth's own pages",
    "mfa/trust.html": "trusted browsers; MFA_TRUST_ENABLED",
    "mfa/webauthn/signup_form.html": "accounts without a password; MFA_PASSKEY_SIGNUP_ENABLED",
    "mfa/webauthn/authenticator_list.html": "the keys stand on the page of safety",
    "socialaccount/base_": "a frame of allauth's own pages",
    "socialaccount/snippets/": "a part of allauth's own pages",
    "socialaccount/login.html": "onward.html takes its place",
    "socialaccount/login_redirect.html": "cookies that no link may send; SESSION_COOKIE_SAMESITE",
    "usersessions/base_": "a frame of allauth's own pages",
}
ARGUMENTS: dict[str, list[Any]] = {
    "account_reset_password_from_key": ["1", "abc-def"],
    "openid_connect_login": ["oidc"],
    "openid_connect_callback": ["oidc"],
}


def allauth_pages() -> list[str]:
    """Names of allauth's templates of pages."""
    root = resources.files("allauth") / "templates"
    folders = [root / app for app in ("account", "mfa", "socialaccount", "usersessions")]
    found = []
    while folders:
        folder = folders.pop()
        for entry in folder.iterdir():
            if entry.is_dir():
                folders.append(entry)
            elif entry.name.endswith(".html"):
                found.append(str(entry).rpartition("templates/")[2])
    return sorted(found)


@pytest.mark.parametrize("name", allauth_pages())
def test_each_page_of_allauth_has_one_of_the_portal_in_its_place(name):
    if any(name.startswith(off) for off in OFF):
        return
    template = get_template(name).template
    assert str(template.origin.name).startswith(str(ROOT / "templates")), name


def test_what_is_left_out_exists():
    pages = allauth_pages()
    assert [off for off in OFF if not any(page.startswith(off) for page in pages)] == []


def names_of(resolver: URLResolver) -> set[str]:
    names: set[str] = set()
    for entry in resolver.url_patterns:
        names |= names_of(entry) if isinstance(entry, URLResolver) else {str(entry.name)}
    return names


def allauth_addresses() -> list[str]:
    """Names of allauth's addresses that the portal has, and its own beside them."""
    return sorted(
        name
        for name in names_of(get_resolver("allauth.urls")) | {"my_account", "account_profile"}
        if _exists(name)
    )


def _exists(name: str) -> bool:
    try:
        reverse(name, args=ARGUMENTS.get(name) or ([1] if name.endswith(("_webauthn",)) else []))
    except NoReverseMatch:
        try:
            reverse(name)
        except NoReverseMatch:
            return False
    return True


def people() -> dict[str, Client]:
    """A visitor, somebody with nothing but a password, somebody with every factor, somebody half-way in."""
    plain, full = UserFactory(), UserFactory(second_factor=True)
    RecoveryCodes.activate(full)
    half, unconfirmed = Client(), Client()
    half.post("/cont/autentificare/", {"login": full.email, "password": PASSWORD})
    new = UserFactory()
    EmailAddress.objects.filter(user=new).update(verified=False)
    unconfirmed.post("/cont/autentificare/", {"login": new.email, "password": PASSWORD})
    return {
        "visitor": Client(),
        "plain": sign_in(Client(), plain),
        "full": sign_in(Client(), full),
        "half": half,
        "unconfirmed": unconfirmed,
    }


def follow(client: Client, address: str, seen: set[tuple[Client, str]]) -> Any:
    """The page to which the address leads this client; nothing when that was looked at before."""
    page = client.get(address)
    for _redirect in range(5):
        if page.status_code not in {301, 302, 303}:
            return page
        place = (client, page.url.partition("?")[0])
        if place in seen:
            return None
        seen.add(place)
        page = client.get(page.url)
    raise AssertionError(f"{address} leads in circles.")


@pytest.mark.parametrize("language", ["ro", "en"])
def test_every_address_answers_in_the_portals_frame(language):
    assert len(allauth_addresses()) > 25
    wrong, clients, seen = [], people(), set()
    key = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    for name in allauth_addresses():
        with override(language):
            try:
                address = reverse(name, args=ARGUMENTS.get(name, []))
            except NoReverseMatch:
                address = reverse(name, args=[key.pk])
        if name == "account_logout":
            continue
        for who, client in clients.items():
            page = follow(client, address, seen)
            if page is None or not page["Content-Type"].startswith("text/html"):
                continue
            text = page.text
            fine = (
                page.status_code in {200, 404}
                and 'class="site-header"' in text
                and text.count("<h1") == 1
                and f'<html lang="{language}"' in text
                and "<script>" not in text
            )
            if not fine:
                wrong.append((who, address, page.status_code))
    assert wrong == []
