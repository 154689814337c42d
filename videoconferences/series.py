"""The days of a series: every so many weeks on one weekday, around the days on which nobody works."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from meetings.checks import day_warnings, holiday_name

MOST = 26


@dataclass(frozen=True)
class SeriesDay:
    """A day of the series; ``is_left_out`` when it is a holiday and holidays are to be skipped."""

    day: date
    is_left_out: bool = False
    warnings: list[str] = field(default_factory=list)


def series_days(first: date, *, weeks: int, count: int, skips_holidays: bool) -> list[SeriesDay]:
    """As many days as asked, in order; a holiday that is left out is listed too and the rhythm goes on after it."""
    days: list[SeriesDay] = []
    day, kept = first, 0
    while kept < min(count, MOST):
        left_out = skips_holidays and bool(holiday_name(day))
        days.append(SeriesDay(day, left_out, day_warnings(day)))
        kept += not left_out
        day += timedelta(weeks=weeks)
    return days
