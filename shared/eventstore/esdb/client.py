"""The connection that threads share: made when needed, replaced when it failed, led on to the leader."""

import time
from threading import Lock

from shared.eventstore.esdb.address import Address
from shared.eventstore.esdb.connection import Connection
from shared.eventstore.esdb.discovery import leading_node
from shared.eventstore.esdb.lifetime import about_to_connect
from shared.eventstore.port import StoreUnavailable

_YOUNG_SECONDS = 0.25
"""Many threads that meet the same outage share a new connection for so long."""
_GRACE_SECONDS = 10.0
"""How long the calls of other threads may go on over a connection that was replaced."""

_of_the_parent: list[Connection] = []
"""Kept for ever after a fork: what closes them would wait for threads that are not there."""


class Client:
    """Opens nothing before the first call, so it may be made before a fork and before the store is up."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._lock = Lock()
        self._turn = Lock()  # to connect; apart from the other, so that closing never waits for it
        self._current: Connection | None = None
        self._leader: str | None = None
        self._made = 0.0
        self._retired: list[tuple[float, Connection]] = []
        self._closed = False

    def connection(self, timeout: float) -> Connection:
        """The current connection, found or made within `timeout` seconds.

        Raises StoreUnavailable, and StoreRejected where a cluster refuses to say who leads or this
        process has come out of a fork that gRPC does not survive.
        """
        about_to_connect()
        end = time.monotonic() + timeout
        if (current := self._known()) is not None:
            return current
        if not self._turn.acquire(timeout=timeout):
            raise StoreUnavailable(f"no connection was made within {timeout:g} s")
        try:
            if (current := self._known()) is not None:
                return current
            return self._adopt(Connection(self.address, self._target(end)))
        finally:
            self._turn.release()

    def give_up(self, failed: Connection, leader: str | None = None) -> None:
        """Let the next call make a new connection, to `leader` if that is known.

        Does nothing where another thread has just done so. The old connection is closed later: closing
        it now would cancel the calls of other threads, and esdbclient turns a cancelled read into a
        complete-looking short one.
        """
        now = time.monotonic()
        with self._lock:
            if self._current is not failed or self._closed:
                return
            if leader is None and now < self._made + _YOUNG_SECONDS:
                return
            self._current, self._leader = None, leader
            self._retired.append((now + _GRACE_SECONDS, failed))
            due = [connection for until, connection in self._retired if until <= now]
            self._retired = [(until, connection) for until, connection in self._retired if until > now]
        for connection in due:
            connection.close()

    def close(self) -> None:
        """End every call; later ones raise StoreUnavailable and open nothing. A second time does nothing."""
        with self._lock:
            self._closed = True
            ended = [connection for _, connection in self._retired]
            if self._current is not None:
                ended.append(self._current)
            self._current, self._retired = None, []
        for connection in ended:
            connection.close()

    def leave_to_parent(self) -> None:
        """In a process that was forked: forget the connections, whose threads exist in the parent alone."""
        _of_the_parent.extend(connection for _, connection in self._retired)
        if self._current is not None:
            _of_the_parent.append(self._current)
        self._lock, self._turn = Lock(), Lock()  # a thread of the parent may have held them
        self._current, self._leader, self._retired = None, None, []

    def _known(self) -> Connection | None:
        with self._lock:
            if self._closed:
                raise StoreUnavailable("the store was closed")
            return self._current

    def _target(self, end: float) -> str:
        with self._lock:
            leader, self._leader = self._leader, None
        if leader is not None:
            return leader
        if self.address.cluster:
            return leading_node(self.address, timeout=max(0.001, end - time.monotonic()))
        return self.address.spec.targets[0]

    def _adopt(self, made: Connection) -> Connection:
        with self._lock:
            if not self._closed:
                self._current, self._made = made, time.monotonic()
                return made
        made.close()
        raise StoreUnavailable("the store was closed")
