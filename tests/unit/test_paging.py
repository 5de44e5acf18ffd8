"""A stream is folded page by page: of any length, the same result; with a page missing, no result at all."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from shared.envelope import Envelope
from shared.errors import CommandIdReused, StoreDown
from shared.eventstore.memory import MemoryStore
from shared.eventstore.paging import PAGE, stream_events
from shared.eventstore.port import NO_STREAM, RecordedEvent, StoreUnavailable
from shared.handling import CommandHandler
from shared.messages import Event
from shared.stream_fold import StreamFold
from tests.unit import tally
from tests.unit.tally import CODEC, STREAM, Anyone, Count, counted, fill, request

LONG = 2 * PAGE + 3


class Paged(MemoryStore):
    """Remembers what was asked for, and does what a test wants before each page."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int | None] = []
        self.before: Callable[[str, int], None] = lambda stream, after: None

    def read_stream(
        self, stream: str, *, after: int = NO_STREAM, limit: int | None = None
    ) -> list[RecordedEvent]:
        self.asked.append(limit)
        self.before(stream, after)
        return super().read_stream(stream, after=after, limit=limit)

    def break_after(self, revision: int) -> None:
        def broken(_stream: str, after: int) -> None:
            if after >= revision:
                raise StoreUnavailable("the store does not answer")

        self.before = broken

    def mend(self) -> None:
        self.before = lambda stream, after: None


@pytest.fixture
def store() -> Paged:
    return Paged()


@pytest.mark.parametrize("count", [0, 1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, LONG])
@pytest.mark.parametrize("after", [NO_STREAM, 0, PAGE])
def test_the_pages_together_are_the_stream(store: Paged, count: int, after: int) -> None:
    fill(store, count)
    paged = list(stream_events(store, STREAM, after=after))
    assert set(store.asked) == {PAGE}
    assert paged == store.read_stream(STREAM, after=after)


def count_once(store: Paged, command_id: UUID | None = None) -> dict[str, Any]:
    return CommandHandler(store, CODEC, Anyone()).handle(tally.decider, Count, request(command_id))


def test_a_decision_knows_the_whole_of_a_long_stream(store: Paged) -> None:
    fill(store, LONG)
    assert count_once(store)["revision"] == LONG
    assert store.read_stream(STREAM)[-1].data == b'{"total":%d}' % (LONG + 1)


def test_an_answer_is_found_wherever_it_stands_in_a_long_stream(store: Paged) -> None:
    first = count_once(store, UUID(int=10**6))
    for total in range(2, LONG, PAGE):
        stop = min(total + PAGE, LONG)
        store.append(STREAM, [counted(one) for one in range(total, stop)], expected=total - 2)
    assert count_once(store, UUID(int=10**6)) == {**first, "repeated": True}
    with pytest.raises(CommandIdReused):
        count_once(store, UUID(int=5))  # another command's, as its digest says


def test_with_a_page_missing_nothing_is_decided(store: Paged) -> None:
    fill(store, LONG)
    store.break_after(PAGE - 1)
    with pytest.raises(StoreDown):
        count_once(store)
    store.mend()
    assert len(store.read_stream(STREAM)) == LONG
    assert count_once(store)["revision"] == LONG


def test_what_is_recorded_between_two_pages_is_decided_upon(store: Paged) -> None:
    fill(store, PAGE)

    def grow(_stream: str, after: int) -> None:
        if after == PAGE - 1:
            store.mend()
            store.append(STREAM, [counted(PAGE + 1)], expected=after)

    store.before = grow
    assert count_once(store)["revision"] == PAGE + 1


OTHER = "tally-langson.other"


def positions(store: Paged) -> StreamFold[tuple[int, ...]]:
    def evolve(seen: tuple[int, ...], envelope: Envelope[Event]) -> tuple[int, ...]:
        return (*seen, envelope.position)

    return StreamFold(store, CODEC, (STREAM, OTHER), (), evolve)


def test_long_tails_of_several_streams_are_folded_in_the_order_of_the_store(store: Paged) -> None:
    fold = positions(store)
    fill(store, PAGE)
    fill(store, PAGE + 1, OTHER)
    assert list(fold.now()) == [event.position for event in store.read_all()]
    store.append(STREAM, [counted(PAGE + 1), counted(PAGE + 2)], expected=PAGE - 1)
    store.append(OTHER, [counted(PAGE + 2)], expected=PAGE)
    store.asked.clear()
    assert list(fold.now()) == [event.position for event in store.read_all()]
    assert len(store.asked) == 2, "only the tails are read"


def test_a_fold_with_a_page_missing_is_thrown_away(store: Paged) -> None:
    fold = positions(store)
    fill(store, 2)
    known = fold.now()
    fill(store, LONG, OTHER)
    store.break_after(PAGE - 1)
    with pytest.raises(StoreUnavailable):
        fold.now()
    assert fold.known() == known
    store.mend()
    assert list(fold.now()) == [event.position for event in store.read_all()]
