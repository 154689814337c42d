"""Health, readiness, sitemap, robots; with the database and cache really gone where that is the question."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.pages import health
from promotori.checks import check_demo_people
from promotori.demo import DEMO_DOMAIN
from tests.factories.accounts import UserFactory

ASK = """
import django; django.setup()
from django.test import Client
for address in ("/healthz", "/readyz"):
    answer = Client().get(address)
    print(address, answer.status_code, answer.content.decode().strip())
"""


def ask(**environment: str) -> str:
    """What a fresh process answers in that environment."""
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "promotori.settings", **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_without_database_and_cache_the_process_is_up_and_not_ready():
    answer = ask(DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing", REDIS_URL="redis://127.0.0.1:9/0")
    assert "/healthz 200 ok" in answer
    assert "/readyz 503 database" in answer


@pytest.mark.django_db
def test_without_the_cache_it_is_not_ready(client, settings, monkeypatch):
    monkeypatch.setattr(health, "_migrated", True)
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "cache\n")


@pytest.mark.django_db
def test_ready_when_all_is_there(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    response = client.get("/readyz")

    assert (response.status_code, response.text) == (200, "ready\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_missing_migration_is_named(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    newest = MigrationLoader(connection).graph.leaf_nodes("pages")[0]
    MigrationRecorder(connection).record_unapplied(*newest)

    response = client.get("/readyz")

    assert (response.status_code, response.text) == (503, "migrations\n")


@pytest.mark.django_db
def test_people_of_the_demo_stop_production(client, settings):
    UserFactory(email=f"administrator@{DEMO_DOMAIN}")
    assert client.get("/readyz").status_code == 200
    assert check_demo_people(databases=["default"]) == []

    settings.PORTAL_MODE = "production"

    assert client.get("/readyz").text == "no demo people\n"
    assert "portal.E001" in [fault.id for fault in run_checks(tags=["database"], databases=["default"])]
    assert check_demo_people(databases=None) == []


@pytest.mark.django_db
def test_sitemap_names_every_public_page_in_both_languages(client, settings):
    index = client.get("/sitemap.xml")
    sections = re.findall(r"<loc>([^<]+)</loc>", index.text)
    assert len(sections) >= 4
    page = client.get("/sitemap-pagini.xml")
    addresses = set(re.findall(r"<loc>([^<]+)</loc>", page.text))

    site = settings.SITE_URL
    assert {f"{site}/organizatii/", f"{site}/en/organizatii/"} <= addresses
    assert f'hreflang="en" href="{site}/en/organizatii/"' in page.text
    assert f'hreflang="x-default" href="{site}/organizatii/"' in page.text
    for section in sections:
        assert client.get(section.removeprefix(site)).status_code == 200
    for address in addresses:
        assert client.get(address.removeprefix(site)).status_code == 200, address


def test_robots_leave_the_accounts_alone_and_the_demo_wholly(client, settings):
    assert "Disallow: /cont/" in client.get("/robots.txt").text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in client.get("/robots.txt").text
    settings.PORTAL_MODE = "demo"
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
