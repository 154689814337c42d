"""What every answer carries: content policy, features refused, no cookie for readers, safe cookies for the rest."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from core.accounts.choices import Role
from tests.factories.accounts import PASSWORD, UserFactory, staff_client

pytestmark = pytest.mark.django_db
READ = (
    "/", "/en/", "/editii/", "/anunturi/", "/anunturi/atom.xml", "/organizatii/", "/organizatii/harta/", "/structuri/",
    "/videoconferinte/", "/cautare/", "/accesibilitate/", "/confidentialitate/", "/contact/", "/en/contact/",
    "/cont/inactiv/", "/robots.txt", "/sitemap.xml", "/healthz", "/nu-exista/", "/en/nothing/",
)  # fmt: skip


def directives(response) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("address", READ)
def test_reading_sets_no_cookie_and_is_under_the_strict_policy(client, address):
    response = client.get(address)

    policy = directives(response)
    assert not response.cookies
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_admin_alone_has_its_own_policy():
    client = staff_client(Role.ADMINISTRATOR)
    admin = directives(client.get("/admin/"))

    assert admin.pop("script-src") == ["'self'", "'unsafe-eval'"]
    assert admin.pop("style-src") == ["'self'", "'unsafe-inline'"]
    strict = directives(client.get("/cont/"))
    assert {name: strict[name] for name in admin} == admin
    for address in ("/administrator/", "/en/admin/", "/organizatii/?x=/admin/", "//admin/"):
        assert "unsafe" not in client.get(address)["Content-Security-Policy"], address


def test_the_one_cookie_is_the_session_and_no_script_reads_it(client):
    page = client.get("/cont/autentificare/")
    assert set(page.cookies) == {"sessionid"}
    response = client.post("/cont/autentificare/", {"login": UserFactory().email, "password": PASSWORD})

    cookie = response.cookies["sessionid"]
    assert set(response.cookies) == {"sessionid"}
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


def test_cookies_are_sent_by_https_alone_in_production():
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS)"
    )
    environment = {
        **os.environ,
        "PORTAL_MODE": "production",
        "SECRET_KEY": "x" * 60,
        "SITE_URL": "https://portal.example.ro",
        "ALLOWED_HOSTS": "portal.example.ro",
        "BEHIND_TLS_PROXY": "true",
        "DJANGO_SETTINGS_MODULE": "promotori.settings",
    }
    output = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert output.stdout.split() == ["True", "True", "True", "31536000"]


def test_a_form_without_its_token_is_refused_calmly():
    response = Client(enforce_csrf_checks=True).post(
        "/cont/autentificare/", {"login": "a@b.ro", "password": "x"}
    )

    assert response.status_code == 403
    assert "Formularul nu a fost trimis" in response.text
    assert response.text.count("<h1") == 1
