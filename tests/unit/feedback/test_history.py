"""What the codec has to keep of feedback beyond the round trip of every event."""

from uuid import uuid4

from services.feedback.events import Attachment, FeedbackReceived
from shared.history import encode
from tests.unit.feedback.examples import RECEIVED
from tests.unit.given import act
from tests.unit.rows import metadata_of


def test_attachments_survive() -> None:
    stored = encode(RECEIVED, uuid4(), metadata_of(RECEIVED, act("focal_point"))).data
    read = FeedbackReceived.model_validate_json(stored)
    assert read == RECEIVED
    assert isinstance(read.attachments[0], Attachment)


def test_unknown_fields_are_tolerated() -> None:
    read = FeedbackReceived.model_validate_json('{"feedback_id":"f","subject":"Mất sóng","later":"unknown"}')
    assert read == FeedbackReceived(feedback_id="f", subject="Mất sóng")
