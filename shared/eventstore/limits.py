"""What every store refuses before it does anything, so that all stores refuse alike."""

from collections.abc import Sequence

from shared.eventstore.port import NO_STREAM, NewEvent, StoreRejected

MAX_APPEND_BYTES = 1024 * 1024
"""EventStoreDB's default for one append: data, metadata, and the type in UTF-16, all events together."""


def append_bytes(events: Sequence[NewEvent]) -> int:
    """The size of an append as EventStoreDB counts it."""
    return sum(len(e.data) + len(e.metadata) + 2 * len(e.type) for e in events)


def check_append(stream: str, events: Sequence[NewEvent], expected: int) -> None:
    """Raise StoreRejected where the request is malformed, whatever the stream holds."""
    if not stream or stream.startswith("$"):
        raise StoreRejected(f"stream {stream!r}: a name must not be empty or start with '$'")
    if expected < NO_STREAM:
        raise StoreRejected(f"stream {stream!r}: expected revision {expected} is below {NO_STREAM}")
    if not events:
        raise StoreRejected(f"stream {stream!r}: an append needs at least one event")
    if any(not e.type or e.type.startswith("$") for e in events):
        raise StoreRejected(f"stream {stream!r}: an event type must not be empty or start with '$'")
    if len({e.id for e in events}) < len(events):
        raise StoreRejected(f"stream {stream!r}: two events of one append share an id")
    if (size := append_bytes(events)) > MAX_APPEND_BYTES:
        raise StoreRejected(f"stream {stream!r}: {size} bytes in one append, {MAX_APPEND_BYTES} allowed")
