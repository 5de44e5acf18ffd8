"""The records of the committee, its agencies and its members."""

from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.members.events import (
    AgencyDissolved,
    AgencyEvent,
    AgencyMerged,
    AgencyRegistered,
    AgencyRenamed,
    AuthorityDelegated,
    ChairAbsenceDeclared,
    CommitteeEstablished,
    CommitteeEvent,
    CommitteeRenamed,
    CompositionDecided,
    DelegationEnded,
    FocalPointDesignated,
    HeadCountReported,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    RegulationAdopted,
    ResponsibilityAssigned,
    RosterEvent,
    SeatFolded,
    SeatTransferred,
)
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

responsibilities = Table(
    "responsibilities",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("seat", String, nullable=False),
    Column("field", String, nullable=False),
    Column("documents", JSON, nullable=False),
    Column("coordinate_with", JSON, nullable=False),
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

delegations = Table(
    "delegations",
    metadata,
    Column("committee", String, primary_key=True),
    Column("delegation", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("delegate_seat", String),
    Column("scope", String, nullable=False),
    Column("since", String, nullable=False),
    Column("until", String, nullable=False),
    Column("ended", String),
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
            db.change(committees, key, {"regulation": str(adopted.regulation)})
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
            key = {
                "committee": envelope.committee,
                "seat": appointed.seat_id,
                "appointed": envelope.reference,
            }
            values = {
                "post": appointed.post,
                "role": appointed.role.value,
                "rank": appointed.role.rank,
                "place": envelope.revision,
                "holder": appointed.holder,
                "acting": appointed.acting,
                "agency": appointed.agency_id,
                "since": day,
            }
            db.put(seats, key, {**values, **provenance(envelope)})
        case MemberReleased() as released:
            values = {"until": day, "ended_because": released.reason}
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


def portfolio_sheet(db: Rows, envelope: Envelope[Event]) -> None:
    """What each seat answers for (D4.1, D6.2)."""
    match envelope.event:
        case ResponsibilityAssigned() as assigned:
            values = {
                "seat": assigned.seat_id,
                "field": assigned.field,
                "documents": [str(document) for document in assigned.documents],
                "coordinate_with": list(assigned.coordinate_with),
            }
            db.put(responsibilities, _by_event(envelope), {**values, **provenance(envelope)})


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


def delegation_register(db: Rows, envelope: Envelope[Event]) -> None:
    """When the standing deputy acted for the chair, and why (D5.1)."""
    match envelope.event:
        case ChairAbsenceDeclared() as absence:
            values = {"kind": "absence", "delegate_seat": None, "scope": "", **_days(absence)}
            db.put(delegations, _delegation(envelope, absence.absence_id), {**values, **provenance(envelope)})
        case AuthorityDelegated() as delegated:
            values = {
                "kind": "delegation",
                "delegate_seat": delegated.delegate_seat,
                "scope": delegated.scope,
                **_days(delegated),
            }
            db.put(
                delegations,
                _delegation(envelope, delegated.delegation_id),
                {**values, **provenance(envelope)},
            )
        case DelegationEnded() as ended:
            key = _delegation(envelope, ended.delegation_id)
            db.change(delegations, key, {"ended": str(envelope.meta.effective_at)})


def _agency(envelope: Envelope[Event], agency_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "agency": agency_id}


def _held(envelope: Envelope[Event], seat_id: str) -> dict[str, str | None]:
    return {"committee": envelope.committee, "seat": seat_id, "until": None}


def _by_event(envelope: Envelope[Event]) -> dict[str, str]:
    return {"committee": envelope.committee, "event_id": str(envelope.event_id)}


def _delegation(envelope: Envelope[Event], delegation_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "delegation": delegation_id}


def _days(period: ChairAbsenceDeclared | AuthorityDelegated) -> dict[str, str]:
    return {"since": period.since.isoformat(), "until": period.until.isoformat()}


READ_MODELS = (
    ReadModel("committees", (committees,), committee_sheet, CommitteeEvent),
    ReadModel("committee_names", (committee_names,), committee_name_list, CommitteeEvent),
    ReadModel("agencies", (agencies,), agency_register, AgencyEvent),
    ReadModel("members", (seats,), member_register, RosterEvent),
    ReadModel("responsibilities", (responsibilities,), portfolio_sheet, RosterEvent),
    ReadModel("head_counts", (head_counts,), head_count_list, RosterEvent),
    ReadModel("delegations", (delegations,), delegation_register, RosterEvent),
)
