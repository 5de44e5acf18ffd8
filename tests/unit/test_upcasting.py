"""An event whose shape has changed twice: old lines are lifted step by step, and what cannot be is refused.

No event of the product has changed so far; this family of its own shows that one can.
"""

import json
from typing import Any
from uuid import uuid4

import pytest

from shared.errors import UnknownEvent
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import NewEvent, RecordedEvent
from shared.handling import CommandHandler
from shared.history import Codec, codec_of, encode
from shared.messages import Event
from tests.unit import tally
from tests.unit.given import act
from tests.unit.rows import metadata_of
from tests.unit.stored_events import as_recorded
from tests.unit.tally import STREAM, Anyone, Count, counted, fill, request


class SeatFilled(Event):
    """Schema 3. In 1 the holder was `who`; up to 2 person and agency were one text; nobody was acting."""

    schema_number = 3
    person: str
    agency: str
    acting: bool


def renamed(data: dict[str, Any]) -> dict[str, Any]:
    return {"holder": data["who"]}


def split(data: dict[str, Any]) -> dict[str, Any]:
    person, agency = data["holder"].split(", ")
    return {"person": person, "agency": agency, "acting": False}


CODEC = codec_of(SeatFilled, upcasters={("SeatFilled", 1): renamed, ("SeatFilled", 2): split})
TODAY = SeatFilled(person="Nguyễn Văn Mẫu", agency="Sở Mẫu", acting=False)
OLD: dict[int, dict[str, Any]] = {
    1: {"who": "Nguyễn Văn Mẫu, Sở Mẫu"},
    2: {"holder": "Nguyễn Văn Mẫu, Sở Mẫu"},
    3: {"person": "Nguyễn Văn Mẫu", "agency": "Sở Mẫu", "acting": False},
}


def stored(data: Any, schema: int) -> RecordedEvent:
    """The event as a writer of that schema number stored it."""
    meta = metadata_of(TODAY, act("chair")).model_copy(update={"schema_number": schema})
    new = encode(TODAY, uuid4(), meta)
    return as_recorded(NewEvent(new.id, new.type, json.dumps(data).encode(), new.metadata))


@pytest.mark.parametrize("schema", OLD)
def test_every_schema_is_read_as_the_event_of_today(schema: int) -> None:
    envelope = CODEC.decode(stored(OLD[schema], schema))
    assert envelope.event == TODAY
    assert envelope.meta.schema_number == schema, "as it was recorded"


def test_contexts_that_are_joined_keep_their_upcasters() -> None:
    joined = tally.CODEC | CODEC
    assert joined.decode(stored(OLD[1], 1)).event == TODAY
    assert joined.decode(as_recorded(counted(1))).event == tally.Counted(total=1)


def test_a_field_that_nobody_knows_any_more_is_passed_over() -> None:
    assert CODEC.decode(stored({**OLD[3], "colour": "red"}, 3)).event == TODAY


@pytest.mark.parametrize(
    ("data", "schema", "said"),
    [
        (OLD[3], 4, "schema 4 is newer than this code, which reads up to 3.*install"),
        ({"holders": []}, 4, "schema 4 is newer than this code, which reads up to 3.*install"),
        (OLD[1], 0, "no upcaster from schema 0 to 1"),
        ({"surprise": 1}, 1, "the upcaster from schema 1 failed: KeyError: 'who'"),
        ({"holder": 7}, 2, "the upcaster from schema 2 failed: AttributeError"),
        ([], 3, "valid dictionary"),
        (OLD[2], 3, "person.*Field required"),
    ],
    ids=["newer", "newer-and-strange", "too-old", "misfit-1", "misfit-2", "no-object", "wrong-number"],
)
def test_what_cannot_be_read_is_told_with_its_place_and_reason(data: Any, schema: int, said: str) -> None:
    with pytest.raises(UnknownEvent, match=f"(?s)SeatFilled.*s-langson.x@0.*{said}"):
        CODEC.decode(stored(data, schema))


def test_an_upcaster_that_is_missing_in_the_middle_is_told() -> None:
    torn = Codec(CODEC.types, {("SeatFilled", 1): renamed})
    with pytest.raises(UnknownEvent, match="no upcaster from schema 2 to 3"):
        torn.decode(stored(OLD[1], 1))


def test_code_that_is_older_than_its_data_decides_nothing() -> None:
    store = MemoryStore()
    fill(store, 1)
    late = counted(2)
    newer = json.dumps({**json.loads(late.metadata), "schema": 2}).encode()
    store.append(STREAM, [NewEvent(late.id, late.type, late.data, newer)], expected=0)
    with pytest.raises(UnknownEvent, match="schema 2 is newer than this code"):
        CommandHandler(store, tally.CODEC, Anyone()).handle(tally.decider, Count, request())
    assert len(store.read_stream(STREAM)) == 2
