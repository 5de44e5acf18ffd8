"""The same deadlines by other means: days written down by hand, and the library that the table came from."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from shared.workdays import calendar
from shared.workdays.data import holidays
from tests.unit.workdays.vectors import CONCLUSIONS, INVITATIONS, MONTHS, NEXT_DAYS

ONE = timedelta(days=1)
OFF_BY_HAND = {  # weekdays off, year by year, from the law and the notices
    2025: "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9",
    2026: "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11",
}
WORKED_BY_HAND = {date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)}


def by_hand(day: date) -> bool:
    off = day.weekday() > 4 or f"{day.day}/{day.month}" in OFF_BY_HAND[day.year].split()
    return day in WORKED_BY_HAND or not off


def by_the_library() -> Callable[[date], bool]:
    """The library alone; the one swap that it lacks is added by hand."""
    library: Any = pytest.importorskip("holidays", reason="the library holidays is not part of the product")
    vietnam = library.VN(years=range(2025, 2028))

    def is_working(day: date) -> bool:
        if day in (date(2026, 1, 2), date(2026, 1, 10)):
            return day == date(2026, 1, 10)
        return bool(vietnam.is_working_day(day))

    return is_working


def count(is_working: Callable[[date], bool], day: date, n: int) -> date:
    while n:
        day += ONE if n > 0 else -ONE
        n -= is_working(day) * (1 if n > 0 else -1)
    return day


def check(is_working: Callable[[date], bool]) -> None:
    assert [count(is_working, meeting, 5) for meeting, _ in CONCLUSIONS] == [
        latest for _, latest in CONCLUSIONS
    ]
    assert [count(is_working, meeting, -3) for meeting, _ in INVITATIONS] == [last for _, last in INVITATIONS]
    assert [count(is_working, day, 1) for day, _ in NEXT_DAYS] == [following for _, following in NEXT_DAYS]
    assert [count(is_working, nominal - ONE, 1) for _, nominal, _ in MONTHS] == [
        ends for _, _, ends in MONTHS
    ]


def test_deadlines_counted_on_days_written_by_hand() -> None:
    check(by_hand)


def test_two_years_day_by_day_as_written_by_hand() -> None:
    known = calendar("vn-2026.1")
    days = [date(2025, 1, 1) + n * ONE for n in range(730)]
    assert [day for day in days if known.is_working(day) != by_hand(day)] == []


def test_deadlines_counted_by_the_library() -> None:
    check(by_the_library())


def test_the_frozen_table_is_what_the_library_says() -> None:
    library: Any = pytest.importorskip("holidays", reason="the library holidays is not part of the product")
    if library.__version__ != "0.109":
        pytest.skip("the table was frozen from holidays 0.109")
    years = {year: library.VN(years=year) for year in range(2000, 2061)}
    off, worked = holidays()
    assert off == {day for vietnam in years.values() for day in vietnam}
    assert worked == {
        day for vietnam in years.values() for day in vietnam.weekend_workdays if day.year > 1999
    }
