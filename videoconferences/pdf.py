"""The calendar of an edition as PDF, in the official three-part layout."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import pgettext

from core.dates import clock, long_date, plain_date
from core.documents.cache import cached_pdf
from core.documents.rendering import PreparedDocument, prepare_document
from core.numerals import edition_name
from videoconferences.calendar import CalendarActivity, CalendarClosing, CalendarDocument, CalendarRow

STYLESHEETS = (
    "css/pdf/tokens.css",
    "css/pdf/page.css",
    "css/pdf/text.css",
    "css/pdf/table.css",
    "css/pdf/calendar.css",
)
_CLOSING_MARKS = ".;:, "


def prepare_calendar_pdf(calendar: CalendarDocument, language: str) -> PreparedDocument:
    """The calendar ready to be drawn; its ``fingerprint`` changes with anything that it shows."""
    with translation.override(language):
        context = _context(calendar, language)
        title = pgettext("document", "Calendar of activities, %(edition)s, %(year)s")
    return prepare_document(
        template="videoconferences/pdf/calendar.html",
        context=context,
        stylesheets=STYLESHEETS,
        title=title % {"edition": context["edition"], "year": calendar.year},
        language=language,
        dated=calendar.changed,
    )


def build_calendar_pdf(calendar: CalendarDocument, language: str) -> bytes:
    """The calendar as PDF/A-3a and PDF/UA-1, drawn once for each state of its data.

    Raises ``core.documents.errors.DocumentError`` when the machine cannot make documents.
    """
    return cached_pdf(prepare_calendar_pdf(calendar, language))


def _context(calendar: CalendarDocument, language: str) -> dict[str, Any]:
    """Everything that the template prints, as words."""
    about_videoconferences = (
        calendar.monthly,
        calendar.monthly_intro,
        calendar.videoconferences,
        calendar.participants,
        calendar.central_theme,
        calendar.other_themes,
    )
    return {
        "has_monthly_part": any(about_videoconferences),
        "edition": edition_name(calendar.number, language),
        "year": str(calendar.year),
        "permanent_until": calendar.permanent_until,
        "permanent": _as_list(
            [_with_deadline(item, calendar.permanent_until) for item in calendar.permanent]
        ),
        "monthly_name": _lower_first(calendar.monthly[0].text) if len(calendar.monthly) == 1 else "",
        "monthly": _as_list([_with_deadline(item, "") for item in calendar.monthly])
        if len(calendar.monthly) > 1
        else (),
        "monthly_intro": _as_sentence(calendar.monthly_intro),
        "rows": [_row(row, language) for row in calendar.videoconferences],
        "participants": _as_list(calendar.participants),
        "central_theme": _upper_first(calendar.central_theme.rstrip(_CLOSING_MARKS)),
        "purposes": _as_list(calendar.purposes),
        "other_themes": _as_list(calendar.other_themes),
        "closing": _closing(calendar.closing, language) if calendar.closing else None,
    }


def _row(row: CalendarRow, language: str) -> dict[str, Any]:
    return {
        "number": str(row.number),
        "day": _short_date(row.day, language),
        "weekday": long_date(row.day, language).partition(",")[0],
        "hour": _hour(row.starts_at, language),
        "regions": row.regions,
        "co_organisers": row.co_organisers,
        "remark": row.remark,
    }


def _short_date(day: date, language: str) -> str:
    """As the official table prints it, "28.04.2021"; in English with the month in letters."""
    return format_date(
        day, "dd.MM.y" if language == "ro" else "d MMM y", locale="ro" if language == "ro" else "en"
    )


def _closing(closing: CalendarClosing, language: str) -> dict[str, Any]:
    marked = closing.marks_day if closing.marks_day != closing.day else None
    return {
        "moment": _moment(closing.day, closing.starts_at, language),
        "remark": closing.remark,
        "summary": _as_sentence(closing.summary),
        "marked_day": plain_date(marked, language) if marked else "",
        "items": _as_list(closing.items),
    }


def _moment(day: date | None, starts_at: datetime | None, language: str) -> str:
    if day is None:
        return ""
    hour = _hour(starts_at, language)
    return _upper_first(f"{long_date(day, language)}{', ' if hour else ''}{hour}")


def _hour(starts_at: datetime | None, language: str) -> str:
    if starts_at is None:
        return ""
    return pgettext("document", "at %(hour)s") % {"hour": clock(starts_at, language)}


def _with_deadline(activity: CalendarActivity, common: str) -> str:
    """The activity, with its deadline when that is not the one in the heading."""
    text = activity.text.rstrip(_CLOSING_MARKS)
    if not activity.due or activity.due == common:
        return text
    return pgettext("document", "%(activity)s (due: %(due)s)") % {"activity": text, "due": activity.due}


def _as_list(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts as items of one Romanian list: a semicolon after each, a full stop after the last."""
    bare = [text.strip().rstrip(_CLOSING_MARKS) for text in texts]
    return tuple(f"{text}{';' if at < len(bare) else '.'}" for at, text in enumerate(bare, start=1))


def _as_sentence(text: str) -> str:
    bare = text.strip().rstrip(_CLOSING_MARKS)
    return f"{_upper_first(bare)}." if bare else ""


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
