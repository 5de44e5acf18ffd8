"""Every event of members survives the way into the store and back."""

from datetime import UTC, datetime
from typing import get_args
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from services.members.events import AgencyEvent, CommitteeEvent, RosterEvent
from services.members.history import CODEC
from shared.eventstore.port import RecordedEvent
from shared.history import encode
from shared.messages import Event
from tests.unit.given import DECISION, act
from tests.unit.rows import metadata_of

EVENTS: tuple[type[Event], ...] = (*get_args(CommitteeEvent), *get_args(AgencyEvent), *get_args(RosterEvent))


@pytest.mark.parametrize("event_type", EVENTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_round_trip(event_type: type[Event], data: st.DataObject) -> None:
    event = data.draw(st.builds(event_type))
    new = encode(event, uuid4(), metadata_of(event, act("issuer", document=DECISION)))
    recorded = RecordedEvent(new.id, new.type, new.data, new.metadata, "s", 0, 64, datetime.now(UTC))
    envelope = CODEC.decode(recorded)
    assert envelope.event == event
    assert isinstance(envelope.event, BaseModel)
    assert envelope.meta.clauses == event_type.clauses
