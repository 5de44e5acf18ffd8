"""Persistent subscriptions, as their readers meet them: what they get, and what their answers do."""

from typing import Any
from uuid import uuid4

import grpc
import pytest
from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.exceptions import MaximumSubscriptionsReached
from esdbclient.protos.Grpc import persistent_pb2, shared_pb2

from tests.contract.store.persistent import (
    RawReader,
    append,
    client,
    events,
    information,
    numbers,
    reader,
    source,
    stub,
    take,
    until,
)
from tests.contract.store.stores import PATIENCE, EmbeddedServer, embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "stub"]  # fixtures

Client = EventStoreDBClient
Req: Any = persistent_pb2.ReadReq


@pytest.mark.parametrize(
    ("start", "first"), [({}, 0), ({"stream_position": 2}, 2), ({"from_end": True}, 3)], ids=str
)
def test_a_stream_from_where_it_was_asked_and_what_comes_later(
    client: Client, stream: str, start: dict[str, int], first: int
) -> None:
    append(client, stream, 3)
    client.create_subscription_to_stream("group", stream, **start)  # type: ignore[call-overload]
    with reader(client, stream) as subscription:
        assert subscription.subscription_id == f"{stream}::group"
        append(client, stream, 3)
        taken = take(subscription, 6 - first)
    assert numbers(taken) == list(range(first, 6))
    assert {event.retry_count for event in taken} == {0}


def test_all_from_a_position_which_is_included(client: Client, stream: str) -> None:
    position = client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=events(1))
    append(client, stream, 2)
    group = uuid4().hex
    client.create_subscription_to_all(group, commit_position=position)
    with reader(client, None, group) as subscription:
        assert subscription.subscription_id == f"$all::{group}"
        taken = take(subscription, 3)
    assert [(event.stream_name, event.stream_position) for event in taken] == [(stream, n) for n in range(3)]
    assert taken[0].commit_position == position


@pytest.mark.parametrize("by_stream", [False, True])
@pytest.mark.parametrize("include", [False, True])
def test_all_through_a_filter(client: Client, stream: str, by_stream: bool, include: bool) -> None:
    group, other = uuid4().hex, f"other-{uuid4().hex}"
    pattern = f"{stream}.*" if by_stream else f"T{stream}.*"
    wanted: dict[str, Any] = (
        {"filter_include": [pattern]} if include else {"filter_exclude": [pattern, r"\$.+"]}
    )
    client.create_subscription_to_all(group, from_end=True, filter_by_stream_name=by_stream, **wanted)
    append(client, stream, 2, f"T{stream}")
    append(client, other, 2, f"T{other}")
    with reader(client, None, group) as subscription:
        taken = take(subscription, 2)
    assert {event.stream_name for event in taken} == {stream if include else other}


def test_refused_messages_come_again_or_not(client: Client, stream: str) -> None:
    client.create_subscription_to_stream("group", stream)
    append(client, stream, 5)
    with reader(client, stream) as subscription:
        taken = take(subscription, 5, answer="")
        answers = ["retry", "skip", "park", "unknown", "stop"]
        for event, answer in zip(taken, answers, strict=True):
            subscription.nack(event, answer)
        again = take(subscription, 2)
    assert [(event.stream_position, event.retry_count) for event in again] == [(0, 1), (3, 1)]
    info = client.get_subscription_info("group", stream)
    assert (info.outstanding_messages_count, info.retry_buffer_count) == (0, 0)
    assert info.parked_message_count == 1


def test_what_is_not_answered_in_time_comes_again_and_is_parked_in_the_end(
    client: Client, stream: str
) -> None:
    client.create_subscription_to_stream("group", stream, message_timeout=0.1, max_retry_count=1)
    append(client, stream, 2)
    with reader(client, stream, slots=1) as subscription:
        tries = [take(subscription, 1, answer="")[0] for _ in range(2)]
        after = take(subscription, 1)
    assert [(e.stream_position, e.retry_count) for e in [*tries, *after]] == [(0, 0), (0, 1), (1, 0)]
    parked = client.get_stream(f"$persistentsubscription-{stream}::group-parked")
    assert [(event.type, event.data) for event in parked] == [("$>", f"0@{stream}".encode())]
    assert b"retry count of 1" in parked[0].metadata


def test_parked_messages_are_replayed_up_to_where_it_was_asked(
    client: Client, stub: Any, stream: str
) -> None:
    client.create_subscription_to_stream("group", stream)
    appended = append(client, stream, 4)
    with reader(client, stream) as subscription:
        take(subscription, 4, answer="park")
        until(lambda: client.get_subscription_info("group", stream).parked_message_count == 4)

        options = persistent_pb2.ReplayParkedReq.Options(group_name="group", stop_at=3, **source(stream))
        stub.ReplayParked(persistent_pb2.ReplayParkedReq(options=options), timeout=PATIENCE)
        first = take(subscription, 3)
        assert [event.id for event in first] == [event.id for event in appended[:3]]
        assert first[0].link is not None
        assert first[0].link.stream_name == f"$persistentsubscription-{stream}::group-parked"
        assert client.get_subscription_info("group", stream).parked_message_count == 1

        client.replay_parked_events("group", stream)
        [last] = take(subscription, 1, answer="park")
        assert last.id == appended[3].id
        until(lambda: client.get_subscription_info("group", stream).parked_message_count == 1)
    # The same event stands among the parked once more, and those that are done are hidden.
    until(lambda: len(client.get_stream(f"$persistentsubscription-{stream}::group-parked")) == 1)


def test_a_replayed_message_stays_parked_until_it_is_done(client: Client, stream: str) -> None:
    client.create_subscription_to_stream("group", stream)
    append(client, stream, 1)
    with reader(client, stream) as subscription:
        take(subscription, 1, answer="park")
        until(lambda: client.get_subscription_info("group", stream).parked_message_count == 1)
        client.replay_parked_events("group", stream)
        take(subscription, 1, answer="")
    client.update_subscription_to_stream("group", stream)  # as after a restart: nothing is in memory
    assert client.get_subscription_info("group", stream).parked_message_count == 1


def test_what_a_lost_reader_held_goes_to_another(client: Client, stream: str) -> None:
    client.create_subscription_to_stream("group", stream)
    append(client, stream, 4)
    lost = reader(client, stream, slots=2)
    assert numbers(take(lost, 2, answer="")) == [0, 1]
    with reader(client, stream) as other:
        assert numbers(take(other, 2)) == [2, 3]
        lost.stop()
        again = take(other, 2)
    assert [(event.stream_position, event.retry_count) for event in again] == [(0, 1), (1, 1)]


def test_readers_share_the_work_in_turn_and_are_counted(client: Client, stream: str) -> None:
    client.create_subscription_to_stream(
        "group", stream, consumer_strategy="RoundRobin", max_subscriber_count=2
    )
    with reader(client, stream) as one, reader(client, stream) as two:
        with pytest.raises(MaximumSubscriptionsReached):
            reader(client, stream)
        append(client, stream, 6)
        assert (numbers(take(one, 3)), numbers(take(two, 3))) == ([0, 2, 4], [1, 3, 5])


@pytest.mark.parametrize("strategy", ["Pinned", "PinnedByCorrelation"])
def test_pinned_messages_stay_with_one_reader(client: Client, stream: str, strategy: Any) -> None:
    group, kind = uuid4().hex, f"T{uuid4().hex}"
    client.create_subscription_to_all(group, from_end=True, filter_include=[kind], consumer_strategy=strategy)
    with reader(client, None, group) as one, reader(client, None, group) as two:
        for n in range(8):
            name, correlation = f"{stream}-{n % 2 if strategy == 'Pinned' else n}", n % 2
            metadata = b'{"$correlationId": "c%d"}' % correlation
            new = NewEvent(type=kind, data=b"%d" % correlation, metadata=metadata)
            client.append_to_stream(name, current_version=StreamState.ANY, events=[new])
        for subscription in (one, two):
            assert len({event.data for event in take(subscription, 4)}) == 1


def test_links_are_resolved_and_acknowledged_by_the_link(client: Client, stream: str) -> None:
    [target] = append(client, stream, 1)
    links = f"links-{stream}"
    link = NewEvent(
        type="$>", data=f"0@{stream}".encode(), content_type="application/octet-stream", metadata=b"{}"
    )
    client.append_to_stream(links, current_version=StreamState.NO_STREAM, events=[link])
    client.create_subscription_to_stream("group", links, resolve_links=True)
    client.create_subscription_to_stream("plain", links)
    with reader(client, links) as subscription:
        [event] = take(subscription, 1)
        assert (event.id, event.ack_id) == (target.id, link.id)
        until(lambda: client.get_subscription_info("group", links).outstanding_messages_count == 0)
    with reader(client, links, "plain") as subscription:
        assert take(subscription, 1)[0].id == link.id


def test_groups_do_not_touch_each_other(client: Client, stream: str) -> None:
    for group in ("one", "two"):
        client.create_subscription_to_stream(group, stream)
    append(client, stream, 3)
    with reader(client, stream, "one") as one, reader(client, stream, "two") as two:
        assert numbers(take(one, 3, answer="park")) == [0, 1, 2]
        assert numbers(take(two, 3)) == [0, 1, 2]
        until(lambda: client.get_subscription_info("one", stream).parked_message_count == 3)
    assert client.get_subscription_info("two", stream).parked_message_count == 0


def test_a_slow_reader_holds_nobody_up_and_takes_no_memory(client: Client, stub: Any, stream: str) -> None:
    client.create_subscription_to_stream(
        "group", stream, history_buffer_size=50, read_batch_size=10, consumer_strategy="RoundRobin"
    )
    slow = RawReader(stub, stream, slots=7)
    slow.next()  # the confirmation, and no more
    for _ in range(4):
        append(client, stream, 200)
    with reader(client, stream) as quick:
        assert len(take(quick, 793)) == 793
    append(client, stream, 200)

    def filled() -> bool:
        info = information(stub, stream)
        assert info.read_buffer_count <= 50
        return bool(info.read_buffer_count >= 40 and info.total_in_flight_messages == 7)

    until(filled)
    slow.close()


def test_readers_that_come_and_go_leave_nothing_behind(client: Client, stub: Any, stream: str) -> None:
    client.create_subscription_to_stream("group", stream, max_subscriber_count=0, max_retry_count=99)
    append(client, stream, 3)
    for _ in range(30):
        raw = RawReader(stub, stream)
        raw.next()
        raw.close()
    until(lambda: not information(stub, stream).connections)
    info = information(stub, stream)
    assert (info.total_in_flight_messages, info.outstanding_messages_count) == (0, 0)
    assert info.read_buffer_count + info.retry_buffer_count == 3


def test_an_answer_that_cannot_be_understood_ends_the_call(client: Client, stub: Any, stream: str) -> None:
    client.create_subscription_to_stream("group", stream)
    for wrong, said in [
        (Req(ack=Req.Ack(ids=[shared_pb2.UUID(string="no")])), "is not a UUID"),
        (Req(nack=Req.Nack(action=9)), "9 is not an action"),
        (Req(options=Req.Options()), "only acks and nacks"),
    ]:
        raw = RawReader(stub, stream)
        raw.next()
        raw.send(wrong)
        with pytest.raises(grpc.RpcError, match=said) as refused:
            raw.next()
        assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT
        raw.close()
    empty = RawReader(stub, stream, slots=0)
    with pytest.raises(grpc.RpcError, match="buffer_size must be at least 1"):
        empty.next()
    empty.close()


def test_readers_of_a_stream_that_has_ended_are_told(client: Client, stub: Any, stream: str) -> None:
    append(client, stream, 1)
    client.create_subscription_to_stream("group", stream)
    early = RawReader(stub, stream)
    assert [early.next().WhichOneof("content") for _ in range(2)] == ["subscription_confirmation", "event"]
    client.tombstone_stream(stream, current_version=0)
    late = RawReader(stub, stream)
    late.next()
    for raw in (early, late):
        with pytest.raises(grpc.RpcError, match="is deleted") as ended:
            raw.next()
        assert ended.value.code() == grpc.StatusCode.FAILED_PRECONDITION
        raw.close()


def test_what_is_known_of_readers(
    client: Client, stub: Any, embedded_server: EmbeddedServer, stream: str
) -> None:
    client.create_subscription_to_stream("group", stream, extra_statistics=True)
    append(client, stream, 3)
    named = EventStoreDBClient(f"{embedded_server.uri}&ConnectionName=probe")
    with named, reader(named, stream, slots=5) as subscription:
        take(subscription, 3, answer="")
        [known] = information(stub, stream).connections
        assert (known.available_slots, known.in_flight_messages, known.total_items) == (2, 3, 3)
        assert (known.username, known.connection_name) == ("anonymous", "probe")
        for position in range(3):
            event = client.get_stream(stream, stream_position=position, limit=1)[0]
            subscription.ack(event.id)
        until(lambda: information(stub, stream).outstanding_messages_count == 0)
        info = information(stub, stream)
    [known] = info.connections
    assert {each.key for each in known.observed_measurements} >= {"Mean", "Quintile 3", "99.9%", "Highest"}
    assert (info.status, info.total_items, info.last_known_event_position) == ("Live", 3, "2")
