"""The product's own follower over a store that fails in every way: it misses nothing and doubles nothing."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import grpc
import pytest

from shared.eventstore.epoch import current_epoch
from shared.eventstore.esdb import EsdbStore
from shared.eventstore.port import NO_STREAM, RecordedEvent, StoreUnavailable
from shared.followers.loop import Loop, Pace
from shared.followers.status import StatusFile
from tests.contract.store.cluster import Cluster
from tests.contract.store.proxy import LossyProxy
from tests.contract.store.stores import (
    PATIENCE,
    EmbeddedServer,
    Follower,
    embedded_server,
    event,
    own_server,
    stream,
)

__all__ = ["embedded_server", "own_server", "stream"]  # fixtures

PACE = Pace(poll=0.02, quiet=0.3, first_pause=0.05, longest_pause=0.2, failures=1000)


class Notebook:
    """Remembers what it handled, and where it began."""

    name = "notebook"

    def __init__(self, position: int) -> None:
        self.position = position
        self.seen: list[RecordedEvent] = []
        self.resumed = 0
        self._handled = threading.Condition()

    def resume(self, epoch: UUID) -> int:
        self.resumed += 1
        return self.position

    def handle(self, batch: Sequence[RecordedEvent]) -> None:
        with self._handled:
            self.seen += batch
            self.position = batch[-1].position
            self._handled.notify_all()

    def idle(self) -> None:
        return

    def state(self) -> dict[str, Any]:
        return {}

    def wait_for(self, count: int) -> None:
        with self._handled:
            assert self._handled.wait_for(lambda: len(self.seen) >= count, PATIENCE), (
                f"{len(self.seen)} of {count} events came"
            )


@contextmanager
def following(uri: str, begin: int) -> Iterator[Notebook]:
    """A follower over the store, until the end of the block."""
    store = EsdbStore(uri, call_timeout=1, deadline=2, keepalive=1, keepalive_timeout=1)
    notebook = Notebook(begin)
    loop = Loop(store, notebook, StatusFile(notebook.name, None), PACE)
    thread = threading.Thread(target=loop.run)
    thread.start()
    try:
        yield notebook
    finally:
        loop.stop()
        thread.join(PATIENCE)
        store.close()
        assert not thread.is_alive()


def write(store: EsdbStore, stream: str, count: int) -> None:
    last = store.read_stream_backwards(stream, limit=1)
    revision = last[0].revision if last else NO_STREAM
    for number in range(count):
        revision = store.append(stream, [event(number)], expected=revision).revision


def begin_after(store: EsdbStore) -> int:
    current_epoch(store)  # the first question records it
    return store.head()


def _leader_goes(cluster: Cluster) -> None:
    cluster.leader = 1
    cluster.nodes[0].kill()


FAULTS: dict[str, Callable[[Cluster], object]] = {
    "another node leads": lambda cluster: cluster.lead(1),
    "the leader is gone": _leader_goes,
    "an error while iterating": lambda cluster: cluster.nodes[0].end_calls(grpc.StatusCode.INTERNAL),
    "consumer too slow": lambda cluster: cluster.nodes[0].end_calls(
        grpc.StatusCode.ABORTED, "Operation timed out: Consumer too slow to handle event while live."
    ),
    "an end that nobody asked for": lambda cluster: cluster.nodes[0].end_calls(None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_goes_on_where_it_was(embedded_server: EmbeddedServer, stream: str, fault: str) -> None:
    direct = EsdbStore(embedded_server.uri)
    cluster = Cluster(embedded_server.port, 2)
    begin = begin_after(direct)
    with following(cluster.uri, begin) as notebook:
        write(direct, stream, 20)
        notebook.wait_for(20)
        FAULTS[fault](cluster)
        write(direct, stream, 20)
        notebook.wait_for(40)
    assert notebook.seen == list(direct.read_all(after=begin))
    assert notebook.resumed > 1, "the fault did not reach it"
    direct.close()
    cluster.close()


def test_it_outlives_restarts(own_server: EmbeddedServer, stream: str) -> None:
    direct = EsdbStore(own_server.uri, deadline=PATIENCE)
    begin = begin_after(direct)
    with following(own_server.uri, begin) as notebook:
        for restarts in range(2):
            write(direct, stream, 10)
            notebook.wait_for(10 * restarts + 1)  # the server dies while events are on their way
            own_server.kill()
            own_server.start()
        notebook.wait_for(20)
    assert notebook.seen == list(direct.read_all(after=begin))
    direct.close()


def test_it_notices_a_half_open_connection(embedded_server: EmbeddedServer, stream: str) -> None:
    """Nothing comes and nothing breaks: keepalive tells, or the question what was missed."""
    direct = EsdbStore(embedded_server.uri)
    proxy = LossyProxy(embedded_server.port)
    begin = begin_after(direct)
    with following(proxy.uri, begin) as notebook:
        write(direct, stream, 5)
        notebook.wait_for(5)
        proxy.swallow()
        write(direct, stream, 5)
        notebook.wait_for(10)
    assert notebook.seen == list(direct.read_all(after=begin))
    direct.close()
    proxy.close()


def test_it_notices_silence(embedded_server: EmbeddedServer, stream: str) -> None:
    """The connection lives, calls are answered, but the subscription has stalled: `quiet` finds out."""
    direct = EsdbStore(embedded_server.uri)
    cluster = Cluster(embedded_server.port, 1)
    begin = begin_after(direct)
    cluster.nodes[0].mute = True
    with following(cluster.uri, begin) as notebook:
        write(direct, stream, 5)
        end = time.monotonic() + PATIENCE
        while cluster.nodes[0].calls < 10:  # it looks for what it missed, again and again
            assert not notebook.seen
            assert time.monotonic() < end, "it does not look"
            direct.head()
        cluster.nodes[0].mute = False
        notebook.wait_for(5)
    assert notebook.seen == list(direct.read_all(after=begin))
    direct.close()
    cluster.close()


def test_half_open_connections_are_noticed_without_a_follower(
    embedded_server: EmbeddedServer, stream: str
) -> None:
    """A call goes on over a new connection; a subscription ends, for it may have missed something."""
    proxy = LossyProxy(embedded_server.port)
    store = EsdbStore(proxy.uri, call_timeout=1, deadline=PATIENCE, keepalive=1, keepalive_timeout=1)
    store.append(stream, [event()], expected=NO_STREAM)
    follower = Follower(store.subscribe_stream(stream))
    follower.wait_for(1)
    proxy.swallow()

    assert store.append(stream, [event()], expected=0).revision == 1
    follower.join()
    assert isinstance(follower.error, StoreUnavailable)
    store.close()
    proxy.close()
