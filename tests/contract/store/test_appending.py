"""Appends over the wire: expected revisions, repeats, batches, sizes, deadlines, meaningless requests."""

from collections.abc import Callable, Iterator

import grpc
import pytest
from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.exceptions import (
    AppendDeadlineExceeded,
    FailedPrecondition,
    GrpcDeadlineExceeded,
    GrpcError,
    MaximumAppendSizeExceededError,
    NotFound,
    StreamIsDeleted,
    WrongCurrentVersion,
)
from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded.log.rules import NO_STREAM, Loose, Write
from tests.contract.store import expectations
from tests.contract.store.both_appends import by_append, by_batch
from tests.contract.store.protocol import (
    Wire,
    append_options,
    batch,
    client,
    event,
    events,
    prepare,
    proposed,
    read_options,
    refusal,
    wire,
)
from tests.contract.store.stores import PATIENCE, embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures

HUGE = b" " * (1024 * 1024)


By = Callable[..., expectations.Outcome]
ways = pytest.mark.parametrize("append", [by_append, by_batch])


@ways
@pytest.mark.parametrize("state", expectations.STATES)
def test_every_expectation_on_a_stream_in_every_state(
    wire: Wire, stream: str, state: str, append: By
) -> None:
    for table, data in ((expectations.APPEND, [b"a", b"b"]), (expectations.APPEND_NOTHING, [])):
        for n, expected in enumerate(expectations.EXPECTED):
            name = f"{stream}-{len(data)}-{n}"
            prepare(wire, name, state)
            assert append(wire, name, expected, *data) == table[state][n], expected


def single(client: EventStoreDBClient, stream: str, current: int | StreamState, e: NewEvent) -> int:
    return client.append_event(stream, current_version=current, event=e)


def listed(client: EventStoreDBClient, stream: str, current: int | StreamState, e: NewEvent) -> int:
    return client.append_to_stream(stream, current_version=current, events=[e])


@pytest.mark.parametrize("append", [single, listed])
def test_what_the_client_says_of_a_wrong_revision(
    client: EventStoreDBClient, stream: str, append: Callable[..., int]
) -> None:
    with pytest.raises(WrongCurrentVersion, match=f"Stream '{stream}' does not exist"):
        append(client, stream, 1, event())
    with pytest.raises(WrongCurrentVersion, match="does not exist"):
        append(client, stream, StreamState.EXISTS, event())
    append(client, stream, StreamState.NO_STREAM, event())
    with pytest.raises(WrongCurrentVersion, match="is 0 not"):
        append(client, stream, StreamState.NO_STREAM, event())
    with pytest.raises(WrongCurrentVersion, match="is 0 not"):
        append(client, stream, 10, event())
    client.tombstone_stream(stream, current_version=0)
    with pytest.raises((StreamIsDeleted, FailedPrecondition)):
        append(client, stream, 0, event())


@pytest.mark.parametrize("append", [single, listed])
def test_repeats_are_answered_with_the_first_position(
    client: EventStoreDBClient, stream: str, append: Callable[..., int]
) -> None:
    one, two, three = events(3)
    positions = [append(client, stream, StreamState.ANY, each) for each in (one, two, three)]
    assert positions == sorted(positions)

    for expected in (StreamState.NO_STREAM, StreamState.ANY, StreamState.EXISTS):
        assert append(client, stream, expected, one) == positions[0]
    assert append(client, stream, 1, three) == positions[2]
    repeats: list[tuple[int | StreamState, list[NewEvent]]] = [
        (StreamState.NO_STREAM, [one, two]),
        (0, [two, three]),
        (StreamState.ANY, [two, three]),
    ]
    for current, some in repeats:
        repeated = client.append_events(stream, current_version=current, events=some)
        assert repeated == positions[[one, two, three].index(some[-1])]
    with pytest.raises(WrongCurrentVersion, match="is 2 not"):
        client.append_events(stream, current_version=0, events=[two, three, event()])
    with pytest.raises(WrongCurrentVersion, match="is 2 not"):
        client.append_events(stream, current_version=StreamState.ANY, events=[one, event()])
    assert [e.id for e in client.get_stream(stream)] == [one.id, two.id, three.id]


def test_an_id_may_stand_in_two_streams(client: EventStoreDBClient, stream: str) -> None:
    same = events(2)
    first = client.append_events(stream, current_version=StreamState.NO_STREAM, events=same)
    second = client.append_events(f"{stream}-2", current_version=StreamState.ANY, events=same)
    assert second > first
    assert [e.id for e in client.get_stream(f"{stream}-2")] == [e.id for e in same]


def test_what_is_read_is_what_was_written(client: EventStoreDBClient, stream: str) -> None:
    whole = NewEvent(
        type="Biên bản", data=b"\x00\xff", metadata=b"\x01", content_type="application/octet-stream"
    )
    before = client.get_commit_position()
    position = client.append_event(stream, current_version=StreamState.NO_STREAM, event=whole)
    (read,) = client.get_stream(stream)
    assert (read.id, read.type, read.data, read.metadata) == (
        whole.id,
        whole.type,
        whole.data,
        whole.metadata,
    )
    assert (read.content_type, read.stream_name, read.stream_position) == (whole.content_type, stream, 0)
    assert read.commit_position == position == client.get_commit_position() > before
    assert read.prepare_position == position


def test_an_empty_batch_succeeds_without_a_position(client: EventStoreDBClient, stream: str) -> None:
    assert client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=[]) == 0
    with pytest.raises(NotFound):
        client.get_stream(stream)


def test_system_streams_are_written_to_as_others(client: EventStoreDBClient, stream: str) -> None:
    for name in (f"${stream}", f"$ce-{stream}", f"Cuộc họp {stream} ☃"):
        client.append_events(name, current_version=StreamState.NO_STREAM, events=events(2))
        assert client.get_current_version(name) == 1


def test_an_append_that_is_too_large(wire: Wire, client: EventStoreDBClient, stream: str) -> None:
    with pytest.raises(MaximumAppendSizeExceededError, match="1048576"):
        listed(client, stream, StreamState.ANY, event(data=HUGE))
    with pytest.raises(GrpcError, match="Maximum Append Size"):
        single(client, stream, StreamState.ANY, event(data=HUGE))
    with pytest.raises(grpc.RpcError) as refused:
        wire.append(append_options(stream, Loose.ANY), proposed(HUGE))
    code, _, trailers = refusal(refused.value)
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert trailers["exception"] == "maximum-append-size-exceeded"
    assert trailers["maximum-append-size"] == "1048576"


def test_the_largest_append_that_there_is(client: EventStoreDBClient, stream: str) -> None:
    largest = NewEvent(type="T", data=HUGE[: -2 - 6], metadata=b"123456")
    listed(client, stream, StreamState.NO_STREAM, largest)
    (read,) = client.get_stream(stream)
    assert read.data == largest.data
    with pytest.raises(MaximumAppendSizeExceededError):
        listed(client, stream, 0, NewEvent(type="T", data=largest.data, metadata=b"1234567"))


def test_a_message_beyond_every_size_is_refused_and_the_server_lives_on(wire: Wire, stream: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        wire.batches([batch(stream, Loose.ANY, *[HUGE] * 18)])
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert by_batch(wire, stream, NO_STREAM, b"1") == Write(0)


def test_a_deadline_of_nothing_fails(client: EventStoreDBClient, wire: Wire, stream: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: wire.append(append_options(stream, Loose.ANY), proposed(), timeout=0),
        lambda: wire.batches([batch(stream, Loose.ANY, b"1")], timeout=0),
        lambda: list(wire.read(read_options(stream), timeout=0)),
    ]
    for call in calls * 20:  # however fast the server is
        with pytest.raises(grpc.RpcError) as late:
            call()
        assert late.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    with pytest.raises((AppendDeadlineExceeded, GrpcDeadlineExceeded)):
        client.append_events(stream, current_version=StreamState.ANY, events=events(1), timeout=0)
    with pytest.raises(NotFound):
        client.get_stream(stream)


def test_a_call_that_was_given_up_leaves_the_server_well(wire: Wire, stream: str) -> None:
    def never_ending() -> Iterator[streams_pb2.BatchAppendReq]:
        yield batch(stream, NO_STREAM, b"1")
        yield batch(f"{stream}-unfinished", NO_STREAM, b"1", final=False)
        call.cancel()

    call = wire._batch(never_ending(), timeout=PATIENCE)
    with pytest.raises(grpc.RpcError) as given_up:
        list(call)
    assert given_up.value.code() is grpc.StatusCode.CANCELLED
    assert by_batch(wire, f"{stream}-unfinished", NO_STREAM, b"1") == Write(0)
