"""Streams and `$all` of any length, some events at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from shared.eventstore.port import NO_STREAM, EventStore, RecordedEvent

PAGE: Final = 500
"""Events that are in memory at a time."""


def stream_events(store: EventStore, stream: str, *, after: int = NO_STREAM) -> Iterator[RecordedEvent]:
    """The events of a stream with a revision greater than `after`, to its end as the last page finds it.

    Each page is complete or an error. Raises StoreUnavailable while iterating: whoever folds must then throw
    away what the pages before have made.
    """
    while page := store.read_stream(stream, after=after, limit=PAGE):
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].revision


def batches(
    events: Iterable[RecordedEvent], size: int, until: int | None = None
) -> Iterator[list[RecordedEvent]]:
    """Events of `$all` in lists of at most `size`, up to a position or to their end."""
    rest = iter(events)
    while batch := list(islice(rest, size)):
        wanted = [event for event in batch if until is None or event.position <= until]
        if wanted:
            yield wanted
        if len(wanted) < len(batch):
            return
