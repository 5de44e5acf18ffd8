"""Stream metadata over the wire: kept as it was written, and what it hides in reads and subscriptions."""

import json
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.events import CaughtUp
from esdbclient.exceptions import NotFound, WrongCurrentVersion

from shared.eventstore.embedded.log.records import Proposed
from shared.eventstore.embedded.log.rules import END
from shared.eventstore.embedded.log.stream_metadata import Truncation, truncation
from tests.contract.store import expectations
from tests.contract.store.protocol import Wire, client, event, events, prepare, wire
from tests.contract.store.stores import PATIENCE, embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures

MISSING = StreamState.NO_STREAM
ACL = {"$w": "$admins", "$r": "$all", "$d": "$admins", "$mw": "$admins", "$mr": "$admins"}


def revisions(client: EventStoreDBClient, stream: str, **options: Any) -> list[int]:
    return [e.stream_position for e in client.get_stream(stream, **options)]


def test_metadata_is_kept_as_it_was_written(client: EventStoreDBClient, stream: str) -> None:
    assert client.get_stream_metadata(stream) == ({}, MISSING)
    client.set_stream_metadata(stream, metadata={"owner": "Ban thư ký"}, current_version=MISSING)
    metadata, version = client.get_stream_metadata(stream)
    assert (metadata, version) == ({"owner": "Ban thư ký"}, 0)
    assert version == 0
    client.set_stream_metadata(stream, metadata={**metadata, "$acl": ACL}, current_version=version)
    assert client.get_stream_metadata(stream) == ({"owner": "Ban thư ký", "$acl": ACL}, 1)
    with pytest.raises(WrongCurrentVersion):
        client.set_stream_metadata(stream, metadata={}, current_version=10)
    with pytest.raises(NotFound):  # to have metadata is not to have events
        client.get_stream(stream)


@pytest.mark.parametrize("state", expectations.STATES)
def test_every_expectation_of_metadata_whatever_became_of_the_stream(
    client: EventStoreDBClient, wire: Wire, stream: str, state: str
) -> None:
    """Metadata has revisions of its own; a deletion is its first where there was none."""
    known = state in ("described", "deleted")
    fits: list[tuple[int | StreamState, bool]] = [
        (MISSING, not known),
        (0, known),
        (1, False),
        (StreamState.ANY, True),
        (StreamState.EXISTS, known),
    ]
    for n, (current, taken) in enumerate(fits):
        prepare(wire, f"{stream}-{n}", state)
        with nullcontext() if taken else pytest.raises(WrongCurrentVersion):
            client.set_stream_metadata(f"{stream}-{n}", metadata={}, current_version=current)


def test_a_metadata_stream_shows_its_last_event(client: EventStoreDBClient, stream: str) -> None:
    for n in range(3):
        client.set_stream_metadata(stream, metadata={"n": n}, current_version=StreamState.ANY)
    for backwards in (False, True):
        (shown,) = client.get_stream(f"$${stream}", backwards=backwards)
        assert (shown.stream_position, json.loads(shown.data)) == (2, {"n": 2})


@pytest.mark.parametrize(
    ("metadata", "shown"),
    [
        ({"$tb": 3}, [3, 4, 5]),
        ({"$tb": 6}, []),
        ({"$maxCount": 2}, [4, 5]),
        ({"$maxCount": 100}, [0, 1, 2, 3, 4, 5]),
        ({"$maxCount": 4, "$tb": 3}, [3, 4, 5]),
        ({"$maxCount": 2, "$tb": 3}, [4, 5]),
        ({"$maxAge": 3600}, [0, 1, 2, 3, 4, 5]),
        ({"$maxCount": 0, "$tb": -1}, [0, 1, 2, 3, 4, 5]),
        ({"$maxCount": "2", "$tb": 3}, [0, 1, 2, 3, 4, 5]),  # one wrong value, and all of it says nothing
    ],
)
def test_what_metadata_hides(
    client: EventStoreDBClient, stream: str, metadata: dict[str, object], shown: list[int]
) -> None:
    start = client.get_commit_position()
    client.append_events(stream, current_version=MISSING, events=events(6))
    client.set_stream_metadata(stream, metadata=metadata, current_version=MISSING)
    assert revisions(client, stream) == shown
    assert revisions(client, stream, backwards=True) == shown[::-1]
    assert revisions(client, stream, stream_position=0, limit=2) == shown[:2]
    assert revisions(client, stream, stream_position=4, backwards=True) == [n for n in shown[::-1] if n <= 4]
    assert revisions(client, stream, stream_position=5) == [n for n in shown if n >= 5]
    everything = client.read_all(commit_position=start, filter_include=[stream], filter_by_stream_name=True)
    assert [e.stream_position for e in everything] == [0, 1, 2, 3, 4, 5]

    with client.subscribe_to_stream(stream, timeout=PATIENCE) as subscription:
        assert [next(subscription).stream_position for _ in shown] == shown
    client.append_events(stream, current_version=5, events=events(1))
    assert client.get_current_version(stream) == 6
    client.set_stream_metadata(stream, metadata={}, current_version=0)
    assert revisions(client, stream) == [0, 1, 2, 3, 4, 5, 6]


def test_max_count_moves_on_with_the_stream(client: EventStoreDBClient, stream: str) -> None:
    client.set_stream_metadata(stream, metadata={"$maxCount": 2}, current_version=MISSING)
    with client.subscribe_to_stream(stream, timeout=PATIENCE) as subscription:
        for n in range(5):
            client.append_events(stream, current_version=StreamState.ANY, events=events(1))
            assert revisions(client, stream) == list(range(max(0, n - 1), n + 1))
            assert next(subscription).stream_position == n


def test_a_repeat_of_what_is_hidden_is_known(client: EventStoreDBClient, stream: str) -> None:
    one, two = events(2)
    position = client.append_events(stream, current_version=MISSING, events=[one])
    client.append_events(stream, current_version=0, events=[two])
    client.set_stream_metadata(stream, metadata={"$maxCount": 1}, current_version=MISSING)
    assert client.append_events(stream, current_version=MISSING, events=[one]) == position
    assert revisions(client, stream) == [1]


def test_a_subscription_that_is_live_when_its_stream_is_cut_short(
    client: EventStoreDBClient, stream: str
) -> None:
    client.append_events(stream, current_version=MISSING, events=events(2))
    with client.subscribe_to_stream(stream, timeout=PATIENCE) as subscription:
        assert [next(subscription).stream_position for _ in range(2)] == [0, 1]
        client.set_stream_metadata(stream, metadata={"$tb": 4}, current_version=MISSING)
        client.append_events(stream, current_version=1, events=events(3))
        assert next(subscription).stream_position == 4


def test_age_hides_events(client: EventStoreDBClient, stream: str) -> None:
    """The oldest age there is, one second, and a wait until the server's clock has passed it."""
    client.set_stream_metadata(stream, metadata={"$maxAge": 1}, current_version=MISSING)
    client.append_events(stream, current_version=MISSING, events=events(2))
    old = client.get_stream(stream)  # here or gone already
    client.set_stream_metadata(stream, metadata={}, current_version=0)
    (first, second) = client.get_stream(stream)
    assert set(old) <= {first, second}
    clock = born = first.recorded_at
    assert born is not None
    assert clock is not None
    while clock - born <= timedelta(seconds=1):  # the server's own clock tells when
        client.append_events(f"{stream}-clock", current_version=StreamState.ANY, events=events(1))
        (tick,) = client.get_stream(f"{stream}-clock", backwards=True, limit=1)
        assert tick.recorded_at is not None
        clock = tick.recorded_at
    client.set_stream_metadata(stream, metadata={"$maxAge": 1}, current_version=1)
    assert client.get_stream(stream) == ()
    assert client.get_stream(stream, backwards=True) == ()
    with client.subscribe_to_stream(stream, include_caught_up=True, timeout=PATIENCE) as subscription:
        assert isinstance(next(subscription), CaughtUp)
        client.set_stream_metadata(stream, metadata={"$maxAge": 3600}, current_version=2)
        new = event()
        client.append_events(stream, current_version=1, events=[new])
        assert next(subscription).id == new.id


JSON = "application/json"


@pytest.mark.parametrize(
    ("said", "content_type", "means"),
    [
        (b'{"$tb": 3, "$maxCount": 2, "$maxAge": 60, "owner": "x"}', JSON, Truncation(3, 2, 60)),
        (b'{"$tb": 9223372036854775807}', JSON, Truncation(END)),
        (b'{"$tb": 9223372036854775808}', JSON, Truncation()),
        (b'{"$tb": -1, "$maxCount": 0, "$maxAge": -5}', JSON, Truncation()),
        (b'{"$tb": true, "$maxCount": 2}', JSON, Truncation()),
        (b'{"$tb": 1.0, "$maxCount": 2}', JSON, Truncation()),
        (b'{"$tb": null, "$maxCount": 2}', JSON, Truncation()),
        (b"[1]", JSON, Truncation()),
        (b"not JSON", JSON, Truncation()),
        (b"\xff", JSON, Truncation()),
        (b"[" * 100_000, JSON, Truncation()),
        (b'{"$tb": 3}', "application/octet-stream", Truncation()),
    ],
)
def test_what_metadata_says(said: bytes, content_type: str, means: Truncation) -> None:
    event = Proposed(b"", "$metadata", content_type, b"", said)
    assert truncation("meeting-1", event) == means
    assert truncation("$$meeting-1", event) == Truncation()


def test_metadata_that_is_no_json_is_taken_and_means_nothing(client: EventStoreDBClient, stream: str) -> None:
    client.append_events(stream, current_version=MISSING, events=events(1))
    said = NewEvent(type="$metadata", data=b"not JSON")
    client.append_events(f"$${stream}", current_version=MISSING, events=[said])
    assert revisions(client, stream) == [0]
    client.delete_stream(stream, current_version=0)
    client.append_events(stream, current_version=0, events=events(1))
    assert revisions(client, stream) == [1]
