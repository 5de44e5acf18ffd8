"""The record of when the standing deputy acted for the chair, and why (D5.1)."""

from typing import Any

from sqlalchemy import Column, String, Table
from sqlalchemy.types import JSON

from services.members.events import (
    AuthorityDelegated,
    ChairAbsenceDeclared,
    ChairAbsenceEnded,
    DelegationEnded,
    DelegationExpired,
    RosterEvent,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

delegations = Table(
    "delegations",
    metadata,
    Column("committee", String, primary_key=True),
    Column("delegation", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("delegate_seat", String),
    Column("scope", String, nullable=False),
    Column("matters", JSON, nullable=False),
    Column("since", String, nullable=False),
    Column("until", String, nullable=False),
    Column("ended", String),
    Column("expired", String),
    *provenance_columns(),
)


def delegation_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row an absence or delegation: its period, its matters, and how it ended."""
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case ChairAbsenceDeclared() as absence:
            values = {"kind": "absence", "delegate_seat": None, "scope": "", "matters": [], **_days(absence)}
            db.put(delegations, _delegation(envelope, absence.absence_id), {**values, **provenance(envelope)})
        case AuthorityDelegated() as delegated:
            values = {
                "kind": "delegation",
                "delegate_seat": delegated.delegate_seat,
                "scope": delegated.scope,
                "matters": [matter.value for matter in delegated.matters],
                **_days(delegated),
            }
            key = _delegation(envelope, delegated.delegation_id)
            db.put(delegations, key, {**values, **provenance(envelope)})
        case DelegationEnded() as ended:
            db.change(delegations, _delegation(envelope, ended.delegation_id), {"ended": day})
        case ChairAbsenceEnded() as back:
            db.change(delegations, _delegation(envelope, back.absence_id), {"ended": day})
        case DelegationExpired() as expired:
            db.change(delegations, _delegation(envelope, expired.delegation_id), {"expired": day})


def _delegation(envelope: Envelope[Event], delegation_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "delegation": delegation_id}


def _days(period: ChairAbsenceDeclared | AuthorityDelegated) -> dict[str, Any]:
    return {"since": period.since.isoformat(), "until": period.until.isoformat()}


READ_MODELS = (ReadModel("delegations", (delegations,), delegation_register, RosterEvent),)
