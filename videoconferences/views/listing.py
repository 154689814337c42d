"""The regional calendar as list, month and iCalendar feed, under the same filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.dates import long_date, long_datetime
from core.numerals import edition_name, format_number
from core.pagecache import public_page
from core.territory.selectors import counties, regions
from meetings.choices import MeetingStatus
from videoconferences.exports import videoconference_calendar
from videoconferences.filters import FILTERS, CalendarFilterForm, Question, read_question, weeks_of
from videoconferences.selectors.calendar import Entry, Found, all_entries, find, meetings_of, theme_labels

PER_PAGE = 25
PARAMETERS = (*FILTERS, "vedere", "luna", "pagina")


@dataclass(frozen=True)
class _Asked:
    """An address read and answered, for the page and for the feed."""

    question: Question
    found: Found
    themes: Mapping[str, str]
    entries: list[Entry]


def _ask(request: HttpRequest) -> _Asked:
    entries = all_entries()
    themes = theme_labels({code for entry in entries for code in entry.themes})
    question = read_question(request.GET, themes=themes, years={str(entry.year) for entry in entries})
    return _Asked(question, find(entries, question.chosen), themes, entries)


@public_page(parameters=PARAMETERS)
def videoconference_list(request: HttpRequest) -> HttpResponse:
    """Videoconferences by filters, newest first, or those of one month; three queries."""
    asked = _ask(request)
    question, found = asked.question, asked.found
    choices = _choices(asked)
    list_url = reverse("videoconferences:list")
    feed = reverse("videoconferences:calendar_ics") + Question(chosen=question.chosen).query()
    page = Paginator(found.entries, PER_PAGE).get_page(question.page)
    context = {
        "question": question,
        "page_obj": page,
        "entries": [_line(entry) for entry in page.object_list],
        "count_text": _count_text(sum(not entry.is_example for entry in found.entries)),
        "examples": sum(entry.is_example for entry in found.entries),
        "has_any": found.total > 0,
        "chips": [
            {"label": dict(choices[name])[code], "url": list_url + question.query(without=(name, code))}
            for name in FILTERS
            for code in question.chosen.get(name, ())
        ],
        "clear_url": list_url + Question(is_month=question.is_month, month=question.month).query(),
        "form": CalendarFilterForm(question.chosen, choices),
        "counts": found.counts,
        "list_url": list_url + Question(chosen=question.chosen).query(),
        "month_url": list_url + Question(chosen=question.chosen, is_month=True).query(),
        "feed_url": feed,
        "feed_address": settings.SITE_URL + feed,
        "subscribe_url": "webcal://" + settings.SITE_URL.partition("://")[2] + feed,
        "month": _month(question, found.entries, list_url) if question.is_month else None,
    }
    return render(request, "videoconferences/list.html", context)


@public_page(parameters=PARAMETERS)
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """The same list as an iCalendar feed."""
    found = _ask(request).found
    words = calendar_words(found.entries)
    content = videoconference_calendar(meetings_of(found.entries), words, language=get_language() or "ro")
    return ics_response(content, "videoconferinte.ics")


def calendar_words(entries: Any) -> dict[int, tuple[str, str]]:
    """Regions and co-organisers of each entry, as words for the feed."""
    return {
        entry.pk: (", ".join(region.label for region in entry.regions), "; ".join(entry.co_organisers))
        for entry in entries
    }


def ics_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _choices(asked: _Asked) -> dict[str, list[tuple[str, str]]]:
    """Choices that would find something; what is chosen stays, so that it can be taken away."""
    years = {str(entry.year): entry.edition_number for entry in asked.entries}
    language = get_language() or "ro"
    every = {
        "regiune": [(region.slug, region.label) for region in regions()],
        "judet": [(county.code, county.name) for county in counties()],
        "tema": list(asked.themes.items()),
        "editie": [
            (year, f"{edition_name(number, language)}, {year}")
            for year, number in sorted(years.items(), reverse=True)
        ],
    }
    return {
        name: [
            (code, label)
            for code, label in values
            if name == "regiune"
            or asked.found.counts[name][code]
            or code in asked.question.chosen.get(name, ())
        ]
        for name, values in every.items()
    }


def _line(entry: Entry) -> dict[str, Any]:
    """An entry as a sentence of the list."""
    places = entry.named_counties or entry.regions
    badge, tone = (_("Example"), "sun") if entry.is_example else status_badge(entry.status)
    language = get_language() or "ro"
    return {
        "entry": entry,
        "url": reverse("videoconferences:detail", args=[entry.year, entry.number]),
        "places": ", ".join(place.name for place in places),
        "when": long_datetime(localtime(entry.starts_at), language)
        if entry.starts_at
        else long_date(entry.day, language),
        "co_organisers": "; ".join(entry.co_organisers),
        "badge": badge,
        "tone": tone,
    }


def status_badge(status: str) -> tuple[str, str]:
    """The one word beside a videoconference and its tone; a past one that was held needs none."""
    return {
        MeetingStatus.SCHEDULED: (_("Announced"), "blue"),
        MeetingStatus.POSTPONED: (_("Postponed"), "red"),
        MeetingStatus.CANCELLED: (_("Cancelled"), "red"),
        MeetingStatus.DRAFT: (_("Draft"), "plain"),
    }.get(MeetingStatus(status), ("", "plain"))


def _count_text(total: int) -> str:
    words = ngettext("%(number)s videoconference", "%(number)s videoconferences", total)
    return words % {"number": format_number(total, get_language() or "ro")}


def _month(question: Question, entries: tuple[Entry, ...], list_url: str) -> dict[str, Any]:
    """One month: its weeks with their videoconferences, and the nearest months that have any."""
    shown = question.month or _default_month(entries)
    by_day: dict[date, list[dict[str, Any]]] = {}
    for entry in reversed(entries):
        by_day.setdefault(entry.day, []).append(_line(entry))
    months = {entry.day.replace(day=1) for entry in entries}
    before = max((month for month in months if month < shown), default=None)
    after = min((month for month in months if month > shown), default=None)
    return {
        "first": shown,
        "weeks": [
            [
                {
                    "day": day,
                    "inside": day.month == shown.month,
                    "lines": by_day.get(day, []) if day.month == shown.month else [],
                }
                for day in week
            ]
            for week in weeks_of(shown)
        ],
        "is_empty": shown not in months,
        "count_text": _count_text(sum(entry.day.replace(day=1) == shown for entry in entries)),
        "previous_url": list_url + question.query(month=before) if before else "",
        "previous": before,
        "next_url": list_url + question.query(month=after) if after else "",
        "next": after,
    }


def _default_month(entries: tuple[Entry, ...]) -> date:
    """This month when it or a later one has something, the nearest of them; else the last that had."""
    today = localdate().replace(day=1)
    months = sorted({entry.day.replace(day=1) for entry in entries})
    return next((month for month in months if month >= today), months[-1] if months else today)
