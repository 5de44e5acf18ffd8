"""Links, events that point to others: resolved on request, one step, wherever events are read."""

from typing import Any

import pytest
from esdbclient import EventStoreDBClient, NewEvent, StreamState

from shared.eventstore.embedded.streams.reading import LINK
from tests.contract.store.protocol import ReadResp, Wire, client, events, read_options, wire
from tests.contract.store.stores import PATIENCE, embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures

MISSING = StreamState.NO_STREAM


def link(data: str) -> NewEvent:
    return NewEvent(type=LINK, data=data.encode(), content_type="application/octet-stream")


@pytest.fixture
def linked(client: EventStoreDBClient, stream: str) -> list[NewEvent]:
    """Two events, and a stream of links to them: to the second, to the first."""
    targets = events(2)
    client.append_events(stream, current_version=MISSING, events=targets)
    links = [link(f"1@{stream}"), link(f"0@{stream}")]
    client.append_events(f"{stream}-links", current_version=MISSING, events=links)
    return targets


def test_a_link_is_read_as_what_it_points_to(
    client: EventStoreDBClient, stream: str, linked: list[NewEvent]
) -> None:
    for backwards, order in ((False, linked[::-1]), (True, linked)):
        read = client.get_stream(f"{stream}-links", resolve_links=True, backwards=backwards)
        assert [e.id for e in read] == [e.id for e in order]
    first = client.get_stream(f"{stream}-links", resolve_links=True)[0]
    assert (first.stream_name, first.stream_position) == (stream, 1)
    assert first.link is not None
    assert (first.link.type, first.link.stream_name) == (LINK, f"{stream}-links")
    assert (first.link.stream_position, first.link.data) == (0, f"1@{stream}".encode())
    assert first.link.commit_position is not None
    assert first.commit_position is not None
    assert first.commit_position < first.link.commit_position
    plain = client.get_stream(f"{stream}-links")
    assert [(e.type, e.link) for e in plain] == [(LINK, None)] * 2


def test_subscriptions_and_all_follow_links_too(
    client: EventStoreDBClient, stream: str, linked: list[NewEvent]
) -> None:
    start = client.get_stream(stream)[-1].commit_position
    name = f"{stream}-links"
    with client.subscribe_to_stream(name, resolve_links=True, timeout=PATIENCE) as subscription:
        assert [next(subscription).id for _ in linked] == [e.id for e in linked[::-1]]
        client.append_events(name, current_version=1, events=[link(f"0@{stream}")])
        assert next(subscription).id == linked[0].id

    # A filter looks at the link, not at what it points to.
    wanted: dict[str, Any] = {"filter_include": [name], "filter_by_stream_name": True, "resolve_links": True}
    ids = [linked[1].id, linked[0].id, linked[0].id]
    assert [e.id for e in client.read_all(commit_position=start, **wanted)] == ids
    assert [e.id for e in client.read_all(backwards=True, limit=3, **wanted)] == ids[::-1]
    with client.subscribe_to_all(commit_position=start, timeout=PATIENCE, **wanted) as to_all:
        assert [next(to_all).id for _ in ids] == ids


def test_a_link_to_a_link_is_followed_one_step(
    client: EventStoreDBClient, stream: str, linked: list[NewEvent]
) -> None:
    client.append_events(f"{stream}-2", current_version=MISSING, events=[link(f"0@{stream}-links")])
    (read,) = client.get_stream(f"{stream}-2", resolve_links=True)
    assert (read.type, read.data) == (LINK, f"1@{stream}".encode())


def read_links(wire: Wire, stream: str) -> list[ReadResp.ReadEvent]:
    return [a.event for a in wire.read(read_options(f"{stream}-links", resolve_links=True))]


@pytest.mark.parametrize("how", ["delete", "tombstone", "cut short"])
def test_a_link_whose_event_is_gone_comes_alone(
    client: EventStoreDBClient, wire: Wire, stream: str, linked: list[NewEvent], how: str
) -> None:
    match how:
        case "delete":
            client.delete_stream(stream, current_version=1)
        case "tombstone":
            client.tombstone_stream(stream, current_version=1)
        case _:
            client.set_stream_metadata(stream, metadata={"$maxCount": 1}, current_version=MISSING)
    second, first = read_links(wire, stream)
    assert second.HasField("event") == (how == "cut short")
    assert not first.HasField("event")
    assert first.link.data == f"0@{stream}".encode()
    assert first.commit_position == first.link.commit_position
    resolved = client.get_stream(f"{stream}-links", resolve_links=True)
    assert len(resolved) == (1 if how == "cut short" else 0)  # the client leaves out what has no event


@pytest.mark.parametrize("data", ["7@{}", "99999999999999999999@{}", "0@{}-never", "0", "@", "", "x@{}"])
def test_a_link_to_nothing_comes_alone(
    client: EventStoreDBClient, wire: Wire, stream: str, data: str
) -> None:
    client.append_events(stream, current_version=MISSING, events=events(1))
    client.append_events(f"{stream}-links", current_version=MISSING, events=[link(data.format(stream))])
    (broken,) = read_links(wire, stream)
    assert not broken.HasField("event")
    assert broken.link.metadata["type"] == LINK


def test_a_link_to_metadata(client: EventStoreDBClient, wire: Wire, stream: str) -> None:
    client.append_events(stream, current_version=MISSING, events=events(1))
    client.set_stream_metadata(stream, metadata={"owner": "support"}, current_version=MISSING)
    client.append_events(f"{stream}-links", current_version=MISSING, events=[link(f"0@$${stream}")])
    (shown,) = read_links(wire, stream)
    assert shown.event.metadata["type"] == "$metadata"
    client.tombstone_stream(stream, current_version=0)
    (gone,) = read_links(wire, stream)
    assert not gone.HasField("event")
