"""WeasyPrint as this process uses it: loaded once, one font configuration, one drawing at a time."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib import import_module
from threading import RLock
from typing import Any

from core.documents.fonts import FAMILIES, require_families
from core.documents.languages import mark_languages_of_passages
from core.documents.resources import content_type, locate

_messages: ContextVar[list[str] | None] = ContextVar("weasyprint_messages", default=None)


class _MessageCollector(logging.Handler):
    """Hands WeasyPrint's warnings and errors to the drawing that caused them."""

    def emit(self, record: logging.LogRecord) -> None:
        collected = _messages.get()
        if collected is not None:
            collected.append(record.getMessage())


class Engine:
    """Turns HTML text into a PDF with tags; holds what is dear to make (fonts, parsed style sheets).

    Pango's font map is not safe for threads, hence the lock; processes do not wait for each other.
    """

    def __init__(self) -> None:
        require_families()
        mark_languages_of_passages()
        self._weasyprint: Any = import_module("weasyprint")
        self._fonts: Any = import_module("weasyprint.text.fonts").FontConfiguration()
        self._fetcher = _portal_fetcher()
        self._lock = RLock()
        self._stylesheet = lru_cache(maxsize=64)(self._parse)

    def draw(self, html: str, stylesheets: tuple[str, ...], variant: str) -> tuple[bytes, Any, list[str]]:
        """The PDF, WeasyPrint's reading of title and language, and whatever it warned of.

        A font from outside the project (a style sheet that forgot its family) counts as a warning.
        """
        with self._lock, _collected_messages() as messages:
            source = self._weasyprint.HTML(string=html, url_fetcher=self._fetcher)
            parsed = [self._stylesheet(css) for css in stylesheets]
            document = source.render(font_config=self._fonts, stylesheets=parsed, pdf_variant=variant)
            content = document.write_pdf(pdf_variant=variant)
            foreign = {font.family for font in document.fonts.values()} - {family.name for family in FAMILIES}
            messages += [f"the font {family!r} is not one of the project's" for family in sorted(foreign)]
            return content, document.metadata, messages

    def _parse(self, css: str) -> Any:
        return self._weasyprint.CSS(string=css, url_fetcher=self._fetcher, font_config=self._fonts)


@cache
def load_engine() -> Engine:
    """The process's engine; raises ``MissingSystemPartsError`` when libraries or fonts are not installed."""
    logger = logging.getLogger("weasyprint")
    if not any(isinstance(handler, _MessageCollector) for handler in logger.handlers):
        logger.addHandler(_MessageCollector(level=logging.WARNING))
    return Engine()


def _portal_fetcher() -> Any:
    urls = import_module("weasyprint.urls")

    class PortalFetcher(urls.URLFetcher):  # type: ignore[name-defined]
        """Loads what :mod:`core.documents.resources` allows; every refusal is a logged error of the drawing."""

        def fetch(self, url: str, headers: object = None) -> Any:
            path = locate(url)
            return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type(path)})

    return PortalFetcher(allowed_protocols=("static", "media"), allow_redirects=False)


@contextmanager
def _collected_messages() -> Iterator[list[str]]:
    messages: list[str] = []
    token = _messages.set(messages)
    try:
        yield messages
    finally:
        _messages.reset(token)
