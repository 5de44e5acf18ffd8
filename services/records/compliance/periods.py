"""Quarters and years, as the committee counts its work (D8.1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, name: str) -> "Quarter | None":
        """The quarter of a name such as `2026-Q3`."""
        found = _QUARTER.fullmatch(name)
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        return Quarter(self.year + (self.number == 4), self.number % 4 + 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def quarters(first: date, last: date) -> Iterator[Quarter]:
    """Every quarter from the one of the first day to the one of the last."""
    quarter = Quarter.of(first)
    while quarter.first <= last:
        yield quarter
        quarter = quarter.following


def a_year_before(day: date) -> date:
    """The first day of the four quarters that end with the one of this day."""
    quarter = Quarter.of(day)
    return Quarter(quarter.year - 1, quarter.number).following.first
