"""EventStoreDB, a real cluster or our embedded server, as an event store behind the port."""

import atexit
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from uuid import UUID
from weakref import WeakSet

from esdbclient.events import RecordedEvent as EsdbRecordedEvent
from esdbclient.exceptions import NotFound, WrongCurrentVersion
from esdbclient.streams import CatchupSubscription, StreamState

from shared.eventstore.esdb.calls import Calls
from shared.eventstore.esdb.client import Client
from shared.eventstore.esdb.events import proposed, recorded
from shared.eventstore.esdb.subscription import EsdbSubscription
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

PAGE = 500
"""Events fetched by one call: a long history is many short calls, each with its own time limit."""

_open_stores: "WeakSet[EsdbStore]" = WeakSet()


@atexit.register
def _close_all() -> None:
    """Without this an open subscription keeps the interpreter from ending (esdbclient waits for it)."""
    for store in list(_open_stores):
        store.close()


class EsdbStore:
    """Shares one client between threads for calls, and gives every subscription its own.

    All limits are in seconds. `call_timeout` bounds one attempt and `deadline` an append, or one page
    of a read, with all its attempts. A silent connection is given up after `keepalive` and
    `keepalive_timeout`; servers take pings less than 10 s apart for an attack.
    """

    def __init__(
        self,
        uri: str,
        *,
        call_timeout: float = 5.0,
        deadline: float = 15.0,
        keepalive: float = 10.0,
        keepalive_timeout: float = 5.0,
    ) -> None:
        self._uri, self._call_timeout = uri, call_timeout
        self._keepalive, self._keepalive_timeout = keepalive, keepalive_timeout
        self._calls = Calls(self._shared_client, call_timeout=call_timeout, deadline=deadline)
        self._lock = threading.Lock()
        self._client: Client | None = None
        self._closed = False
        self._subscriptions: WeakSet[EsdbSubscription] = WeakSet()
        _open_stores.add(self)

    def append(self, stream: str, events: Sequence[NewEvent], *, expected: int) -> Appended:
        check_append(stream, events, expected)
        batch = [proposed(event) for event in events]  # a list: a generator is empty when it is repeated
        current = StreamState.NO_STREAM if expected == NO_STREAM else expected

        def attempt(client: Client, timeout: float) -> int | None:
            try:
                return client.append(stream, current, batch, timeout=timeout)
            except WrongCurrentVersion:
                return None

        position = self._calls.run(attempt)
        if position is not None:
            return Appended(expected + len(batch), position)
        return self._own_earlier_append(stream, expected, [e.id for e in events])

    def _own_earlier_append(self, stream: str, expected: int, ids: list[UUID]) -> Appended:
        """Where an attempt whose answer was lost did write, the conflict is with ourselves."""
        there = self.read_stream(stream, after=expected, limit=len(ids))
        if [e.id for e in there] == ids:
            return Appended(there[-1].revision, there[-1].position)
        last = self.read_stream_backwards(stream, limit=1)
        raise WrongExpectedRevision(stream, expected, last[0].revision if last else NO_STREAM)

    def read_stream(
        self, stream: str, *, after: int = NO_STREAM, limit: int | None = None
    ) -> list[RecordedEvent]:
        events: list[RecordedEvent] = []
        while (count := _next_count(limit, len(events))) > 0:
            page = self._stream_page(stream, after + 1, False, count)
            events += page
            if len(page) < count:
                break
            after = page[-1].revision
        return events

    def read_stream_backwards(self, stream: str, *, limit: int) -> list[RecordedEvent]:
        events: list[RecordedEvent] = []
        start = None
        while (count := _next_count(limit, len(events))) > 0:
            page = self._stream_page(stream, start, True, count)
            events += page
            if len(page) < count or page[-1].revision == 0:
                break
            start = page[-1].revision - 1
        return events

    def _stream_page(
        self, stream: str, start: int | None, backwards: bool, count: int
    ) -> list[RecordedEvent]:
        def attempt(client: Client, timeout: float) -> list[EsdbRecordedEvent]:
            try:
                return client.stream_page(
                    stream, start=start, backwards=backwards, limit=count, timeout=timeout
                )
            except NotFound:
                return []

        return [recorded(event) for event in self._calls.run(attempt)]

    def read_all(self, *, after: int = BEGINNING, limit: int | None = None) -> Iterator[RecordedEvent]:
        done = 0
        while (count := _next_count(limit, done)) > 0:
            # EventStoreDB reads forwards from a position on; the event that stands there is known already.
            page = self._all_page(after if after > BEGINNING else None, False, count + 1)
            fresh = [event for event in page if event.position > after][:count]
            yield from fresh
            if len(page) <= count:
                return
            done += len(fresh)
            after = fresh[-1].position

    def read_all_backwards(self, *, limit: int) -> list[RecordedEvent]:
        events: list[RecordedEvent] = []
        start = None
        while (count := _next_count(limit, len(events))) > 0:
            page = self._all_page(start, True, count)
            events += page
            if len(page) < count:
                break
            start = page[-1].position
        return events

    def _all_page(self, start: int | None, backwards: bool, count: int) -> list[RecordedEvent]:
        def attempt(client: Client, timeout: float) -> list[EsdbRecordedEvent]:
            return client.all_page(start=start, backwards=backwards, limit=count, timeout=timeout)

        return [recorded(event) for event in self._calls.run(attempt)]

    def head(self) -> int:
        last = self.read_all_backwards(limit=1)
        return last[0].position if last else BEGINNING

    def subscribe_all(self, *, after: int = BEGINNING, streams: Sequence[str] = ()) -> EsdbSubscription:
        pattern = f"(?:{'|'.join(re.escape(prefix) for prefix in streams)}).*" if streams else None
        start = after if after > BEGINNING else None
        return self._subscribe(lambda client: client.follow_all(after=start, prefix_pattern=pattern))

    def subscribe_stream(self, stream: str, *, after: int = NO_STREAM) -> EsdbSubscription:
        start = after if after > NO_STREAM else None
        return self._subscribe(lambda client: client.follow_stream(stream, after=start))

    def _subscribe(self, opening: Callable[[Client], CatchupSubscription]) -> EsdbSubscription:
        def attempt(_shared: Client, timeout: float) -> EsdbSubscription:
            return EsdbSubscription(self._new_client(), opening, timeout=timeout)

        subscription = self._calls.run(attempt)
        with self._lock:
            self._subscriptions.add(subscription)
            closed = self._closed
        if closed:
            subscription.stop()
        return subscription

    def close(self) -> None:
        """Stop every subscription and close the connections; later calls raise StoreUnavailable."""
        with self._lock:
            self._closed = True
            client, self._client = self._client, None
            subscriptions = list(self._subscriptions)
        self._calls.close()
        for subscription in subscriptions:
            subscription.stop()
        if client is not None:
            client.close()

    def _shared_client(self) -> Client:
        """Made at the first call, so that a store may be opened before a fork or before its server is up."""
        with self._lock:
            if self._closed:
                raise StoreUnavailable("the store was closed")
            if self._client is None:
                self._client = self._new_client()
            return self._client

    def _new_client(self) -> Client:
        return Client(
            self._uri,
            call_timeout=self._call_timeout,
            keepalive=self._keepalive,
            keepalive_timeout=self._keepalive_timeout,
        )


def _next_count(limit: int | None, done: int) -> int:
    return PAGE if limit is None else min(PAGE, limit - done)
