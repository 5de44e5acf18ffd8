"""What may be asked of the `records` service; a misspelt question is not a question."""

import json
from typing import Any, TypeVar

from pydantic import ConfigDict, Field, ValidationError, field_validator

from services.records.selecting import Range, Selection
from shared.catalogue import both
from shared.errors import InvalidRequest
from shared.handling import describe
from shared.messages import Message

COMMITTEE: str = r"^[a-z0-9]+$"


LAST_ROW: int = 2**31 - 1
LAST_POSITION: int = 2**63 - 1


class Question(Message):
    """What is asked, and by whom, for the log of looks; the parts of a moment are those of `as_of.moment`."""

    model_config = ConfigDict(extra="forbid")

    asked_by: str | None = Field(None, min_length=1, max_length=200, exclude=True)

    @field_validator("*", mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("half a character (a lone surrogate): write the text anew") from None
        return value


class Between(Message):
    """From one value to another, both included; days (`2026`, `2026-03`, `2026-03-31`) or whole numbers."""

    model_config = ConfigDict(extra="forbid")

    from_: str | int | None = Field(None, alias="from")
    to: str | int | None = None


class RegisterQuestion(Question):
    """A page of a register; `filters` are columns with the value that they must have, or as lists contain,
    `ranges` columns with values between which it must lie, `search` words that all occur in its texts, `sort`
    columns by which it is read, `-` for descending, `columns` those that are wanted.

    `exported_as` says that the rows leave the system, and in which form.
    """

    name: str
    committee: str = Field(pattern=COMMITTEE)
    as_of: str | None = None
    at_position: int | None = Field(None, ge=0, le=LAST_POSITION)
    recorded_by: str | None = None
    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=LAST_ROW)
    filters: dict[str, str | int | bool | None] = Field(default_factory=dict)
    ranges: dict[str, Between] = Field(default_factory=dict)
    search: str = Field("", max_length=200)
    sort: list[str] = Field(default_factory=list, max_length=8)
    columns: list[str] = Field(default_factory=list, max_length=200)
    exported_as: str | None = Field(None, min_length=1, max_length=20)

    def selection(self) -> Selection:
        ranges = {name: Range(one.from_, one.to) for name, one in self.ranges.items()}
        return Selection(self.filters, ranges, self.search, tuple(self.sort))


class ShowQuestion(Question):
    """One record with what belongs to it and the events behind it."""

    name: str
    committee: str = Field(pattern=COMMITTEE)
    id: str = Field(min_length=1)
    as_of: str | None = None
    at_position: int | None = Field(None, ge=0, le=LAST_POSITION)
    recorded_by: str | None = None
    exported_as: str | None = Field(None, min_length=1, max_length=20)


class JournalQuestion(Question):
    """Events of a committee; `stream` is the beginning of a stream's name, `since` and `until` are days
    between which the events took effect."""

    committee: str = Field(pattern=COMMITTEE)
    stream: str | None = None
    type: str | None = None
    person: str | None = None
    capacity: str | None = None
    clause: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    after: int | None = Field(None, ge=0, le=LAST_POSITION)
    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=LAST_ROW)


class PowersQuestion(Question):
    """What a person may do on the day `at`."""

    committee: str = Field(pattern=COMMITTEE)
    person: str = Field(min_length=1)
    at: str | None = None


class ComplianceQuestion(Question):
    """How every clause stands on a day, in each quarter since a day; one clause in detail."""

    committee: str = Field(pattern=COMMITTEE)
    as_of: str | None = None
    at_position: int | None = Field(None, ge=0, le=LAST_POSITION)
    recorded_by: str | None = None
    since: str | None = None
    clause: str | None = None


class ActivityQuestion(Question):
    """The figures of a period: `2026`, `2026-Q3`, `2026-07` or `2026-W30`; with `window` that of the reports
    to the authorities above, from the 15th to the 14th."""

    committee: str = Field(pattern=COMMITTEE)
    period: str = Field(min_length=4, max_length=10)
    window: bool = False
    at_position: int | None = Field(None, ge=0, le=LAST_POSITION)
    recorded_by: str | None = None


class LooksQuestion(Question):
    """The looks at the records of a committee since a day, the newest first; with `by_record` how many there
    were at each record."""

    committee: str = Field(pattern=COMMITTEE)
    since: str | None = None
    by_record: bool = False
    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=LAST_ROW)


class Nothing(Question):
    """A question without parts."""


Q = TypeVar("Q", bound=Question)


def asked(question: type[Q], payload: dict[str, Any]) -> Q:
    """Raises InvalidRequest, naming the field and the fault."""
    try:
        return question.model_validate(payload)
    except ValidationError as error:
        parts = ", ".join(question.model_fields) or "—"
        raise InvalidRequest(
            question.__name__, f"{describe(error)} ({both('records.parts')}: {parts})"
        ) from error
