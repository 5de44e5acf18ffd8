"""What the server says when it will not: gRPC status, sentence, and the trailers that clients read."""

from typing import Any, NoReturn

import grpc


class BadRequestError(Exception):
    """The message cannot be understood; the text says why."""


class NotYetError(Exception):
    """The message asks for something that EventStoreDB can and this server cannot; the text says what."""


async def abort(context: Any, code: grpc.StatusCode, said: str, **trailers: str) -> NoReturn:
    """End the call. Trailer names are written with `_` for `-`."""
    metadata = tuple((name.replace("_", "-"), value) for name, value in trailers.items())
    await context.abort(code, said, metadata)
    raise AssertionError("abort returned")


async def abort_too_large(context: Any, maximum: int) -> NoReturn:
    await abort(
        context,
        grpc.StatusCode.INVALID_ARGUMENT,
        f"Maximum Append Size of {maximum} Exceeded.",
        exception="maximum-append-size-exceeded",
        maximum_append_size=str(maximum),
    )


async def abort_bad_request(context: Any, error: BadRequestError) -> NoReturn:
    await abort(context, grpc.StatusCode.INVALID_ARGUMENT, str(error))


async def abort_not_yet(context: Any, error: NotYetError) -> NoReturn:
    await abort(context, grpc.StatusCode.UNIMPLEMENTED, str(error))


async def abort_late(context: Any) -> NoReturn:
    await abort(context, grpc.StatusCode.DEADLINE_EXCEEDED, "the deadline passed before the call was begun")


async def abort_unavailable(context: Any, reason: str) -> NoReturn:
    await abort(context, grpc.StatusCode.UNAVAILABLE, reason)
