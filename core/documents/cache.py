"""Drawn documents kept by their content: drawn once for all who ask, never older than their data."""

from core.documents.rendering import PreparedDocument, draw_document
from core.singleflight import made_once

KEPT_SECONDS = 7 * 24 * 3600
# Longer than the longest drawing; a process that dies while drawing holds the others up no longer than this.
LOCK_SECONDS = 60


def cached_pdf(document: PreparedDocument) -> bytes:
    """The document as PDF, from the cache when the same content was drawn before.

    The key is the fingerprint of the content: changed data is another key, so an old PDF can never be served.
    Of several processes that ask at once for a document not yet drawn, one draws and the others wait for it.
    """
    return made_once(
        f"document:{document.fingerprint}",
        lambda: draw_document(document),
        seconds=KEPT_SECONDS,
        patience=LOCK_SECONDS,
    )
