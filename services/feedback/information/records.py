"""The correspondence register: what was asked of agencies, and what they answered (D7.5)."""

from typing import Any

from sqlalchemy import Boolean, Column, String, Table
from sqlalchemy.types import JSON

from services.feedback.information.events import (
    InformationEvent,
    InformationOverdue,
    InformationProvided,
    InformationRequestClosed,
    InformationRequested,
    InformationRequestTransferred,
)
from services.feedback.trails import entry, step
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

correspondence = Table(
    "correspondence",
    metadata,
    Column("committee", String, primary_key=True),
    Column("information", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("agency", String, nullable=False),  # who was asked first
    Column("owing", JSON, nullable=False),  # who still has to answer
    Column("due_wording", String),
    Column("due_latest", String),
    Column("state", String, nullable=False),  # asked, provided, closed
    Column("overdue", Boolean, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("content", String),
    Column("content_document", String),
    Column("provided", String),  # the day of the last answer
    Column("reason", String),  # why it was closed
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
)


def correspondence_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a request, with the trail of its answers."""
    day = str(envelope.meta.effective_at)
    new: dict[str, Any]
    said: dict[str, Any]
    match envelope.event:
        case InformationRequested() as asked:
            db.put(correspondence, _key(envelope, asked.request_id), _fresh(envelope, asked))
        case InformationProvided() as provided:
            said = {"content": provided.content, "content_document": cited(provided.document)}
            new = {"owing": list(provided.owing), "provided": day, **said}
            if not provided.owing:
                new |= {"state": "provided", "overdue": False}
            if provided.late:
                new["late"] = True
            key = _key(envelope, provided.request_id)
            step(db, correspondence, envelope, key, new, **said, agency=provided.agency)
        case InformationOverdue() as passed:
            said = {"owing": list(passed.owing), "due": passed.due.wording}
            key = _key(envelope, passed.request_id)
            step(db, correspondence, envelope, key, {"overdue": True}, **said)
        case InformationRequestTransferred() as moved:
            new = {"owing": list(moved.owing)}
            said = {"from_agency": moved.from_agency, "to": list(moved.to), "reason": moved.reason}
            step(db, correspondence, envelope, _key(envelope, moved.request_id), new, **said)
        case InformationRequestClosed() as closed:
            new = {"state": "closed", "overdue": False, "reason": closed.reason, "owing": list(closed.owing)}
            key = _key(envelope, closed.request_id)
            step(db, correspondence, envelope, key, new, reason=closed.reason, owing=list(closed.owing))


def _fresh(envelope: Envelope[Event], asked: InformationRequested) -> dict[str, Any]:
    """The row of a request on the day that it was asked."""
    due = asked.due
    return {
        "title": asked.what,
        "agency": asked.to,
        "owing": [asked.to],
        "due_wording": due.wording if due else None,
        "due_latest": due.latest.isoformat() if due and due.latest else None,
        "state": "asked",
        "overdue": False,
        "late": False,
        **dict.fromkeys(("content", "content_document", "provided", "reason")),
        "steps": [entry(envelope)],
        **provenance(envelope),
    }


def _key(envelope: Envelope[Event], request_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "information": request_id}


READ_MODELS = (ReadModel("correspondence", (correspondence,), correspondence_register, InformationEvent),)
