"""The closing event is proposed for the first working day from 5 December on."""

from datetime import date

import holidays
import pytest

from programmes.closing import propose_closing_date, volunteer_day


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2019, 5),
        (2020, 7),
        (2021, 6),
        (2022, 5),
        (2023, 5),
        (2024, 5),
        (2025, 5),
        (2026, 7),
        (2027, 6),
        (2028, 5),
        (2029, 5),
        (2030, 5),
    ],
)
def test_closing_date_is_the_next_working_day(year: int, day: int) -> None:
    proposed = propose_closing_date(year)

    assert proposed == date(year, 12, day)
    assert proposed.weekday() < 5
    assert proposed not in holidays.country_holidays("RO", years=year)
    assert (proposed - volunteer_day(year)).days <= 2
