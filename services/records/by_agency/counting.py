"""Counts of what came on time, late, or not at all, and the events that say so."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, select

from services.records.journal import journal
from services.records.views import View


class Came(StrEnum):
    """How an answer came; silent only where it is recorded that its day passed."""

    ON_TIME = "on_time"
    LATE = "late_count"
    SILENT = "silent_count"
    WAITING = "waiting_count"


@dataclass
class Count:
    """Of one agency."""

    numbers: dict[Came, int] = field(default_factory=lambda: dict.fromkeys(Came, 0))
    evidence: dict[str, None] = field(default_factory=dict)

    def add(self, came: Came, *events: str) -> None:
        self.numbers[came] += 1
        self.evidence |= dict.fromkeys(events)

    @property
    def values(self) -> dict[str, Any]:
        """The columns of `tables`."""
        numbers = self.numbers
        due = numbers[Came.ON_TIME] + numbers[Came.LATE] + numbers[Came.SILENT]
        return {
            "times_asked": sum(numbers.values()),
            **{came.value: number for came, number in numbers.items()},
            "on_time_rate": round(100 * numbers[Came.ON_TIME] / due) if due else None,
            "evidence": list(self.evidence),
        }


def rows_of(view: View, table: Table, committee: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a read model, in the order of their key."""
    query = select(table).where(table.c.committee == committee).order_by(*table.primary_key)
    yield from map(dict, view.db.execute(query).mappings())


def proofs(
    view: View, committee: str, types: Collection[str], key: tuple[str, ...]
) -> dict[tuple[Any, ...], list[str]]:
    """The events of these types that count, by what they say in these fields."""
    here = (journal.c.committee == committee, journal.c.type.in_(types), view.counting)
    query = select(journal.c.reference, journal.c.data).where(*here).order_by(journal.c.position)
    found: dict[tuple[Any, ...], list[str]] = {}
    for reference, data in view.events.execute(query):
        found.setdefault(tuple(data.get(name) for name in key), []).append(reference)
    return found
