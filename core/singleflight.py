"""Costly values made once for all who ask at the same time, in whatever process they ask."""

import time
from collections.abc import Callable
from secrets import token_hex
from typing import TypeVar

from django.core.cache import cache

Value = TypeVar("Value")

_POLL_SECONDS = 0.02


def made_once(key: str, make: Callable[[], Value], *, seconds: int, patience: int) -> Value:
    """The value kept under ``key``, made by ``make`` when there is none, and kept for ``seconds``.

    Of several that ask at once one makes the value and the others wait for it. When that one fails, is killed or
    takes more than ``patience`` seconds, the next one tries. ``None`` cannot be kept.
    """
    lock = f"{key}:making"
    while True:
        value: Value | None = cache.get(key)
        if value is not None:
            return value
        token = token_hex(16)
        if cache.add(lock, token, patience):
            return _make_and_keep(key, make, seconds, lock, token)
        time.sleep(_POLL_SECONDS)


def _make_and_keep(key: str, make: Callable[[], Value], seconds: int, lock: str, token: str) -> Value:
    try:
        # Somebody may have finished between our look and our lock.
        kept: Value | None = cache.get(key)
        if kept is not None:
            return kept
        value = make()
        cache.set(key, value, seconds)
        return value
    finally:
        # A lock that timed out meanwhile is another's.
        if cache.get(lock) == token:
            cache.delete(lock)
