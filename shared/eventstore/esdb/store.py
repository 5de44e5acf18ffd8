"""EventStoreDB, a real cluster or our embedded server, as an event store behind the port."""

import re
import threading
from collections.abc import Iterator, Sequence
from uuid import UUID
from weakref import WeakSet

from esdbclient.events import RecordedEvent as EsdbRecordedEvent
from esdbclient.exceptions import NotFound, WrongCurrentVersion
from esdbclient.streams import StreamState

from shared.eventstore.esdb.address import Access, address_of
from shared.eventstore.esdb.calls import Calls
from shared.eventstore.esdb.client import Client
from shared.eventstore.esdb.connection import Connection
from shared.eventstore.esdb.events import proposed, recorded
from shared.eventstore.esdb.lifetime import until_exit
from shared.eventstore.esdb.subscription import EsdbSubscription, Opening
from shared.eventstore.limits import check_append
from shared.eventstore.port import (
    BEGINNING,
    NO_STREAM,
    Appended,
    NewEvent,
    RecordedEvent,
    WrongExpectedRevision,
)

PAGE = 500
"""Events fetched by one call: a long history is many short calls, each with its own time limit."""


class EsdbStore:
    """Shares one connection between threads for calls, and gives every subscription its own.

    All limits are in seconds. `call_timeout` bounds one attempt and `deadline` an append, or one page
    of a read, with all its attempts. A silent connection is given up after `keepalive` and
    `keepalive_timeout`; servers take pings less than 10 s apart for an attack.
    """

    def __init__(
        self,
        uri: str,
        access: Access | None = None,
        *,
        call_timeout: float = 5.0,
        deadline: float = 15.0,
        keepalive: float | None = None,
        keepalive_timeout: float | None = None,
    ) -> None:
        """Opens nothing. Raises ValueError where the string or a file of `access` cannot be used."""
        self._address = address_of(
            uri, access or Access(), keepalive=keepalive, keepalive_timeout=keepalive_timeout
        )
        self._call_timeout = call_timeout
        self._client = Client(self._address)
        self._calls = Calls(self._client, call_timeout=call_timeout, deadline=deadline)
        self._lock = threading.Lock()
        self._no_more = False
        self._subscriptions: WeakSet[EsdbSubscription] = WeakSet()
        until_exit(self)

    def append(self, stream: str, events: Sequence[NewEvent], *, expected: int) -> Appended:
        check_append(stream, events, expected)
        batch = [proposed(event) for event in events]  # a list: a generator is empty when it is repeated
        current = StreamState.NO_STREAM if expected == NO_STREAM else expected

        def attempt(connection: Connection, timeout: float) -> int | None:
            try:
                return connection.append(stream, current, batch, timeout=timeout)
            except WrongCurrentVersion:
                return None

        end = self._calls.end()
        position = self._calls.run(attempt, end)
        if position is not None:
            return Appended(expected + len(batch), position)
        return self._own_earlier_append(stream, expected, [e.id for e in events], end)

    def _own_earlier_append(self, stream: str, expected: int, ids: list[UUID], end: float) -> Appended:
        """Where an attempt whose answer was lost did write, the conflict is with ourselves."""
        there = self._stream_page(stream, expected + 1, False, len(ids), end)
        if [e.id for e in there] == ids:
            return Appended(there[-1].revision, there[-1].position)
        last = self._stream_page(stream, None, True, 1, end)
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
        self, stream: str, start: int | None, backwards: bool, count: int, end: float | None = None
    ) -> list[RecordedEvent]:
        def attempt(connection: Connection, timeout: float) -> list[EsdbRecordedEvent]:
            try:
                return connection.stream_page(
                    stream, start=start, backwards=backwards, limit=count, timeout=timeout
                )
            except NotFound as missing:
                if not missing.args:  # a status of gRPC: the server speaks of something else than the stream
                    raise
                return []

        return [recorded(event) for event in self._calls.run(attempt, end)]

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
        def attempt(connection: Connection, timeout: float) -> list[EsdbRecordedEvent]:
            return connection.all_page(start=start, backwards=backwards, limit=count, timeout=timeout)

        return [recorded(event) for event in self._calls.run(attempt)]

    def head(self) -> int:
        last = self.read_all_backwards(limit=1)
        return last[0].position if last else BEGINNING

    def subscribe_all(self, *, after: int = BEGINNING, streams: Sequence[str] = ()) -> EsdbSubscription:
        pattern = f"(?:{'|'.join(re.escape(prefix) for prefix in streams)}).*" if streams else None
        start = after if after > BEGINNING else None
        return self._subscribe(lambda connection: connection.follow_all(after=start, prefix_pattern=pattern))

    def subscribe_stream(self, stream: str, *, after: int = NO_STREAM) -> EsdbSubscription:
        start = after if after > NO_STREAM else None
        return self._subscribe(lambda connection: connection.follow_stream(stream, after=start))

    def _subscribe(self, opening: Opening) -> EsdbSubscription:
        def attempt(_shared: Connection, timeout: float) -> EsdbSubscription:
            return EsdbSubscription(Client(self._address), opening, timeout=timeout)

        subscription = self._calls.run(attempt)
        with self._lock:
            self._subscriptions.add(subscription)
            no_more = self._no_more
        if no_more:
            subscription.stop()
        return subscription

    def stop_subscriptions(self) -> None:
        """As if `stop()` had been called on each of them, and on each that is still being opened."""
        with self._lock:
            self._no_more = True
            subscriptions = list(self._subscriptions)
        for subscription in subscriptions:
            subscription.stop()

    def close(self) -> None:
        """Stop every subscription and close the connections; later calls raise StoreUnavailable."""
        self._calls.close()
        self.stop_subscriptions()
        self._client.close()

    def leave_to_parent(self) -> None:
        """In a process that was forked: keep nothing of the parent's."""
        self._lock = threading.Lock()  # a thread of the parent may have held it
        self._client.leave_to_parent()
        for subscription in list(self._subscriptions):
            subscription.leave_to_parent()
        self._subscriptions = WeakSet()


def _next_count(limit: int | None, done: int) -> int:
    return PAGE if limit is None else min(PAGE, limit - done)
