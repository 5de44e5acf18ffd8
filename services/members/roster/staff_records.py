"""The record of who was sent to the support team, by whom, and what became of it (D6.1.dd)."""

from typing import Any

from sqlalchemy import Column, String, Table

from services.members.events import (
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    RosterEvent,
    SeatTransferred,
)
from services.members.roster.staff_events import (
    StaffEvent,
    SupportStaffAssigned,
    SupportStaffNominated,
    SupportStaffReleased,
    SupportStaffReplaced,
    SupportStaffReplacementProposed,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

support_staff = Table(
    "support_staff",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("nomination", String),
    Column("seat", String),
    Column("holder", String, nullable=False),
    Column("post", String, nullable=False),
    Column("role", String),
    Column("agency", String),
    Column("state", String, nullable=False),
    Column("nominated", String),
    Column("assigned", String),
    Column("because", String),
    Column("successor_seat", String),
    Column("until", String),
    *provenance_columns(),
)


def staff_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row for everyone who was nominated or assigned, with what became of it."""
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case SupportStaffNominated() as nominated:
            values = {
                "nomination": nominated.nomination_id,
                "holder": nominated.nominee,
                "post": nominated.post,
                "agency": nominated.agency_id,
                "state": "nominated",
                "nominated": day,
            }
            db.put_first(support_staff, _by_event(envelope), {**values, **provenance(envelope)})
        case SupportStaffAssigned(nomination_id=str() as nomination_id) as assigned:
            key = {"committee": envelope.committee, "nomination": nomination_id}
            values = _seated(assigned.seat_id, assigned, day)
            db.change(support_staff, key, values)
        case SupportStaffAssigned() as assigned:
            _begins(db, envelope, _seated(assigned.seat_id, assigned, day))
        case MemberAppointed() as appointed if not appointed.role.in_committee:
            _begins(db, envelope, _seated(appointed.seat_id, appointed, day))
        case SupportStaffReplacementProposed() as proposed:
            values = {"state": "replacement_proposed", "because": proposed.reason}
            db.change(support_staff, _held(envelope, proposed.seat_id), values)
        case SupportStaffReplaced() as replaced:
            values = {"state": "replaced", "until": day, "successor_seat": replaced.new_seat_id}
            db.change(support_staff, _held(envelope, replaced.seat_id), values)
            _begins(db, envelope, _seated(replaced.new_seat_id, replaced, day))
        case SupportStaffReleased() | MemberReleased() as left:
            values = {"state": "released", "until": day, "because": left.reason}
            db.change(support_staff, _held(envelope, left.seat_id), values)
        case MemberRoleChanged() as changed:
            db.change(support_staff, _held(envelope, changed.seat_id), {"role": changed.new_role.value})
        case SeatTransferred() as moved:
            values = {"post": moved.new_post, "holder": moved.new_holder, "agency": moved.to_agency}
            db.change(support_staff, _held(envelope, moved.seat_id), values)


def _begins(db: Rows, envelope: Envelope[Event], values: dict[str, Any]) -> None:
    db.put_first(support_staff, _by_event(envelope), {**values, **provenance(envelope)})


def _seated(
    seat_id: str, seat: SupportStaffAssigned | SupportStaffReplaced | MemberAppointed, day: str
) -> dict[str, Any]:
    return {
        "seat": seat_id,
        "holder": seat.holder,
        "post": seat.post,
        "role": seat.role.value,
        "agency": seat.agency_id,
        "state": "assigned",
        "assigned": day,
    }


def _by_event(envelope: Envelope[Event]) -> dict[str, str]:
    return {"committee": envelope.committee, "event_id": str(envelope.event_id)}


def _held(envelope: Envelope[Event], seat_id: str) -> dict[str, str | None]:
    return {"committee": envelope.committee, "seat": seat_id, "until": None}


READ_MODELS = (ReadModel("support_staff", (support_staff,), staff_register, RosterEvent | StaffEvent),)
