"""Every published event survives the way into the store and back, and every event ever stored is read.

`stored_events.jsonl` holds the bytes of each event type as it was first stored. A line is never changed
or removed: where a shape changes, an upcaster makes the old line readable, and a new line is added.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.feedback.events import Attachment
from services.published import CODEC
from shared.dates import Deadline, Moment
from shared.envelope import Envelope
from shared.eventstore.port import NewEvent, RecordedEvent
from shared.history import encode
from shared.messages import Event
from shared.text import nfc
from tests.unit.given import DECISION, SOURCE, act
from tests.unit.rows import metadata_of

STORED = Path(__file__).with_name("stored_events.jsonl")
LINES = STORED.read_text(encoding="utf-8").splitlines()
CLAUSE = re.compile(r"D\d{1,2}(\.\d{1,2}(\.[a-z]{1,2})?)?")

# What the rules of the commands would not let into an event is not drawn here either.
st.register_type_strategy(
    str, st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12).map(nfc)
)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(
    Moment, st.sampled_from(["2021", "2021-06", "2021-06-11", "2021-06-11T01:30:00Z"]).map(Moment)
)
st.register_type_strategy(
    Deadline, st.sampled_from(["quý IV/2022", "2023-06", "theo quy định"]).map(Deadline.parse)
)
st.register_type_strategy(
    Attachment,
    st.just(Attachment(digest="ab" * 32, name="cong-van.pdf", media_type="application/pdf", size=64)),
)


def read_back(new: NewEvent) -> Envelope[Event]:
    recorded = RecordedEvent(
        new.id, new.type, new.data, new.metadata, "s-langson.x", 0, 64, datetime.now(UTC)
    )
    return CODEC.decode(recorded)


@pytest.mark.parametrize("name", sorted(CODEC.types))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_round_trip(name: str, data: st.DataObject) -> None:
    event = data.draw(st.builds(CODEC.types[name]))
    meta = metadata_of(event, act("issuer", document=DECISION, source=SOURCE))
    envelope = read_back(encode(event, uuid4(), meta))
    assert envelope.event == event
    assert envelope.meta == meta


@pytest.mark.parametrize("name", sorted(CODEC.types))
def test_every_event_serves_clauses_of_the_regulation(name: str) -> None:
    assert "clauses" in vars(CODEC.types[name]), "it names its own, not those of its base"
    clauses = CODEC.types[name].clauses
    assert clauses
    assert all(CLAUSE.fullmatch(clause) for clause in clauses)


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(json.loads(line)["type"]))
def test_what_was_ever_stored_is_read(line: str) -> None:
    stored = json.loads(line)
    data, metadata = (json.dumps(stored[part], ensure_ascii=False).encode() for part in ("data", "metadata"))
    envelope = read_back(NewEvent(UUID(stored["id"]), stored["type"], data, metadata))
    assert envelope.type == stored["type"]
    assert envelope.meta.actor.person


def test_every_event_type_has_its_stored_example() -> None:
    assert {json.loads(line)["type"] for line in LINES} == set(CODEC.types)
