"""One connection to one node: each call is made once, and a read is whole or an error."""

from collections.abc import Sequence

import grpc
from esdbclient.client import DEFAULT_EXCLUDE_FILTER
from esdbclient.common import AbstractReadResponse
from esdbclient.connection import ESDBConnection
from esdbclient.events import NewEvent, RecordedEvent
from esdbclient.streams import CatchupSubscription, ReadResponse, StreamState

from shared.eventstore.esdb.address import Address
from shared.eventstore.esdb.channel import call_credentials, open_channel
from shared.eventstore.esdb.errors import CutShortError


class Connection:
    """Calls the services directly: esdbclient's own methods retry up to four times behind the caller's
    deadline, and reconnect by closing the connection under the other threads."""

    def __init__(self, address: Address, target: str) -> None:
        """`target` is `host:port`. Nothing is sent before the first call."""
        self.target, self.tls = target, address.tls
        channel = open_channel(address, target)
        self._esdb = ESDBConnection(channel, target, address.spec)
        self._streams = self._esdb.streams
        self._metadata = (("connection-name", address.spec.options.ConnectionName),)
        self._credentials = call_credentials(address)

    def append(
        self, stream: str, current: int | StreamState, events: list[NewEvent], *, timeout: float
    ) -> int:
        """One attempt to append; the commit position of the last event."""
        return self._streams.batch_append(
            stream_name=stream,
            current_version=current,
            events=events,
            timeout=timeout,
            metadata=self._metadata,
            credentials=self._credentials,
        )

    def stream_page(
        self, stream: str, *, start: int | None, backwards: bool, limit: int, timeout: float
    ) -> list[RecordedEvent]:
        """Up to `limit` events from a revision (inclusive; None = the first, backwards the last)."""
        response = self._streams.read(
            stream_name=stream,
            stream_position=start,
            backwards=backwards,
            limit=limit,
            timeout=timeout,
            metadata=self._metadata,
            credentials=self._credentials,
        )
        return complete(response)

    def all_page(
        self, *, start: int | None, backwards: bool, limit: int, timeout: float
    ) -> list[RecordedEvent]:
        """Up to `limit` events of `$all` from a position (forwards inclusive), no system events."""
        response = self._streams.read(
            commit_position=start,
            backwards=backwards,
            filter_exclude=DEFAULT_EXCLUDE_FILTER,
            limit=limit,
            timeout=timeout,
            metadata=self._metadata,
            credentials=self._credentials,
        )
        return complete(response)

    def follow_all(self, *, after: int | None, prefix_pattern: str | None) -> CatchupSubscription:
        """Open a subscription to `$all`; the pattern, if any, selects by stream name."""
        include: Sequence[str] = () if prefix_pattern is None else (prefix_pattern,)
        return self._streams.read(
            commit_position=after,
            filter_include=include,
            filter_exclude=DEFAULT_EXCLUDE_FILTER,
            filter_by_stream_name=prefix_pattern is not None,
            subscribe=True,
            metadata=self._metadata,
            credentials=self._credentials,
        )

    def follow_stream(self, stream: str, *, after: int | None) -> CatchupSubscription:
        """Open a subscription to one stream after a revision (None = from its beginning)."""
        return self._streams.read(
            stream_name=stream,
            stream_position=after,
            subscribe=True,
            metadata=self._metadata,
            credentials=self._credentials,
        )

    def close(self) -> None:
        """End every call that is under way; a second time does nothing."""
        self._esdb.close()


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
