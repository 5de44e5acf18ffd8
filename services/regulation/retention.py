"""How long a file is kept: classes with their periods, by version: a file keeps the one it was given."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator

from services.regulation.reading import read
from shared.messages import Message

SUBMITTED_FROM: Final = 5
"""Years from which on a file must be submitted to the archive (Nghị định 30/2020/NĐ-CP, Điều 31.3.c)."""


class Title(Message):
    """A name in both languages."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class RetentionClass(Message):
    """A class of files: kept for some years after the one in which the work ended, or for ever.

    `verified` says whether the row of the table was read; else the period is a recommendation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Title
    years: int | None = Field(default=None, ge=1, le=200)
    permanent: bool = False
    basis: str = Field(min_length=1)
    verified: bool

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.permanent == (self.years is not None):
            raise ValueError("years or permanent: one of both")
        return self


class RetentionTable(Message):
    """The classes that are in force from a day on, until a later table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field(min_length=1)
    valid_from: date
    basis: str
    classes: Mapping[str, RetentionClass]


@cache
def tables() -> tuple[RetentionTable, ...]:
    """All versions, the oldest first; read once."""
    found = TypeAdapter(tuple[RetentionTable, ...]).validate_python(read("retention.yaml")["versions"])
    return tuple(sorted(found, key=lambda table: table.valid_from))


def table_on(day: date) -> RetentionTable:
    """The table in force on a day; before the first there was another, so that the first stands in for it."""
    in_force = [table for table in tables() if table.valid_from <= day]
    return in_force[-1] if in_force else tables()[0]
