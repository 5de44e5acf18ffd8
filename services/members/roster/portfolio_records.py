"""The record of what each seat answers for (D4.1, D6.2)."""

from typing import Any

from sqlalchemy import Column, String, Table
from sqlalchemy.types import JSON

from services.members.events import (
    MemberReleased,
    ResponsibilityAssigned,
    ResponsibilityReassigned,
    RosterEvent,
)
from services.members.roster.staff_events import StaffEvent, SupportStaffReleased, SupportStaffReplaced
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

responsibilities = Table(
    "responsibilities",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("seat", String, nullable=False),
    Column("field", String, nullable=False),
    Column("clause", String),
    Column("documents", JSON, nullable=False),
    Column("coordinate_with", JSON, nullable=False),
    Column("coordinate_wording", JSON, nullable=False),
    Column("moved", String),
    Column("from_seat", String),
    Column("until", String),
    *provenance_columns(),
)


def portfolio_sheet(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a field: the seat that answers for it now, the one before, and when it ended with its seat."""
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case ResponsibilityAssigned() as assigned:
            values: dict[str, Any] = {
                "seat": assigned.seat_id,
                "field": assigned.field,
                "clause": assigned.clause,
                "documents": [str(document) for document in assigned.documents],
                "coordinate_with": list(assigned.coordinate_with),
                "coordinate_wording": list(assigned.coordinate_wording),
            }
            entry = {"committee": envelope.committee, "event_id": str(envelope.event_id)}
            db.put(responsibilities, entry, {**values, **provenance(envelope)})
        case ResponsibilityReassigned() as moved:
            key = _of_seat(envelope, moved.from_seat) | {"field": moved.field, "clause": moved.clause}
            values = {"seat": moved.to_seat, "from_seat": moved.from_seat, "moved": day}
            db.change(responsibilities, key, values)
        case MemberReleased() | SupportStaffReleased() | SupportStaffReplaced() as left:
            db.change(responsibilities, _of_seat(envelope, left.seat_id), {"until": day})


def _of_seat(envelope: Envelope[Event], seat_id: str) -> dict[str, str | None]:
    return {"committee": envelope.committee, "seat": seat_id, "until": None}


READ_MODELS = (ReadModel("responsibilities", (responsibilities,), portfolio_sheet, RosterEvent | StaffEvent),)
