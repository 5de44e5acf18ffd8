"""A stream of any length, read page by page."""

from collections.abc import Iterator
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
