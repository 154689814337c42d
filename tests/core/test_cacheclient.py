"""The cache asks Redis through one client, not through one made for each question."""

from django.core.cache import cache, caches


def test_the_client_is_made_once():
    client = caches["default"]._cache

    assert client.get_client("a") is client.get_client("b", write=True)


def test_it_keeps_and_forgets():
    cache.set("word", "dud", 60)
    assert cache.get("word") == "dud"

    cache.delete("word")
    assert cache.get("word") is None
