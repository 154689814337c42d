"""Dates as sentences: the weekday in full, Romanian "ora 10.00", ranges without repeated months and years."""

from datetime import date, datetime

from babel.dates import format_date, format_time

_LOCALES = {"ro": "ro", "en": "en_GB"}


def long_date(day: date, language: str) -> str:
    """ "miercuri, 18 noiembrie 2026" or "Wednesday, 18 November 2026"."""
    return format_date(day, "EEEE, d MMMM y", locale=_locale(language))


def plain_date(day: date, language: str) -> str:
    """ "18 noiembrie 2026": the date where the weekday helps nobody."""
    return format_date(day, "d MMMM y", locale=_locale(language))


def clock(moment: datetime, language: str) -> str:
    """ "10.00" in Romanian, "10:00" in English, 24 hours; in the zone that the moment is given in."""
    return format_time(
        moment, "H.mm" if language == "ro" else "H:mm", tzinfo=moment.tzinfo, locale=_locale(language)
    )


def long_datetime(moment: datetime, language: str) -> str:
    """ "miercuri, 18 noiembrie 2026, ora 10.00"; the caller has already moved the moment to the reader's zone."""
    word = "ora" if language == "ro" else "at"
    return f"{long_date(moment.date(), language)}, {word} {clock(moment, language)}"


def date_range(start: date, end: date, language: str) -> str:
    """ "3–5 mai 2021", "28 aprilie – 17 noiembrie 2021" or one date; an end before its start is swapped."""
    start, end = sorted((start, end))
    last = plain_date(end, language)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    pattern = "d MMMM" if start.year == end.year else "d MMMM y"
    return f"{format_date(start, pattern, locale=_locale(language))} – {last}"


def _locale(language: str) -> str:
    return _LOCALES.get(language, "en_GB")
