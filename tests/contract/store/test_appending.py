"""Appends over the wire: expected revisions, repeats, batches, sizes, deadlines, meaningless requests."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

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
from esdbclient.protos.Grpc import shared_pb2, streams_pb2

from shared.eventstore.embedded.log.rules import NO_STREAM, Conflict, Deleted, Expected, Loose, Write
from tests.contract.store import expectations
from tests.contract.store.protocol import (
    Wire,
    append_options,
    batch,
    client,
    detail,
    event,
    events,
    identifier,
    prepare,
    proposed,
    read_options,
    refusal,
    wire,
)
from tests.contract.store.stores import PATIENCE, embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures

HUGE = b" " * (1024 * 1024)


def by_append(wire: Wire, stream: str, expected: Expected, *data: bytes) -> expectations.Outcome:
    """Through Streams.Append."""
    try:
        answer = wire.append(append_options(stream, expected), *(proposed(each) for each in data))
    except grpc.RpcError as error:
        return deleted(error, stream)
    if answer.WhichOneof("result") == "wrong_expected_version":
        wrong = answer.wrong_expected_version
        assert wrong.WhichOneof("expected_revision_option") is not None
        absent = wrong.WhichOneof("current_revision_option") == "current_no_stream"
        return Conflict(NO_STREAM if absent else wrong.current_revision)
    return written(answer.success, data)


def by_batch(wire: Wire, stream: str, expected: Expected, *data: bytes) -> expectations.Outcome:
    """Through Streams.BatchAppend."""
    request = batch(stream, expected, *data)
    (answer,) = wire.batches([request])
    assert answer.correlation_id == request.correlation_id
    assert answer.stream_identifier == identifier(stream)
    if answer.WhichOneof("result") == "success":
        return written(answer.success, data)
    if answer.error.details.Is(shared_pb2.StreamDeleted.DESCRIPTOR):
        assert detail(answer.error, shared_pb2.StreamDeleted).stream_identifier == identifier(stream)
        return Deleted()
    wrong = detail(answer.error, shared_pb2.WrongExpectedVersion)
    absent = wrong.WhichOneof("current_stream_revision_option") == "current_no_stream"
    return Conflict(NO_STREAM if absent else wrong.current_stream_revision)


def written(success: Any, data: tuple[bytes, ...]) -> Write:
    """The revision at which the first event went."""
    assert (success.WhichOneof("position_option") == "position") == bool(data)
    exists = success.WhichOneof("current_revision_option") == "current_revision"
    return Write((success.current_revision if exists else NO_STREAM) - len(data) + 1)


def deleted(error: grpc.RpcError, stream: str) -> Deleted:
    code, said, trailers = refusal(error)
    assert code is grpc.StatusCode.FAILED_PRECONDITION, said
    assert said.endswith(f"'{stream}' is deleted.")
    assert trailers["exception"] == "stream-deleted"
    assert trailers["stream-name"] == stream
    return Deleted()


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


def test_many_batches_in_one_call(wire: Wire, stream: str) -> None:
    """As the Node client does: answers by correlation id, a refused batch ends nothing."""
    requests = [batch(f"{stream}-{n}", NO_STREAM if n % 3 else 7, b"1", b"2") for n in range(200)]
    answers = wire.batches(requests)
    by_id = {UUID(answer.correlation_id.string): answer for answer in answers}
    assert len(by_id) == len(requests)
    for n, request in enumerate(requests):
        answer = by_id[UUID(request.correlation_id.string)]
        assert answer.WhichOneof("result") == ("success" if n % 3 else "error")


def test_batches_of_one_call_are_written_in_the_order_in_which_they_came(wire: Wire, stream: str) -> None:
    answers = wire.batches(batch(stream, n - 1, b"%d" % n) for n in range(50))
    assert sorted(answer.success.current_revision for answer in answers) == list(range(50))


def test_a_batch_may_come_in_parts(wire: Wire, client: EventStoreDBClient, stream: str) -> None:
    one, other = (shared_pb2.UUID(string=str(uuid4())) for _ in range(2))
    answers = wire.batches(
        [
            batch(stream, NO_STREAM, b"1", correlation_id=one, final=False),
            batch(f"{stream}-2", NO_STREAM, b"a", correlation_id=other, final=False),
            batch(stream, NO_STREAM, b"2", correlation_id=one, final=False),  # options again, as some do
            batch(None, Loose.ANY, b"b", correlation_id=other),
            batch(None, Loose.ANY, correlation_id=one),
        ]
    )
    assert {a.stream_identifier.stream_name.decode() for a in answers} == {stream, f"{stream}-2"}
    assert all(a.WhichOneof("result") == "success" for a in answers)
    assert [e.data for e in client.get_stream(stream)] == [b"1", b"2"]
    assert [e.data for e in client.get_stream(f"{stream}-2")] == [b"a", b"b"]


def test_what_still_comes_of_a_refused_batch_is_passed_over(wire: Wire, stream: str) -> None:
    refused = shared_pb2.UUID(string=str(uuid4()))
    too_large, done = wire.batches(
        [
            batch(stream, NO_STREAM, HUGE, correlation_id=refused, final=False),
            batch(None, Loose.ANY, b"more", correlation_id=refused, final=False),
            batch(None, Loose.ANY, b"last", correlation_id=refused),
            batch(stream, NO_STREAM, b"another"),
        ]
    )
    assert too_large.correlation_id == refused
    detail(too_large.error, shared_pb2.MaximumAppendSizeExceeded)
    assert done.success.current_revision == 0


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


def test_a_batch_has_a_deadline_of_its_own(wire: Wire, stream: str) -> None:
    late = batch(stream, NO_STREAM, b"1")
    late.options.deadline.seconds = 0
    answer, done = wire.batches([late, batch(stream, NO_STREAM, b"1")])
    detail(answer.error, shared_pb2.Timeout)
    assert done.success.current_revision == 0


def test_the_deadline_of_a_batch_runs_from_its_first_part(wire: Wire, stream: str) -> None:
    late = shared_pb2.UUID(string=str(uuid4()))
    first = batch(stream, NO_STREAM, b"1", correlation_id=late, final=False)
    first.options.deadline.seconds = 0
    first.options.deadline.nanos = 1
    large = batch(f"{stream}-2", NO_STREAM, HUGE)
    large.options.deadline.CopyFrom(first.options.deadline)
    answers = wire.batches([first, batch(None, Loose.ANY, b"2", correlation_id=late), large])
    assert len(answers) == 2
    for answer, name in zip(answers, (stream, f"{stream}-2"), strict=True):
        detail(answer.error, shared_pb2.Timeout)
        assert answer.stream_identifier == identifier(name)


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


NOT_UTF8 = shared_pb2.StreamIdentifier(stream_name=b"\xff\xfe")
NO_TYPE = {"content-type": "application/json"}


def changed(request: streams_pb2.AppendReq, **options: Any) -> streams_pb2.AppendReq:
    for name, value in options.items():
        if isinstance(value, int):
            setattr(request.options, name, value)
        else:
            getattr(request.options, name).CopyFrom(value)
    return request


def meaningless(stream: str) -> list[tuple[list[streams_pb2.AppendReq], str]]:
    options = append_options(stream, Loose.ANY)
    no_expectation = streams_pb2.AppendReq(
        options=streams_pb2.AppendReq.Options(stream_identifier=identifier(stream))
    )
    bad_id = shared_pb2.UUID(string="seven")
    return [
        ([], "no options"),
        ([proposed()], "before the options"),
        ([options, options], "options twice"),
        ([no_expectation], "expected revision is missing"),
        ([append_options("", Loose.ANY)], "name of a stream"),
        ([append_options("$$", Loose.ANY)], "name of a stream"),
        ([changed(append_options(stream, Loose.ANY), stream_identifier=NOT_UTF8)], "not UTF-8"),
        ([changed(append_options(stream, Loose.ANY), revision=2**63), proposed()], "the largest there is"),
        ([options, proposed(id=bad_id)], "'seven' is not a UUID"),
        ([options, proposed(metadata=NO_TYPE)], "no 'type'"),
        ([options, proposed(metadata={"type": "Counted"})], "no 'content-type'"),
        ([options, proposed(metadata={**NO_TYPE, "type": ""})], "no 'type'"),
    ]


def test_requests_that_mean_nothing_are_refused_with_a_reason(wire: Wire, stream: str) -> None:
    for requests, because in meaningless(stream):
        with pytest.raises(grpc.RpcError) as refused:
            wire.append(*requests)
        code, said, _ = refusal(refused.value)
        assert code is grpc.StatusCode.INVALID_ARGUMENT, because
        assert because in said
    assert by_append(wire, stream, NO_STREAM, b"1") == Write(0)


def test_a_batch_that_means_nothing_is_refused_alone(wire: Wire, stream: str) -> None:
    beyond = batch(stream, Loose.ANY, b"1")
    beyond.options.stream_position = 2**63
    answers = wire.batches(
        [
            batch("", Loose.ANY, b"1"),
            batch(stream, Loose.ANY, b"1", id=shared_pb2.UUID(string="seven")),
            batch(stream, Loose.ANY, b"1", metadata=NO_TYPE),
            beyond,
            batch(None, Loose.ANY, b"1"),
            batch(stream, NO_STREAM, b"1"),
        ]
    )
    for refused in answers[:-1]:
        assert detail(refused.error, shared_pb2.BadRequest).message
        assert refused.HasField("stream_identifier")
    assert answers[-1].success.current_revision == 0


def test_the_names_that_an_event_must_have_are_in_the_trailers(wire: Wire, stream: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        wire.append(append_options(stream, Loose.ANY), proposed(metadata=NO_TYPE))
    _, _, trailers = refusal(refused.value)
    assert trailers["exception"] == "missing-required-metadata-property"
    assert trailers["required-metadata-properties"] == "type,content-type"


def test_bytes_that_are_no_message_leave_the_server_well(wire: Wire, stream: str) -> None:
    for name in ("Append", "BatchAppend", "Read", "Delete"):
        call = wire.channel.stream_stream(f"/event_store.client.streams.Streams/{name}")
        with pytest.raises(grpc.RpcError):
            list(call(iter([b"\xff\xff\xff"]), timeout=PATIENCE))
    assert by_append(wire, stream, NO_STREAM, b"1") == Write(0)
