"""Which events a read model takes: no fewer than its projection knows, told by the code and by trying."""

from collections.abc import Iterator
from types import CodeType, FunctionType, UnionType
from typing import Any, get_args

import pytest

from services.published import CODEC, READ_MODELS
from services.records.projecting import Models
from shared.audit.rotation import NotaryKeyAdopted
from shared.envelope import Envelope
from shared.eventstore.epoch import EpochBegan
from shared.messages import Event
from shared.readmodels import ReadModel
from tests.unit.rows import project, rows
from tests.unit.stored_events import LINES, lines_of, recorded

CHOOSY = [model for model in READ_MODELS if model.events is not Event]


def stored() -> Iterator[Envelope[Event]]:
    """An example of every event."""
    examples = {event.type: event for event in map(recorded, lines_of(LINES))}
    return map(CODEC.decode, examples.values())


def known(function: FunctionType, seen: set[FunctionType] | None = None) -> set[type[Event]]:
    """The event types that a projection names, in itself and in the functions that it calls."""
    seen = set() if seen is None else seen
    if function in seen:
        return set()
    seen.add(function)
    found: set[type[Event]] = set()
    for name in _names(function.__code__):
        value = function.__globals__.get(name)
        for one in get_args(value) if isinstance(value, UnionType) else (value,):
            if isinstance(one, FunctionType):
                found |= known(one, seen)
            elif isinstance(one, type) and issubclass(one, Event):
                found.add(one)
    return found


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


@pytest.mark.parametrize("model", CHOOSY, ids=lambda model: model.name)
def test_a_model_takes_every_event_that_its_projection_knows(model: ReadModel) -> None:
    projection: Any = model.project
    named = known(projection)
    assert named
    assert [one.__name__ for one in named if not model.takes(one)] == []


@pytest.mark.parametrize("model", CHOOSY, ids=lambda model: model.name)
def test_an_event_that_a_model_does_not_take_would_leave_no_row(model: ReadModel) -> None:
    others = [one for one in stored() if not model.takes(type(one.event))]
    assert others
    db = project([model], others)
    assert [rows(db, table) for table in model.tables] == [[] for _ in model.tables]


def test_the_models_together_take_every_event() -> None:
    assert set(Models(CODEC, READ_MODELS).types()) == set(CODEC.types)
    taken = Models(CODEC, tuple(CHOOSY)).types()
    assert set(CODEC.types) - set(taken) == {EpochBegan.__name__, NotaryKeyAdopted.__name__}


def test_only_some_models_take_only_their_events() -> None:
    models = Models(CODEC, READ_MODELS).only({"context", "journal"})
    assert [model.name for model in models.models] == ["journal", "context"]
    assert Models(CODEC, READ_MODELS).only({"context"}).types() == ["ContextNoted"]
    assert Models(CODEC, READ_MODELS).only(()).types() == []
    assert set(models.types()) == set(CODEC.types)
