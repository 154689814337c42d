"""When an edition may close: the first working day on or after the International Volunteer Day (row P7)."""

from datetime import date, timedelta

import holidays

# UN General Assembly, resolution 40/212 of 17 December 1985.
VOLUNTEER_DAY = (12, 5)


def volunteer_day(year: int) -> date:
    """5 December, the day that a closing event marks, whatever the date on which it is held (D9)."""
    return date(year, *VOLUNTEER_DAY)


def propose_closing_date(year: int) -> date:
    """The first day on or after 5 December that is neither a weekend nor a public holiday of Romania.

    In 2021, as in the documents of edition II, Monday 6 December; a proposal only, people decide.
    """
    free_days = holidays.country_holidays("RO", years=year)
    day = volunteer_day(year)
    while day.weekday() >= 5 or day in free_days:
        day += timedelta(days=1)
    return day
