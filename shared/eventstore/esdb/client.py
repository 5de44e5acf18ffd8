"""An esdbclient client without the faults that lose events: guarded reads, real keepalive, safe renewal."""

import time
from collections.abc import Sequence
from threading import Lock
from typing import Any

import grpc
from esdbclient import EventStoreDBClient
from esdbclient.client import DEFAULT_EXCLUDE_FILTER
from esdbclient.common import AbstractReadResponse
from esdbclient.connection import ESDBConnection
from esdbclient.events import NewEvent, RecordedEvent
from esdbclient.streams import CatchupSubscription, ReadResponse, StreamState

_RENEWAL_SECONDS = 0.25  # many threads that meet the same outage share a new connection for so long


class CutShortError(Exception):
    """A read or subscription ended without the server having said that it was complete."""


class Client(EventStoreDBClient):
    """Calls the services of the current connection directly, once each.

    esdbclient's own methods retry up to four times behind the caller's deadline, and reconnect by
    closing the connection under the other threads; `calls.py` does both with one deadline.
    """

    def __init__(self, uri: str, *, call_timeout: float, keepalive: float, keepalive_timeout: float) -> None:
        """All in seconds; no call made here lasts longer than `call_timeout`, subscriptions excepted."""
        self._call_timeout = call_timeout
        self._renewed = 0.0
        self._retired: list[tuple[float, ESDBConnection]] = []
        self._renewal = Lock()
        # The names that the C core knows; esdbclient 1.1.7 sets "grpc.keepalive_ms", which nothing reads.
        self._channel_options = (
            ("grpc.keepalive_time_ms", int(keepalive * 1000)),
            ("grpc.keepalive_timeout_ms", int(keepalive_timeout * 1000)),
            ("grpc.http2.ping_timeout_ms", int(keepalive_timeout * 1000)),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.http2.max_pings_without_data", 0),
            # A new connection tries at once. With the pool that channels share by default it would
            # inherit the back-off of the one it replaces, and find a restarted server seconds late.
            ("grpc.use_local_subchannel_pool", 1),
        )
        super().__init__(uri)

    def _construct_grpc_channel(self, grpc_target: str, grpc_options: Any = ()) -> grpc.Channel:
        return super()._construct_grpc_channel(grpc_target, self._channel_options + tuple(grpc_options))

    def _discover_preferred_node(self) -> ESDBConnection:
        # One round through the nodes within a call's time; the caller repeats it, with its own deadline.
        options = self.connection_spec.options
        share = max(1, int(self._call_timeout / len(self.connection_spec.targets)))
        options._MaxDiscoverAttempts, options._GossipTimeout = 1, min(options.GossipTimeout, share)
        return super()._discover_preferred_node()

    @property
    def connection(self) -> ESDBConnection:
        return self._connection

    def renew(self, failed: ESDBConnection, target: str | None = None) -> None:
        """Replace the connection that failed, by one to `target` or as the connection string says.

        Does nothing where another thread has just done so. The old one is closed later: closing it
        now would cancel the calls of other threads, and esdbclient turns a cancelled read into a
        complete-looking short one.
        """
        now = time.monotonic()
        with self._renewal:
            if self._connection is not failed or now < self._renewed + _RENEWAL_SECONDS:
                return
            self._connection, self._renewed = self._connect(target), now
            self._retired.append((now + self._call_timeout + 1.0, failed))
            due = [connection for end, connection in self._retired if end <= now]
            self._retired = [(end, connection) for end, connection in self._retired if end > now]
        for connection in due:
            connection.close()

    def append(
        self, stream: str, current: int | StreamState, events: list[NewEvent], *, timeout: float
    ) -> int:
        """One attempt to append; the commit position of the last event."""
        return self.streams.batch_append(
            stream_name=stream,
            current_version=current,
            events=events,
            timeout=timeout,
            metadata=self._call_metadata,
            credentials=self._call_credentials,
        )

    def stream_page(
        self, stream: str, *, start: int | None, backwards: bool, limit: int, timeout: float
    ) -> list[RecordedEvent]:
        """Up to `limit` events from a revision (inclusive; None = the first, backwards the last)."""
        response = self.streams.read(
            stream_name=stream,
            stream_position=start,
            backwards=backwards,
            limit=limit,
            timeout=timeout,
            metadata=self._call_metadata,
            credentials=self._call_credentials,
        )
        return complete(response)

    def all_page(
        self, *, start: int | None, backwards: bool, limit: int, timeout: float
    ) -> list[RecordedEvent]:
        """Up to `limit` events of `$all` from a position (forwards inclusive), no system events."""
        response = self.streams.read(
            commit_position=start,
            backwards=backwards,
            filter_exclude=DEFAULT_EXCLUDE_FILTER,
            limit=limit,
            timeout=timeout,
            metadata=self._call_metadata,
            credentials=self._call_credentials,
        )
        return complete(response)

    def follow_all(self, *, after: int | None, prefix_pattern: str | None) -> CatchupSubscription:
        """Open a subscription to `$all`; the pattern, if any, selects by stream name."""
        include: Sequence[str] = () if prefix_pattern is None else (prefix_pattern,)
        return self.streams.read(
            commit_position=after,
            filter_include=include,
            filter_exclude=DEFAULT_EXCLUDE_FILTER,
            filter_by_stream_name=prefix_pattern is not None,
            subscribe=True,
            metadata=self._call_metadata,
            credentials=self._call_credentials,
        )

    def follow_stream(self, stream: str, *, after: int | None) -> CatchupSubscription:
        """Open a subscription to one stream after a revision (None = from its beginning)."""
        return self.streams.read(
            stream_name=stream,
            stream_position=after,
            subscribe=True,
            metadata=self._call_metadata,
            credentials=self._call_credentials,
        )

    def close(self) -> None:
        super().close()
        for _, connection in getattr(self, "_retired", []):
            connection.close()


def complete(response: AbstractReadResponse) -> list[RecordedEvent]:
    """Every event of a read, or CutShortError: a cancelled read ends like a finished one in esdbclient.

    What the server said last is the only proof that nothing is missing.
    """
    assert isinstance(response, ReadResponse)
    events = list(response)
    status = response._read_resps.code()  # type: ignore[attr-defined]  # a gRPC call, typed as an iterator
    if status is not grpc.StatusCode.OK:
        raise CutShortError(f"the read was cut short after {len(events)} events: {status.name}")
    return events
