"""Counting in working days: the known deadlines, what no counting may break, and what is no question."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.workdays import WorkCalendar, calendar
from tests.unit.workdays.vectors import CONCLUSIONS, INVITATIONS, MONTHS, NEXT_DAYS

VN = calendar("vn-2026.1")
DAYS = st.dates(date(1990, 1, 1), date(2070, 12, 31))  # within the table and outside it
COUNTS = st.integers(1, 60)


@pytest.mark.parametrize(("meeting", "latest"), CONCLUSIONS)
def test_within_five_working_days(meeting: date, latest: date) -> None:
    assert VN.add_working_days(meeting, 5) == latest


@pytest.mark.parametrize(("meeting", "latest"), INVITATIONS)
def test_at_least_three_working_days_before(meeting: date, latest: date) -> None:
    assert VN.before(meeting, 3) == latest


@pytest.mark.parametrize(("day", "following"), NEXT_DAYS)
def test_the_next_working_day(day: date, following: date) -> None:
    assert VN.next_working(day) == following


@pytest.mark.parametrize(("day", "nominal", "ends"), MONTHS)
def test_a_month_ends_on_the_same_day_and_is_rolled_in_a_second_step(
    day: date, nominal: date, ends: date
) -> None:
    assert VN.add_months(day, 1) == nominal
    assert VN.roll(nominal) == ends


@pytest.mark.parametrize(
    ("day", "months", "same"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),  # a leap year
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_months_across_years_and_short_months(day: date, months: int, same: date) -> None:
    assert VN.add_months(day, months) == same


def test_a_saturday_may_be_worked_and_a_friday_off() -> None:
    assert VN.is_working(date(2026, 1, 10))
    assert not VN.is_working(date(2026, 1, 17))
    assert not VN.is_working(date(2026, 1, 2))
    assert VN.is_working(date(2026, 1, 9))


def test_outside_the_table_only_weekends_are_off() -> None:
    assert VN.is_working(date(2071, 1, 1))  # a Thursday
    assert not VN.is_working(date(2071, 1, 3))


@pytest.mark.parametrize("n", [0, -1])
def test_less_than_one_working_day_is_no_count(n: int) -> None:
    with pytest.raises(ValueError, match="cannot be counted"):
        VN.add_working_days(date(2026, 1, 5), n)
    with pytest.raises(ValueError, match="cannot be counted"):
        VN.before(date(2026, 1, 5), n)


def test_an_instant_is_no_day() -> None:
    """Else 24/11 as a datetime would seem a working day, and an evening in UTC the wrong day."""
    instant = datetime(2026, 11, 24, 3, tzinfo=UTC)
    for ask in (VN.is_working, VN.roll, VN.next_working):
        with pytest.raises(TypeError, match="no instant"):
            ask(instant)
    for count in (VN.add_working_days, VN.before, VN.add_months):
        with pytest.raises(TypeError, match="no instant"):
            count(instant, 1)


def between(working: WorkCalendar, first: date, last: date) -> int:
    """Working days after `first`, up to and with `last`."""
    return sum(working.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


@given(DAYS, COUNTS)
def test_the_count_holds_exactly_so_many_working_days(day: date, n: int) -> None:
    end = VN.add_working_days(day, n)
    assert VN.is_working(end)
    assert between(VN, day, end) == n


@given(DAYS, COUNTS)
def test_before_leaves_exactly_so_many_working_days(day: date, n: int) -> None:
    latest = VN.before(day, n)
    assert VN.is_working(latest)
    assert between(VN, latest - timedelta(days=1), day - timedelta(days=1)) == n


@given(DAYS, COUNTS)
def test_forth_and_back_meet(day: date, n: int) -> None:
    assert VN.add_working_days(VN.before(day, n), n) == VN.roll(day)
    assert VN.before(VN.add_working_days(day, n), n) == VN.before(VN.next_working(day), 1)


@given(DAYS, COUNTS, COUNTS)
def test_counting_on_is_counting_once(day: date, m: int, n: int) -> None:
    assert VN.add_working_days(VN.add_working_days(day, m), n) == VN.add_working_days(day, m + n)
    assert VN.before(VN.before(day, m), n) == VN.before(day, m + n)


@given(DAYS)
def test_rolling_twice_rolls_once(day: date) -> None:
    rolled = VN.roll(day)
    assert rolled >= day
    assert VN.is_working(rolled)
    assert VN.roll(rolled) == rolled


@given(DAYS, DAYS, COUNTS, st.integers(-24, 24))
def test_a_later_day_never_ends_earlier(one: date, other: date, n: int, months: int) -> None:
    early, late = sorted((one, other))
    assert VN.roll(early) <= VN.roll(late)
    assert VN.next_working(early) <= VN.next_working(late)
    assert VN.add_working_days(early, n) <= VN.add_working_days(late, n)
    assert VN.before(early, n) <= VN.before(late, n)
    assert VN.add_months(early, months) <= VN.add_months(late, months)


@given(DAYS, COUNTS)
def test_one_day_more_ends_later(day: date, n: int) -> None:
    assert VN.add_working_days(day, n) < VN.add_working_days(day, n + 1)
    assert VN.before(day, n + 1) < VN.before(day, n) < day
