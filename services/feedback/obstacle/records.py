"""The register of obstacles (D6.1.a, D7.3)."""

from sqlalchemy import Boolean, Column, String, Table
from sqlalchemy.types import JSON

from services.feedback.obstacle.events import (
    ObstacleEscalated,
    ObstacleEvent,
    ObstacleReported,
    ObstacleResolved,
    ObstacleTransferred,
)
from services.feedback.trails import entry, step
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

obstacles = Table(
    "obstacles",
    metadata,
    Column("committee", String, primary_key=True),
    Column("obstacle", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("field", String),
    Column("proposal", String),
    Column("agencies", JSON, nullable=False),
    Column("seat", String),  # of who reported it
    Column("agency", String),  # of who reported it
    Column("state", String, nullable=False),  # reported, escalated, resolved
    Column("to_chair", Boolean, nullable=False),
    Column("how", String),
    Column("how_document", String),
    Column("resolved", String),
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
)


def obstacle_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row an obstacle, until it is resolved and after."""
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case ObstacleReported() as met:
            values = {
                "title": met.what,
                "field": met.field,
                "proposal": met.proposal,
                "agencies": list(met.agencies),
                "seat": met.seat_id,
                "agency": met.agency_id,
                "state": "reported",
                "to_chair": False,
                **dict.fromkeys(("how", "how_document", "resolved")),
                "steps": [entry(envelope)],
            }
            db.put(obstacles, _key(envelope, met.obstacle_id), {**values, **provenance(envelope)})
        case ObstacleEscalated() as escalated:
            new = {"state": "escalated", "to_chair": True}
            key = _key(envelope, escalated.obstacle_id)
            step(db, obstacles, envelope, key, new, reason=escalated.reason)
        case ObstacleResolved() as resolved:
            way = {"how": resolved.how, "how_document": cited(resolved.document)}
            new = {"state": "resolved", "resolved": day, **way}
            step(db, obstacles, envelope, _key(envelope, resolved.obstacle_id), new, **way)
        case ObstacleTransferred() as moved:
            said = {"from_agency": moved.from_agency, "to": list(moved.to), "reason": moved.reason}
            key = _key(envelope, moved.obstacle_id)
            step(db, obstacles, envelope, key, {"agencies": list(moved.agencies)}, **said)


def _key(envelope: Envelope[Event], obstacle_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "obstacle": obstacle_id}


READ_MODELS = (ReadModel("obstacles", (obstacles,), obstacle_register, ObstacleEvent),)
