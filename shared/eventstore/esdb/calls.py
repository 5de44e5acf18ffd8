"""Repeating calls within one deadline: while there is silence, never after an answer."""

import random
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import grpc
from esdbclient.exceptions import EventStoreDBClientException

from shared.eventstore.esdb.channel import answers_tls
from shared.eventstore.esdb.client import Client
from shared.eventstore.esdb.connection import Connection
from shared.eventstore.esdb.errors import SPEAKS_TLS, CutShortError, leader_of, translate
from shared.eventstore.port import StoreError, StoreFull, StoreRejected, StoreUnavailable

T = TypeVar("T")

_SHORTEST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0


class Calls:
    """Makes a call again while the store does not answer, with growing, jittered pauses.

    `call_timeout` bounds one attempt, `deadline` all of them together, both in seconds.
    """

    def __init__(self, client: Client, *, call_timeout: float, deadline: float) -> None:
        self._client, self._call_timeout, self._deadline = client, call_timeout, deadline
        # Pauses wait on this and not on time.sleep, which eventlet replaces by its own.
        self._closed = threading.Event()

    def close(self) -> None:
        """End every pause; calls fail from now on."""
        self._closed.set()

    def end(self) -> float:
        """When a call that begins now must have ended, on the monotonic clock."""
        return time.monotonic() + self._deadline

    def run(self, attempt: Callable[[Connection, float], T], end: float | None = None) -> T:
        """The first answer to `attempt(connection, timeout)`, by `end` or within the deadline.

        Raises StoreRejected at a clear no, StoreFull where there is no room, StoreUnavailable when the
        time passes without an answer, and lets through what says something about the stream (NotFound,
        WrongCurrentVersion): `attempt` catches those.
        """
        end = self.end() if end is None else end
        pause = _SHORTEST_PAUSE
        while True:
            if self._closed.is_set():
                raise StoreUnavailable("the store was closed")
            try:
                return self._once(attempt, end)
            except StoreFull:
                raise
            except StoreUnavailable as silence:
                if time.monotonic() + pause >= end:
                    message = f"no answer within {self._deadline:g} s; last: {silence}"
                    raise StoreUnavailable(message) from silence
            self._closed.wait(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _once(self, attempt: Callable[[Connection, float], T], end: float) -> T:
        connection = self._client.connection(self._left(end))
        try:
            return attempt(connection, self._left(end))
        except (EventStoreDBClientException, CutShortError, ValueError, grpc.RpcError) as error:
            problem = translate(error)
            if isinstance(problem, StoreUnavailable) and not isinstance(problem, StoreFull):
                self._client.give_up(connection, leader_of(error))
            raise explained(problem, connection) from error

    def _left(self, end: float) -> float:
        return max(0.001, min(self._call_timeout, end - time.monotonic()))


def explained(problem: StoreError, connection: Connection) -> StoreError:
    """The problem, or what is behind it where a plain connection met a server that speaks TLS."""
    said = str(problem)
    hung_up = "failed to connect" in said and "Socket closed" in said
    if hung_up and not connection.tls and answers_tls(connection.target):
        return StoreRejected(SPEAKS_TLS)
    return problem
