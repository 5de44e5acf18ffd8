"""The append rules as the embedded server and the memory store share them, over random histories."""

from hypothesis import given
from hypothesis import strategies as st

from shared.eventstore.embedded.log.rules import (
    NO_STREAM,
    Already,
    Conflict,
    Expected,
    Loose,
    Standing,
    Write,
    decide,
)

ID = st.integers(0, 5).map(lambda n: bytes([n]))
EXPECTED = st.one_of(st.integers(NO_STREAM, 6), st.sampled_from(Loose))


class Recorded(list[bytes]):
    def id_at(self, revision: int) -> bytes | None:
        return self[revision] if revision < len(self) else None

    def revision_of(self, event_id: bytes) -> int | None:
        return self.index(event_id) if event_id in self else None


@given(st.lists(ID, max_size=6), EXPECTED, st.lists(ID, min_size=1, max_size=4, unique=True))
def test_an_append_that_was_taken_is_recognised_when_repeated(
    history: list[bytes], expected: Expected, ids: list[bytes]
) -> None:
    stream = Recorded(history)
    if not isinstance(decide(expected, Standing(len(stream) - 1), ids, stream), Write):
        return
    stream += ids
    match decide(expected, Standing(len(stream) - 1), ids, stream):
        case Already(last):
            assert stream[last] == ids[-1]
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
