"""Hours as the clocks of Bucharest show them, on the two nights of the year too when they are put forward or back.

The hour between 3.00 and 4.00 of the last Sunday of March does not exist; that of the last Sunday of October comes
twice, first by summer time and then by winter time (Regulation of the EU on summer time, Directive 2000/84/EC).
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache

import holidays
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.models import BUCHAREST


def is_skipped(day: date, hour: time) -> bool:
    """Whether no clock in Bucharest shows this hour on this day."""
    wanted = datetime.combine(day, hour)
    there = wanted.replace(tzinfo=BUCHAREST).astimezone(UTC).astimezone(BUCHAREST)
    return there.replace(tzinfo=None) != wanted


def comes_twice(day: date, hour: time) -> bool:
    """Whether the clocks show this hour twice on this day."""
    first = datetime.combine(day, hour, BUCHAREST)
    return not is_skipped(day, hour) and first.utcoffset() != first.replace(fold=1).utcoffset()


def moment(day: date, hour: time, *, second: bool = False) -> datetime:
    """The moment of this hour in Bucharest, in UTC; ``second`` chooses the later of two."""
    return datetime.combine(day, hour, BUCHAREST).replace(fold=int(second)).astimezone(UTC)


def is_second(start: datetime) -> bool:
    """Whether this moment is in the hour that came a second time."""
    local = start.astimezone(BUCHAREST)
    return bool(local.fold) and comes_twice(local.date(), local.time().replace(fold=0))


SUMMER = (7, 8)
_HOLIDAY_LANGUAGES = {"ro": "ro", "en": "en_US"}


def holiday_name(day: date) -> str:
    """The public holiday of Romania on this day in the language of the page; empty on any other day."""
    return _holidays(day.year, _HOLIDAY_LANGUAGES.get(get_language() or "ro", "ro")).get(day, "")


@lru_cache(maxsize=64)
def _holidays(year: int, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("RO", years=year, language=language))


def day_warnings(day: date) -> list[str]:
    """Why few would come on this day: a holiday, a weekend, the summer."""
    warnings = []
    name = holiday_name(day)
    if name:
        warnings.append(_("It is a public holiday: %(name)s.") % {"name": name})
    if day.weekday() >= 5:
        warnings.append(_("It is a Saturday or a Sunday."))
    if day.month in SUMMER:
        warnings.append(_("In July and August many are on holiday."))
    return warnings
