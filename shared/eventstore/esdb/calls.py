"""Repeating calls within one deadline, and telling which errors are answers and which are silence."""

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import grpc
from esdbclient.exceptions import (
    AccessDeniedError,
    BadRequestError,
    EventStoreDBClientException,
    FailedPrecondition,
    GrpcError,
    InvalidTransactionError,
    MaximumAppendSizeExceededError,
    NodeIsNotLeader,
    StreamIsDeleted,
)

from shared.eventstore.esdb.client import Client, CutShortError
from shared.eventstore.port import StoreError, StoreRejected, StoreUnavailable

T = TypeVar("T")

_SHORTEST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0

_REFUSALS = (
    AccessDeniedError,
    BadRequestError,
    FailedPrecondition,
    InvalidTransactionError,
    MaximumAppendSizeExceededError,
    StreamIsDeleted,
)
_REFUSING_CODES = {
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.UNAUTHENTICATED,
    grpc.StatusCode.UNIMPLEMENTED,
}


def translate(error: Exception) -> StoreError:
    """The port's error for one of esdbclient's: a clear no, or no answer. Other errors are raised."""
    if isinstance(error, ValueError) and "closed" not in str(error).lower():
        raise error  # gRPC says only "on closed channel" this way, when another thread has closed it
    said = str(error) or type(error).__name__
    if isinstance(error, _REFUSALS):
        return StoreRejected(said)
    if type(error) is GrpcError and error.args and isinstance(error.args[0], grpc.Call):
        call = error.args[0]
        said = f"{call.code().name}: {call.details()}"
        if call.code() in _REFUSING_CODES:
            return StoreRejected(said)
    return StoreUnavailable(said)


class Calls:
    """Makes a call again while the store does not answer, with growing, jittered pauses.

    `call_timeout` bounds one attempt, `deadline` all of them together, both in seconds.
    """

    def __init__(self, client: Callable[[], Client], *, call_timeout: float, deadline: float) -> None:
        self._client, self._call_timeout, self._deadline = client, call_timeout, deadline
        # Pauses wait on this and not on time.sleep, which eventlet replaces by its own.
        self._closed = threading.Event()

    def close(self) -> None:
        """End every pause; calls fail from now on."""
        self._closed.set()

    def run(self, attempt: Callable[[Client, float], T]) -> T:
        """The first answer to `attempt(client, timeout)`.

        Raises StoreRejected at a clear no, StoreUnavailable when the deadline passes without an
        answer, and lets through what says something about the stream (NotFound, WrongCurrentVersion):
        `attempt` catches those.
        """
        end = time.monotonic() + self._deadline
        pause = _SHORTEST_PAUSE
        while True:
            if self._closed.is_set():
                raise StoreUnavailable("the store was closed")
            try:
                return self._once(attempt, end)
            except StoreUnavailable as silence:
                if time.monotonic() + pause >= end:
                    message = f"no answer within {self._deadline:g} s; last: {silence}"
                    raise StoreUnavailable(message) from silence
            self._closed.wait(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _once(self, attempt: Callable[[Client, float], T], end: float) -> T:
        try:
            client = self._client()
        except EventStoreDBClientException as error:  # a cluster is discovered when its client is made
            raise translate(error) from error
        connection = client.connection
        timeout = max(0.001, min(self._call_timeout, end - time.monotonic()))
        try:
            return attempt(client, timeout)
        except (EventStoreDBClientException, CutShortError, ValueError) as error:
            problem = translate(error)
            if isinstance(problem, StoreUnavailable):
                target = error.leader_grpc_target if isinstance(error, NodeIsNotLeader) else None
                with suppress(EventStoreDBClientException):  # the next attempt discovers again
                    client.renew(connection, target)
            raise problem from error
