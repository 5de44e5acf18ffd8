"""The records of the committee, its agencies and its members."""

from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.members import charter_records
from services.members.budget import records as budget_records
from services.members.charter_records import parameters_of
from services.members.commendation import records as commendation_records
from services.members.commitment import records as commitment_records
from services.members.events import (
    AgencyDissolved,
    AgencyEvent,
    AgencyMerged,
    AgencyRegistered,
    AgencyRenamed,
    CommitteeEstablished,
    CommitteeEvent,
    CommitteeRenamed,
    CompositionDecided,
    FocalPointDesignated,
    HeadCountReported,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    RegulationAdopted,
    RegulationAmended,
    RosterEvent,
    SeatFolded,
    SeatTransferred,
)
from services.members.privacy import records as privacy_records
from services.members.roster import delegation_records, portfolio_records, staff_records
from services.members.roster.staff_events import (
    StaffEvent,
    SupportStaffAssigned,
    SupportStaffReleased,
    SupportStaffReplaced,
)
from services.members.workgroup import records as workgroup_records
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

committees = Table(
    "committees",
    metadata,
    Column("committee", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("parent", String),
    Column("regulation", String),
    Column("amended_by", String),
    Column("parameters", JSON),
    Column("standing_office", String),
    Column("feedback", String),
    *provenance_columns(),
)

committee_names = Table(
    "committee_names",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("since", String, nullable=False),
    *provenance_columns(),
)

agencies = Table(
    "agencies",
    metadata,
    Column("committee", String, primary_key=True),
    Column("agency", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("collective", Boolean, nullable=False),
    Column("count", Integer),
    Column("since", String, nullable=False),
    Column("until", String),
    Column("successors", JSON, nullable=False),
    *provenance_columns(),
)

seats = Table(
    "seats",
    metadata,
    Column("committee", String, primary_key=True),
    Column("seat", String, primary_key=True),
    Column("appointed", String, primary_key=True),
    Column("post", String, nullable=False),
    Column("role", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("holder", String, nullable=False),
    Column("acting", Boolean, nullable=False),
    Column("agency", String),
    Column("since", String, nullable=False),
    Column("moved", String),
    Column("moved_from", String),
    Column("until", String),
    Column("ended_because", String),
    *provenance_columns(),
)

head_counts = Table(
    "head_counts",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("remark", String, nullable=False),
    *provenance_columns(),
)


def committee_sheet(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a committee: name, regulation in force, focal points (D1, D7.6)."""
    key = {"committee": envelope.committee}
    match envelope.event:
        case CommitteeEstablished() as established:
            fresh = {"name": established.name, "parent": established.parent}
            db.put(committees, key, {**fresh, **provenance(envelope)})
        case CommitteeRenamed() as renamed:
            db.change(committees, key, {"name": renamed.new_name, **provenance(envelope)})
        case RegulationAdopted() as adopted:
            values = {"regulation": str(adopted.regulation), "amended_by": None}
            db.change(committees, key, {**values, "parameters": parameters_of(adopted)})
        case RegulationAmended() as amended:
            db.change(committees, key, {"amended_by": str(amended.amendment)})
            if amended.parameters is not None:
                db.change(committees, key, {"parameters": parameters_of(amended)})
        case FocalPointDesignated() as designated:
            db.change(committees, key, {designated.duty.value: designated.agency_id})


def committee_name_list(db: Rows, envelope: Envelope[Event]) -> None:
    """Every name that the committee bore, and since when (D1)."""
    match envelope.event:
        case CommitteeEstablished(name=name) | CommitteeRenamed(new_name=name):
            values = {"name": name, "since": str(envelope.meta.effective_at)}
            db.put(committee_names, _by_event(envelope), {**values, **provenance(envelope)})


def agency_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row an agency, with its successors (D1)."""
    until = str(envelope.meta.effective_at)
    match envelope.event:
        case AgencyRegistered() as registered:
            values: dict[str, Any] = {
                "name": registered.name,
                "collective": registered.collective,
                "count": registered.count,
                "since": str(envelope.meta.effective_at),
                "until": None,
                "successors": [],
            }
            db.put(agencies, _agency(envelope, registered.agency_id), {**values, **provenance(envelope)})
        case AgencyRenamed() as renamed:
            db.change(agencies, _agency(envelope, renamed.agency_id), {"name": renamed.new_name})
        case AgencyMerged() as merged:
            key = _agency(envelope, merged.agency_id)
            db.change(agencies, key, {"until": until, "successors": [merged.successor]})
        case AgencyDissolved() as dissolved:
            key = _agency(envelope, dissolved.agency_id)
            db.change(agencies, key, {"until": until, "successors": list(dissolved.successors)})


def member_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row for each time that a seat was filled, from the day it began until the day it ended (D6)."""
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case MemberAppointed() as appointed:
            _seated(db, envelope, appointed.seat_id, appointed, acting=appointed.acting)
        case SupportStaffAssigned() as assigned:
            _seated(db, envelope, assigned.seat_id, assigned)
        case SupportStaffReplaced() as replaced:
            because = f"→ {replaced.new_seat_id}"
            db.change(seats, _held(envelope, replaced.seat_id), {"until": day, "ended_because": because})
            _seated(db, envelope, replaced.new_seat_id, replaced)
        case MemberReleased() | SupportStaffReleased() as released:
            values: dict[str, Any] = {"until": day, "ended_because": released.reason}
            db.change(seats, _held(envelope, released.seat_id), values)
        case SeatFolded() as folded:
            because = f"→ {folded.into}"
            db.change(seats, _held(envelope, folded.seat_id), {"until": day, "ended_because": because})
        case MemberRoleChanged() as changed:
            values = {"role": changed.new_role.value, "rank": changed.new_role.rank}
            db.change(seats, _held(envelope, changed.seat_id), values)
        case SeatTransferred() as moved:
            values = {
                "post": moved.new_post,
                "holder": moved.new_holder,
                "agency": moved.to_agency,
                "moved": day,
                "moved_from": moved.old_post,
            }
            db.change(seats, _held(envelope, moved.seat_id), values)


def _seated(
    db: Rows,
    envelope: Envelope[Event],
    seat_id: str,
    seat: MemberAppointed | SupportStaffAssigned | SupportStaffReplaced,
    acting: bool = False,
) -> None:
    key = {"committee": envelope.committee, "seat": seat_id, "appointed": envelope.reference}
    values: dict[str, Any] = {
        "post": seat.post,
        "role": seat.role.value,
        "rank": seat.role.rank,
        "place": envelope.revision,
        "holder": seat.holder,
        "acting": acting,
        "agency": seat.agency_id,
        "since": str(envelope.meta.effective_at),
    }
    db.put(seats, key, {**values, **provenance(envelope)})


def head_count_list(db: Rows, envelope: Envelope[Event]) -> None:
    """Numbers of members: counted from the list, and as sources report them, side by side."""
    match envelope.event:
        case HeadCountReported() as reported:
            for kind, count in reported.counts.items():
                values = {"count": count, "remark": reported.remark}
                db.put(head_counts, {**_by_event(envelope), "kind": kind}, {**values, **provenance(envelope)})
        case CompositionDecided() as decided:
            values = {"count": decided.seats, "remark": ""}
            db.put(head_counts, {**_by_event(envelope), "kind": "listed"}, {**values, **provenance(envelope)})


def _agency(envelope: Envelope[Event], agency_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "agency": agency_id}


def _held(envelope: Envelope[Event], seat_id: str) -> dict[str, str | None]:
    return {"committee": envelope.committee, "seat": seat_id, "until": None}


def _by_event(envelope: Envelope[Event]) -> dict[str, str]:
    return {"committee": envelope.committee, "event_id": str(envelope.event_id)}


READ_MODELS = (
    ReadModel("committees", (committees,), committee_sheet, CommitteeEvent),
    ReadModel("committee_names", (committee_names,), committee_name_list, CommitteeEvent),
    ReadModel("agencies", (agencies,), agency_register, AgencyEvent),
    ReadModel("members", (seats,), member_register, RosterEvent | StaffEvent),
    ReadModel("head_counts", (head_counts,), head_count_list, RosterEvent),
    *charter_records.READ_MODELS,
    *portfolio_records.READ_MODELS,
    *delegation_records.READ_MODELS,
    *staff_records.READ_MODELS,
    *workgroup_records.READ_MODELS,
    *commitment_records.READ_MODELS,
    *budget_records.READ_MODELS,
    *commendation_records.READ_MODELS,
    *privacy_records.READ_MODELS,
)
