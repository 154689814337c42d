"""A template and its context become a PDF: PDF/A-3a for the archive and PDF/UA-1 for every reader, in one file.

A form to be filled in is PDF/UA-1 alone (:mod:`core.documents.fillable`).
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from core.documents.conformance import finish
from core.documents.engine import load_engine
from core.documents.errors import DocumentFaultError
from core.documents.fillable import finish_form
from core.documents.fonts import drawable_characters
from core.documents.resources import digest_of_resources, read_static
from core.documents.text import printable

logger = logging.getLogger(__name__)

# Raise when :mod:`core.documents` draws the same input differently than before.
DRAWING = "1"


class Purpose(StrEnum):
    """What a document is made for, as WeasyPrint's name of the standard that it is drawn to."""

    READING = "pdf/a-3a"  # to be kept and read: PDF/UA-1 besides
    FILLING = "pdf/ua-1"  # a form; a file marked as PDF/A is opened for reading only


@dataclass(frozen=True)
class PreparedDocument:
    """Everything that a document depends on, before the dear step of drawing it."""

    title: str
    language: str
    html: str
    stylesheets: tuple[str, ...]
    purpose: Purpose = Purpose.READING

    @property
    def fingerprint(self) -> str:
        """Names the content: two documents with one fingerprint are the same bytes. Fit as an ETag.

        Cheap: a process that only hands out kept documents never loads WeasyPrint (60 MB and a second).
        """
        parts = (
            DRAWING,
            version("weasyprint"),
            self.purpose,
            self.html,
            *self.stylesheets,
            digest_of_resources(self.html, *self.stylesheets),
        )
        return sha256("\0".join(parts).encode()).hexdigest()


def prepare_document(
    *,
    template: str,
    context: Mapping[str, Any],
    stylesheets: Sequence[str],
    title: str,
    language: str = "ro",
    dated: datetime | None = None,
    purpose: Purpose = Purpose.READING,
) -> PreparedDocument:
    """The document's HTML and style sheets: all that a drawing needs, without WeasyPrint.

    ``template`` extends ``documents/base.html``, which takes title, language and ``dated`` (aware; shown in the
    file's properties) from here; without ``dated`` the file has no date, never that of the clock, so that the
    same input gives the same bytes. ``stylesheets`` are static files, later ones win. A form that is to be filled
    in says so by its ``purpose``.
    """
    created = dated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if dated else ""
    about = {"title": title, "language": language, "created": created}
    with translation.override(language):
        html = render_to_string(template, {**context, "document": about})
    return PreparedDocument(
        title=title,
        language=language,
        html=html,
        stylesheets=tuple(read_static(name) for name in stylesheets),
        purpose=purpose,
    )


def draw_document(document: PreparedDocument) -> bytes:
    """The document as PDF, about 0.1 s of processor time a page; the same bytes for the same input.

    The text is brought to NFC, and what the document's fonts do not have is left out or shown as an empty square.

    Whatever WeasyPrint warns of (an unknown property, a refused address, a picture without description) raises
    ``DocumentFaultError`` in tests; elsewhere it is logged and the document is made all the same. Raises
    ``MissingSystemPartsError`` before anything is drawn when libraries or fonts are not installed.
    """
    engine, drawable = load_engine(), drawable_characters()
    html, title = printable(document.html, drawable), printable(document.title, drawable)
    content, metadata, messages = engine.draw(html, document.stylesheets, document.purpose)
    if (metadata.title, metadata.lang) != (title.strip(), document.language):
        messages.append(f"title and language are {metadata.title!r}, {metadata.lang!r}")
    if messages:
        remedy = f"{document.title}: {'; '.join(messages)}"
        if settings.PORTAL_MODE == "test":
            raise DocumentFaultError(remedy)
        logger.error("Document drawn with faults: %s", remedy)
    return finish_form(content) if document.purpose == Purpose.FILLING else finish(content)


def render_pdf(
    *,
    template: str,
    context: Mapping[str, Any],
    stylesheets: Sequence[str],
    title: str,
    language: str = "ro",
    dated: datetime | None = None,
) -> bytes:
    """``prepare_document`` and ``draw_document`` in one call, for documents made once."""
    return draw_document(
        prepare_document(
            template=template,
            context=context,
            stylesheets=stylesheets,
            title=title,
            language=language,
            dated=dated,
        )
    )
