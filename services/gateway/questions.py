"""What a visitor asks for, checked: a day, a page, and how the answer should look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Request

PAGE: Final = 50
"""Entries on one page."""
LAST_PAGE: Final = 100_000


class BadDate(Exception):
    """`as_of` is not a day."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value


class BadNumber(Exception):
    """A number in the address is none, or out of its range."""

    def __init__(self, name: str, least: int, most: int) -> None:
        super().__init__(name)
        self.name, self.least, self.most = name, least, most


class NoRecord(Exception):
    """The register is there, the record is not."""

    def __init__(self, register: str, record: str) -> None:
        super().__init__(register, record)
        self.register, self.record = register, record


@dataclass(frozen=True)
class Page:
    """A page of a register; `number` counts from 1."""

    number: int = 1

    @property
    def offset(self) -> int:
        return (self.number - 1) * PAGE

    def first(self, total: int) -> int:
        """The number of the first entry shown; 0 where there is none."""
        return min(self.offset + 1, total)

    def last(self, total: int) -> int:
        return min(self.offset + PAGE, total)

    def has_next(self, total: int) -> bool:
        return self.offset + PAGE < total


def day_asked(arguments: Mapping[str, str], name: str = "as_of") -> str | None:
    """A part of the address as an ISO day; None where nothing was asked. Raises BadDate."""
    value = arguments.get(name, "").strip()
    if not value:
        return None
    try:
        if date.fromisoformat(value).isoformat() == value:  # Python reads other forms of ISO 8601 too
            return value
    except ValueError:
        pass
    raise BadDate(value)


def page_asked(arguments: Mapping[str, str]) -> Page:
    """`page`, 1 where nothing was asked. Raises BadNumber."""
    value = arguments.get("page", "1")
    if not (value.isascii() and value.isdecimal() and 1 <= int(value[:9]) <= LAST_PAGE):
        raise BadNumber("page", 1, LAST_PAGE)
    return Page(int(value))


def wants_json(request: Request) -> bool:
    """By the address (`.json`) or by the Accept header; people's browsers get pages."""
    if request.path.endswith(".json"):
        return True
    accepted = request.accept_mimetypes
    best = accepted.best_match(["text/html", "application/json", "application/problem+json"])
    return best is not None and best != "text/html"
