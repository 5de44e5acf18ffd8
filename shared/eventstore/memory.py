"""An event store in memory that keeps every promise of the port, and breaks one on request."""

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID
from weakref import WeakSet

from shared.eventstore.embedded.log.rules import Already, Standing, Write, decide
from shared.eventstore.limits import check_append
from shared.eventstore.port import (
    BEGINNING,
    NO_STREAM,
    Appended,
    NewEvent,
    RecordedEvent,
    StoreUnavailable,
    WrongExpectedRevision,
)

_RECORD_OVERHEAD = 64  # positions grow as in a log, so that code which assumes "+1" fails early


class _Stream(list[RecordedEvent]):
    """One stream's events, as the append rules look at them."""

    def id_at(self, revision: int) -> bytes | None:
        return self[revision].id.bytes if revision < len(self) else None

    def revision_of(self, event_id: bytes) -> int | None:
        found = UUID(bytes=event_id)
        return next((e.revision for e in self if e.id == found), None)


class MemoryStore:
    """Keeps events in lists under one lock; nothing survives the process."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._all: list[RecordedEvent] = []
        self._streams: dict[str, _Stream] = {}
        self._failures: list[bool] = []
        self._subscriptions: WeakSet[MemorySubscription] = WeakSet()
        self._closed = False

    def fail_next_append(self, persisted: bool) -> None:
        """Let the next append raise StoreUnavailable, after (`persisted`) or before it is recorded.

        Requests queue up: called twice, two appends fail.
        """
        with self._changed:
            self._failures.append(persisted)

    def append(self, stream: str, events: Sequence[NewEvent], *, expected: int) -> Appended:
        check_append(stream, events, expected)
        with self._changed:
            self._require_open()
            fails = bool(self._failures)
            if fails and not self._failures.pop(0):
                raise StoreUnavailable("the store failed on request; nothing was recorded")
            outcome = self._append(stream, events, expected)
            if fails:
                raise StoreUnavailable("the store failed on request; the events were recorded")
            return outcome

    def _append(self, stream: str, events: Sequence[NewEvent], expected: int) -> Appended:
        recorded = self._streams.get(stream, _Stream())
        decision = decide(expected, Standing(len(recorded) - 1), [e.id.bytes for e in events], recorded)
        if isinstance(decision, Already):
            return Appended(decision.last, recorded[decision.last].position)
        if not isinstance(decision, Write):
            raise WrongExpectedRevision(stream, expected, len(recorded) - 1)
        self._streams[stream] = recorded
        position = self._all[-1].position if self._all else BEGINNING
        for revision, event in enumerate(events, start=decision.first):
            position += _RECORD_OVERHEAD + len(event.data) + len(event.metadata)
            fact = RecordedEvent(
                id=event.id,
                type=event.type,
                data=event.data,
                metadata=event.metadata,
                stream=stream,
                revision=revision,
                position=position,
                recorded_at=datetime.now(UTC),
            )
            recorded.append(fact)
            self._all.append(fact)
        self._changed.notify_all()
        return Appended(recorded[-1].revision, position)

    def read_stream(
        self, stream: str, *, after: int = NO_STREAM, limit: int | None = None
    ) -> list[RecordedEvent]:
        with self._changed:
            self._require_open()
            end = None if limit is None else after + 1 + limit
            return list(self._streams.get(stream, [])[after + 1 : end])

    def read_stream_backwards(self, stream: str, *, limit: int) -> list[RecordedEvent]:
        with self._changed:
            self._require_open()
            return list(reversed(self._streams.get(stream, [])))[:limit]

    def read_all(self, *, after: int = BEGINNING, limit: int | None = None) -> Iterator[RecordedEvent]:
        with self._changed:
            self._require_open()
            index, end = self._index_after(after), len(self._all)
        if limit is not None:
            end = min(end, index + limit)
        return (self._all[n] for n in range(index, end))

    def read_all_backwards(self, *, limit: int) -> list[RecordedEvent]:
        with self._changed:
            self._require_open()
            return self._all[: -limit - 1 : -1]

    def head(self) -> int:
        with self._changed:
            self._require_open()
            return self._all[-1].position if self._all else BEGINNING

    def subscribe_all(self, *, after: int = BEGINNING, streams: Sequence[str] = ()) -> "MemorySubscription":
        with self._changed:
            self._require_open()
            return self._follow(self._all, self._index_after(after), tuple(streams))

    def subscribe_stream(self, stream: str, *, after: int = NO_STREAM) -> "MemorySubscription":
        with self._changed:
            self._require_open()
            # A waiting subscription holds the list that the stream's first append will fill.
            events = self._streams.setdefault(stream, _Stream())
            return self._follow(events, after + 1, ())

    def close(self) -> None:
        """End every subscription as `stop()` would; calls made afterwards raise StoreUnavailable."""
        with self._changed:
            self._closed = True
            for subscription in list(self._subscriptions):
                subscription.stop()

    def _follow(
        self, events: list[RecordedEvent], index: int, prefixes: tuple[str, ...]
    ) -> "MemorySubscription":
        subscription = MemorySubscription(self._changed, events, index, prefixes)
        self._subscriptions.add(subscription)
        return subscription

    def _index_after(self, position: int) -> int:
        return bisect_right(self._all, position, key=lambda event: event.position)

    def _require_open(self) -> None:
        if self._closed:
            raise StoreUnavailable("the store was closed")


class MemorySubscription:
    """Follows one of the store's growing lists by index, so that a slow reader holds nothing up."""

    def __init__(
        self, changed: threading.Condition, events: list[RecordedEvent], index: int, prefixes: tuple[str, ...]
    ) -> None:
        self._changed, self._events, self._index, self._prefixes = changed, events, index, prefixes
        self._stopped = False

    def __iter__(self) -> Iterator[RecordedEvent]:
        while (event := self._next()) is not None:
            yield event

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _next(self) -> RecordedEvent | None:
        with self._changed:
            while not self._stopped:
                if self._index == len(self._events):
                    self._changed.wait()
                    continue
                event = self._events[self._index]
                self._index += 1
                if not self._prefixes or event.stream.startswith(self._prefixes):
                    return event
        return None
