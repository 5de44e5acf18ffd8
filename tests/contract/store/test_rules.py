"""The rules of appending and deleting: the table, repeats, and random histories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.eventstore.embedded.log.rules import (
    END,
    NO_STREAM,
    Already,
    Conflict,
    Deleted,
    Expected,
    Loose,
    Standing,
    Write,
    decide,
    decide_deletion,
)
from tests.contract.store import expectations

ID = st.integers(0, 5).map(lambda n: bytes([n]))
EXPECTED = st.one_of(st.integers(NO_STREAM, 6), st.sampled_from(Loose))
A, B, C, D = (bytes([letter]) for letter in b"abcd")


class Recorded(list[bytes]):
    def id_at(self, revision: int) -> bytes | None:
        return self[revision] if revision < len(self) else None

    def revision_of(self, event_id: bytes) -> int | None:
        return self.index(event_id) if event_id in self else None


@pytest.mark.parametrize("state", expectations.STATES)
def test_every_expectation_on_a_stream_in_every_state(state: str) -> None:
    at = expectations.STATES[state]
    held = Recorded([A, B][: at.last + 1])
    for n, expected in enumerate(expectations.EXPECTED):
        assert decide(expected, at, [C, D], held) == expectations.APPEND[state][n], expected
        assert decide(expected, at, [], held) == expectations.APPEND_NOTHING[state][n], expected
        assert decide_deletion(expected, at, for_ever=False) == expectations.DELETE[state][n], expected
        assert decide_deletion(expected, at, for_ever=True) == expectations.TOMBSTONE[state][n], expected


@pytest.mark.parametrize(
    ("expected", "ids", "outcome"),
    [
        (NO_STREAM, [A], Already(0)),
        (NO_STREAM, [A, B, C], Already(2)),
        (0, [B], Already(1)),
        (0, [B, C], Already(2)),
        (NO_STREAM, [A, C], Conflict(2)),  # not in this order
        (NO_STREAM, [B], Conflict(2)),  # not at this revision
        (0, [B, C, D], Conflict(2)),  # part of it is new
        (0, [D, C], Conflict(2)),
        (Loose.ANY, [B], Already(1)),
        (Loose.ANY, [A, B, C], Already(2)),
        (Loose.STREAM_EXISTS, [C], Already(2)),
        (Loose.ANY, [C, D], Conflict(2)),
        (Loose.ANY, [D, C], Write(3)),  # the first event decides
        (Loose.ANY, [A, C], Already(2)),  # wherever they stand
    ],
)
def test_a_repeat_is_known_by_the_ids_of_the_stream(
    expected: Expected, ids: list[bytes], outcome: object
) -> None:
    assert decide(expected, Standing(2), ids, Recorded([A, B, C])) == outcome


def test_a_repeat_is_known_in_a_deleted_stream_too() -> None:
    deleted = Standing(1, truncate_before=END, described=True)
    assert decide(NO_STREAM, deleted, [A, B], Recorded([A, B])) == Already(1)
    assert decide(NO_STREAM, deleted, [A, C], Recorded([A, B])) == Conflict(1)
    assert decide(Loose.ANY, deleted, [B], Recorded([A, B])) == Already(1)
    assert decide(Loose.STREAM_EXISTS, deleted, [B], Recorded([A, B])) == Deleted()


@given(st.lists(ID, max_size=6), EXPECTED, st.lists(ID, min_size=1, max_size=4))
def test_an_append_that_was_taken_is_recognised_when_repeated(
    history: list[bytes], expected: Expected, ids: list[bytes]
) -> None:
    stream = Recorded(history)
    if not isinstance(decide(expected, Standing(len(stream) - 1), ids, stream), Write):
        return
    stream += ids
    match decide(expected, Standing(len(stream) - 1), ids, stream):
        case Already(last):
            assert stream[last + 1 - len(ids) : last + 1] == ids
        case other:
            raise AssertionError(f"written, and then {other}")


@given(st.lists(ID, max_size=6), st.integers(NO_STREAM, 8), st.lists(ID, min_size=1, max_size=4))
def test_an_exact_expectation_is_taken_at_its_revision_only(
    history: list[bytes], expected: int, ids: list[bytes]
) -> None:
    current = len(history) - 1
    match decide(expected, Standing(current), ids, Recorded(history)):
        case Write(first):
            assert expected == current == first - 1
        case Already(last):
            assert history[expected + 1 : last + 1] == ids
        case Conflict(found):
            assert found == current != expected
            assert history[expected + 1 : expected + 1 + len(ids)] != ids
