"""Many batches on one BatchAppend call, in parts, late or refused: each is answered by itself."""

from uuid import UUID, uuid4

from esdbclient import EventStoreDBClient
from esdbclient.protos.Grpc import shared_pb2

from shared.eventstore.embedded.log.rules import NO_STREAM, Loose
from tests.contract.store.both_appends import NO_TYPE
from tests.contract.store.protocol import (
    Wire,
    batch,
    client,
    detail,
    identifier,
    wire,
)
from tests.contract.store.stores import embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures

HUGE = b" " * (1024 * 1024)


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
