"""Helpers for tests of persistent subscriptions: readers that end, and calls esdbclient cannot make."""

import queue
import time
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from esdbclient import EventStoreDBClient, NewEvent, RecordedEvent, StreamState
from esdbclient.protos.Grpc import persistent_pb2, persistent_pb2_grpc, shared_pb2

from tests.contract.store.stores import PATIENCE, EmbeddedServer


@pytest.fixture
def client(embedded_server: EmbeddedServer) -> Iterator[EventStoreDBClient]:
    with EventStoreDBClient(embedded_server.uri) as opened:
        yield opened


@pytest.fixture
def stub(embedded_server: EmbeddedServer) -> Iterator[Any]:
    with grpc.insecure_channel(f"127.0.0.1:{embedded_server.port}") as channel:
        yield persistent_pb2_grpc.PersistentSubscriptionsStub(channel)  # type: ignore[no-untyped-call]


def events(count: int, kind: str = "Counted", metadata: bytes = b"") -> list[NewEvent]:
    return [NewEvent(type=kind, data=b'{"n": %d}' % n, metadata=metadata) for n in range(count)]


def append(client: EventStoreDBClient, stream: str, count: int, kind: str = "Counted") -> list[NewEvent]:
    new = events(count, kind)
    client.append_to_stream(stream, current_version=StreamState.ANY, events=new)
    return new


def reader(client: EventStoreDBClient, stream: str | None, group: str = "group", slots: int = 150) -> Any:
    """Ends with an error rather than wait for ever."""
    if stream is None:
        return client.read_subscription_to_all(group, event_buffer_size=slots, timeout=PATIENCE)
    return client.read_subscription_to_stream(group, stream, event_buffer_size=slots, timeout=PATIENCE)


def take(subscription: Any, count: int, answer: str = "ack") -> list[RecordedEvent]:
    """The next events, each answered as it comes."""
    taken = []
    for _ in range(count):
        event = next(subscription)
        taken.append(event)
        if answer == "ack":
            subscription.ack(event)
        elif answer:
            subscription.nack(event, answer)
    return taken


def numbers(taken: list[RecordedEvent]) -> list[int]:
    return [event.stream_position for event in taken]


def until(happened: Callable[[], bool]) -> None:
    """Wait for what the server does in its own time, once a second at the latest."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


class RawReader:
    """A reader that takes from the wire only what it is asked to, and answers when it is told to."""

    def __init__(self, stub: Any, stream: str | None, group: str = "group", slots: int = 10) -> None:
        self._requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        options = persistent_pb2.ReadReq.Options(group_name=group, buffer_size=slots, **source(stream))
        options.uuid_option.string.SetInParent()
        self._requests.put(persistent_pb2.ReadReq(options=options))
        self.call = stub.Read(iter(self._requests.get, None), timeout=PATIENCE)

    def next(self) -> Any:
        return next(self.call)

    def send(self, request: Any) -> None:
        self._requests.put(request)

    def close(self) -> None:
        self._requests.put(None)
        self.call.cancel()


def source(stream: str | None) -> dict[str, Any]:
    """The option of a request that names a stream, or `$all`."""
    if stream is None:
        return {"all": shared_pb2.Empty()}
    return {"stream_identifier": shared_pb2.StreamIdentifier(stream_name=stream.encode())}


def information(stub: Any, stream: str | None, group: str = "group") -> Any:
    options = persistent_pb2.GetInfoReq.Options(group_name=group, **source(stream))
    return stub.GetInfo(persistent_pb2.GetInfoReq(options=options), timeout=PATIENCE).subscription_info


def trailers(error: Any) -> dict[str, str]:
    return dict(error.trailing_metadata())
