"""Deletions and tombstones over the wire: who may, who sees what afterwards, where a stream goes on."""

from collections.abc import Callable

import grpc
import pytest
from esdbclient import EventStoreDBClient, StreamState
from esdbclient.exceptions import NotFound, StreamIsDeleted, WrongCurrentVersion

from shared.eventstore.embedded.log.rules import END, NO_STREAM, Conflict, Deleted, Expected, Write
from tests.contract.store import expectations
from tests.contract.store.protocol import Wire, client, events, prepare, read_options, refusal, wire
from tests.contract.store.stores import PATIENCE, embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures

MISSING = StreamState.NO_STREAM


def by_delete(wire: Wire, stream: str, expected: Expected) -> Conflict | Deleted | None:
    return refused(lambda: wire.delete(stream, expected), stream)


def by_tombstone(wire: Wire, stream: str, expected: Expected) -> Conflict | Deleted | None:
    return refused(lambda: wire.tombstone(stream, expected), stream)


def refused(call: Callable[[], object], stream: str) -> Conflict | Deleted | None:
    """What stood against it; None where it was done."""
    try:
        call()
    except grpc.RpcError as error:
        code, said, trailers = refusal(error)
        assert code is grpc.StatusCode.FAILED_PRECONDITION, said
        assert trailers["stream-name"] == stream
        if trailers["exception"] == "stream-deleted":
            return Deleted()
        assert trailers["exception"] == "wrong-expected-version"
        assert "WrongExpectedVersion" in said
        assert said.endswith(f"Actual version: {trailers['actual-version']}")
        assert int(trailers["expected-version"]) in (NO_STREAM, -2, -4, 0, 1, 5)
        return Conflict(int(trailers["actual-version"]))
    return None


@pytest.mark.parametrize("state", expectations.STATES)
@pytest.mark.parametrize(
    ("end", "table"), [(by_delete, expectations.DELETE), (by_tombstone, expectations.TOMBSTONE)]
)
def test_every_expectation_on_a_stream_in_every_state(
    wire: Wire,
    stream: str,
    state: str,
    end: Callable[..., object],
    table: dict[str, tuple[expectations.Outcome, ...]],
) -> None:
    for n, expected in enumerate(expectations.EXPECTED):
        prepare(wire, f"{stream}-{n}", state)
        outcome = table[state][n]
        assert end(wire, f"{stream}-{n}", expected) == (None if isinstance(outcome, Write) else outcome), n


def test_a_deleted_stream_reads_as_absent(client: EventStoreDBClient, stream: str) -> None:
    client.append_events(stream, current_version=MISSING, events=events(2))
    with pytest.raises(WrongCurrentVersion):
        client.delete_stream(stream, current_version=0)
    client.delete_stream(stream, current_version=1)
    client.delete_stream(stream, current_version=1)  # again: no harm
    for backwards in (False, True):
        for position in (None, 0, 1):
            with pytest.raises(NotFound):
                client.get_stream(stream, stream_position=position, backwards=backwards)
    assert client.get_current_version(stream) is MISSING
    metadata, version = client.get_stream_metadata(stream)
    assert (metadata, version) == ({"$tb": END}, 1)
    with pytest.raises(StreamIsDeleted):
        client.delete_stream(stream, current_version=StreamState.EXISTS)


@pytest.mark.parametrize("current", [MISSING, 1, StreamState.ANY])
def test_an_append_lets_a_deleted_stream_go_on(
    client: EventStoreDBClient, stream: str, current: int | StreamState
) -> None:
    old, new = events(2), events(2)
    client.append_events(stream, current_version=MISSING, events=old)
    client.set_stream_metadata(stream, metadata={"owner": "support"}, current_version=MISSING)
    client.delete_stream(stream, current_version=1)

    position = client.append_events(stream, current_version=current, events=new[:1])
    assert client.get_current_version(stream) == 2
    client.append_events(stream, current_version=2, events=new[1:])
    assert [(e.id, e.stream_position) for e in client.get_stream(stream)] == [(new[0].id, 2), (new[1].id, 3)]
    assert [e.id for e in client.get_stream(stream, backwards=True)] == [new[1].id, new[0].id]
    assert client.get_stream_metadata(stream)[0] == {"$tb": 2}  # the deletion forgot the owner
    written = list(client.read_all(commit_position=position, filter_exclude=()))
    assert [e.type for e in written] == ["Counted", "$metadata", "Counted"]

    with pytest.raises(WrongCurrentVersion):
        client.delete_stream(stream, current_version=1)
    client.delete_stream(stream, current_version=StreamState.EXISTS)
    with pytest.raises(NotFound):
        client.get_stream(stream)


def test_an_append_of_nothing_lets_it_go_on_too(client: EventStoreDBClient, stream: str) -> None:
    client.append_events(stream, current_version=MISSING, events=events(2))
    client.delete_stream(stream, current_version=1)
    client.append_events(stream, current_version=1, events=[])
    assert client.get_stream(stream) == ()
    assert client.get_stream_metadata(stream)[0] == {"$tb": 2}


@pytest.mark.parametrize("metadata", [{"owner": "support"}, {"owner": "support", "$tb": END}])
def test_metadata_lets_a_deleted_stream_go_on(
    client: EventStoreDBClient, stream: str, metadata: dict[str, object]
) -> None:
    client.append_events(stream, current_version=MISSING, events=events(2))
    client.delete_stream(stream, current_version=1)
    client.set_stream_metadata(stream, metadata=metadata, current_version=0)
    assert client.get_stream_metadata(stream) == ({"owner": "support", "$tb": 2}, 2)
    assert client.get_stream(stream) == ()
    client.append_events(stream, current_version=StreamState.EXISTS, events=events(1))
    assert client.get_current_version(stream) == 2


def test_what_was_deleted_stays_in_all(client: EventStoreDBClient, stream: str) -> None:
    start = client.get_commit_position()
    old = events(2)
    client.append_events(stream, current_version=MISSING, events=old)
    client.delete_stream(stream, current_version=1)
    shown = client.read_all(commit_position=start, filter_include=[stream], filter_by_stream_name=True)
    assert [e.id for e in shown] == [e.id for e in old]


def test_a_tombstone_ends_a_stream_for_ever(client: EventStoreDBClient, wire: Wire, stream: str) -> None:
    start = client.get_commit_position()
    client.append_events(stream, current_version=MISSING, events=events(2))
    client.tombstone_stream(stream, current_version=1)
    asks: list[Callable[[], object]] = [
        lambda: client.get_stream(stream),
        lambda: client.get_stream(stream, backwards=True, limit=1),
        lambda: client.get_current_version(stream),
        lambda: client.get_stream_metadata(stream),
        lambda: list(client.subscribe_to_stream(stream)),
        lambda: list(client.subscribe_to_stream(stream, from_end=True)),
        lambda: client.append_events(stream, current_version=1, events=events(1)),
        lambda: client.append_events(stream, current_version=MISSING, events=[]),
        lambda: client.delete_stream(stream, current_version=1),
        lambda: client.tombstone_stream(stream, current_version=2),
    ]
    for ask in asks:
        with pytest.raises(StreamIsDeleted):
            ask()
    stone = list(client.read_all(commit_position=start, filter_exclude=()))[-1]
    assert (stone.type, stone.stream_name, stone.stream_position) == ("$streamDeleted", stream, END)


def test_a_tombstone_ends_the_metadata_for_its_readers_but_not_for_its_writers(
    client: EventStoreDBClient, stream: str
) -> None:
    client.append_events(stream, current_version=MISSING, events=events(1))
    client.set_stream_metadata(stream, metadata={"owner": "support"}, current_version=MISSING)
    client.set_stream_metadata(stream, metadata={"owner": "chair"}, current_version=0)
    client.tombstone_stream(stream, current_version=StreamState.ANY)
    client.set_stream_metadata(stream, metadata={}, current_version=1)
    client.set_stream_metadata(stream, metadata={}, current_version=StreamState.ANY)
    for read in (
        lambda: client.get_stream_metadata(stream),
        lambda: client.get_stream(f"$${stream}"),
        lambda: list(client.subscribe_to_stream(f"$${stream}")),
        lambda: client.get_stream(stream),
    ):
        with pytest.raises(StreamIsDeleted):
            read()


def test_a_stream_may_be_ended_before_it_began(client: EventStoreDBClient, stream: str) -> None:
    client.tombstone_stream(stream, current_version=StreamState.ANY)
    with pytest.raises(StreamIsDeleted):
        client.append_events(stream, current_version=MISSING, events=events(1))
    with pytest.raises(NotFound):
        client.tombstone_stream(f"{stream}-2", current_version=StreamState.EXISTS)
    with pytest.raises(NotFound):
        client.delete_stream(f"{stream}-2", current_version=StreamState.ANY)


def test_the_name_of_a_stream_may_be_vietnamese(wire: Wire, client: EventStoreDBClient, stream: str) -> None:
    name = f"Cuộc họp {stream}"
    with pytest.raises(NotFound):
        client.delete_stream(name, current_version=StreamState.ANY)
    client.tombstone_stream(name, current_version=StreamState.ANY)
    with pytest.raises(grpc.RpcError) as gone:
        list(wire.read(read_options(name)))
    _, said, trailers = refusal(gone.value)
    assert name in said
    assert trailers["stream-name"] == f"Cu%E1%BB%99c%20h%E1%BB%8Dp%20{stream}"


def test_a_metadata_stream_cannot_be_hidden(client: EventStoreDBClient, stream: str) -> None:
    client.set_stream_metadata(stream, metadata={"owner": "support"}, current_version=MISSING)
    client.delete_stream(f"$${stream}", current_version=0)
    assert client.get_stream_metadata(stream) == ({"owner": "support"}, 0)


def test_a_subscription_to_a_stream_that_is_deleted_goes_on_and_ends(
    client: EventStoreDBClient, stream: str
) -> None:
    old, new, last = events(2), events(2), events(1)
    client.append_events(stream, current_version=MISSING, events=old)
    with client.subscribe_to_stream(stream, timeout=PATIENCE) as early:
        assert [next(early).id for _ in old] == [e.id for e in old]
        client.delete_stream(stream, current_version=1)
        with client.subscribe_to_stream(stream, timeout=PATIENCE) as late:
            client.append_events(stream, current_version=MISSING, events=new)
            assert [next(early).id for _ in new] == [e.id for e in new]
            assert [next(late).id for _ in new] == [e.id for e in new]
            client.append_events(stream, current_version=3, events=last)
            client.tombstone_stream(stream, current_version=StreamState.ANY)
            for each in (early, late):
                assert next(each).id == last[0].id
                with pytest.raises(StreamIsDeleted):
                    next(each)
