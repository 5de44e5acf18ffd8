"""The feedback register: every piece with what became of it, step by step (D7.6, D12.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, bindparam, func, select
from sqlalchemy.types import JSON

from services.feedback.events import (
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackClosed,
    FeedbackCollated,
    FeedbackDeclined,
    FeedbackDirected,
    FeedbackEvent,
    FeedbackForwarded,
    FeedbackLinked,
    FeedbackOverdue,
    FeedbackReceived,
    FeedbackRemedied,
    FeedbackReopened,
    FeedbackReported,
    FeedbackTransferred,
)
from services.feedback.trails import entry, step
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

feedback = Table(
    "feedback",
    metadata,
    Column("committee", String, primary_key=True),
    Column("feedback", String, primary_key=True),
    Column("year", Integer, nullable=False),  # in which it was received, with its number in that year
    Column("number", Integer, nullable=False),
    Column("subject", String, nullable=False),
    Column("content", String),
    Column("channel", String),
    Column("sender", String),
    Column("sender_wording", String),
    Column("contact", String),
    Column("anonymous", Boolean, nullable=False),
    Column("about_regulation", Boolean, nullable=False),
    Column("received_by", String),
    Column("attachments", JSON, nullable=False),
    Column("field", String),
    Column("summary", String),
    Column("reported", String),  # the day on which the committee was told
    Column("reported_to_chair", Boolean, nullable=False),
    Column("state", String, nullable=False),  # the last of received, directed, remedied … and how it ended
    Column("lies_with", JSON, nullable=False),
    Column("instruction", String),
    Column("forward_by", String),
    Column("answer_by", String),
    Column("overdue_steps", JSON, nullable=False),  # noted by the clock since it was last opened
    Column("late", Boolean, nullable=False),  # whether a step came after its limit since it was last opened
    Column("answer", String),
    Column("answer_document", String),
    Column("declined_because", String),
    Column("forwarded_to", String),
    Column("told", String),  # to its sender, when it was declined or forwarded
    Column("duplicate_of", String),
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
    Index("feedback_by_number", "committee", "year", "number"),
)

LAST_NUMBER = select(func.max(feedback.c.number)).where(
    feedback.c.committee == bindparam("whose"), feedback.c.year == bindparam("in_year")
)


def feedback_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a piece of feedback, with the trail of its steps."""
    day = str(envelope.meta.effective_at)
    said: dict[str, Any]
    values: dict[str, Any]
    match envelope.event:
        case FeedbackReceived() as received:
            db.put(feedback, _key(envelope, received.feedback_id), _fresh(db, envelope, received))
        case FeedbackClassified() as classified:
            said = {"field": classified.field}
            values = {**said, **_late(classified.late)}
            if classified.about_regulation is not None:
                values["about_regulation"] = said["about_regulation"] = classified.about_regulation
            _step(db, envelope, classified.feedback_id, values, **said)
        case FeedbackDeclined() as declined:
            said = {"declined_because": declined.reason.value, "told": declined.told}
            values = {"state": "declined", **said, **_late(declined.late)}
            _step(db, envelope, declined.feedback_id, values, **said)
        case FeedbackForwarded() as sent:
            said = {"forwarded_to": sent.to, "told": sent.notice}
            values = {"state": "forwarded", **said, **_late(sent.late)}
            _step(db, envelope, sent.feedback_id, values, **said, document=cited(sent.document))
        case FeedbackCollated() as collated:
            values = {"summary": collated.summary}
            _step(db, envelope, collated.feedback_id, values, summary=collated.summary)
        case FeedbackReported() as told:
            said = {"report": told.report, "document": cited(told.document)}
            values = {"reported": day, "reported_to_chair": told.to_chair}
            _step(db, envelope, told.feedback_id, values, **said)
        case FeedbackDirected() as directed:
            said = {"to": directed.to, "instruction": directed.instruction}
            values = {"instruction": directed.instruction, "lies_with": list(directed.lies_with)}
            _step(db, envelope, directed.feedback_id, {"state": "directed", **values}, **said)
        case FeedbackRemedied() as remedied:
            said = {"what": remedied.what, "agency": remedied.agency}
            _step(db, envelope, remedied.feedback_id, {"state": "remedied"}, **said)
        case FeedbackAnswered() as answered:
            said = {"answer": answered.answer, "answer_document": cited(answered.document)}
            values = {"state": "answered", **said, **_late(answered.late)}
            _step(db, envelope, answered.feedback_id, values, **said, same_as=answered.same_as)
        case FeedbackClosed() as closed:
            _step(db, envelope, closed.feedback_id, {"state": "closed"})
        case FeedbackReopened() as reopened:
            _step(db, envelope, reopened.feedback_id, _opened_again(reopened), reason=reopened.reason)
        case FeedbackOverdue() as passed:
            key = _key(envelope, passed.feedback_id)
            [row] = db.find(feedback, key)
            steps = {"overdue_steps": sorted({*row["overdue_steps"], passed.step.value})}
            _step(db, envelope, passed.feedback_id, steps, step=passed.step.value, due=str(passed.due))
        case FeedbackLinked() as linked:
            values = {"duplicate_of": linked.duplicate_of}
            _step(db, envelope, linked.feedback_id, values, duplicate_of=linked.duplicate_of)
        case FeedbackTransferred() as moved:
            said = {"from_agency": moved.from_agency, "to": list(moved.to), "reason": moved.reason}
            _step(db, envelope, moved.feedback_id, {"lies_with": list(moved.lies_with)}, **said)


def _fresh(db: Rows, envelope: Envelope[Event], received: FeedbackReceived) -> dict[str, Any]:
    """The row of feedback on the day that it was received."""
    limits = {"forward_by", "answer_by"}
    return {
        **received.model_dump(mode="json", exclude={"feedback_id", *limits}),
        **_numbered(db, envelope, received.feedback_id),
        **_limits(received.forward_by, received.answer_by),
        "field": None,
        "summary": None,
        "reported": None,
        "reported_to_chair": False,
        "state": "received",
        "lies_with": [received.received_by] if received.received_by else [],
        "instruction": None,
        "answer": None,
        "answer_document": None,
        **NOT_ENDED,
        "duplicate_of": None,
        "steps": [entry(envelope)],
        **provenance(envelope),
    }


def _numbered(db: Rows, envelope: Envelope[Event], feedback_id: str) -> dict[str, int]:
    """The running number within the year of receipt, in the order of the store; once given, it stays."""
    for row in db.find(feedback, _key(envelope, feedback_id)):
        return {"year": row["year"], "number": row["number"]}
    year = envelope.meta.effective_at.earliest.year
    last = db.execute(LAST_NUMBER, {"whose": envelope.committee, "in_year": year}).scalar()
    return {"year": year, "number": (last or 0) + 1}


NOT_ENDED: Mapping[str, Any] = {"declined_because": None, "forwarded_to": None, "told": None}


def _opened_again(reopened: FeedbackReopened) -> dict[str, Any]:
    """What it waits for anew; the answer of before is in the trail."""
    values = {"state": "reopened", "lies_with": list(reopened.lies_with), **NOT_ENDED}
    return {
        **values,
        "answer": None,
        "answer_document": None,
        **_limits(reopened.forward_by, reopened.answer_by),
    }


def _limits(forward_by: date | None, answer_by: date | None) -> dict[str, Any]:
    """The limits of what was just opened: nothing is overdue or late yet."""
    forward, answer = (day.isoformat() if day else None for day in (forward_by, answer_by))
    return {"forward_by": forward, "answer_by": answer, "overdue_steps": [], "late": False}


def _late(late: bool) -> dict[str, bool]:
    """Late once is late, whatever is done in time after it."""
    return {"late": True} if late else {}


def _step(
    db: Rows, envelope: Envelope[Event], feedback_id: str, values: Mapping[str, Any], **said: Any
) -> None:
    step(db, feedback, envelope, _key(envelope, feedback_id), values, **said)


def _key(envelope: Envelope[Event], feedback_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "feedback": feedback_id}


READ_MODELS = (ReadModel("feedback", (feedback,), feedback_register, FeedbackEvent),)
