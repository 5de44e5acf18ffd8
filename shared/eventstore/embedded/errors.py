"""What the server says when it will not: gRPC status, sentence, and the trailers that clients read."""

import math
from typing import Any, NoReturn
from urllib.parse import quote

import grpc

from shared.eventstore.embedded.log.changes import Done
from shared.eventstore.embedded.log.records import DamagedError
from shared.eventstore.embedded.log.rules import Conflict, Deleted, Loose
from shared.eventstore.embedded.log.transactions import Answer, Failed, TooLate

_NUMBERS = {Loose.ANY: -2, Loose.STREAM_EXISTS: -4}
"""How EventStoreDB writes loose expectations in its sentences and trailers."""


_LEAST_SECONDS = 0.001
"""A call with less time left is late: gRPC rounds a deadline of nothing up to the next millisecond, and it
must fail however fast the server is."""


class BadRequestError(Exception):
    """The message cannot be understood; the text says why. `trailers` is what clients read of it."""

    def __init__(self, said: str, **trailers: str) -> None:
        super().__init__(said)
        self.trailers = trailers


class StreamDeletedError(Exception):
    """The stream, which the text names, was deleted."""


async def abort(context: Any, code: grpc.StatusCode, said: str, **trailers: str) -> NoReturn:
    """End the call. Trailer names are written with `_` for `-`.

    A value that a header cannot carry, such as a stream's name in Vietnamese, is percent-encoded.
    """
    metadata = tuple((name.replace("_", "-"), _header(value)) for name, value in trailers.items())
    await context.abort(code, said, metadata)
    raise AssertionError("abort returned")


def _header(value: str) -> str:
    return value if value.isascii() and value.isprintable() else quote(value)


async def time_left(context: Any) -> float:
    """Seconds until the call's deadline, infinite where it has none; a call that is late ends here."""
    left = context.time_remaining()
    if left is None:
        return math.inf
    if left < _LEAST_SECONDS:
        await abort_late(context)
    return float(left)


async def abort_too_large(context: Any, maximum: int) -> NoReturn:
    await abort(
        context,
        grpc.StatusCode.INVALID_ARGUMENT,
        f"Maximum Append Size of {maximum} Exceeded.",
        exception="maximum-append-size-exceeded",
        maximum_append_size=str(maximum),
    )


async def abort_bad_request(context: Any, error: BadRequestError) -> NoReturn:
    await abort(context, grpc.StatusCode.INVALID_ARGUMENT, str(error), **error.trailers)


async def abort_deleted(context: Any, stream: str) -> NoReturn:
    await abort(
        context,
        grpc.StatusCode.FAILED_PRECONDITION,
        f"Event stream '{stream}' is deleted.",
        exception="stream-deleted",
        stream_name=stream,
    )


async def abort_wrong_version(context: Any, stream: str, expected: int | Loose, current: int) -> NoReturn:
    """For deletions, whose answer has no field for it. The client looks for both parts of the sentence."""
    wanted = _NUMBERS[expected] if isinstance(expected, Loose) else expected
    await abort(
        context,
        grpc.StatusCode.FAILED_PRECONDITION,
        f"Delete failed due to WrongExpectedVersion. Stream: {stream}, "
        f"Expected version: {wanted}, Actual version: {current}",
        exception="wrong-expected-version",
        stream_name=stream,
        expected_version=str(wanted),
        actual_version=str(current),
    )


async def abort_damaged(context: Any, error: DamagedError) -> NoReturn:
    await abort(context, grpc.StatusCode.DATA_LOSS, str(error))


async def written(context: Any, stream: str, answer: Answer) -> Done | Conflict:
    """What a change came to, where it did not end the call."""
    match answer:
        case Deleted():
            await abort_deleted(context, stream)
        case TooLate():
            await abort_late(context)
        case Failed():
            await abort_failed(context, answer)
        case _:
            return answer
    raise AssertionError("the call went on after its end")


async def abort_failed(context: Any, failed: Failed) -> NoReturn:
    """The disk refused: for now where it is full, and then the client may try again later."""
    code = grpc.StatusCode.RESOURCE_EXHAUSTED if failed.full else grpc.StatusCode.UNAVAILABLE
    if failed.damaged:
        code = grpc.StatusCode.DATA_LOSS
    await abort(context, code, failed.reason)


async def abort_late(context: Any) -> NoReturn:
    await abort(context, grpc.StatusCode.DEADLINE_EXCEEDED, "the deadline passed before the call was begun")


async def abort_unavailable(context: Any, reason: str) -> NoReturn:
    await abort(context, grpc.StatusCode.UNAVAILABLE, reason)
