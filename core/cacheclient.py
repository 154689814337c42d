"""The portal's way to Redis: Django's cache, with a client that is made once instead of at every question."""

from functools import cache
from typing import Any

from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.cache.backends.redis import RedisCacheClient


class _KeptClient(RedisCacheClient):
    """Keeps the client of each pool: it holds no connection, and making it takes as long as asking with it."""

    _client: Any

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self._client = cache(self._client)


class RedisCache(DjangoRedisCache):
    """Django's cache in Redis; each thread has its own, as before."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _KeptClient
