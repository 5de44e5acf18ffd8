"""Every event of feedback survives the way into the store and back; so does the oldest JSON."""

from datetime import UTC, datetime
from typing import get_args
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.feedback.events import Attachment, FeedbackEvent, FeedbackReceived
from services.feedback.history import CODEC
from shared.eventstore.port import RecordedEvent
from shared.history import encode
from shared.messages import Event
from tests.unit.feedback.examples import FILE, RECEIVED
from tests.unit.given import DECISION, act
from tests.unit.rows import metadata_of

EVENTS: tuple[type[Event], ...] = get_args(FeedbackEvent)


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
    attachments = {"attachments": st.just((FILE,))} if event_type is FeedbackReceived else {}
    event = data.draw(st.builds(event_type, **attachments))
    assert reread(event) == event


def test_attachments_survive() -> None:
    read = reread(RECEIVED)
    assert read == RECEIVED
    assert isinstance(read, FeedbackReceived)
    assert isinstance(read.attachments[0], Attachment)


def test_the_oldest_json_is_read() -> None:
    read = FeedbackReceived.model_validate_json('{"feedback_id":"f","subject":"Mất sóng","later":"unknown"}')
    assert read == FeedbackReceived(feedback_id="f", subject="Mất sóng")
