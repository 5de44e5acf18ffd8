"""Filters of $all: patterns as of .NET, prefixes, by type and by stream name, and patterns that go wrong."""

import time
from typing import Any

import grpc
import pytest
from esdbclient import EventStoreDBClient, StreamState
from esdbclient.exceptions import GrpcError

from shared.eventstore.embedded.errors import BadRequestError
from shared.eventstore.embedded.log.records import Row
from shared.eventstore.embedded.streams.filters import NO_FILTER, filter_of
from tests.contract.store.protocol import (
    EMPTY,
    Options,
    Wire,
    at_position,
    client,
    event,
    read_options,
    refusal,
    wire,
)
from tests.contract.store.stores import embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures

MISSING = StreamState.NO_STREAM
KINDS = ("MeetingConvened", "TaskAssigned", "MeetingClosed", "BiênBản", "meeting")
CATASTROPHIC = r"^(a|b|ab)*$", "ab" * 40 + "c"


def expression(**said: Any) -> Options.FilterOptions:
    """A filter of event types."""
    return Options.FilterOptions(
        max=32, checkpointIntervalMultiplier=1, event_type=Options.FilterOptions.Expression(**said)
    )


def row(kind: str, stream: str = "meeting-1") -> Row:
    return Row(1, stream, 0, b"", kind, "application/json", 0, b"", b"", 0)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"regex": "Meeting"}, ["MeetingConvened", "MeetingClosed"]),
        ({"regex": "e"}, ["MeetingConvened", "TaskAssigned", "MeetingClosed", "meeting"]),  # anywhere
        ({"regex": "^e"}, []),
        ({"regex": "ed$"}, ["MeetingConvened", "TaskAssigned", "MeetingClosed"]),
        ({"regex": r"\Ameeting\z"}, ["meeting"]),
        ({"regex": r"^(?!Meeting)"}, ["TaskAssigned", "BiênBản", "meeting"]),
        ({"regex": r"(?i)^meeting"}, ["MeetingConvened", "MeetingClosed", "meeting"]),
        ({"regex": r"^\p{Lu}\p{Ll}+ed$"}, []),
        ({"regex": r"^\p{Lu}\p{L}+[^\x00-\x7f]n$"}, ["BiênBản"]),
        ({"regex": r"^M(e{1,2}t{1}){1}[^x{}]{3,9}C[a-z]{5}$"}, ["MeetingClosed"]),
        ({"regex": r"(?<word>Meeting|Task)"}, ["MeetingConvened", "TaskAssigned", "MeetingClosed"]),
        ({"prefix": ["Meeting", "Biên"]}, ["MeetingConvened", "MeetingClosed", "BiênBản"]),
        ({"prefix": ["M.*"]}, []),
        ({"prefix": [""]}, list(KINDS)),
        ({"regex": "^Task", "prefix": ["Meeting"]}, ["TaskAssigned"]),  # the pattern comes first
        ({}, []),
    ],
)
def test_which_types_a_filter_keeps(said: dict[str, Any], kept: list[str]) -> None:
    keeps = filter_of(read_options(filter=expression(**said))).keeps
    for _ in range(2):  # judged, and remembered
        assert [kind for kind in KINDS if keeps(row(kind))] == kept


def test_the_window_and_the_multiplier_make_the_interval() -> None:
    said = Options.FilterOptions.Expression(regex="A")
    for window, multiplier, interval in ((30, 5, 150), (1, 1, 1), (None, 2, 64)):
        wanted = Options.FilterOptions(event_type=said, checkpointIntervalMultiplier=multiplier)
        if window is None:
            wanted.count.SetInParent()
        else:
            wanted.max = window
        assert filter_of(read_options(filter=wanted)).interval == interval
    assert NO_FILTER.interval is None


def test_the_notes_of_persistent_subscriptions_to_all_are_not_shown_to_them() -> None:
    everything = filter_of(read_options(filter=expression(prefix=[""])))
    for keeps in (NO_FILTER.keeps, everything.keeps):
        assert not keeps(row("$SubscriptionCheckpoint", "$persistentsubscription-$all::group-checkpoint"))
        assert not keeps(row("$>", "$persistentsubscription-$all::group-parked"))
        assert keeps(row("$>", "$persistentsubscription-meeting-1::group-parked"))
        assert keeps(row("$PersistentConfig", "$persistentSubscriptionConfig"))


def test_a_pattern_that_takes_too_long_is_refused_at_once_when_it_comes_again() -> None:
    pattern, value = CATASTROPHIC
    keeps = filter_of(read_options(filter=expression(regex=pattern))).keeps
    assert keeps(row("ab"))
    with pytest.raises(BadRequestError, match="takes too long"):
        keeps(row(value))
    again = filter_of(read_options(filter=expression(regex=pattern))).keeps
    began = time.process_time()
    for n in range(100):
        with pytest.raises(BadRequestError, match="takes too long"):
            again(row(f"{value}{n}"))
    assert time.process_time() - began < 100 * 0.05


@pytest.mark.parametrize(
    "pattern", ["(", "[z-a]", "(?P<n", "a" * 40_000, "(" * 5_000 + ")" * 5_000, "((a{1000}){1000}){1000}"]
)
def test_a_pattern_that_is_none(client: EventStoreDBClient, wire: Wire, pattern: str) -> None:
    for options in ({}, {"subscription": Options.SubscriptionOptions()}):
        with pytest.raises(grpc.RpcError) as refused:
            list(wire.read(read_options(filter=expression(regex=pattern), **options)))
        code, said, _ = refusal(refused.value)
        assert code is grpc.StatusCode.INVALID_ARGUMENT
        assert said.startswith(("the filter is not a regular expression", "the pattern of the filter has "))
    assert client.get_commit_position() >= 0


def test_a_catastrophic_pattern_does_not_hold_the_server(
    client: EventStoreDBClient, wire: Wire, stream: str
) -> None:
    pattern, value = CATASTROPHIC
    start = client.get_commit_position()
    client.append_events(stream, current_version=MISSING, events=[event(value) for _ in range(200)])
    for options in ({}, {"subscription": Options.SubscriptionOptions()}):
        wanted = read_options(
            all=at_position(start), filter=expression(regex=f"{pattern}|{stream}"), **options
        )
        with pytest.raises(grpc.RpcError) as refused:
            list(wire.read(wanted))
        assert "takes too long" in refusal(refused.value)[1]
    assert len(client.get_stream(stream)) == 200


@pytest.mark.parametrize("by_stream", [False, True])
def test_filters_in_reads(client: EventStoreDBClient, wire: Wire, stream: str, by_stream: bool) -> None:
    start = client.get_commit_position()
    for kind in KINDS[:3]:
        client.append_events(f"{stream}.{kind}", current_version=MISSING, events=[event(kind)])
    wanted = [KINDS[0], KINDS[2]]
    prefix = f"{stream}.Meeting" if by_stream else "Meeting"

    def found(**options: Any) -> list[str]:
        read = client.read_all(filter_by_stream_name=by_stream, **options)
        return [e.type for e in read if e.stream_name.startswith(stream)]

    assert found(commit_position=start, filter_include=[f"{prefix}.*"]) == wanted
    assert found(commit_position=start, filter_include=[f"{prefix}.*"], limit=1) == wanted[:1]
    assert found(filter_include=[f"{prefix}.*"], backwards=True, limit=2) == wanted[::-1]
    assert found(commit_position=start, filter_include=prefix) == []  # the client anchors its patterns
    assert found(commit_position=start, filter_exclude=[rf"{prefix}.*", r"\$.+"]) == [KINDS[1]]
    assert found(commit_position=start, filter_include=[f"{prefix}.*"], filter_exclude=[".*"]) == wanted

    said = Options.FilterOptions.Expression(prefix=[prefix])
    kind = "stream_identifier" if by_stream else "event_type"
    by_prefix = Options.FilterOptions(count=EMPTY, **{kind: said})
    answers = wire.read(read_options(all=at_position(start), filter=by_prefix))
    assert [a.event.event.metadata["type"] for a in answers] == wanted


def test_what_the_client_says_of_a_bad_pattern(client: EventStoreDBClient) -> None:
    with pytest.raises(GrpcError, match="not a regular expression"):
        list(client.read_all(filter_include=["("]))
