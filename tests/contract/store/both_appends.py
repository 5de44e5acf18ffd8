"""The two methods that append, each with its outcome in the words of the rules."""

from typing import Any

import grpc
from esdbclient.protos.Grpc import shared_pb2

from shared.eventstore.embedded.log.rules import NO_STREAM, Conflict, Deleted, Expected, Write
from tests.contract.store import expectations
from tests.contract.store.protocol import (
    Wire,
    append_options,
    batch,
    detail,
    identifier,
    proposed,
    refusal,
)

NO_TYPE = {"content-type": "application/json"}


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
