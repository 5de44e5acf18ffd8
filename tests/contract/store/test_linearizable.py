"""Concurrent calls on one stream look as if one had come after the other; and the checker can tell."""

import itertools
import random
from collections.abc import Iterator
from uuid import uuid4

import pytest
from esdbclient import EventStoreDBClient
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.contract.store.linearizability import (
    NO_STREAM,
    Append,
    Asked,
    Call,
    Delete,
    Done,
    Gone,
    Kept,
    Loose,
    Read,
    Seen,
    Stream,
    Unknown,
    Wrong,
    linearizable,
    perform,
)
from tests.contract.store.programs import Program, programs
from tests.contract.store.recording import Recorder
from tests.contract.store.stores import EmbeddedServer, embedded_server

__all__ = ["embedded_server"]  # a fixture

FIRST, SECOND = Append(NO_STREAM, ("a",)), Append(0, ("b",))
HAND_MADE = {
    "one after the other": (
        True,
        [Call(FIRST, Done(), 0, 1), Call(SECOND, Done(), 2, 3), Call(Read(), Seen(0, ("a", "b")), 4, 5)],
    ),
    "the later call won": (
        True,
        [Call(FIRST, Wrong(0), 0, 9), Call(Append(NO_STREAM, ("c",)), Done(), 1, 2)],
    ),
    "two winners": (False, [Call(FIRST, Done(), 0, 9), Call(Append(NO_STREAM, ("c",)), Done(), 1, 2)]),
    "a lost append": (False, [Call(FIRST, Done(), 0, 1), Call(Read(), Seen(NO_STREAM, ()), 2, 3)]),
    "a doubled append": (False, [Call(FIRST, Done(), 0, 1), Call(Read(), Seen(0, ("a", "a")), 2, 3)]),
    "a repeat": (
        True,
        [Call(FIRST, Done(), 0, 1), Call(FIRST, Done(), 2, 3), Call(Kept(), Seen(0, ("a",)), 4, 5)],
    ),
    "a repeat that was refused": (False, [Call(FIRST, Done(), 0, 1), Call(FIRST, Wrong(0), 2, 3)]),
    "a stale read": (
        False,
        [Call(FIRST, Done(), 0, 1), Call(SECOND, Done(), 2, 3), Call(Read(), Seen(0, ("a",)), 4, 5)],
    ),
    "an early read": (False, [Call(Read(), Seen(0, ("a",)), 0, 1), Call(FIRST, Done(), 2, 3)]),
    "a read meanwhile": (True, [Call(FIRST, Done(), 0, 9), Call(Read(), Seen(0, ("a",)), 1, 2)]),
    "reads that go back": (
        False,
        [
            Call(FIRST, Done(), 0, 9),
            Call(Read(), Seen(0, ("a",)), 1, 2),
            Call(Read(), Seen(NO_STREAM, ()), 3, 4),
        ],
    ),
    "another order": (
        False,
        [
            Call(Append(Loose.ANY, ("a",)), Done(), 0, 1),
            Call(Append(Loose.ANY, ("b",)), Done(), 2, 3),
            Call(Read(), Seen(0, ("b", "a")), 4, 5),
        ],
    ),
    "half a batch": (
        False,
        [Call(Append(NO_STREAM, ("a", "b")), Unknown(), 0), Call(Read(), Seen(0, ("a",)), 1, 2)],
    ),
    "no answer, never done": (
        True,
        [Call(FIRST, Unknown(), 0), Call(Read(), Seen(NO_STREAM, ()), 8, 9)],
    ),
    "no answer, done late": (
        True,
        [
            Call(FIRST, Unknown(), 0),
            Call(Read(), Seen(NO_STREAM, ()), 5, 6),
            Call(Read(), Seen(0, ("a",)), 8, 9),
        ],
    ),
    "done after it could be": (
        False,
        [
            Call(FIRST, Unknown(), 0, 4),
            Call(Read(), Seen(NO_STREAM, ()), 5, 6),
            Call(Read(), Seen(0, ("a",)), 8, 9),
        ],
    ),
    "no answer, done twice": (
        False,
        [Call(FIRST, Unknown(), 0), Call(Read(), Seen(0, ("a", "a")), 8, 9)],
    ),
    "begun again after a deletion": (
        True,
        [
            Call(FIRST, Done(), 0, 1),
            Call(Delete(0), Done(), 2, 3),
            Call(Append(Loose.EXISTS, ("b",)), Gone(), 4, 5),
            Call(Append(NO_STREAM, ("b",)), Done(), 6, 7),
            Call(Read(), Seen(1, ("b",)), 8, 9),
            Call(Kept(), Seen(0, ("a", "b")), 10, 11),
        ],
    ),
    "numbered anew after a deletion": (
        False,
        [
            Call(FIRST, Done(), 0, 1),
            Call(Delete(Loose.ANY), Done(), 2, 3),
            Call(Append(NO_STREAM, ("b",)), Done(), 6, 7),
            Call(Read(), Seen(0, ("b",)), 8, 9),
        ],
    ),
}


@pytest.mark.parametrize(("right", "history"), HAND_MADE.values(), ids=HAND_MADE)
def test_the_checker_knows_right_from_wrong(right: bool, history: list[Call]) -> None:
    assert linearizable(history) is right


def _in_some_order(history: list[Call]) -> bool:
    """The definition itself: every order of all the calls that were answered, and some that were not."""
    answered = [call for call in history if not isinstance(call.answer, Unknown)]
    silent = [call for call in history if isinstance(call.answer, Unknown)]
    for count in range(len(silent) + 1):
        for some in itertools.combinations(silent, count):
            if any(_fits(order) for order in itertools.permutations([*answered, *some])):
                return True
    return False


def _fits(order: tuple[Call, ...]) -> bool:
    if any(late.ended < early.began for early, late in itertools.combinations(order, 2)):
        return False
    stream = Stream()
    for call in order:
        answer, stream = perform(call.asked, stream)
        if call.answer not in (answer, Unknown()):
            return False
    return True


_letters = st.sampled_from("abc")
_asked: st.SearchStrategy[Asked] = st.one_of(
    st.builds(
        Append,
        st.one_of(st.sampled_from([*Loose]), st.integers(NO_STREAM, 2)),
        st.lists(_letters, min_size=1, max_size=2, unique=True).map(tuple),
    ),
    st.builds(Delete, st.sampled_from([Loose.ANY, 0, 1])),
    st.just(Read()),
)


@st.composite
def _histories(draw: st.DrawFn, size: int) -> list[Call]:
    """What could have been seen: calls performed one after the other, with times that overlap."""
    stream, history = Stream(), []
    for moment in range(draw(st.integers(1, size))):
        asked = draw(_asked)
        answer, stream = perform(asked, stream)
        early, late = draw(st.floats(0, 3)), draw(st.floats(0, 3))
        history.append(Call(asked, answer, moment - early, moment + late))
    return history


@given(_histories(30))
@settings(max_examples=60, deadline=None)
def test_the_checker_accepts_what_was_so(history: list[Call]) -> None:
    assert linearizable(history)


@given(_histories(5), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_checker_finds_what_the_definition_finds(history: list[Call], chance: random.Random) -> None:
    """Answers that are exchanged or missing make histories of both kinds."""
    answers = [call.answer for call in history]
    if chance.random() < 0.7:
        chance.shuffle(answers)
    mixed = [
        Call(call.asked, Unknown() if chance.random() < 0.2 else answer, call.began, call.ended)
        for call, answer in zip(history, answers, strict=True)
    ]
    assert linearizable(mixed) is _in_some_order(mixed)


@pytest.fixture(scope="module")
def clients(embedded_server: EmbeddedServer) -> Iterator[list[EventStoreDBClient]]:
    """Five, with a connection each."""
    opened = [EventStoreDBClient(embedded_server.uri) for _ in range(5)]
    yield opened
    for client in opened:
        client.close()


@given(program=programs(steps=6))
@settings(
    max_examples=50,
    deadline=None,
    phases=[Phase.generate],  # no second run is like the first, so nothing can be made smaller
    suppress_health_check=[HealthCheck.too_slow],
)
def test_concurrent_calls_on_a_stream_are_linearizable(
    clients: list[EventStoreDBClient], program: Program
) -> None:
    recorder, before = Recorder(f"linear-{uuid4().hex}"), clients[0].get_commit_position()
    recorder.run(clients, program)
    recorder.look(clients[0], before)
    for call in recorder.history:
        note(str(call))
    assert not any(isinstance(call.answer, Unknown) for call in recorder.history)
    assert linearizable(recorder.history)
