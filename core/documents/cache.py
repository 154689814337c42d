"""Drawn documents kept by their content: drawn once for all who ask, never older than their data."""

import time
from secrets import token_hex

from django.core.cache import cache

from core.documents.rendering import PreparedDocument, draw_document

KEPT_SECONDS = 7 * 24 * 3600
# Longer than the longest drawing; a process that dies while drawing holds the others up no longer than this.
LOCK_SECONDS = 60
_POLL_SECONDS = 0.05


def cached_pdf(document: PreparedDocument) -> bytes:
    """The document as PDF, from the cache when the same content was drawn before.

    The key is the fingerprint of the content: changed data is another key, so an old PDF can never be served.
    Of several processes that ask at once for a document not yet drawn, one draws and the others wait for it;
    when that one fails or takes more than ``LOCK_SECONDS``, the next tries.
    """
    key = f"document:{document.fingerprint}"
    lock = f"{key}:drawing"
    while True:
        kept = cache.get(key)
        if kept is not None:
            return bytes(kept)
        token = token_hex(16)
        if cache.add(lock, token, LOCK_SECONDS):
            return _draw_and_keep(document, key, lock, token)
        time.sleep(_POLL_SECONDS)


def _draw_and_keep(document: PreparedDocument, key: str, lock: str, token: str) -> bytes:
    try:
        # Somebody may have finished between our look and our lock.
        kept = cache.get(key)
        if kept is not None:
            return bytes(kept)
        content = draw_document(document)
        cache.set(key, content, KEPT_SECONDS)
        return content
    finally:
        # A lock that timed out meanwhile is another's.
        if cache.get(lock) == token:
            cache.delete(lock)
