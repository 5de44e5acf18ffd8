"""Every published event survives the way into the store and back."""

import re
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.feedback.events import Attachment
from services.published import CODEC
from shared.dates import Deadline, Moment
from shared.history import encode
from shared.text import nfc
from tests.unit.given import DECISION, SOURCE, act
from tests.unit.rows import metadata_of
from tests.unit.stored_events import as_recorded

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


@pytest.mark.parametrize("name", sorted(CODEC.types))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_round_trip(name: str, data: st.DataObject) -> None:
    event = data.draw(st.builds(CODEC.types[name]))
    meta = metadata_of(event, act("issuer", document=DECISION, source=SOURCE))
    envelope = CODEC.decode(as_recorded(encode(event, uuid4(), meta)))
    assert envelope.event == event
    assert envelope.meta == meta


@pytest.mark.parametrize("name", sorted(CODEC.types))
def test_every_event_serves_clauses_of_the_regulation(name: str) -> None:
    assert "clauses" in vars(CODEC.types[name]), "it names its own, not those of its base"
    clauses = CODEC.types[name].clauses
    assert clauses
    assert all(CLAUSE.fullmatch(clause) for clause in clauses)
