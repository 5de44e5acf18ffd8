"""Catch-up subscriptions: history and news in one order, checkpoints, caught up, slow and many readers."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from esdbclient import EventStoreDBClient, StreamState
from esdbclient.events import CaughtUp, Checkpoint, RecordedEvent
from esdbclient.exceptions import GrpcDeadlineExceeded

from tests.contract.store.protocol import (
    EMPTY,
    Options,
    Wire,
    at_position,
    client,
    event,
    events,
    read_options,
    wire,
)
from tests.contract.store.stores import PATIENCE, EmbeddedServer, embedded_server, own_server, stream

__all__ = ["client", "embedded_server", "own_server", "stream", "wire"]  # fixtures

MISSING = StreamState.NO_STREAM
SUBSCRIPTION = Options.SubscriptionOptions()


def until_caught_up(subscription: Any) -> list[Any]:
    """Everything that comes, CaughtUp last."""
    told = []
    for each in subscription:
        told.append(each)
        if isinstance(each, CaughtUp):
            return told
    raise AssertionError("the subscription ended")


def test_a_subscription_begins_after_what_was_named(client: EventStoreDBClient, stream: str) -> None:
    old, new = events(3), events(2)
    positions = [client.append_events(stream, current_version=StreamState.ANY, events=[e]) for e in old]
    named: dict[str, Any] = {"timeout": PATIENCE, "include_caught_up": True}
    subscriptions = [
        (client.subscribe_to_stream(stream, **named), old),
        (client.subscribe_to_stream(stream, stream_position=1, **named), old[2:]),
        (client.subscribe_to_stream(stream, stream_position=2, **named), []),
        (client.subscribe_to_stream(stream, from_end=True, **named), []),
        (client.subscribe_to_all(commit_position=positions[0], **named), old[1:]),
        (client.subscribe_to_all(commit_position=positions[2], **named), []),
        (client.subscribe_to_all(from_end=True, **named), []),
    ]
    for subscription, history in subscriptions:
        assert [e.id for e in until_caught_up(subscription)[:-1]] == [e.id for e in history]
    client.append_events(f"{stream}-other", current_version=MISSING, events=events(1))
    client.append_events(stream, current_version=2, events=new)
    for n, (subscription, _) in enumerate(subscriptions):
        if n > 3:
            assert next(subscription).stream_name == f"{stream}-other"
        assert [next(subscription).id for _ in new] == [e.id for e in new]
        subscription.stop()
        assert list(subscription) == []


def test_a_subscription_beyond_the_end_waits_for_what_comes_after_it(
    client: EventStoreDBClient, stream: str
) -> None:
    with client.subscribe_to_stream(stream, stream_position=2, timeout=PATIENCE) as subscription:
        client.append_events(stream, current_version=MISSING, events=events(5))
        assert [next(subscription).stream_position for _ in range(2)] == [3, 4]


def test_the_first_message_confirms(wire: Wire, client: EventStoreDBClient, stream: str) -> None:
    client.append_events(stream, current_version=MISSING, events=events(1))
    ids = set()
    for options in (read_options(stream, subscription=SUBSCRIPTION), read_options(subscription=SUBSCRIPTION)):
        call = wire.read(options)
        confirmed = next(call)
        assert confirmed.WhichOneof("content") == "confirmation"
        ids.add(confirmed.confirmation.subscription_id)
        call.cancel()
    assert len(ids) == 2


def test_checkpoints_tell_how_far_a_filter_has_looked(client: EventStoreDBClient, stream: str) -> None:
    start = client.get_commit_position()
    client.append_events(stream, current_version=MISSING, events=events(25))
    wanted = event("Wanted")
    end = client.append_events(stream, current_version=24, events=[wanted, event()])
    with client.subscribe_to_all(
        commit_position=start,
        filter_include=["Wanted"],
        include_checkpoints=True,
        include_caught_up=True,
        window_size=5,
        checkpoint_interval_multiplier=2,
        timeout=PATIENCE,
    ) as subscription:
        told = until_caught_up(subscription)
        assert [type(each) for each in told] == [Checkpoint, Checkpoint, RecordedEvent, Checkpoint, CaughtUp]
        positions = [each.commit_position for each in told if isinstance(each, Checkpoint)]
        written = [e.commit_position for e in client.get_stream(stream)]
        assert positions == [written[9], written[19], end]
        assert told[2].id == wanted.id

        # Live, a checkpoint comes after each interval, counted from the last one.
        client.append_events(stream, current_version=26, events=events(11))
        live = next(subscription)
        assert isinstance(live, Checkpoint)
        assert live.commit_position == client.get_stream(stream)[36].commit_position


def test_no_checkpoint_is_beyond_the_last_event(client: EventStoreDBClient, stream: str) -> None:
    last = client.append_events(stream, current_version=MISSING, events=events(3))
    with client.subscribe_to_all(
        include_checkpoints=True,
        include_caught_up=True,
        window_size=10000,
        checkpoint_interval_multiplier=500,
        timeout=PATIENCE,
    ) as subscription:
        *_, checkpoint, _ = until_caught_up(subscription)
    assert isinstance(checkpoint, Checkpoint)
    assert checkpoint.commit_position == last
    (there,) = client.read_all(commit_position=last, filter_exclude=(), limit=1)
    assert there.commit_position == last
    with client.subscribe_to_all(commit_position=last, timeout=PATIENCE) as subscription:
        (news,) = events(1)
        client.append_events(stream, current_version=2, events=[news])
        assert next(subscription).id == news.id


def test_a_window_of_one_gives_a_checkpoint_at_every_event(
    wire: Wire, client: EventStoreDBClient, stream: str
) -> None:
    start = client.get_commit_position()
    client.append_events(stream, current_version=MISSING, events=events(3))
    nothing = Options.FilterOptions(
        max=1, checkpointIntervalMultiplier=1, event_type=Options.FilterOptions.Expression(prefix=["Never"])
    )
    call = wire.read(read_options(all=at_position(start), filter=nothing, subscription=SUBSCRIPTION))
    kinds = [next(call).WhichOneof("content") for _ in range(5)]
    assert kinds == ["confirmation", "checkpoint", "checkpoint", "checkpoint", "caught_up"]
    call.cancel()


def test_there_are_no_checkpoints_without_a_filter(
    wire: Wire, client: EventStoreDBClient, stream: str
) -> None:
    start = client.get_commit_position()
    client.append_events(stream, current_version=MISSING, events=events(300))
    call = wire.read(read_options(all=at_position(start), subscription=SUBSCRIPTION))
    kinds = [next(call).WhichOneof("content") for _ in range(302)]
    assert kinds == ["confirmation", *["event"] * 300, "caught_up"]
    call.cancel()


def test_a_deadline_ends_a_subscription(client: EventStoreDBClient, stream: str) -> None:
    client.append_events(stream, current_version=MISSING, events=events(1))
    subscription = client.subscribe_to_stream(stream, timeout=1)
    with pytest.raises(GrpcDeadlineExceeded):
        list(subscription)


@pytest.fixture
def own_client(own_server: EmbeddedServer) -> Iterator[EventStoreDBClient]:
    with EventStoreDBClient(own_server.uri) as opened:
        yield opened


def memory(server: EmbeddedServer) -> int:
    """Bytes that the server's process holds."""
    pages = int(Path(f"/proc/{server.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


MEGABYTE = 1024 * 1024


def test_readers_that_read_nothing_cost_no_memory_and_hold_nobody(
    own_server: EmbeddedServer, own_client: EventStoreDBClient, stream: str
) -> None:
    """20 of them over 20,000 events: a copy of those for each would be more than 100 megabytes."""
    with grpc.insecure_channel(f"127.0.0.1:{own_server.port}") as channel:
        wire = Wire(channel)
        idle = [wire.read(read_options(subscription=SUBSCRIPTION), timeout=600) for _ in range(20)]
        for call in idle:
            next(call)
        with own_client.subscribe_to_all(timeout=600) as quick:
            before = memory(own_server)
            for _ in range(20):
                own_client.append_events(stream, current_version=StreamState.ANY, events=events(1000))
                assert next(quick).stream_name == stream
            grown = memory(own_server) - before
        for call in idle:
            call.cancel()
    assert grown < 60 * MEGABYTE  # of which SQLite's caches take half


def test_subscriptions_that_were_dropped_leave_nothing_behind(
    own_server: EmbeddedServer, own_client: EventStoreDBClient, stream: str
) -> None:
    own_client.append_events(stream, current_version=MISSING, events=events(10))
    with grpc.insecure_channel(f"127.0.0.1:{own_server.port}") as channel:
        wire = Wire(channel)

        def open_and_drop(count: int) -> None:
            filtered = Options.FilterOptions(
                max=1,
                checkpointIntervalMultiplier=1,
                stream_identifier=Options.FilterOptions.Expression(prefix=[stream]),
            )
            forms = [
                read_options(stream, subscription=SUBSCRIPTION),
                read_options(subscription=SUBSCRIPTION, all=Options.AllOptions(end=EMPTY)),
                read_options(subscription=SUBSCRIPTION, filter=filtered),
            ]
            for start in range(0, count, 100):
                calls = [wire.read(forms[n % 3]) for n in range(start, start + 100)]
                for call in calls:
                    next(call)
                for call in calls:
                    call.cancel()

        open_and_drop(300)  # so that what is kept once is there
        before = memory(own_server)
        open_and_drop(2000)
        own_client.append_events(stream, current_version=9, events=events(1))  # wakes whoever still waits
        assert memory(own_server) - before < 8 * MEGABYTE
