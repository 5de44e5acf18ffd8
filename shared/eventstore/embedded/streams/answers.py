"""How the outcome of an append reads on the wire, for Append and for BatchAppend."""

from typing import Any, assert_never

from esdbclient.protos.Grpc import code_pb2, shared_pb2, status_pb2, streams_pb2

from shared.eventstore.embedded.log.changes import Done
from shared.eventstore.embedded.log.rules import NO_STREAM, Conflict, Deleted, Expected, Loose
from shared.eventstore.embedded.log.transactions import TooLate
from shared.eventstore.embedded.wire import identifier_of

_Append = streams_pb2.AppendResp
_Batch = streams_pb2.BatchAppendResp
_Request = streams_pb2.BatchAppendReq


def appended(expected: Expected, outcome: Done | Conflict) -> _Append:
    if isinstance(outcome, Done):
        success = _Append.Success()
        _fill_success(success, outcome)
        return _Append(success=success)
    wrong = _Append.WrongExpectedVersion()
    if outcome.current == NO_STREAM:
        wrong.current_no_stream.SetInParent()
    else:
        wrong.current_revision = outcome.current
    if isinstance(expected, int) and expected != NO_STREAM:
        wrong.expected_revision = expected
    else:
        _fill_expectation(wrong, expected)
    return _Append(wrong_expected_version=wrong)


def batch_done(
    request: _Request, stream: str, expected: Expected, outcome: Done | Conflict | Deleted | TooLate
) -> _Batch:
    match outcome:
        case Done():
            success = _Batch.Success()
            _fill_success(success, outcome)
            identifier = identifier_of(stream)
            return _Batch(
                correlation_id=request.correlation_id, stream_identifier=identifier, success=success
            )
        case Conflict():
            wrong = shared_pb2.WrongExpectedVersion()
            if outcome.current == NO_STREAM:
                wrong.current_no_stream.SetInParent()
            else:
                wrong.current_stream_revision = outcome.current
            if isinstance(expected, int) and expected != NO_STREAM:
                wrong.expected_stream_position = expected
            else:
                _fill_expectation(wrong, expected)
            return _refusal(request, stream, code_pb2.FAILED_PRECONDITION, "WrongExpectedVersion", wrong)
        case Deleted():
            detail = shared_pb2.StreamDeleted(stream_identifier=identifier_of(stream))
            return _refusal(request, stream, code_pb2.FAILED_PRECONDITION, "StreamDeleted", detail)
        case TooLate():
            return _refusal(request, stream, code_pb2.DEADLINE_EXCEEDED, "Timeout", shared_pb2.Timeout())
        case _:
            assert_never(outcome)


def batch_not_understood(request: _Request, stream: str | None, said: str) -> _Batch:
    detail = shared_pb2.BadRequest(message=said)
    return _refusal(request, stream, code_pb2.INVALID_ARGUMENT, "BadRequest", detail)


def batch_too_large(request: _Request, stream: str | None, maximum: int) -> _Batch:
    detail = shared_pb2.MaximumAppendSizeExceeded(maxAppendSize=maximum)
    return _refusal(request, stream, code_pb2.INVALID_ARGUMENT, "MaximumAppendSizeExceeded", detail)


def _refusal(
    request: _Request, stream: str | None, code: code_pb2.Code.ValueType, said: str, detail: Any
) -> _Batch:
    """`stream` is None where the request itself is all that is known of it."""
    status = status_pb2.Status(code=code, message=said)
    status.details.Pack(detail)
    return _Batch(
        correlation_id=request.correlation_id,
        # Set on errors too: the Node client ends its process where it is missing.
        stream_identifier=request.options.stream_identifier if stream is None else identifier_of(stream),
        error=status,
    )


def _fill_success(success: _Append.Success | _Batch.Success, done: Done) -> None:
    if done.revision == NO_STREAM:
        success.no_stream.SetInParent()
    else:
        success.current_revision = done.revision
    if done.position is None:
        success.no_position.SetInParent()
    else:
        success.position.commit_position = done.position
        success.position.prepare_position = done.position


def _fill_expectation(
    wrong: _Append.WrongExpectedVersion | shared_pb2.WrongExpectedVersion, expected: Expected
) -> None:
    if expected is Loose.ANY:
        wrong.expected_any.SetInParent()
    elif expected is Loose.STREAM_EXISTS:
        wrong.expected_stream_exists.SetInParent()
    else:
        wrong.expected_no_stream.SetInParent()
