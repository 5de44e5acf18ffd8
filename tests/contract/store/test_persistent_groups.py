"""Persistent subscriptions, as they are made, changed and deleted, and what outlives the server."""

from typing import Any
from uuid import uuid4

import grpc
import pytest
from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.exceptions import AlreadyExists, GrpcError, InternalError, NotFound
from esdbclient.protos.Grpc import persistent_pb2, persistent_pb2_grpc, shared_pb2

from tests.contract.store.persistent import (
    RawReader,
    append,
    client,
    information,
    numbers,
    reader,
    source,
    stub,
    take,
    trailers,
    until,
)
from tests.contract.store.stores import PATIENCE, EmbeddedServer, embedded_server, own_server, stream

__all__ = ["client", "embedded_server", "own_server", "stream", "stub"]  # fixtures

Client = EventStoreDBClient


def test_groups_are_made_listed_and_deleted(client: Client, stream: str) -> None:
    group = uuid4().hex
    client.create_subscription_to_all(group, max_retry_count=3, message_timeout=12.345)
    client.create_subscription_to_stream(group, stream, read_batch_size=7)
    with pytest.raises(AlreadyExists):
        client.create_subscription_to_all(group)
    with pytest.raises(AlreadyExists):
        client.create_subscription_to_stream(group, stream)

    listed = {(info.event_source, info.group_name) for info in client.list_subscriptions()}
    assert listed >= {("$all", group), (stream, group)}
    [info] = client.list_subscriptions_to_stream(stream)
    assert (info.group_name, info.read_batch_size, info.parked_message_count) == (group, 7, 0)
    info = client.get_subscription_info(group)
    assert (info.max_retry_count, info.message_timeout, info.start_from) == (3, 12.345, "C:0/P:0")

    client.delete_subscription(group, stream)
    assert client.list_subscriptions_to_stream(stream) == []
    client.delete_subscription(group)
    for call in (client.get_subscription_info, client.delete_subscription, client.replay_parked_events):
        for name in (None, stream):
            with pytest.raises(NotFound):
                call(group, name)
    with pytest.raises(NotFound):
        reader(client, stream, group)


def test_an_update_keeps_the_filter_and_the_checkpoint_and_drops_readers(client: Client, stub: Any) -> None:
    group, kind = uuid4().hex, f"T{uuid4().hex}"
    client.create_subscription_to_all(
        group, filter_include=[kind], from_end=True, min_checkpoint_count=1, max_checkpoint_count=1
    )
    assert client.get_subscription_info(group).start_from == "C:-1/P:-1"
    append(client, uuid4().hex, 2, kind)
    with reader(client, None, group) as subscription:
        [done] = take(subscription, 1)
        checkpoint = f"C:{done.commit_position}/P:{done.commit_position}"
        until(lambda: client.get_subscription_info(group).last_checkpointed_event_position == checkpoint)
    raw = RawReader(stub, None, group)
    raw.next()
    client.update_subscription_to_all(group, message_timeout=1.0009, consumer_strategy="Pinned")
    with pytest.raises(grpc.RpcError, match="was dropped"):
        list(raw.call)
    raw.close()
    info = client.get_subscription_info(group)
    assert (info.message_timeout, info.consumer_strategy, info.start_from) == (1.001, "Pinned", "C:-1/P:-1")
    append(client, uuid4().hex, 1, "Other")
    append(client, uuid4().hex, 1, kind)
    with reader(client, None, group) as subscription:
        after = take(subscription, 2)
    assert {event.type for event in after} == {kind}
    assert done.id not in {event.id for event in after}


def test_where_a_group_of_a_stream_starts_is_told(client: Client, stream: str) -> None:
    with pytest.raises(NotFound):
        client.update_subscription_to_stream("group", stream)
    client.create_subscription_to_stream("group", stream)
    starts: list[tuple[dict[str, Any], str]] = [
        ({"from_end": True}, "-1"),
        ({"stream_position": 10}, "10"),
        ({}, "10"),  # the client repeats what it finds
    ]
    for start, told in starts:
        client.update_subscription_to_stream("group", stream, **start)
        assert client.get_subscription_info("group", stream).start_from == told


def test_an_update_does_not_move_the_end_that_a_group_began_at(client: Client, stream: str) -> None:
    append(client, stream, 1)
    client.create_subscription_to_stream("group", stream, from_end=True)
    append(client, stream, 1)
    client.update_subscription_to_stream("group", stream, max_retry_count=3)
    with reader(client, stream) as subscription:
        assert numbers(take(subscription, 1)) == [1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"consumer_strategy": "Nearest"}, "Consumer strategy Nearest does not exist"),
        ({"read_batch_size": 10, "history_buffer_size": 10}, "read_batch_size"),
        ({"max_retry_count": -1}, "max_retry_count"),
        ({"commit_position": 2**62}, "Invalid Start From position"),
    ],
)
def test_a_group_that_cannot_be(client: Client, asked: dict[str, Any], said: str) -> None:
    group = uuid4().hex
    with pytest.raises(InternalError, match=said):
        client.create_subscription_to_all(group, **asked)
    with pytest.raises(NotFound):
        client.get_subscription_info(group)


def test_a_filter_that_cannot_be(client: Client) -> None:
    with pytest.raises(GrpcError, match="not a regular expression"):
        client.create_subscription_to_all(uuid4().hex, filter_include=["("])


def test_a_deleted_group_tells_its_readers_and_leaves_nothing_behind(
    client: Client, stub: Any, stream: str
) -> None:
    client.create_subscription_to_stream("group", stream, min_checkpoint_count=1, max_checkpoint_count=1)
    append(client, stream, 2)
    with reader(client, stream) as subscription:
        take(subscription, 1)
        take(subscription, 1, answer="park")
        until(lambda: client.get_subscription_info("group", stream).last_checkpointed_event_position == "1")
    raw = RawReader(stub, stream)
    raw.next()
    client.delete_subscription("group", stream)
    with pytest.raises(grpc.RpcError, match="was dropped") as dropped:
        raw.next()
    assert dropped.value.code() == grpc.StatusCode.CANCELLED
    assert trailers(dropped.value) == {
        "exception": "persistent-subscription-dropped",
        "group-name": "group",
        "stream-name": stream,
    }
    raw.close()

    client.create_subscription_to_stream("group", stream)
    info = client.get_subscription_info("group", stream)
    assert (info.last_checkpointed_event_position, info.parked_message_count) == ("", 0)
    with reader(client, stream) as subscription:
        assert numbers(take(subscription, 2)) == [0, 1]


def test_trailers_say_which_group(client: Client, stub: Any, stream: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        information(stub, stream)
    assert refused.value.details() == f"Subscription group group on stream {stream} does not exist."
    assert trailers(refused.value) == {
        "exception": "persistent-subscription-does-not-exist",
        "group-name": "group",
        "stream-name": stream,
    }
    client.create_subscription_to_stream("group", stream, max_subscriber_count=1)
    first = RawReader(stub, stream)
    first.next()
    with pytest.raises(grpc.RpcError, match="Maximum subscriptions reached") as refused:
        RawReader(stub, stream).next()
    assert trailers(refused.value)["exception"] == "maximum-subscribers-reached"
    first.close()


def test_names_in_vietnamese(client: Client, stream: str) -> None:
    name, group = f"cuộc họp {stream}", "nhóm đọc"
    with pytest.raises(NotFound):
        client.get_subscription_info(group, name)
    client.create_subscription_to_stream(group, name)
    append(client, name, 1)
    with reader(client, name, group) as subscription:
        assert numbers(take(subscription, 1, answer="park")) == [0]
        until(lambda: client.get_subscription_info(group, name).parked_message_count == 1)
        client.replay_parked_events(group, name)
        assert numbers(take(subscription, 1)) == [0]


def test_clients_from_before_the_option_for_all(client: Client, stub: Any, stream: str) -> None:
    """They name the stream beside the options, the start as a setting, and times in ticks."""
    append(client, stream, 3)
    options = persistent_pb2.CreateReq.Options(
        group_name="group",
        stream_identifier=shared_pb2.StreamIdentifier(stream_name=stream.encode()),
        settings=persistent_pb2.CreateReq.Settings(
            revision=2,
            message_timeout_ticks=300_000_000,
            history_buffer_size=500,
            named_consumer_strategy=persistent_pb2.CreateReq.RoundRobin,
        ),
    )
    stub.Create(persistent_pb2.CreateReq(options=options), timeout=PATIENCE)
    info = client.get_subscription_info("group", stream)
    assert (info.start_from, info.message_timeout, info.consumer_strategy) == ("2", 30.0, "RoundRobin")
    with reader(client, stream) as subscription:
        assert numbers(take(subscription, 1)) == [2]


def test_everything_outlives_the_server(own_server: EmbeddedServer, stream: str) -> None:
    """Settings, checkpoint, parked messages, and where a group began that has no checkpoint yet."""
    with EventStoreDBClient(own_server.uri) as client:
        client.create_subscription_to_stream(
            "group", stream, min_checkpoint_count=1, max_checkpoint_count=1, max_retry_count=7
        )
        append(client, stream, 4)
        with reader(client, stream) as subscription:
            first, second, third, _ = take(subscription, 4, answer="")
            subscription.ack(first)
            subscription.nack(second, "park")
            subscription.ack(third)
            until(
                lambda: client.get_subscription_info("group", stream).last_checkpointed_event_position == "2"
            )
        client.create_subscription_to_stream("fresh", stream, from_end=True)
        client.create_subscription_to_all("filtered", filter_include=["Wanted"], from_end=True)
        append(client, stream, 1, "Wanted")
    own_server.kill()
    own_server.start()
    with EventStoreDBClient(own_server.uri) as client:
        info = client.get_subscription_info("group", stream)
        assert (info.max_retry_count, info.parked_message_count) == (7, 1)
        assert info.last_checkpointed_event_position == "2"
        with reader(client, stream) as subscription:
            assert numbers(take(subscription, 2)) == [3, 4]
            client.replay_parked_events("group", stream)
            assert take(subscription, 1)[0].id == second.id
        with reader(client, stream, "fresh") as subscription:
            assert numbers(take(subscription, 1)) == [4]
        with reader(client, None, "filtered") as subscription:
            assert [event.type for event in take(subscription, 1)] == ["Wanted"]
    assert own_server.stop() == 0


def test_a_restart_of_the_subsystem_and_a_configuration_that_is_none(own_server: EmbeddedServer) -> None:
    with (
        EventStoreDBClient(own_server.uri) as client,
        grpc.insecure_channel(f"127.0.0.1:{own_server.port}") as channel,
    ):
        stub = persistent_pb2_grpc.PersistentSubscriptionsStub(channel)  # type: ignore[no-untyped-call]
        client.create_subscription_to_all("group")
        raw = RawReader(stub, None)
        raw.next()
        stub.RestartSubsystem(shared_pb2.Empty(), timeout=PATIENCE)
        with pytest.raises(grpc.RpcError, match="was dropped"):
            raw.next()
        raw.close()
        assert client.get_subscription_info("group").group_name == "group"

        junk = NewEvent(type="Junk", data=b"[]")
        configuration = "$persistentSubscriptionConfig"
        client.append_to_stream(configuration, current_version=StreamState.ANY, events=[junk])
        stub.RestartSubsystem(shared_pb2.Empty(), timeout=PATIENCE)
        with pytest.raises(GrpcError, match="is no configuration"):
            client.create_subscription_to_all("group")
        client.delete_stream(configuration, current_version=StreamState.ANY)
        stub.RestartSubsystem(shared_pb2.Empty(), timeout=PATIENCE)
        client.create_subscription_to_stream("group", "quiet")
        raw = RawReader(stub, "quiet")
        raw.next()
        assert own_server.stop() == 0
        with pytest.raises(grpc.RpcError) as stopped:
            raw.next()
        assert stopped.value.code() == grpc.StatusCode.UNAVAILABLE


def test_a_replay_cannot_stop_before_the_first(client: Client, stub: Any, stream: str) -> None:
    client.create_subscription_to_stream("group", stream)
    options = persistent_pb2.ReplayParkedReq.Options(group_name="group", stop_at=-1, **source(stream))
    with pytest.raises(grpc.RpcError, match="negative version") as refused:
        stub.ReplayParked(persistent_pb2.ReplayParkedReq(options=options), timeout=PATIENCE)
    assert refused.value.code() == grpc.StatusCode.INTERNAL
    assert trailers(refused.value)["exception"] == "persistent-subscription-failed"
