"""Time as far as it is known: partial dates, and deadlines that keep their wording."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from shared.messages import Message

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """The day that it is in Viet Nam."""
    return datetime.now(VIETNAM).date()


_MOMENT = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z)?)?)?")


class Moment(str):
    """A point in time, as exact as it is known and no more exact.

    ISO 8601 with reduced precision: `2021`, `2021-06`, `2021-06-11`, or a UTC instant
    `2021-06-11T01:30:00Z`. Days are days in Viet Nam. Raises ValueError for anything else.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if not _MOMENT.fullmatch(text):
            raise ValueError(
                f"{text!r} is not a date: write YYYY, YYYY-MM, YYYY-MM-DD or a UTC instant with Z"
            )
        made = super().__new__(cls, text)
        try:
            _ = made.earliest
        except ValueError as error:
            raise ValueError(f"{text!r} is not a date: {error}") from None
        return made

    @classmethod
    def now(cls) -> Self:
        return cls.of(datetime.now(UTC))

    @classmethod
    def of(cls, instant: datetime | date) -> Self:
        """The moment of an aware datetime or of a day."""
        if isinstance(instant, datetime):
            if instant.tzinfo is None:
                raise ValueError("a datetime without a time zone is not an instant")
            return cls(instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"))
        return cls(instant.isoformat())

    @property
    def earliest(self) -> date:
        """The first day that this moment can mean."""
        if "T" in self:
            return datetime.fromisoformat(self).astimezone(VIETNAM).date()
        year, month, day = [*(int(part) for part in self.split("-")), 1, 1][:3]
        return date(year, month, day)

    @property
    def latest(self) -> date:
        """The last day that this moment can mean."""
        first = self.earliest
        if len(self) == 4:
            return date(first.year, 12, 31)
        if len(self) == 7:
            return date(first.year, first.month, monthrange(first.year, first.month)[1])
        return first

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(), serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


class Deadline(Message):
    """A deadline in the words of its source, and the last day that those words allow.

    `latest` is None where the words fix no day ("as prescribed"): a missing day is never filled in.
    `calendar` is the version of the working calendar by which `latest` was found, where one was needed.
    """

    wording: str
    latest: date | None = None
    calendar: str | None = None

    def passed(self, today: date) -> bool:
        return self.latest is not None and today > self.latest

    @classmethod
    def parse(cls, wording: str) -> Self:
        """Read a Vietnamese deadline: an ISO date, a year, a month, or a quarter (`quý II/2026`)."""
        return cls(wording=wording, latest=_latest_day(wording))


_ROMAN_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"quý\s+(IV|III|II|I|[1-4])\s*[/-]\s*(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"tháng\s+(\d{1,2})\s*[/-]\s*(\d{4})", re.IGNORECASE)
_DAY = re.compile(
    r"(?:(?P<before>trước)\s+|(?:chậm nhất|đến|hết|hạn)(?:\s+là)?\s+)?(?:ngày\s+)?"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:trong\s+|hết\s+|cuối\s+)?năm\s+(\d{4})", re.IGNORECASE)


def _latest_day(wording: str) -> date | None:
    text = wording.strip()
    try:
        if _MOMENT.fullmatch(text):
            return Moment(text).latest
        if found := _QUARTER.fullmatch(text):
            quarter, year = _ROMAN_QUARTERS[found[1].upper()], int(found[2])
            return Moment(f"{year}-{quarter * 3:02d}").latest
        if found := _MONTH.fullmatch(text):
            return Moment(f"{found[2]}-{int(found[1]):02d}").latest
        if found := _DAY.fullmatch(text):
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
            return day - timedelta(days=1) if found["before"] else day
        if found := _YEAR.fullmatch(text):
            return date(int(found[1]), 12, 31)
    except ValueError:  # such as "31/2/2025": words that fix no real day
        return None
    return None
