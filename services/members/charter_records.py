"""The records of a committee's regulation and of the committees under it (D1, D12)."""

from typing import Any

from sqlalchemy import Column, String, Table
from sqlalchemy.types import JSON

from services.members.events import (
    ChildCommitteeRegistered,
    CommitteeEvent,
    RegulationAdopted,
    RegulationAmended,
)
from services.members.parameters import STANDARD
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

regulations = Table(
    "regulations",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("regulation", String, nullable=False),
    Column("title", String, nullable=False),
    Column("amendment", String),
    Column("replaces", String),
    Column("parameters", JSON),
    Column("since", String, nullable=False),
    Column("until", String),
    *provenance_columns(),
)

child_committees = Table(
    "child_committees",
    metadata,
    Column("committee", String, primary_key=True),
    Column("child", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("since", String, nullable=False),
    *provenance_columns(),
)


def parameters_of(event: RegulationAdopted | RegulationAmended) -> dict[str, Any] | None:
    """The whole set from then on: a regulation that sets none has the usual one, an amendment leaves it."""
    usual = STANDARD if isinstance(event, RegulationAdopted) else None
    set_now = event.parameters or usual
    return set_now.model_dump(mode="json") if set_now else None


def regulation_register(db: Rows, envelope: Envelope[Event]) -> None:
    """Every adoption and amendment, from its day until another regulation took its place (D1.1, D12.1)."""
    day = str(envelope.meta.effective_at)
    key = {"committee": envelope.committee, "event_id": str(envelope.event_id)}
    match envelope.event:
        case RegulationAdopted() as adopted:
            if adopted.replaces is not None:
                before = {"committee": envelope.committee, "regulation": str(adopted.replaces), "until": None}
                db.change(regulations, before, {"until": day})
            values = {
                "kind": "adoption",
                "regulation": str(adopted.regulation),
                "title": adopted.title,
                "amendment": None,
                "replaces": str(adopted.replaces) if adopted.replaces else None,
                "parameters": parameters_of(adopted),
                "since": day,
                "until": None,
            }
            db.put(regulations, key, {**values, **provenance(envelope)})
        case RegulationAmended() as amended:
            values = {
                "kind": "amendment",
                "regulation": str(amended.regulation),
                "title": amended.summary,
                "amendment": str(amended.amendment),
                "replaces": None,
                "parameters": parameters_of(amended),
                "since": day,
                "until": None,
            }
            db.put(regulations, key, {**values, **provenance(envelope)})


def child_committee_list(db: Rows, envelope: Envelope[Event]) -> None:
    """The committees that stand under this one, by their names of the day (D12.2)."""
    match envelope.event:
        case ChildCommitteeRegistered() as registered:
            key = {"committee": envelope.committee, "child": registered.child}
            values = {"name": registered.name, "since": str(envelope.meta.effective_at)}
            db.put_first(child_committees, key, {**values, **provenance(envelope)})
            db.change(child_committees, key, {"name": registered.name})


READ_MODELS = (
    ReadModel("regulations", (regulations,), regulation_register, CommitteeEvent),
    ReadModel("child_committees", (child_committees,), child_committee_list, CommitteeEvent),
)
