"""The official calendar of an edition: page, PDF, iCalendar feed."""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from core.documents.errors import DocumentError
from core.pagecache import public_page
from programmes.models import Edition
from programmes.selectors.editions import find_edition
from videoconferences.exports import edition_calendar as export_calendar
from videoconferences.models import Videoconference
from videoconferences.pdf import build_calendar_pdf
from videoconferences.selectors.calendar import all_entries
from videoconferences.selectors.official import calendar_document
from videoconferences.views.listing import calendar_words, ics_response

logger = logging.getLogger(__name__)


def _edition(request: HttpRequest, year: int) -> Edition:
    edition = find_edition(request.user, year)
    if edition is None:
        raise Http404
    return edition


@public_page
def edition_calendar(request: HttpRequest, year: int) -> HttpResponse:
    """The calendar in the three parts of the official document."""
    edition = _edition(request, year)
    feed = reverse("videoconferences:edition_calendar_ics", args=[edition.year])
    context = {
        "edition": edition,
        "calendar": calendar_document(edition, language=get_language() or "ro"),
        "feed_url": feed,
        "feed_address": settings.SITE_URL + feed,
        "subscribe_url": "webcal://" + settings.SITE_URL.partition("://")[2] + feed,
    }
    return render(request, "videoconferences/edition_calendar.html", context)


@public_page
def edition_calendar_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The calendar as PDF; when the machine cannot make it now, a page says so and offers the other forms."""
    edition = _edition(request, year)
    language = get_language() or "ro"
    try:
        content = build_calendar_pdf(calendar_document(edition, language=language), language)
    except DocumentError as error:
        logger.error("The calendar of %s cannot be made: %s", year, error.remedy)
        context = {"edition": edition, "reason": str(error)}
        response = render(request, "videoconferences/calendar_unavailable.html", context, status=503)
        response["Retry-After"] = "600"
        return response
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="calendar-{edition.year}.pdf"'
    return response


@public_page
def edition_calendar_ics(request: HttpRequest, year: int) -> HttpResponse:
    """Everything of the edition that has a date, for calendar programs."""
    edition = _edition(request, year)
    entries = [entry for entry in all_entries() if entry.year == edition.year]
    records = (
        Videoconference.objects.public()
        .filter(edition=edition)
        .select_related("meeting", "edition")
        .in_order()
    )
    content = export_calendar(edition, records, calendar_words(entries), language=get_language() or "ro")
    return ics_response(content, f"calendar-{edition.year}.ics")
