"""A catch-up subscription on a connection of its own, whose end is never mistaken for completion."""

import threading
import time
from collections.abc import Callable, Iterator

import grpc
from esdbclient.events import RecordedEvent as EsdbRecordedEvent
from esdbclient.exceptions import EventStoreDBClientException, NodeIsNotLeader
from esdbclient.streams import CatchupSubscription

from shared.eventstore.esdb.calls import explained
from shared.eventstore.esdb.client import Client
from shared.eventstore.esdb.connection import Connection
from shared.eventstore.esdb.errors import leader_of, translate
from shared.eventstore.esdb.events import recorded
from shared.eventstore.port import RecordedEvent, StoreUnavailable, SubscriptionEnded

Opening = Callable[[Connection], CatchupSubscription]


class EsdbSubscription:
    """Owns its client: on a shared one, another thread's new connection would end it without an error."""

    def __init__(self, client: Client, opening: Opening, *, timeout: float) -> None:
        """Wait at most `timeout` seconds for the server's confirmation.

        Raises StoreUnavailable, StoreRejected.
        """
        self._client = client
        self._stopped = threading.Event()
        # A timeout on the call itself would end the whole subscription, so the client is closed instead.
        late = threading.Event()

        def give_up() -> None:
            late.set()
            client.close()

        watchdog = threading.Timer(timeout, give_up)
        watchdog.daemon = True
        watchdog.start()
        try:
            self._events: Iterator[EsdbRecordedEvent] = _open(client, opening, timeout)
        except Exception as error:
            client.close()
            if late.is_set():
                raise StoreUnavailable(f"the subscription was not confirmed within {timeout:g} s") from error
            raise
        finally:
            watchdog.cancel()
            watchdog.join()
        if late.is_set():
            raise StoreUnavailable(f"the subscription was not confirmed within {timeout:g} s")

    def __iter__(self) -> Iterator[RecordedEvent]:
        while True:
            try:
                event = next(self._events)
            except StopIteration:
                if self._stopped.is_set():
                    return
                self._client.close()
                raise SubscriptionEnded("the subscription ended though nobody stopped it") from None
            except (EventStoreDBClientException, ValueError, grpc.RpcError) as error:
                if self._stopped.is_set():
                    return
                self._client.close()
                problem = translate(error)
                raise type(problem)(f"the subscription broke: {problem}") from error
            if not event.type.startswith("$"):
                yield recorded(event)

    def stop(self) -> None:
        """End the iteration, from any thread; a second call does nothing."""
        if not self._stopped.is_set():
            self._stopped.set()
            self._client.close()

    def leave_to_parent(self) -> None:
        """In a process that was forked: the connection is the parent's, nothing will come here."""
        self._events = iter(())
        self._client.leave_to_parent()


def _open(client: Client, opening: Opening, timeout: float) -> CatchupSubscription:
    """Opened at the node that the connection string leads to, or at the leader that it names instead."""
    end = time.monotonic() + timeout
    connection = client.connection(timeout)
    try:
        try:
            return opening(connection)
        except NodeIsNotLeader as elsewhere:
            client.give_up(connection, leader_of(elsewhere))
            connection = client.connection(max(0.001, end - time.monotonic()))
            return opening(connection)
    except (EventStoreDBClientException, ValueError, grpc.RpcError) as error:
        raise explained(translate(error), connection) from error
