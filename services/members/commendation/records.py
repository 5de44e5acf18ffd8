"""The commendation register: who was proposed for what, what became of it, what came from outside (D7.4)."""

from typing import Any

from sqlalchemy import Column, String, Table
from sqlalchemy.types import JSON

from services.members.commendation.events import (
    CommendationDecided,
    CommendationEvent,
    CommendationNoted,
    CommendationProposed,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

commendations = Table(
    "commendations",
    metadata,
    Column("committee", String, primary_key=True),
    Column("commendation", String, primary_key=True),
    Column("title", String, nullable=False),  # the form of the commendation
    Column("commended_seats", JSON, nullable=False),
    Column("commended_agencies", JSON, nullable=False),
    Column("recipient", String),
    Column("merits", String, nullable=False),
    Column("cited_tasks", JSON, nullable=False),
    Column("other_merit", String),
    Column("proposal_document", String),  # the document of the proposal
    Column("state", String, nullable=False),  # proposed, granted, not_granted, noted
    Column("state_since", String, nullable=False),
    Column("commended_by", String),
    Column("award_document", String),
    Column("state_because", String),
    *provenance_columns(),
)


def commendation_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a commendation."""
    values: dict[str, Any]
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case CommendationProposed() as proposed:
            values = {
                **_whom(proposed),
                "recipient": None,
                "cited_tasks": list(proposed.tasks),
                "other_merit": proposed.other_merit,
                "proposal_document": cited(proposed.document),
                "state": "proposed",
                "state_since": day,
            }
            key = _key(envelope, proposed.commendation_id)
            db.put(commendations, key, {**values, **provenance(envelope)})
        case CommendationDecided() as decided:
            values = {
                "state": "granted" if decided.granted else "not_granted",
                "state_since": day,
                "award_document": cited(decided.document),
                "state_because": decided.reason or None,
            }
            db.change(commendations, _key(envelope, decided.commendation_id), values)
        case CommendationNoted() as noted:
            values = {
                **_whom(noted),
                "recipient": noted.recipient,
                "cited_tasks": [],
                "other_merit": None,
                "state": "noted",
                "state_since": day,
                "commended_by": noted.given_by or None,
                "award_document": cited(noted.document),
            }
            key = _key(envelope, noted.commendation_id)
            db.put(commendations, key, {**values, **provenance(envelope)})


def _whom(event: CommendationProposed | CommendationNoted) -> dict[str, Any]:
    return {
        "title": event.form,
        "commended_seats": list(event.seats),
        "commended_agencies": list(event.agencies),
        "merits": event.reasons,
    }


def _key(envelope: Envelope[Event], commendation_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "commendation": commendation_id}


READ_MODELS = (ReadModel("commendations", (commendations,), commendation_register, CommendationEvent),)
