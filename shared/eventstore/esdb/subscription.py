"""A catch-up subscription on a client of its own, whose end is never mistaken for completion."""

import threading
from collections.abc import Callable, Iterator

import grpc
from esdbclient.exceptions import EventStoreDBClientException
from esdbclient.streams import CatchupSubscription

from shared.eventstore.esdb.calls import translate
from shared.eventstore.esdb.client import Client
from shared.eventstore.esdb.events import recorded
from shared.eventstore.port import RecordedEvent, StoreUnavailable, SubscriptionEnded


class EsdbSubscription:
    """Owns its client: on a shared one, another thread's reconnection would end it without an error."""

    def __init__(
        self, client: Client, opening: Callable[[Client], CatchupSubscription], *, timeout: float
    ) -> None:
        """Wait at most `timeout` seconds for the server's confirmation, else raise StoreUnavailable."""
        self._client = client
        self._stopped = threading.Event()
        # A timeout on the call itself would end the whole subscription, so the client is closed instead.
        watchdog = threading.Timer(timeout, client.close)
        watchdog.daemon = True
        watchdog.start()
        try:
            self._events = opening(client)
        except (EventStoreDBClientException, ValueError) as error:
            client.close()
            raise translate(error) from error
        finally:
            watchdog.cancel()
            watchdog.join()
        if client.is_closed:
            raise StoreUnavailable(f"the subscription was not confirmed within {timeout:g} s")

    def __iter__(self) -> Iterator[RecordedEvent]:
        while True:
            try:
                event = next(self._events)
            except StopIteration:
                if self._stopped.is_set():
                    return
                raise SubscriptionEnded("the subscription ended though nobody stopped it") from None
            except (EventStoreDBClientException, ValueError, grpc.RpcError) as error:
                if self._stopped.is_set():
                    return
                self._client.close()
                raise StoreUnavailable(f"the subscription broke: {error}") from error
            if not event.type.startswith("$"):
                yield recorded(event)

    def stop(self) -> None:
        """End the iteration, from any thread; a second call does nothing."""
        if not self._stopped.is_set():
            self._stopped.set()
            self._client.close()
