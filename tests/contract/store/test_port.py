"""The port's promises, kept by every store: memory, the embedded server, and any ESDB_URI given."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from shared.eventstore.connect import connect
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import (
    BEGINNING,
    NO_STREAM,
    EventStore,
    NewEvent,
    StoreRejected,
    StoreUnavailable,
    WrongExpectedRevision,
)
from tests.contract.store.stores import Follower, embedded_server, event, fill, in_threads, store, stream

__all__ = ["embedded_server", "store", "stream"]  # fixtures


def test_an_event_comes_back_as_it_was_given(store: EventStore, stream: str) -> None:
    given = NewEvent(uuid4(), "MemberAdmitted", '{"tên": "Nguyễn Văn Á"}'.encode(), b'{"schema": 1}')

    outcome = store.append(stream, [given], expected=NO_STREAM)

    (found,) = store.read_stream(stream)
    assert (found.id, found.type, found.data, found.metadata) == (
        given.id,
        given.type,
        given.data,
        given.metadata,
    )
    assert (found.stream, found.revision, found.position) == (stream, 0, outcome.position)
    assert outcome.revision == 0
    assert found.recorded_at.utcoffset() == timedelta(0)
    assert abs(found.recorded_at - datetime.now(UTC)) < timedelta(days=1)


def test_revisions_count_from_zero_and_positions_leap(store: EventStore, stream: str) -> None:
    before = store.head()
    first = store.append(stream, [event(), event()], expected=NO_STREAM)
    second = store.append(stream, [event()], expected=1)

    found = store.read_stream(stream)
    assert [e.revision for e in found] == [0, 1, 2]
    assert (first.revision, second.revision) == (1, 2)
    assert (found[1].position, found[2].position) == (first.position, second.position)
    positions = [before, *(e.position for e in found)]
    assert all(later > earlier + 1 for earlier, later in pairwise(positions))
    assert store.head() >= second.position


@pytest.mark.parametrize("expected", [NO_STREAM, 0, 2, 7])
def test_another_expected_revision_is_refused(store: EventStore, stream: str, expected: int) -> None:
    store.append(stream, [event(), event()], expected=NO_STREAM)

    with pytest.raises(WrongExpectedRevision) as refused:
        store.append(stream, [event()], expected=expected)

    assert (refused.value.stream, refused.value.expected, refused.value.actual) == (stream, expected, 1)
    assert len(store.read_stream(stream)) == 2


def test_a_stream_that_does_not_exist_is_not_at_revision_zero(store: EventStore, stream: str) -> None:
    with pytest.raises(WrongExpectedRevision) as refused:
        store.append(stream, [event()], expected=0)
    assert refused.value.actual == NO_STREAM


def test_asking_twice_writes_once(store: EventStore, stream: str) -> None:
    opening, batch = [event()], [event(), event(), event()]
    store.append(stream, opening, expected=NO_STREAM)
    first = store.append(stream, batch, expected=0)
    store.append(stream, [event()], expected=3)

    assert store.append(stream, batch, expected=0) == first
    assert store.append(stream, opening, expected=NO_STREAM).revision == 0
    assert store.append(stream, batch[:2], expected=0).revision == 2
    assert len(store.read_stream(stream)) == 5


def test_a_batch_that_is_half_known_is_refused_whole(store: EventStore, stream: str) -> None:
    known = event()
    store.append(stream, [known], expected=NO_STREAM)

    with pytest.raises(WrongExpectedRevision):
        store.append(stream, [known, event()], expected=NO_STREAM)
    with pytest.raises(WrongExpectedRevision):
        store.append(stream, [event(), known], expected=NO_STREAM)

    assert [e.id for e in store.read_stream(stream)] == [known.id]


def test_the_same_id_may_stand_in_two_streams(store: EventStore, stream: str) -> None:
    same = event()
    store.append(f"{stream}.a", [same], expected=NO_STREAM)
    store.append(f"{stream}.b", [same], expected=NO_STREAM)
    assert store.read_stream(f"{stream}.b")[0].id == same.id


def test_of_many_writers_at_one_revision_one_wins(store: EventStore, stream: str) -> None:
    store.append(stream, [event()], expected=NO_STREAM)
    won, lost = [], []

    def compete() -> None:
        mine = event()
        try:
            store.append(stream, [mine], expected=0)
            won.append(mine.id)
        except WrongExpectedRevision:
            lost.append(mine.id)

    in_threads(*[compete] * 8)

    assert (len(won), len(lost)) == (1, 7)
    assert [e.id for e in store.read_stream(stream)[1:]] == won


def test_what_no_store_takes(store: EventStore, stream: str) -> None:
    twice = event()
    system = NewEvent(uuid4(), "$hidden", b"{}", b"{}")
    huge = NewEvent(uuid4(), "Huge", b" " * (1024 * 1024), b"{}")

    for events in ([], [twice, twice], [system], [huge]):
        with pytest.raises(StoreRejected):
            store.append(stream, events, expected=NO_STREAM)
    with pytest.raises(StoreRejected):
        store.append("", [event()], expected=NO_STREAM)
    with pytest.raises(StoreRejected):
        store.append(stream, [event()], expected=-2)
    assert store.read_stream(stream) == []


def test_an_append_of_the_largest_size_is_taken(store: EventStore, stream: str) -> None:
    largest = NewEvent(uuid4(), "Huge", b" " * (1024 * 1024 - 2 * len("Huge") - 2), b"{}")
    store.append(stream, [largest], expected=NO_STREAM)
    assert store.read_stream(stream)[0].data == largest.data


def test_a_stream_is_read_from_either_end(store: EventStore, stream: str) -> None:
    ids = [e.id for e in fill(store, stream, 7)]

    assert [e.id for e in store.read_stream(stream)] == ids
    assert [e.id for e in store.read_stream(stream, after=2)] == ids[3:]
    assert [e.id for e in store.read_stream(stream, after=2, limit=2)] == ids[3:5]
    assert store.read_stream(stream, after=6) == []
    assert store.read_stream(stream, limit=0) == []
    assert [e.id for e in store.read_stream_backwards(stream, limit=3)] == ids[:3:-1]
    assert [e.id for e in store.read_stream_backwards(stream, limit=99)] == ids[::-1]


def test_a_stream_that_does_not_exist_reads_as_empty(store: EventStore, stream: str) -> None:
    assert store.read_stream(stream) == []
    assert store.read_stream_backwards(stream, limit=1) == []


def test_a_history_of_several_pages_is_complete(store: EventStore, stream: str) -> None:
    start = store.head()
    ids = [e.id for e in fill(store, stream, 1201)]

    assert [e.id for e in store.read_stream(stream)] == ids
    assert [e.id for e in store.read_stream(stream, limit=1000)] == ids[:1000]
    assert [e.id for e in store.read_stream_backwards(stream, limit=1001)] == ids[:199:-1]
    assert [e.id for e in store.read_all(after=start)] == ids
    assert [e.id for e in store.read_all(after=start, limit=1000)] == ids[:1000]
    assert [e.id for e in store.read_all_backwards(limit=1001)] == ids[:199:-1]


def test_all_is_one_order_without_system_events(store: EventStore, stream: str) -> None:
    start = store.head()
    for number in range(3):
        for name in ("a", "b"):
            store.append(f"{stream}.{name}", [event(number)], expected=number - 1)

    found = list(store.read_all(after=start))

    assert [(e.stream, e.revision) for e in found] == [
        (f"{stream}.{name}", number) for number in range(3) for name in ("a", "b")
    ]
    assert [e.position for e in found] == sorted(e.position for e in found)
    assert list(store.read_all(after=found[1].position, limit=2)) == found[2:4]
    assert list(store.read_all(after=found[-1].position)) == []
    assert store.read_all_backwards(limit=2) == found[:-3:-1]
    assert store.head() == found[-1].position
    assert next(iter(store.read_all(limit=1))).position > BEGINNING


def test_a_subscription_brings_history_then_news(store: EventStore, stream: str) -> None:
    start = store.head()
    fill(store, stream, 3)
    follower = Follower(store.subscribe_all(after=start))
    follower.wait_for(3)
    store.append(stream, [event(3), event(4)], expected=2)

    follower.wait_for(5)

    assert follower.stop() == store.read_stream(stream)
    assert follower.error is None


def test_a_subscription_begins_after_its_position(store: EventStore, stream: str) -> None:
    fill(store, stream, 4)
    found = store.read_stream(stream)
    follower = Follower(store.subscribe_all(after=found[1].position))
    follower.wait_for(2)
    assert follower.stop() == found[2:]


def test_a_subscription_keeps_to_its_streams(store: EventStore, stream: str) -> None:
    start = store.head()
    follower = Follower(
        store.subscribe_all(after=start, streams=[f"{stream}.wanted-", f"{stream}.also(wanted)+"])
    )
    names = ["wanted-1", "unwanted-1", "also(wanted)+2", "alsowanted", "wanted-3"]
    for name in names:
        store.append(f"{stream}.{name}", [event()], expected=NO_STREAM)

    follower.wait_for(3)

    wanted = [f"{stream}.{name}" for name in ("wanted-1", "also(wanted)+2", "wanted-3")]
    assert [e.stream for e in follower.stop()] == wanted


def test_one_stream_is_followed_before_it_exists(store: EventStore, stream: str) -> None:
    follower = Follower(store.subscribe_stream(stream))
    store.append(f"{stream}.other", [event()], expected=NO_STREAM)
    fill(store, stream, 2)
    follower.wait_for(2)
    late = Follower(store.subscribe_stream(stream, after=0))
    late.wait_for(1)

    assert [e.revision for e in follower.stop()] == [0, 1]
    assert [e.revision for e in late.stop()] == [1]


def test_nothing_is_lost_or_doubled_between_history_and_news(store: EventStore, stream: str) -> None:
    start = store.head()
    writing = threading.Event()
    followers: list[Follower] = []

    def write(name: str) -> None:
        for number in range(100):
            store.append(f"{stream}.{name}", [event(number)], expected=number - 1)
            if number == 20:
                writing.set()

    def subscribe() -> None:
        assert writing.wait(30), "the writers did not get going"
        followers.extend(Follower(store.subscribe_all(after=start)) for _ in range(3))
        followers.append(Follower(store.subscribe_all(after=start, streams=[stream])))

    in_threads(lambda: write("a"), lambda: write("b"), lambda: write("c"), subscribe)

    recorded = list(store.read_all(after=start))
    assert len(recorded) == 300
    for follower in followers:
        follower.wait_for(300)
        assert follower.stop() == recorded


def test_stop_ends_a_subscription_that_waits(store: EventStore, stream: str) -> None:
    subscription = store.subscribe_stream(stream)
    follower = Follower(subscription)
    assert follower.stop() == []
    assert follower.error is None
    subscription.stop()


def test_close_ends_every_subscription_and_every_later_call(store: EventStore, stream: str) -> None:
    follower = Follower(store.subscribe_stream(stream))
    store.close()
    follower.join()
    assert follower.error is None
    with pytest.raises(StoreUnavailable):
        store.head()
    store.close()


@pytest.mark.parametrize("persisted", [True, False])
def test_the_memory_store_fails_on_request(stream: str, persisted: bool) -> None:
    store = MemoryStore()
    batch = [event(), event()]
    store.fail_next_append(persisted=persisted)

    with pytest.raises(StoreUnavailable):
        store.append(stream, batch, expected=NO_STREAM)

    assert len(store.read_stream(stream)) == (2 if persisted else 0)
    assert store.append(stream, batch, expected=NO_STREAM).revision == 1
    assert len(store.read_stream(stream)) == 2


@pytest.mark.parametrize("uri", ["", "localhost:2113", "http://localhost:2113", "memory://other"])
def test_an_unknown_store_is_named(uri: str) -> None:
    with pytest.raises(ValueError, match="use memory://"):
        connect(uri)
