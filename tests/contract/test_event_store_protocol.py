"""EventStoreDB's own protocol, as esdbclient speaks it, where the port does not reach."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import grpc
import pytest
from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.events import CaughtUp, Checkpoint, RecordedEvent
from esdbclient.exceptions import (
    AppendDeadlineExceeded,
    GrpcDeadlineExceeded,
    GrpcError,
    MaximumAppendSizeExceededError,
    NotFound,
    WrongCurrentVersion,
)
from esdbclient.protos.Grpc import shared_pb2, streams_pb2

from shared.eventstore.embedded.node.features import SERVER_VERSION
from tests.contract.stores import PATIENCE, EmbeddedServer, embedded_server, stream

__all__ = ["embedded_server", "stream"]  # fixtures

HUGE = NewEvent(type="Huge", data=b" " * (1024 * 1024))


@pytest.fixture
def client(embedded_server: EmbeddedServer) -> Iterator[EventStoreDBClient]:
    with EventStoreDBClient(embedded_server.uri) as opened:
        yield opened


@pytest.fixture
def channel(embedded_server: EmbeddedServer) -> Iterator[Any]:
    with grpc.insecure_channel(f"127.0.0.1:{embedded_server.port}") as opened:
        yield opened


def event(kind: str = "Counted") -> NewEvent:
    return NewEvent(type=kind, data=b"{}")


def single(client: EventStoreDBClient, stream: str, current: int | StreamState, e: NewEvent) -> int:
    """Through Streams.Append."""
    return client.append_event(stream, current_version=current, event=e)


def batch(client: EventStoreDBClient, stream: str, current: int | StreamState, e: NewEvent) -> int:
    """Through Streams.BatchAppend."""
    return client.append_to_stream(stream, current_version=current, events=[e])


ways = pytest.mark.parametrize("append", [single, batch])
Append = Callable[[EventStoreDBClient, str, int | StreamState, NewEvent], int]


@ways
def test_expected_revisions(client: EventStoreDBClient, stream: str, append: Append) -> None:
    with pytest.raises(WrongCurrentVersion, match="does not exist"):
        append(client, stream, 0, event())
    with pytest.raises(WrongCurrentVersion, match="does not exist"):
        append(client, stream, StreamState.EXISTS, event())
    append(client, stream, StreamState.NO_STREAM, event())
    with pytest.raises(WrongCurrentVersion, match="is 0 not"):
        append(client, stream, StreamState.NO_STREAM, event())
    append(client, stream, StreamState.EXISTS, event())
    append(client, stream, StreamState.ANY, event())
    append(client, stream, 2, event())
    assert client.get_current_version(stream) == 3


@ways
def test_repeats_are_recognised_by_id(client: EventStoreDBClient, stream: str, append: Append) -> None:
    one, two = event(), event()
    first = append(client, stream, StreamState.NO_STREAM, one)
    second = append(client, stream, StreamState.ANY, two)

    for expected in (StreamState.NO_STREAM, StreamState.ANY, StreamState.EXISTS):
        assert append(client, stream, expected, one) == first
    assert append(client, stream, 0, two) == second
    with pytest.raises(WrongCurrentVersion, match="is 1 not"):
        client.append_to_stream(stream, current_version=StreamState.ANY, events=[one, event()])
    assert [e.id for e in client.get_stream(stream)] == [one.id, two.id]


def test_an_empty_batch_succeeds_without_a_position(client: EventStoreDBClient, stream: str) -> None:
    assert client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=[]) == 0
    with pytest.raises(NotFound):
        client.get_stream(stream)


def test_an_append_that_is_too_large(client: EventStoreDBClient, channel: Any, stream: str) -> None:
    with pytest.raises(MaximumAppendSizeExceededError, match="1048576"):
        batch(client, stream, StreamState.ANY, HUGE)
    with pytest.raises(GrpcError, match="Maximum Append Size"):
        single(client, stream, StreamState.ANY, HUGE)

    requests = [
        streams_pb2.AppendReq(
            options=streams_pb2.AppendReq.Options(
                stream_identifier=shared_pb2.StreamIdentifier(stream_name=stream.encode()),
                any=shared_pb2.Empty(),
            )
        ),
        streams_pb2.AppendReq(
            proposed_message=streams_pb2.AppendReq.ProposedMessage(
                id=shared_pb2.UUID(string=str(uuid4())), metadata={"type": "Huge"}, data=HUGE.data
            )
        ),
    ]
    call = channel.stream_unary(
        "/event_store.client.streams.Streams/Append",
        request_serializer=streams_pb2.AppendReq.SerializeToString,
        response_deserializer=streams_pb2.AppendResp.FromString,
    )
    with pytest.raises(grpc.RpcError) as refused:
        call(iter(requests), timeout=PATIENCE)
    trailers = dict(refused.value.trailing_metadata())
    assert trailers["exception"] == "maximum-append-size-exceeded"
    assert trailers["maximum-append-size"] == "1048576"


def test_a_deadline_that_has_passed(client: EventStoreDBClient, stream: str) -> None:
    with pytest.raises((AppendDeadlineExceeded, GrpcDeadlineExceeded)):
        client.append_to_stream(stream, current_version=StreamState.ANY, events=[event()], timeout=0)
    with pytest.raises(NotFound):
        client.get_stream(stream)


def test_positions_include_forwards_and_exclude_backwards(client: EventStoreDBClient, stream: str) -> None:
    positions = [batch(client, stream, StreamState.ANY, event()) for _ in range(4)]

    def found(backwards: bool, limit: int) -> list[int | None]:
        read = client.read_all(commit_position=positions[1], backwards=backwards, limit=limit)
        return [e.commit_position for e in read]

    assert found(False, 2) == positions[1:3]
    assert found(True, 1) == positions[:1]
    assert [e.stream_position for e in client.get_stream(stream, stream_position=2)] == [2, 3]
    assert [e.stream_position for e in client.get_stream(stream, stream_position=1, backwards=True)] == [1, 0]
    assert list(client.get_stream(stream, stream_position=9)) == []
    assert client.get_commit_position() == positions[-1]


def test_a_system_event_stands_first(client: EventStoreDBClient) -> None:
    (first,) = client.read_all(filter_exclude=(), limit=1)
    assert first.type.startswith("$")
    assert first.commit_position is not None
    assert first.commit_position > 0


@pytest.mark.parametrize("by_stream", [False, True])
def test_filters_by_pattern_and_prefix(
    client: EventStoreDBClient, channel: Any, stream: str, by_stream: bool
) -> None:
    start = client.get_commit_position()
    kinds = ["MeetingConvened", "TaskAssigned", "MeetingClosed"]
    for kind in kinds:
        batch(client, f"{stream}.{kind}", StreamState.NO_STREAM, event(kind))

    prefix = f"{stream}.Meeting" if by_stream else "Meeting"
    by_pattern = client.read_all(
        commit_position=start, filter_include=[f"{prefix}.*"], filter_by_stream_name=by_stream
    )
    wanted = [kinds[0], kinds[2]]
    assert [e.type for e in by_pattern if e.stream_name.startswith(stream)] == wanted

    expression = streams_pb2.ReadReq.Options.FilterOptions.Expression(prefix=[prefix])
    options = streams_pb2.ReadReq.Options(
        all=streams_pb2.ReadReq.Options.AllOptions(
            position=streams_pb2.ReadReq.Options.Position(commit_position=start, prepare_position=start)
        ),
        count=1000,
        filter=streams_pb2.ReadReq.Options.FilterOptions(
            count=shared_pb2.Empty(),
            **{"stream_identifier" if by_stream else "event_type": expression},
        ),
        uuid_option=streams_pb2.ReadReq.Options.UUIDOption(structured=shared_pb2.Empty()),
    )
    read = channel.unary_stream(
        "/event_store.client.streams.Streams/Read",
        request_serializer=streams_pb2.ReadReq.SerializeToString,
        response_deserializer=streams_pb2.ReadResp.FromString,
    )
    answers = list(read(streams_pb2.ReadReq(options=options), timeout=PATIENCE))
    recorded = [
        a.event.event
        for a in answers
        if a.event.event.stream_identifier.stream_name.startswith(stream.encode())
    ]
    assert [e.metadata["type"] for e in recorded] == wanted
    assert all(e.id.WhichOneof("value") == "structured" for e in recorded)


def test_a_pattern_that_is_none(client: EventStoreDBClient) -> None:
    with pytest.raises(GrpcError, match="not a regular expression"):
        list(client.read_all(filter_include=["("]))


def test_checkpoints_tell_how_far_a_filter_has_looked(client: EventStoreDBClient, stream: str) -> None:
    start = client.get_commit_position()
    last = client.append_to_stream(
        stream, current_version=StreamState.NO_STREAM, events=[event() for _ in range(25)]
    )
    wanted = event("Wanted")
    end = client.append_to_stream(stream, current_version=24, events=[wanted, event()])

    with client.subscribe_to_all(
        commit_position=start,
        filter_include=["Wanted"],
        include_checkpoints=True,
        include_caught_up=True,
        window_size=5,
        checkpoint_interval_multiplier=2,
        timeout=PATIENCE,
    ) as subscription:
        told: list[RecordedEvent] = []
        for each in subscription:
            told.append(each)
            if isinstance(each, CaughtUp):
                break

    kinds = [type(each) for each in told]
    assert kinds == [Checkpoint, Checkpoint, RecordedEvent, Checkpoint, CaughtUp]
    positions = [each.commit_position for each in told if isinstance(each, Checkpoint)]
    written = [e.commit_position for e in client.get_stream(stream)]
    assert positions == [written[9], written[19], end]
    assert last == written[24]
    assert told[2].id == wanted.id


def test_a_subscription_from_the_end_brings_only_news(client: EventStoreDBClient, stream: str) -> None:
    batch(client, stream, StreamState.NO_STREAM, event())
    to_stream = client.subscribe_to_stream(stream, from_end=True, timeout=PATIENCE)
    to_all = client.subscribe_to_all(from_end=True, timeout=PATIENCE)
    news = event()
    batch(client, stream, 0, news)
    assert next(to_stream).id == news.id
    assert next(to_all).id == news.id
    to_stream.stop()
    to_all.stop()


def test_stream_metadata_is_kept(client: EventStoreDBClient, stream: str) -> None:
    client.set_stream_metadata(stream, metadata={"owner": "support"}, current_version=StreamState.NO_STREAM)
    assert client.get_stream_metadata(stream)[0] == {"owner": "support"}


@pytest.mark.parametrize(
    ("ask", "because"),
    [
        (lambda c: c.create_projection(query="", name="p"), "runs no projections"),
    ],
)
def test_what_is_not_there_yet_is_said(
    client: EventStoreDBClient, ask: Callable[[EventStoreDBClient], object], because: str
) -> None:
    with pytest.raises(GrpcError, match=because) as refused:
        ask(client)
    assert refused.value.args[0].code() is grpc.StatusCode.UNIMPLEMENTED


def test_gossip_names_the_address_that_was_asked(
    client: EventStoreDBClient, embedded_server: EmbeddedServer
) -> None:
    (member,) = client.read_gossip()
    assert (member.state, member.address, member.port) == (
        "NODE_STATE_LEADER",
        "127.0.0.1",
        embedded_server.port,
    )


def test_server_features_are_listed(channel: Any) -> None:
    call = channel.unary_unary("/event_store.client.server_features.ServerFeatures/GetSupportedMethods")
    answer = call(b"", timeout=PATIENCE)
    assert answer.endswith(b"\x12" + bytes([len(SERVER_VERSION)]) + SERVER_VERSION.encode())
    assert b"\x0a\x0bbatchappend" in answer
