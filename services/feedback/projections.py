"""The feedback register: every piece with what became of it, step by step (D7.6, D12.3)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column, String, Table
from sqlalchemy.types import JSON

from services.feedback.events import (
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackClosed,
    FeedbackCollated,
    FeedbackDirected,
    FeedbackEvent,
    FeedbackLinked,
    FeedbackReceived,
    FeedbackRemedied,
    FeedbackReopened,
    FeedbackReported,
    FeedbackTransferred,
)
from shared.envelope import Envelope
from shared.messages import DocumentRef, Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

feedback = Table(
    "feedback",
    metadata,
    Column("committee", String, primary_key=True),
    Column("feedback", String, primary_key=True),
    Column("subject", String, nullable=False),
    Column("content", String),
    Column("sender", String),
    Column("sender_wording", String),
    Column("about_regulation", Boolean, nullable=False),
    Column("received_by", String),
    Column("attachments", JSON, nullable=False),
    Column("field", String),
    Column("summary", String),
    Column("reported", String),  # the day on which the committee was told
    Column("state", String, nullable=False),  # received, directed, remedied, answered, closed, reopened
    Column("lies_with", JSON, nullable=False),
    Column("instruction", String),
    Column("answer", String),
    Column("answer_document", String),
    Column("duplicate_of", String),
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
)


def feedback_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a piece of feedback, with the trail of its steps."""
    day = str(envelope.meta.effective_at)
    said: dict[str, Any]
    values: dict[str, Any]
    match envelope.event:
        case FeedbackReceived() as received:
            db.put(feedback, _key(envelope, received.feedback_id), _fresh(envelope, received))
        case FeedbackClassified() as classified:
            _step(db, envelope, classified.feedback_id, {"field": classified.field}, field=classified.field)
        case FeedbackCollated() as collated:
            values = {"summary": collated.summary}
            _step(db, envelope, collated.feedback_id, values, summary=collated.summary)
        case FeedbackReported() as told:
            said = {"report": told.report, "document": _cited(told.document)}
            _step(db, envelope, told.feedback_id, {"reported": day}, **said)
        case FeedbackDirected() as directed:
            said = {"to": directed.to, "instruction": directed.instruction}
            values = {"instruction": directed.instruction, "lies_with": list(directed.lies_with)}
            _step(db, envelope, directed.feedback_id, {"state": "directed", **values}, **said)
        case FeedbackRemedied() as remedied:
            said = {"what": remedied.what, "agency": remedied.agency}
            _step(db, envelope, remedied.feedback_id, {"state": "remedied"}, **said)
        case FeedbackAnswered() as answered:
            values = {"answer": answered.answer, "answer_document": _cited(answered.document)}
            _step(db, envelope, answered.feedback_id, {"state": "answered", **values}, **values)
        case FeedbackClosed() as closed:
            _step(db, envelope, closed.feedback_id, {"state": "closed"})
        case FeedbackReopened() as reopened:
            _step(db, envelope, reopened.feedback_id, {"state": "reopened"}, reason=reopened.reason)
        case FeedbackLinked() as linked:
            values = {"duplicate_of": linked.duplicate_of}
            _step(db, envelope, linked.feedback_id, values, duplicate_of=linked.duplicate_of)
        case FeedbackTransferred() as moved:
            said = {"from_agency": moved.from_agency, "to": list(moved.to), "reason": moved.reason}
            _step(db, envelope, moved.feedback_id, {"lies_with": list(moved.lies_with)}, **said)


def _fresh(envelope: Envelope[Event], received: FeedbackReceived) -> dict[str, Any]:
    """The row of feedback on the day that it was received."""
    return {
        **received.model_dump(mode="json", exclude={"feedback_id"}),
        "field": None,
        "summary": None,
        "reported": None,
        "state": "received",
        "lies_with": [received.received_by] if received.received_by else [],
        "instruction": None,
        "answer": None,
        "answer_document": None,
        "duplicate_of": None,
        "steps": [_entry(envelope)],
        **provenance(envelope),
    }


def _step(
    db: Rows, envelope: Envelope[Event], feedback_id: str, values: Mapping[str, Any], **said: Any
) -> None:
    """Set the values and let the trail grow by this event, once however often it is delivered."""
    key = _key(envelope, feedback_id)
    trail: list[dict[str, Any]] = next((row["steps"] for row in db.find(feedback, key)), [])
    new = _entry(envelope, **said)
    known = any(old["event"] == new["event"] for old in trail)
    db.change(feedback, key, {**values, "steps": trail if known else [*trail, new]})


def _entry(envelope: Envelope[Event], **said: Any) -> dict[str, Any]:
    return {
        "event": envelope.reference,
        "type": envelope.type,
        "effective": str(envelope.meta.effective_at),
        "by": envelope.meta.actor.person,
        **said,
    }


def _cited(document: DocumentRef | None) -> str | None:
    return str(document) if document else None


def _key(envelope: Envelope[Event], feedback_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "feedback": feedback_id}


READ_MODELS = (ReadModel("feedback", (feedback,), feedback_register, FeedbackEvent),)
