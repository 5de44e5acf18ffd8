"""How far a reader is behind the store: in events, and in seconds since the first that it has not handled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.eventstore.port import EventStore

MOST: Final = 10_000
"""Events that are counted; whoever is further behind is told so."""


@dataclass(frozen=True)
class Lag:
    """`events` that wait; where there are `more`, at least so many. `seconds` since the first of them was
    recorded, by the clocks of the store and of this machine."""

    events: int
    seconds: float
    more: bool = False

    def __str__(self) -> str:
        return f"{self.events}{'+' if self.more else ''}"


def lag(store: EventStore, position: int, now: datetime, most: int = MOST) -> Lag:
    """The lag of a reader that has handled everything up to a position. Raises StoreUnavailable."""
    count, first = 0, None
    for event in store.read_all(after=position, limit=most + 1):
        first = first or event.recorded_at
        count += 1
    seconds = max((now - first).total_seconds(), 0.0) if first else 0.0
    return Lag(min(count, most), seconds, count > most)
