"""The register of initiatives (D2.2, D6.1.a)."""

from sqlalchemy import Column, String, Table
from sqlalchemy.types import JSON

from services.feedback.initiative.events import (
    InitiativeAssessed,
    InitiativeEvent,
    InitiativeImplemented,
    InitiativeProposed,
)
from services.feedback.trails import entry, step
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

initiatives = Table(
    "initiatives",
    metadata,
    Column("committee", String, primary_key=True),
    Column("initiative", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("content", String, nullable=False),
    Column("expected_result", String),
    Column("seat", String),
    Column("agency", String),
    Column("state", String, nullable=False),  # proposed, adopted, declined, deferred, implemented
    Column("reason", String),
    Column("assessed", String),  # the day of the last assessment
    Column("result", String),
    Column("result_document", String),
    Column("implemented", String),
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
)


def initiative_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row an initiative, with the trail of its assessments."""
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case InitiativeProposed() as proposed:
            values = {
                "title": proposed.title,
                "content": proposed.content,
                "expected_result": proposed.expected_result,
                "seat": proposed.seat_id,
                "agency": proposed.agency_id,
                "state": "proposed",
                **dict.fromkeys(("reason", "assessed", "result", "result_document", "implemented")),
                "steps": [entry(envelope)],
            }
            db.put(initiatives, _key(envelope, proposed.initiative_id), {**values, **provenance(envelope)})
        case InitiativeAssessed() as assessed:
            said = {"reason": assessed.reason}
            new = {"state": assessed.assessment.value, "assessed": day, **said}
            key = _key(envelope, assessed.initiative_id)
            step(db, initiatives, envelope, key, new, outcome=assessed.assessment.value, **said)
        case InitiativeImplemented() as done:
            result = {"result": done.result, "result_document": cited(done.document)}
            new = {"state": "implemented", "implemented": day, **result}
            step(db, initiatives, envelope, _key(envelope, done.initiative_id), new, **result)


def _key(envelope: Envelope[Event], initiative_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "initiative": initiative_id}


READ_MODELS = (ReadModel("initiatives", (initiatives,), initiative_register, InitiativeEvent),)
