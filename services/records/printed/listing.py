"""A whole register, read page by page at one position, and where it comes from."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from services.records.hashes import canonical
from services.records.printed.cells import columns_of
from shared.catalogue.columns import identity
from shared.catalogue.presentation import Names
from shared.catalogue.seen import seen

PAGE: Final = 1000
"""Rows of one answer: what is in memory at a time."""
MOMENT: Final = ("as_of", "at_position", "recorded_by")

Row = Mapping[str, Any]
Ask = Callable[..., Mapping[str, Any]]
"""`records.register`: the parts of a question by name, to its answer. Raises what the question raises."""
Told = Callable[[int, int], None]
"""Called after each page with the rows so far, and how many there are."""


@dataclass
class Listing:
    """A register to be written down; `rows` can be gone through once, then `count` and `digest` are known.

    `on` is the day on which the rows are read: what is past due is so on a day. `question` is what was asked
    beside the name. The digest is the SHA-256 of the rows as `records` answered them, each a line of
    canonical JSON: keys sorted, no spaces, UTF-8.
    """

    name: str
    committee: str
    columns: list[str]
    total: int
    position: int
    epoch: str | None
    quarantine: list[str]
    question: Mapping[str, Any]
    on: date
    names: Names = field(default_factory=dict)
    pages: Iterator[list[Row]] = field(default_factory=lambda: iter(()), repr=False)
    count: int = 0
    _hash: Any = field(default_factory=hashlib.sha256, repr=False)

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows as they read on the day."""
        for page in self.pages:
            for row in page:
                self._hash.update(canonical(row) + b"\n")
                self.count += 1
            yield from seen(self.name, page, self.on)

    @property
    def shown(self) -> list[str]:
        """The columns in the order of a table: those that were asked for, or all."""
        return self.columns if self.question.get("columns") else columns_of(self.name, self.columns)

    @property
    def key(self) -> str:
        """The column with the ids of the records; none where columns were chosen."""
        return "" if self.question.get("columns") else identity(self.columns)

    @property
    def digest(self) -> str:
        return str(self._hash.hexdigest())


def listing(ask: Ask, name: str, on: date, told: Told | None = None, **question: Any) -> Listing:
    """The register as the first answer shows it; every further page is asked at the position of that answer,
    so that what is recorded meanwhile moves no row from one page to another."""
    question = {part: value for part, value in question.items() if value not in (None, {}, [], ())}
    first = ask(name, limit=PAGE, offset=0, **question)
    made = Listing(
        name,
        str(first["committee"]),
        list(first["columns"]),
        int(first["total"]),
        int(first["position"]),
        first.get("epoch"),
        list(first.get("quarantine") or ()),
        question,
        on,
    )
    made.pages = _pages(ask, made, first, told)
    return made


def _pages(ask: Ask, whole: Listing, first: Mapping[str, Any], told: Told | None) -> Iterator[list[Row]]:
    pinned = dict(whole.question)
    if not {"at_position", "recorded_by"} & pinned.keys():
        pinned["at_position"] = whole.position
    rows, read = list(first["rows"]), 0
    while rows:
        read += len(rows)
        yield rows
        if told:
            told(read, whole.total)
        if read >= whole.total:
            return
        rows = list(ask(whole.name, limit=PAGE, offset=read, **pinned)["rows"])


def code_version() -> str:
    """The version of this code, as it was installed."""
    try:
        return f"bcd {version('bcd')}"
    except PackageNotFoundError:
        return "bcd"
