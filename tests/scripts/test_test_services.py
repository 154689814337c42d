"""The servers that the tests themselves run on."""

import os

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_postgres_sees_romanian_letters_as_letters():
    """With locale C, show_trgm would be empty and search would miss every word with ș or ț."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT cardinality(show_trgm('șț'))")
        assert cursor.fetchone()[0] > 0


def test_cache_is_the_workers_own():
    cache.set("who", os.environ.get("PYTEST_XDIST_WORKER", "controller"))
    assert cache.get("who") == os.environ.get("PYTEST_XDIST_WORKER", "controller")
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        assert worker in os.environ["RELEASE"]
        assert not os.environ["REDIS_URL"].endswith("=0")
