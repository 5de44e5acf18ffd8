"""Periods that are reported on: a week, a month, a quarter, a year; and the one that comes next.

Published language, like `events.py`: the activity report and its figures are for such a period.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self, assert_never

from services.feedback.report.events import Rhythm
from shared.dates import Moment

PATTERN: Final = r"^[12]\d{3}(-Q[1-4]|-(0[1-9]|1[0-2])|-W\d{2})?$"
_QUARTERS: Final = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """`label` is `2026`, `2026-Q3`, `2026-07` or `2026-W30`; weeks are those of ISO 8601."""

    label: str
    first: date
    last: date

    @classmethod
    def named(cls, label: str) -> Self:
        """Raises ValueError for anything that names no period."""
        if not re.fullmatch(PATTERN, label):
            raise ValueError(f"{label!r} is no period: write 2026, 2026-Q3, 2026-07 or 2026-W30")
        year, _, part = label.partition("-")
        if part.startswith("Q"):
            month = int(part[1]) * 3
            return cls(label, date(int(year), month - 2, 1), Moment(f"{year}-{month:02}").latest)
        if part.startswith("W"):
            monday = date.fromisocalendar(int(year), int(part[1:]), 1)
            return cls(label, monday, monday + timedelta(days=6))
        moment = Moment(label)
        return cls(label, moment.earliest, moment.latest)

    @classmethod
    def containing(cls, rhythm: Rhythm, day: date) -> Self:
        match rhythm:
            case Rhythm.WEEKLY:
                year, week, _ = day.isocalendar()
                return cls.named(f"{year:04}-W{week:02}")
            case Rhythm.MONTHLY:
                return cls.named(f"{day:%Y-%m}")
            case Rhythm.QUARTERLY:
                return cls.named(f"{day.year:04}-Q{(day.month + 2) // 3}")
            case Rhythm.YEARLY:
                return cls.named(f"{day.year:04}")
            case _:
                assert_never(rhythm)

    @classmethod
    def of(cls, rhythm: Rhythm, label: str) -> Self | None:
        """The period of this rhythm that is called so; None where the label names none of them."""
        try:
            period = cls.named(label)
        except ValueError:
            return None
        return period if cls.containing(rhythm, period.first) == period else None

    @property
    def next_begins(self) -> date:
        return self.last + timedelta(days=1)

    @property
    def wording(self) -> str:
        """As people call it."""
        year, _, part = self.label.partition("-")
        if part.startswith("Q"):
            return f"quý {_QUARTERS[int(part[1]) - 1]}/{year}"
        if part.startswith("W"):
            return f"tuần {int(part[1:])}/{year}"
        return f"tháng {int(part)}/{year}" if part else f"năm {year}"
