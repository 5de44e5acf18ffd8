"""Whatever was once stored is read for ever: old lines stay as they were, and today's code reads them."""

import json
from typing import Any

import pytest

from services.feedback.history import CODEC as FEEDBACK
from services.meetings.history import CODEC as MEETINGS
from services.members.history import CODEC as MEMBERS
from services.published import CODEC
from services.tasks.history import CODEC as TASKS
from shared.audit.rotation import CODEC as NOTARY
from shared.eventstore.epoch import CODEC as EPOCH
from shared.history import encode
from tests.unit.stored_events import (
    ADD,
    CHAIN,
    LINES,
    BrokenChainError,
    as_recorded,
    check,
    lacking,
    lines_of,
    links,
    recorded,
)

STORED = lines_of(LINES)
ANCHOR = (381, "15af8a13b388d970")
"""How many lines there were when they were first sealed, and the last link: so many can never be fewer."""


def test_lines_are_added_and_never_changed_moved_or_removed() -> None:
    chain = lines_of(CHAIN)
    check(STORED, chain)
    assert chain[ANCHOR[0] - 1] == ANCHOR[1], "the chain itself was written anew: put the old one back"
    assert len(STORED) == len(chain), f"lines that are not sealed yet: run `{ADD}`"


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (["a", "B", "c"], "line 2 of .* is not what was sealed"),
        (["a", "c", "b"], "line 2 of .* is not what was sealed"),
        (["b", "c", "d"], "line 1 of .* is not what was sealed"),
        (["a", "b"], "1 stored lines were removed"),
    ],
)
def test_a_line_that_is_not_what_was_sealed_is_told(spoilt: list[str], said: str) -> None:
    with pytest.raises(BrokenChainError, match=said):
        check(spoilt, list(links(["a", "b", "c"])))
    check(["a", "b", "c", "d"], list(links(["a", "b", "c"])))


def test_every_type_field_and_word_of_today_has_its_line() -> None:
    assert lacking(STORED) == [], f"run `{ADD}`"


def test_a_type_without_a_line_gets_lines_that_tell_all_of_it() -> None:
    others = [line for line in STORED if json.loads(line)["type"] != "TaskAssigned"]
    added = lacking(others)
    assert {json.loads(line)["type"] for line in added} == {"TaskAssigned"}
    assert lacking([*others, *added]) == []
    assert lacking([*others, added[0]]) != [], "the first has none of the fields that may be left out"


def test_every_schema_number_has_its_line_and_its_upcaster() -> None:
    told = {(one["type"], one["metadata"]["schema"]) for one in map(json.loads, STORED)}
    newest = {name: event_type.schema_number for name, event_type in CODEC.types.items()}
    assert told == {(name, n) for name, last in newest.items() for n in range(1, last + 1)}
    assert set(CODEC.upcasters) == {(name, n) for name, last in newest.items() for n in range(1, last)}


def test_no_two_contexts_share_a_stored_name() -> None:
    contexts = (EPOCH, NOTARY, MEMBERS, MEETINGS, TASKS, FEEDBACK)
    assert sum(len(codec.types) for codec in contexts) == len(CODEC.types)


@pytest.mark.parametrize("line", STORED, ids=lambda line: str(json.loads(line)["type"]))
def test_a_stored_line_is_read_and_means_the_same_when_it_is_written_anew(line: str) -> None:
    """Nothing of it is passed over: what an old field is called now, its upcaster has to know."""
    event = recorded(line)
    envelope = CODEC.decode(event)
    meta = envelope.meta.model_copy(update={"schema_number": envelope.event.schema_number})
    written = encode(envelope.event, envelope.event_id, meta)
    again = CODEC.decode(as_recorded(written))
    assert (again.event, again.meta, again.event_id) == (envelope.event, meta, event.id)
    assert_kept(CODEC.lifted(event, envelope.meta.schema_number), json.loads(written.data))
    assert_kept({**json.loads(event.metadata), "schema": meta.schema_number}, json.loads(written.metadata))


def assert_kept(old: Any, new: Any) -> None:
    """Everything that stands in `old` stands in `new`; what `new` has besides was not there yet."""
    match old:
        case dict():
            assert old.keys() <= new.keys()
            for key in old:
                assert_kept(old[key], new[key])
        case list():
            assert len(old) == len(new)
            for one, other in zip(old, new, strict=True):
                assert_kept(one, other)
        case _:
            assert old == new
