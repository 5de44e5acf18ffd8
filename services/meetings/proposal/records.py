"""The proposals register: the latest draft of each, and what became of it (D7.2, D11.2)."""

from typing import Any

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.meetings.directive.events import SUPPORT_TEAM_ID
from services.meetings.proposal.events import (
    ProposalDecided,
    ProposalDrafted,
    ProposalEvent,
    ProposalReturned,
    ProposalSubmitted,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

proposals = Table(
    "proposals",
    metadata,
    Column("committee", String, primary_key=True),
    Column("proposal", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("content", String, nullable=False),
    Column("drafted_by", String, nullable=False),  # an agency, or the support team by its id
    Column("with_agencies", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String, nullable=False),  # drafted, submitted, returned, approved, rejected, forwarded
    Column("state_because", String),
    Column("state_since", String, nullable=False),
    Column("submitted", String),
    Column("decision_document", String),
    *provenance_columns(),
)


def proposal_register(db: Rows, envelope: Envelope[Event]) -> None:
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case ProposalDrafted() as drafted:
            values: dict[str, Any] = {
                "title": drafted.title,
                "kind": drafted.kind.value,
                "content": drafted.content,
                "drafted_by": drafted.drafted_by or SUPPORT_TEAM_ID,
                "with_agencies": list(drafted.with_agencies),
                "version": drafted.version,
                "state": "drafted",
                "state_because": None,
                "state_since": day,
                "submitted": None,
                "decision_document": None,
            }
            db.put(proposals, _key(envelope, drafted.proposal_id), {**values, **provenance(envelope)})
        case ProposalSubmitted() as submitted:
            values = {"state": "submitted", "state_because": None, "state_since": day, "submitted": day}
            db.change(proposals, _key(envelope, submitted.proposal_id), values)
        case ProposalReturned() as returned:
            values = {"state": "returned", "state_because": returned.reasons, "state_since": day}
            db.change(proposals, _key(envelope, returned.proposal_id), values)
        case ProposalDecided() as decided:
            values = {
                "state": decided.decision.value,
                "state_because": decided.reason,
                "state_since": day,
                "decision_document": cited(decided.document),
            }
            db.change(proposals, _key(envelope, decided.proposal_id), values)


def _key(envelope: Envelope[Event], proposal_id: str) -> dict[str, Any]:
    return {"committee": envelope.committee, "proposal": proposal_id}


READ_MODELS = (ReadModel("proposals", (proposals,), proposal_register, ProposalEvent),)
