"""The port to the event store: what every store promises, and how each promise may break.

Words: a *stream* is an ordered list of events; its first event has *revision* 0. A *position* is the
place of an event in `$all`, the one order of all facts; positions grow but not by one. Both "before the
first event" values are constants here, so that nobody writes -1 or 0 by hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

NO_STREAM = -1
"""Expected revision of a stream that must not exist yet."""

BEGINNING = 0
"""Position before the first event of `$all`; every event's position is greater."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that is about to be appended. `data` and `metadata` are UTF-8 JSON objects."""

    id: UUID
    type: str
    data: bytes
    metadata: bytes


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event as the store keeps it; `recorded_at` is the store's own clock in UTC."""

    id: UUID
    type: str
    data: bytes
    metadata: bytes
    stream: str
    revision: int
    position: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Appended:
    """The outcome of an append: revision and position of its last event."""

    revision: int
    position: int


class StoreError(Exception):
    """Anything the store could not do."""


class WrongExpectedRevision(StoreError):
    """The stream is not at the revision that the caller saw: read again, decide again."""

    def __init__(self, stream: str, expected: int, actual: int | None = None) -> None:
        super().__init__(f"stream {stream!r}: expected revision {expected}, found {actual}")
        self.stream, self.expected, self.actual = stream, expected, actual


class StoreUnavailable(StoreError):
    """The store did not answer in time. After an append the outcome is unknown: repeat the same ids."""


class StoreFull(StoreUnavailable):
    """The store cannot take more now, such as when its disk is full; it may still be read.

    Told at once, because waiting makes no room. An earlier attempt may have been recorded all the same.
    """


class StoreRejected(StoreError):
    """The store answered that it will not: too large, deleted stream, malformed request, unknown user."""


class StoreDamaged(StoreRejected):
    """The store found its own records damaged, and does not serve what it cannot vouch for."""


class SubscriptionEnded(StoreError):
    """A subscription stopped although nobody asked it to: reopen after the last handled position."""


class Subscription(Protocol):
    """A catch-up subscription: all history after a point, then every new event, in order, once each.

    Iterating, which is for one thread, blocks until an event arrives. It ends normally only after `stop()`
    (from any thread); every other end raises `SubscriptionEnded` or `StoreUnavailable`.
    """

    def __iter__(self) -> Iterator[RecordedEvent]: ...

    def stop(self) -> None: ...


class EventStore(Protocol):
    """What a store promises. Safe to share between threads; every call ends within the store's limit."""

    def append(self, stream: str, events: Sequence[NewEvent], *, expected: int) -> Appended:
        """Append all events or none, where the stream's last revision is exactly `expected`.

        Repeating an append with the same ids is answered with the first outcome and writes nothing.
        Raises WrongExpectedRevision, StoreUnavailable (outcome unknown; StoreFull where there is no
        room), StoreRejected.
        """
        ...

    def read_stream(
        self, stream: str, *, after: int = NO_STREAM, limit: int | None = None
    ) -> list[RecordedEvent]:
        """The events with a revision greater than `after`, complete or an error, never cut short.

        A stream that does not exist reads as an empty list. Raises StoreUnavailable.
        """
        ...

    def read_stream_backwards(self, stream: str, *, limit: int) -> list[RecordedEvent]:
        """The last `limit` events of a stream, newest first."""
        ...

    def read_all(self, *, after: int = BEGINNING, limit: int | None = None) -> Iterator[RecordedEvent]:
        """Events of `$all` with a position greater than `after`, in order, system events left out.

        Streams with flat memory. A break raises StoreUnavailable while iterating, never a short read.
        """
        ...

    def read_all_backwards(self, *, limit: int) -> list[RecordedEvent]:
        """The last `limit` events of `$all`, newest first, system events left out."""
        ...

    def head(self) -> int:
        """Position of the last event that is not a system event; BEGINNING when there is none."""
        ...

    def subscribe_all(self, *, after: int = BEGINNING, streams: Sequence[str] = ()) -> Subscription:
        """Follow `$all` after a position; `streams` keeps only streams with one of these prefixes."""
        ...

    def subscribe_stream(self, stream: str, *, after: int = NO_STREAM) -> Subscription:
        """Follow one stream after a revision; a stream that does not exist yet is waited for."""
        ...

    def close(self) -> None: ...
