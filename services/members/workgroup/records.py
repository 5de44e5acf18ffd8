"""The working-group register: who worked on what, for how long, and what came of it (D9.4)."""

from typing import Any

from sqlalchemy import Boolean, Column, String, Table
from sqlalchemy.types import JSON

from services.members.workgroup.events import (
    WorkingGroupConvened,
    WorkingGroupDelivered,
    WorkingGroupDisbanded,
    WorkingGroupEvent,
    WorkingGroupExtended,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

working_groups = Table(
    "working_groups",
    metadata,
    Column("committee", String, primary_key=True),
    Column("working_group", String, primary_key=True),
    Column("subject", String, nullable=False),
    Column("drafts", JSON, nullable=False),
    Column("team_seats", JSON, nullable=False),
    Column("invited_experts", JSON, nullable=False),
    Column("since", String, nullable=False),
    Column("until", String, nullable=False),
    Column("until_at_first", String, nullable=False),
    Column("extended_because", String),
    Column("state", String, nullable=False),  # convened, delivered, ended, ended_without
    Column("products", JSON, nullable=False),
    Column("ended", String),
    Column("by_period_end", Boolean, nullable=False),
    Column("ended_because", String),
    *provenance_columns(),
)


def working_group_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a group, with all that it delivered."""
    values: dict[str, Any]
    match envelope.event:
        case WorkingGroupConvened() as convened:
            values = {
                "subject": convened.subject,
                "drafts": list(convened.drafts),
                "team_seats": list(convened.members),
                "invited_experts": list(convened.experts),
                "since": convened.since.isoformat(),
                "until": convened.until.isoformat(),
                "until_at_first": convened.until.isoformat(),
                "state": "convened",
                "products": [],
                "by_period_end": False,
            }
            db.put(working_groups, _key(envelope, convened.group_id), {**values, **provenance(envelope)})
        case WorkingGroupExtended() as extended:
            values = {"until": extended.until.isoformat(), "extended_because": extended.reason}
            db.change(working_groups, _key(envelope, extended.group_id), values)
        case WorkingGroupDelivered() as delivered:
            _deliver(db, envelope, delivered)
        case WorkingGroupDisbanded() as disbanded:
            values = {
                "state": "ended" if disbanded.delivered else "ended_without",
                "ended": str(envelope.meta.effective_at),
                "by_period_end": disbanded.expired,
                "ended_because": disbanded.reason or None,
            }
            db.change(working_groups, _key(envelope, disbanded.group_id), values)


def _deliver(db: Rows, envelope: Envelope[Event], delivered: WorkingGroupDelivered) -> None:
    """Let the list of products grow by this event, once however often it is delivered."""
    key = _key(envelope, delivered.group_id)
    before: list[dict[str, Any]] = next((row["products"] for row in db.find(working_groups, key)), [])
    if any(product["event"] == envelope.reference for product in before):
        return
    product = {
        "event": envelope.reference,
        "what": delivered.product,
        "document": cited(delivered.document),
        "effective": str(envelope.meta.effective_at),
    }
    db.change(working_groups, key, {"state": "delivered", "products": [*before, product]})


def _key(envelope: Envelope[Event], group_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "working_group": group_id}


READ_MODELS = (ReadModel("working_groups", (working_groups,), working_group_register, WorkingGroupEvent),)
