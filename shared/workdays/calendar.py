"""Counting in working days and months (Civil Code 2015, Điều 144–148): the day of the event never counts."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """One version of what is known of Viet Nam's working days; every answer is a pure function of it.

    Saturdays and Sundays are off, except those that a notice makes a working day; holidays, days in their
    place and swapped days are off. Holidays are known for 2000–2060. Notices fix Tết, the second day of the
    National Day and the swaps one year ahead: later years hold what the law lets expect, and a later version
    of the data may say otherwise. Outside 2000–2060 only weekends are off.

    Days are days in Viet Nam. A datetime is refused with TypeError, since it may mean another day there.
    """

    version: str
    off: frozenset[date] = field(repr=False)  # holidays, days in their place, days swapped off
    worked: frozenset[date] = field(repr=False)  # weekend days that are worked

    def is_working(self, day: date) -> bool:
        _require_a_date(day)
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)

    def roll(self, day: date) -> date:
        """The day itself where it is worked, else the next working day: so a deadline on a day off moves."""
        return day if self.is_working(day) else self.next_working(day)

    def next_working(self, day: date) -> date:
        """The first working day after this day."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after the day of the event: "within n working days" ends with it.

        Raises ValueError for n < 1: an act of the same day needs no counting, see `roll`.
        """
        return self._nth(self._walk(day, _ONE_DAY), n)

    def before(self, day: date, n: int) -> date:
        """The n-th working day before the day of the event: the latest for "at least n working days before".

        Neither the day of the event nor the days off between count; the day that is answered does.
        Raises ValueError for n < 1.
        """
        return self._nth(self._walk(day, -_ONE_DAY), n)

    @staticmethod
    def add_months(day: date, n: int) -> date:
        """The same day n months on, or the last day of a shorter month; n may be negative.

        Not moved off a day off: where the rule says that it moves, `roll` is the second step.
        """
        _require_a_date(day)
        years, month = divmod(day.month - 1 + n, 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

    def _walk(self, day: date, step: timedelta) -> Iterator[date]:
        """The working days after the day, or before it, one by one."""
        while True:
            day += step
            if self.is_working(day):
                yield day

    @staticmethod
    def _nth(days: Iterator[date], n: int) -> date:
        if n < 1:
            raise ValueError(f"{n} working days cannot be counted: ask for 1 or more")
        return next(day for count, day in enumerate(days, start=1) if count == n)


def _require_a_date(day: date) -> None:
    """A datetime is a date to the type checker, yet equals none, so that every holiday would seem worked."""
    if isinstance(day, datetime):
        raise TypeError("a working day is a date in Viet Nam, no instant: use Moment.of(instant).earliest")
