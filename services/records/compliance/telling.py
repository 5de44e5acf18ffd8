"""Where the past of a committee is read from, as often as it takes and never as a whole."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from services.members import authority
from services.records.compliance.serving import served
from services.records.compliance.standing import Recorded
from shared.messages import Event

History = Sequence[Recorded]
"""The events of one stream, in order."""


class Cited(NamedTuple):
    """An event by its reference, its earliest day, and the clauses that it serves."""

    reference: str
    day: date
    clauses: tuple[str, ...]


class Telling(Protocol):
    """The events of one committee that had taken effect by a day. Each method reads anew."""

    def histories(self, category: str) -> Iterator[History]:
        """Stream by stream, in the order of their first events."""

    def history(self, category: str, stream_id: str) -> History:
        """One stream; empty where there is none."""

    def of(self, event_type: type[Event]) -> Iterator[Recorded]:
        """The events of a type, in the order of the store."""

    def proving(self) -> Iterator[Recorded]:
        """The events from which authority follows, in the order of the store."""

    def cited(self) -> Iterator[Cited]:
        """Every event, in the order of the store."""

    def live_from(self) -> date | None:
        """The earliest day of what was recorded as it happened."""


class Listed:
    """A past that is known as a whole."""

    def __init__(self, events: Iterable[Recorded]) -> None:
        self._events = list(events)
        self._streams: dict[str, list[Recorded]] = {}
        for one in self._events:
            self._streams.setdefault(one.stream, []).append(one)

    def histories(self, category: str) -> Iterator[History]:
        return (told for name, told in self._streams.items() if name.partition("-")[0] == category)

    def history(self, category: str, stream_id: str) -> History:
        found = (told for told in self.histories(category) if told[0].stream.partition(".")[2] == stream_id)
        return next(found, ())

    def of(self, event_type: type[Event]) -> Iterator[Recorded]:
        return (one for one in self._events if type(one.event) is event_type)

    def proving(self) -> Iterator[Recorded]:
        there = {stream.format(one.committee) for one in self._events[:1] for stream in authority.STREAMS}
        return (one for one in self._events if one.stream in there)

    def cited(self) -> Iterator[Cited]:
        return (Cited(one.reference, one.meta.effective_at.earliest, served(one)) for one in self._events)

    def live_from(self) -> date | None:
        days = (one.meta.effective_at.earliest for one in self._events if one.meta.source is None)
        return min(days, default=None)
