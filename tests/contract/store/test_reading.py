"""Reads of a stream and of $all: both directions, limits, positions, and requests that mean nothing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import grpc
import pytest
from esdbclient import EventStoreDBClient, StreamState
from esdbclient.exceptions import GrpcDeadlineExceeded, GrpcError, NotFound

from tests.contract.store.protocol import (
    EMPTY,
    Options,
    Wire,
    at_position,
    client,
    events,
    identifier,
    read_options,
    refusal,
    wire,
)
from tests.contract.store.stores import embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures

MISSING = StreamState.NO_STREAM
HUGE = 2**64 - 1


def revisions(wire: Wire, stream: str, /, **options: Any) -> list[int]:
    return [answer.event.event.stream_revision for answer in wire.read(read_options(stream, **options))]


def positions(wire: Wire, **options: Any) -> list[int]:
    return [answer.event.event.commit_position for answer in wire.read(read_options(**options))]


def in_stream(stream: str, **option: Any) -> Options.StreamOptions:
    return Options.StreamOptions(stream_identifier=identifier(stream), **option)


@pytest.mark.parametrize(
    ("option", "forwards", "backwards"),
    [
        ({"start": EMPTY}, [0, 1, 2, 3], [0]),
        ({"end": EMPTY}, [], [3, 2, 1, 0]),
        ({"revision": 0}, [0, 1, 2, 3], [0]),
        ({"revision": 2}, [2, 3], [2, 1, 0]),
        ({"revision": 3}, [3], [3, 2, 1, 0]),
        ({"revision": 4}, [], [3, 2, 1, 0]),
        ({"revision": HUGE}, [], [3, 2, 1, 0]),
    ],
)
def test_a_revision_is_included_both_ways(
    wire: Wire,
    client: EventStoreDBClient,
    stream: str,
    option: dict[str, Any],
    forwards: list[int],
    backwards: list[int],
) -> None:
    client.append_events(stream, current_version=MISSING, events=events(4))
    for count in (0, 1, 2, 4, 100, HUGE):
        there = {"stream": in_stream(stream, **option), "count": count}
        assert revisions(wire, stream, **there) == forwards[:count]
        assert revisions(wire, stream, **there, read_direction=Options.Backwards) == backwards[:count]


def test_a_missing_stream_is_said_in_a_message(wire: Wire, client: EventStoreDBClient, stream: str) -> None:
    for direction in (Options.Forwards, Options.Backwards):
        for count in (0, 1, HUGE):
            (answer,) = wire.read(read_options(stream, count=count, read_direction=direction))
            assert answer.stream_not_found.stream_identifier == identifier(stream)
    for backwards in (False, True):
        for position in (None, 1):
            with pytest.raises(NotFound):
                client.get_stream(stream, stream_position=position, backwards=backwards, limit=10)
    with pytest.raises(NotFound):  # told when it is read, not when it is asked for
        next(client.read_stream(stream))
    assert client.get_current_version(stream) is MISSING


def test_a_position_is_included_forwards_and_excluded_backwards(
    wire: Wire, client: EventStoreDBClient, stream: str
) -> None:
    written = [
        client.append_events(stream, current_version=StreamState.ANY, events=events(1)) for _ in range(4)
    ]
    first, second, third, last = written
    backwards = {"read_direction": Options.Backwards}
    assert positions(wire, all=at_position(first), count=4) == written
    assert positions(wire, all=at_position(third)) == [third, last]
    assert positions(wire, all=at_position(last)) == [last]
    assert positions(wire, all=at_position(last + 1)) == []
    assert positions(wire, all=at_position(HUGE)) == []
    assert positions(wire, all=at_position(last), count=3, **backwards) == [third, second, first]
    assert positions(wire, all=at_position(last + 1), count=1, **backwards) == [last]
    assert positions(wire, all=at_position(HUGE), count=2, **backwards) == [last, third]
    assert positions(wire, all=Options.AllOptions(end=EMPTY), count=1, **backwards) == [last]
    assert positions(wire, all=Options.AllOptions(end=EMPTY)) == []
    assert positions(wire, all=Options.AllOptions(start=EMPTY), **backwards) == []
    assert positions(wire, all=at_position(0), **backwards) == []
    assert positions(wire, count=0) == []

    everything = positions(wire)
    assert everything == positions(wire, all=at_position(0))
    assert everything == positions(wire, all=Options.AllOptions(end=EMPTY), **backwards)[::-1]
    assert everything == sorted(set(everything))
    assert positions(wire, all=at_position(everything[0]), **backwards) == []
    assert positions(wire, all=at_position(everything[0]), count=1) == everything[:1]
    assert client.get_commit_position() == last


@pytest.mark.parametrize("options", [{}, {"read_direction": Options.Backwards}, {"subscription": True}])
def test_a_position_that_no_event_has_is_refused(
    wire: Wire, client: EventStoreDBClient, stream: str, options: dict[str, Any]
) -> None:
    """A position is not a number to count with: to add one to it fails here, as it does on a cluster."""
    position = client.append_events(stream, current_version=MISSING, events=events(1))
    client.append_events(stream, current_version=0, events=events(1))
    if "subscription" in options:
        options = {"subscription": Options.SubscriptionOptions()}
    for wrong in (position - 1, position + 1, 1):
        with pytest.raises(grpc.RpcError) as refused:
            list(wire.read(read_options(all=at_position(wrong), **options)))
        code, said, _ = refusal(refused.value)
        assert code is grpc.StatusCode.INVALID_ARGUMENT
        assert f"no event at the position {wrong}" in said


def test_a_read_ends_at_what_was_there_when_it_began(client: EventStoreDBClient, stream: str) -> None:
    client.append_events(stream, current_version=MISSING, events=events(600))
    read = client.read_stream(stream)
    first = next(read)
    client.append_events(stream, current_version=599, events=events(1))
    assert [first.stream_position, *(e.stream_position for e in read)] == list(range(600))


def test_ids_in_either_form(wire: Wire, client: EventStoreDBClient, stream: str) -> None:
    (one,) = events(1)
    client.append_events(stream, current_version=MISSING, events=[one])
    (text,) = wire.read(read_options(stream))
    assert text.event.event.id.string == str(one.id)
    structured = Options.UUIDOption(structured=EMPTY)
    (halves,) = wire.read(read_options(stream, uuid_option=structured))
    found = halves.event.event.id.structured
    number = (found.most_significant_bits % 2**64) << 64 | found.least_significant_bits % 2**64
    assert UUID(int=number) == one.id


def test_the_last_revision_is_told_to_those_who_know_it(
    wire: Wire, client: EventStoreDBClient, stream: str
) -> None:
    client.append_events(stream, current_version=MISSING, events=events(3))
    control = Options.ControlOption(compatibility=1)
    for count, direction in ((1, Options.Forwards), (HUGE, Options.Forwards), (1, Options.Backwards)):
        options = read_options(stream, count=count, read_direction=direction, control_option=control)
        *_, last = wire.read(options)
        assert last.WhichOneof("content") == "last_stream_position"
        assert last.last_stream_position == 2
    assert all(a.WhichOneof("content") == "event" for a in wire.read(read_options(stream)))


def test_a_read_can_be_stopped_or_outlive_its_deadline(client: EventStoreDBClient, stream: str) -> None:
    client.append_events(stream, current_version=MISSING, events=events(500))
    stopped = client.read_all()
    stopped.stop()
    assert list(stopped) == []
    with pytest.raises(GrpcDeadlineExceeded):
        list(client.subscribe_to_stream(stream, timeout=0.2))


def nothing_left_out(**options: Any) -> Options:
    return read_options("meeting-1", **options)


FILTER = Options.FilterOptions(
    max=32, checkpointIntervalMultiplier=1, event_type=Options.FilterOptions.Expression(regex="A")
)
SUBSCRIPTION = Options.SubscriptionOptions()


@pytest.mark.parametrize(
    ("options", "because"),
    [
        (Options(), "no stream_option"),
        (nothing_left_out(stream=None), "no stream_option"),
        (nothing_left_out(count=None), "no count_option"),
        (nothing_left_out(no_filter=None), "no filter_option"),
        (nothing_left_out(uuid_option=None), "no uuid_option"),
        (nothing_left_out(stream=Options.StreamOptions(start=EMPTY)), "name of a stream"),
        (nothing_left_out(filter=FILTER), "for $all only"),
        (nothing_left_out(subscription=SUBSCRIPTION, read_direction=Options.Backwards), "forwards only"),
        (read_options(filter=Options.FilterOptions(max=32)), "neither event types nor streams"),
        (read_options(filter=Options.FilterOptions(event_type=FILTER.event_type)), "no window"),
        (
            read_options(
                subscription=SUBSCRIPTION, filter=Options.FilterOptions(max=1, event_type=FILTER.event_type)
            ),
            "checkpointIntervalMultiplier",
        ),
    ],
)
def test_requests_that_mean_nothing_are_refused_with_a_reason(
    wire: Wire, options: Options, because: str
) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        list(wire.read(options))
    code, said, _ = refusal(refused.value)
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert because in said


def test_a_system_event_stands_first(client: EventStoreDBClient) -> None:
    (first,) = client.read_all(filter_exclude=(), limit=1)
    assert first.type.startswith("$")
    assert first.commit_position is not None
    assert first.commit_position > 0


@pytest.mark.parametrize(
    ("ask", "because"), [(lambda c: c.create_projection(query="", name="p"), "runs no projections")]
)
def test_what_is_not_there_is_said(
    client: EventStoreDBClient, ask: Callable[[EventStoreDBClient], object], because: str
) -> None:
    with pytest.raises(GrpcError, match=because) as refused:
        ask(client)
    assert refused.value.args[0].code() is grpc.StatusCode.UNIMPLEMENTED
