"""Filters that write dates, numbers, editions and found words; the rules are in core.dates, numerals, highlight."""

from datetime import date, datetime
from decimal import Decimal

from django.template import Library
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from core import dates, numerals
from core.components.rendering import one_of, render
from core.highlight import highlight as highlight_words

register = Library()


def _language() -> str:
    return (translation.get_language() or "ro").split("-")[0]


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _day(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


@register.filter
def edition_number(number: int | str | None) -> str:
    """2 is "ediția a II-a", in English "edition II"; what cannot be an edition's number is shown as it is."""
    try:
        return numerals.edition_name(int(number or 0), _language())
    except (TypeError, ValueError):
        return "" if number is None else str(number)


@register.simple_block_tag
def kept(content: str) -> SafeString:
    """Words that stand in two places, written once: {% kept as page_title %}{% block title %}…{% endkept %}."""
    return SafeString(content.strip())


@register.filter
def long_date(value: date | None) -> str:
    """ "miercuri, 18 noiembrie 2026"; nothing for no date."""
    return dates.long_date(_day(value), _language()) if isinstance(value, date) else ""


@register.filter
def plain_date(value: date | None) -> str:
    """ "18 noiembrie 2026"; nothing for no date."""
    return dates.plain_date(_day(value), _language()) if isinstance(value, date) else ""


@register.filter
def long_datetime(value: datetime | None) -> str:
    """ "miercuri, 18 noiembrie 2026, ora 10.00", in the portal's time zone; nothing for no moment."""
    return dates.long_datetime(_local(value), _language()) if isinstance(value, datetime) else ""


@register.filter
def date_range(start: date | None, end: date | None) -> str:
    """ "28 aprilie – 17 noiembrie 2021": {{ edition.starts_on|date_range:edition.ends_on }}.

    One date when only one is known, nothing when none is.
    """
    known = [_day(value) for value in (start, end) if isinstance(value, date)]
    return dates.date_range(known[0], known[-1], _language()) if known else ""


@register.filter
def number(value: object) -> str:
    """1.234,5 in Romanian, 1,234.5 in English; what is no number is shown as it is."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return numerals.format_number(value, _language())
    return "" if value is None else str(value)


@register.filter
def highlight(text: str, query: str) -> SafeString:
    """The text with the searched words marked, diacritics ignored: {{ organisation.name|highlight:query }}."""
    return highlight_words(str(text), str(query or ""))


@register.simple_tag
def moment(value: date | datetime, *, kind: str = "auto") -> SafeString:
    """A <time> with its machine form: {% moment meeting.starts_at %}, {% moment edition.starts_on kind="plain" %}.

    kind: auto (with the hour when there is one), date (weekday, no hour), plain (no weekday).
    """
    one_of("kind", kind, ("auto", "date", "plain"))
    if isinstance(value, datetime) and kind == "auto":
        return render("moment", iso=_local(value).isoformat(timespec="minutes"), words=long_datetime(value))
    words = plain_date(value) if kind == "plain" else long_date(value)
    return render("moment", iso=_day(value).isoformat(), words=words)
