"""Every event of tasks survives the way into the store and back; so does the oldest JSON."""

from datetime import UTC, datetime
from typing import get_args
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.tasks.events import ContextNoted, ProgrammeEvent, ProgressReported, TaskEvent, TaskOverdue
from services.tasks.history import CODEC
from shared.dates import Deadline, Moment
from shared.eventstore.port import RecordedEvent
from shared.history import encode
from shared.messages import Event
from tests.unit.given import DECISION, act
from tests.unit.rows import metadata_of

EVENTS: tuple[type[Event], ...] = (*get_args(ProgrammeEvent), *get_args(TaskEvent), ContextNoted)
MOMENTS = st.sampled_from(["2021", "2021-06", "2021-06-11", "2021-06-11T01:30:00Z"]).map(Moment)
DEADLINES = st.sampled_from(["quý IV/2022", "2023-06", "theo quy định"]).map(Deadline.parse)
st.register_type_strategy(Moment, MOMENTS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))  # as figures are
st.register_type_strategy(Deadline, DEADLINES)  # in NFC, as every deadline that came in a request


def reread(event: Event) -> Event:
    new = encode(event, uuid4(), metadata_of(event, act("issuer", document=DECISION)))
    recorded = RecordedEvent(new.id, new.type, new.data, new.metadata, "s", 0, 64, datetime.now(UTC))
    envelope = CODEC.decode(recorded)
    assert envelope.meta.clauses == type(event).clauses
    return envelope.event


@pytest.mark.parametrize("event_type", EVENTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_round_trip(event_type: type[Event], data: st.DataObject) -> None:
    event = data.draw(st.builds(event_type))
    assert reread(event) == event


def test_figures_keep_their_kind() -> None:
    figures = {"dat": 19, "ty_le": 63.5, "cua_hang": "trên 1000", "huyen": "11/11"}
    event = ProgressReported(programme_id="p", summary="", figures=figures, as_of=Moment("2023"))
    reported = reread(event)
    assert isinstance(reported, ProgressReported)
    assert {key: type(value) for key, value in reported.figures.items()} == {
        "dat": int,
        "ty_le": float,
        "cua_hang": str,
        "huyen": str,
    }


def test_the_oldest_json_is_read() -> None:
    first = (
        '{"task_id":"t","deadline":{"wording":"quý III/2022","latest":"2022-09-30"},'
        '"noticed_on":"2022-10-01","later":"unknown"}'
    )
    read = TaskOverdue.model_validate_json(first)
    assert read.deadline == Deadline.parse("quý III/2022")
