"""The calendar of an edition as PDF, in the official three-part layout."""

from django.utils import translation
from django.utils.translation import pgettext

from core.documents.cache import cached_pdf
from core.documents.rendering import PreparedDocument, prepare_document
from videoconferences.calendar import CalendarDocument

STYLESHEETS = (
    "css/pdf/tokens.css",
    "css/pdf/page.css",
    "css/pdf/text.css",
    "css/pdf/table.css",
    "css/pdf/calendar.css",
)


def prepare_calendar_pdf(calendar: CalendarDocument, language: str) -> PreparedDocument:
    """The calendar ready to be drawn; its ``fingerprint`` changes with anything that it shows."""
    with translation.override(language):
        short_title = pgettext("document", "Calendar of activities %(year)s") % {"year": calendar.year}
    return prepare_document(
        template="videoconferences/pdf/calendar.html",
        context={"calendar": calendar, "short_title": short_title},
        stylesheets=STYLESHEETS,
        title=f"{calendar.title}, {calendar.edition}, {calendar.year}",
        language=language,
        dated=calendar.changed,
    )


def build_calendar_pdf(calendar: CalendarDocument, language: str) -> bytes:
    """The calendar as PDF/A-3a and PDF/UA-1, drawn once for each state of its data.

    Raises ``core.documents.errors.DocumentError`` when the machine cannot make documents.
    """
    return cached_pdf(prepare_calendar_pdf(calendar, language))
