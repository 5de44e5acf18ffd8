"""The register of commitments, by member: what goes into which programme, and how it went (D6.1.b)."""

from typing import Any

from sqlalchemy import Boolean, Column, String, Table

from services.members.commitment.events import (
    CommitmentEvent,
    CommitmentFulfilled,
    CommitmentOverdue,
    CommitmentReassigned,
    CommitmentRecorded,
    CommitmentWithdrawn,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

commitments = Table(
    "commitments",
    metadata,
    Column("committee", String, primary_key=True),
    Column("commitment", String, primary_key=True),
    Column("seat", String, nullable=False),
    Column("promised_by", String, nullable=False),
    Column("field", String),
    Column("text", String, nullable=False),
    Column("put_into", String, nullable=False),
    Column("put_into_document", String),
    Column("deadline_wording", String),
    Column("deadline_latest", String),
    Column("state", String, nullable=False),  # open, fulfilled, withdrawn
    Column("overdue", Boolean, nullable=False),
    Column("fell_overdue", String),  # stays when it is no longer open
    Column("state_since", String, nullable=False),
    Column("fulfilment", String),
    Column("fulfilment_document", String),
    Column("late", Boolean, nullable=False),
    Column("state_because", String),
    *provenance_columns(),
)


def commitment_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a commitment, under the seat that answers for it."""
    values: dict[str, Any]
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case CommitmentRecorded() as recorded:
            values = {**_said(recorded), "state": "open", "overdue": False, "late": False, "state_since": day}
            db.put(commitments, _key(envelope, recorded.commitment_id), {**values, **provenance(envelope)})
        case CommitmentFulfilled() as fulfilled:
            values = {
                "state": "fulfilled",
                "state_since": day,
                "overdue": False,
                "fulfilment": fulfilled.evidence,
                "fulfilment_document": cited(fulfilled.document),
                "late": fulfilled.late,
            }
            db.change(commitments, _key(envelope, fulfilled.commitment_id), values)
        case CommitmentWithdrawn() as withdrawn:
            values = {
                "state": "withdrawn",
                "state_since": day,
                "overdue": False,
                "state_because": withdrawn.reason,
            }
            db.change(commitments, _key(envelope, withdrawn.commitment_id), values)
        case CommitmentOverdue() as overdue:
            values = {"overdue": True, "fell_overdue": overdue.noticed_on.isoformat()}
            db.change(commitments, _key(envelope, overdue.commitment_id), values)
        case CommitmentReassigned() as moved:
            db.change(commitments, _key(envelope, moved.commitment_id), {"seat": moved.to_seat})


def _said(recorded: CommitmentRecorded) -> dict[str, Any]:
    deadline = recorded.deadline
    return {
        "seat": recorded.seat_id,
        "promised_by": recorded.seat_id,
        "field": recorded.field,
        "text": recorded.content,
        "put_into": recorded.into,
        "put_into_document": cited(recorded.document),
        "deadline_wording": deadline.wording if deadline else None,
        "deadline_latest": deadline.latest.isoformat() if deadline and deadline.latest else None,
    }


def _key(envelope: Envelope[Event], commitment_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "commitment": commitment_id}


READ_MODELS = (ReadModel("commitments", (commitments,), commitment_register, CommitmentEvent),)
