"""A cluster whose leader changes: calls and subscriptions go where it is, and nobody waits for ever."""

import socket
import time
from collections.abc import Iterator
from uuid import UUID

import pytest

from shared.eventstore.esdb import EsdbStore
from shared.eventstore.port import NO_STREAM, RecordedEvent, StoreUnavailable, SubscriptionEnded
from tests.contract.store.cluster import Cluster
from tests.contract.store.stores import (
    PATIENCE,
    EmbeddedServer,
    Follower,
    embedded_server,
    event,
    in_threads,
    stream,
)

__all__ = ["embedded_server", "stream"]  # fixtures


@pytest.fixture
def cluster(embedded_server: EmbeddedServer) -> Iterator[Cluster]:
    made = Cluster(embedded_server.port)
    yield made
    made.close()


@pytest.fixture
def store(cluster: Cluster) -> Iterator[EsdbStore]:
    opened = EsdbStore(cluster.uri, deadline=PATIENCE)
    yield opened
    opened.close()


def test_appends_and_reads_go_to_the_leader(cluster: Cluster, store: EsdbStore, stream: str) -> None:
    cluster.leader = 2

    store.append(stream, [event()], expected=NO_STREAM)

    assert len(store.read_stream(stream)) == 1
    assert [node.calls for node in cluster.nodes] == [0, 0, 2]


def test_they_follow_the_leader_that_a_follower_names(
    cluster: Cluster, store: EsdbStore, stream: str
) -> None:
    """The gossip may be seconds behind; the trailers of a refusal are not."""
    cluster.gossip_leaders = {0}
    store.append(stream, [event()], expected=NO_STREAM)
    cluster.lead(1)

    assert store.append(stream, [event()], expected=0).revision == 1
    assert len(store.read_stream(stream)) == 2
    follower = Follower(store.subscribe_stream(stream))
    follower.wait_for(2)
    follower.stop()
    assert cluster.nodes[0].calls == 3, "the append before, and the two that were sent on"


def test_a_dead_leader_is_not_asked_again(cluster: Cluster, store: EsdbStore, stream: str) -> None:
    """Its gossip still calls it a leader: esdbclient 1.1.7 then counts two and finds none."""
    store.append(stream, [event()], expected=NO_STREAM)
    cluster.nodes[0].kill()
    cluster.gossip_leaders = {0, 1}
    cluster.leader = 1

    assert store.append(stream, [event()], expected=0).revision == 1
    assert store.append(stream, [event()], expected=1).revision == 2
    fresh = EsdbStore(cluster.uri)
    assert len(fresh.read_stream(stream)) == 3
    fresh.close()


def test_one_address_is_enough_to_reach_the_leader(cluster: Cluster, stream: str) -> None:
    """With a single address nothing is discovered, yet a follower's refusal is followed."""
    store = EsdbStore(f"esdb://{cluster.nodes[2].address}?Tls=false")
    assert store.append(stream, [event()], expected=NO_STREAM).revision == 0
    follower = Follower(store.subscribe_stream(stream))
    follower.wait_for(1)
    follower.stop()
    store.close()


def test_discovery_by_name(cluster: Cluster, stream: str) -> None:
    cluster.leader = 1
    store = EsdbStore(f"esdb+discover://localhost:{cluster.nodes[2].port}?Tls=false", deadline=PATIENCE)
    store.append(stream, [event()], expected=NO_STREAM)
    cluster.lead(0)

    assert store.append(stream, [event()], expected=0).revision == 1
    assert cluster.nodes[0].calls > 0
    store.close()


def test_nothing_is_lost_or_doubled_while_leaders_come_and_go(
    cluster: Cluster, store: EsdbStore, stream: str
) -> None:
    written: list[UUID] = []
    handled: list[RecordedEvent] = []
    total = 60

    def write() -> None:
        for number in range(total):
            one = event(number)
            assert store.append(stream, [one], expected=number - 1).revision == number
            written.append(one.id)
            if number in (15, 30):
                cluster.lead(number // 15)
            if number == 45:
                cluster.leader = 0
                cluster.nodes[2].kill()

    def follow() -> None:
        while len(handled) < total:
            try:
                subscription = store.subscribe_all(
                    after=handled[-1].position if handled else 0, streams=[stream]
                )
                for recorded in subscription:
                    handled.append(recorded)
                    if len(handled) == total:
                        subscription.stop()
            except (SubscriptionEnded, StoreUnavailable):
                continue

    in_threads(write, follow)

    assert [e.id for e in store.read_stream(stream)] == written
    assert handled == store.read_stream(stream)


def test_no_leader_is_told_in_time_to_every_thread(cluster: Cluster) -> None:
    """Threads that wait for one another's discovery must not add up their limits."""
    cluster.gossip_leaders = set()
    store = EsdbStore(cluster.uri, call_timeout=0.5, deadline=1)

    def ask() -> None:
        with pytest.raises(StoreUnavailable, match="no answer within 1 s; last: no "):
            store.head()

    began = time.monotonic()
    in_threads(*[ask] * 8)
    assert time.monotonic() - began < PATIENCE
    store.close()


def test_a_cluster_that_is_silent_is_told_in_time(embedded_server: EmbeddedServer) -> None:
    """Connections are taken, and nothing is ever said: each node gets its share of the time."""
    silent = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    targets = ",".join(f"127.0.0.1:{one.getsockname()[1]}" for one in silent)
    store = EsdbStore(f"esdb://{targets}?Tls=false", call_timeout=0.5, deadline=1)
    with pytest.raises(StoreUnavailable, match="no leader was found"):
        store.head()
    store.close()
    for one in silent:
        one.close()


def test_the_other_nodes_are_asked_where_one_is_gone(cluster: Cluster, stream: str) -> None:
    cluster.leader = 2
    cluster.nodes[0].kill()
    store = EsdbStore(cluster.uri)
    assert store.append(stream, [event()], expected=NO_STREAM).revision == 0
    store.close()
