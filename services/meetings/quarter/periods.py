"""The periods in which the committee meets once: quarters, or as many months as its regulation says (D8.1).

A period of three months is called as people call it, `2026-Q3`; any other by its first and last month,
`2026-01--2026-06`. Periods of the same length follow each other without a gap, and begin with January
where their length divides the year.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from services.meetings.rules import Rule
from shared.dates import Moment
from shared.decider import require

QUARTER: Final = 3
NAME: Final = r"^(\d{4}-Q[1-4]|\d{4}-(0[1-9]|1[0-2])--\d{4}-(0[1-9]|1[0-2]))$"
_QUARTER_NAME: Final = re.compile(r"(\d{4})-Q([1-4])")
_MONTHS: Final = re.compile(r"(\d{4})-(\d{2})--(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Period:
    """Whole months, counted from the year 0: the first one, and the one after the last."""

    begin: int
    end: int

    @classmethod
    def of(cls, day: date, months: int = QUARTER) -> Self:
        """The period of so many months in which a day lies."""
        begin = (day.year * 12 + day.month - 1) // months * months
        return cls(max(begin, 12), begin + months)  # there is no year 0

    @classmethod
    def named(cls, name: str) -> Self | None:
        """The period of this name; None for anything that is no name of one."""
        if found := _QUARTER_NAME.fullmatch(name):
            begin = int(found[1]) * 12 + (int(found[2]) - 1) * QUARTER
            return cls(begin, begin + QUARTER) if begin >= 12 else None
        if found := _MONTHS.fullmatch(name):
            year, month, last_year, last_month = (int(part) for part in found.groups())
            begin, end = year * 12 + month - 1, last_year * 12 + last_month
            in_order = 12 <= begin < end and 1 <= month <= 12 and 1 <= last_month <= 12
            return cls(begin, end) if in_order else None
        return None

    @property
    def name(self) -> str:
        if self.end - self.begin == QUARTER and self.begin % QUARTER == 0:
            return f"{self.begin // 12:04d}-Q{self.begin % 12 // QUARTER + 1}"
        last = self.end - 1
        return f"{self.begin // 12:04d}-{self.begin % 12 + 1:02d}--{last // 12:04d}-{last % 12 + 1:02d}"

    @property
    def first(self) -> date:
        return date(self.begin // 12, self.begin % 12 + 1, 1)

    @property
    def last(self) -> date:
        last = self.end - 1
        return Moment(f"{last // 12:04d}-{last % 12 + 1:02d}").latest

    @property
    def day_after(self) -> date:
        return self.last + timedelta(days=1)

    def following(self, months: int = QUARTER) -> Self:
        """The period after this one, of so many months."""
        return self.of(self.day_after, months)

    def holds(self, moment: Moment) -> bool:
        """Whether something certainly happened in this period."""
        return self.first <= moment.earliest and moment.latest <= self.last

    def certainly_before(self, moment: Moment) -> bool:
        return moment.earliest > self.last


def require_named(name: str) -> Period:
    """The period of this name; refuses for a name that is none, and for the second name of a quarter."""
    period = Period.named(name)
    require(
        period is not None and period.name == name,
        Rule.QUARTER_IS_NAMED,
        f"{name!r} is no period: write 2026-Q3, or its months as 2026-01--2026-06",
    )
    assert period is not None
    return period
