"""Working days in Romania: neither a weekend nor a public holiday (Codul muncii, art. 137 and 139)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

BUCHAREST = ZoneInfo("Europe/Bucharest")
# Beyond so many days nobody counts how many of them were worked.
MOST_DAYS = 3660


def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    return day.weekday() < 5 and day not in holidays.country_holidays("RO", years=day.year)


def working_days_since(moment: datetime, now: datetime) -> int:
    """Working days that passed after the day of ``moment`` in Bucharest, the day of ``now`` included.

    What came today is 0 days old, what came on Friday is 1 day old on Monday. Never negative; no more than ten
    years are counted.
    """
    first, last = (each.astimezone(BUCHAREST).date() for each in (moment, now))
    span = min((last - first).days, MOST_DAYS)
    if span <= 0:
        return 0
    free = holidays.country_holidays("RO", years=range(first.year, last.year + 1))
    days = (first + timedelta(days=number) for number in range(1, span + 1))
    return sum(1 for day in days if day.weekday() < 5 and day not in free)


def start_of_waiting(now: datetime, days: int) -> datetime:
    """What came before this moment has waited for more than ``days`` working days."""
    day = now.astimezone(BUCHAREST).date()
    counted = 0
    while counted <= days:
        counted += is_working_day(day)
        day -= timedelta(days=1)
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=BUCHAREST)
