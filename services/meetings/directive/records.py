"""The directives register, and who acknowledged which directive (D4.2, D5.2, D11.1)."""

from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.meetings.directive.events import (
    AcknowledgementOverdue,
    DirectiveAcknowledged,
    DirectiveEvent,
    DirectiveIssued,
    DirectiveReaddressed,
    DirectiveWithdrawn,
)
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

directives = Table(
    "directives",
    metadata,
    Column("committee", String, primary_key=True),
    Column("directive", String, primary_key=True),
    Column("text", String, nullable=False),
    Column("addressees", JSON, nullable=False),  # for whom it is now; the support team by its id
    Column("about", String),
    Column("by", String, nullable=False),
    Column("capacity", String, nullable=False),
    Column("due", String),  # the words of the time limit
    Column("due_latest", String),
    Column("acknowledged", Integer, nullable=False),
    Column("silent", JSON, nullable=False),
    Column("state", String, nullable=False),  # issued, acknowledged (by all), overdue, withdrawn
    Column("state_because", String),
    *provenance_columns(),
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("committee", String, primary_key=True),
    Column("directive", String, primary_key=True),
    Column("agency", String, primary_key=True),
    Column("state", String, nullable=False),  # awaited, acknowledged, overdue, handed_on, withdrawn
    Column("acknowledged_on", String),
    Column("measures", String),
    Column("late", Boolean, nullable=False),
    Column("due_latest", String),
    Column("successors", JSON, nullable=False),
    *provenance_columns(),
)

GONE = ("handed_on", "withdrawn")


def directive_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a directive, and one for each addressee; the sums are counted from those each time."""
    if not isinstance(envelope.event, DirectiveEvent):
        return
    key = {"committee": envelope.committee, "directive": envelope.event.directive_id}
    match envelope.event:
        case DirectiveIssued() as issued:
            _issued(db, envelope, key, issued)
        case DirectiveAcknowledged() as told:
            here = {**key, "agency": told.agency_id}
            known = [row["acknowledged_on"] for row in db.find(acknowledgements, here)]
            values = {
                "state": "acknowledged",
                # a later word adds measures; in time or late was the first
                "acknowledged_on": next(filter(None, known), str(envelope.meta.effective_at)),
                "measures": told.measures,
                "late": told.late,
                **provenance(envelope),
            }
            db.change(acknowledgements, here, values)
        case AcknowledgementOverdue() as missed:
            db.change(acknowledgements, {**key, "agency": missed.agency_id}, {"state": "overdue"})
        case DirectiveReaddressed() as moved:
            gone = {"state": "handed_on", "successors": list(moved.to)}
            db.change(acknowledgements, {**key, "agency": moved.from_agency}, gone)
            for heir in moved.to:
                _await(db, envelope, {**key, "agency": heir}, moved.acknowledge_by)
        case DirectiveWithdrawn() as withdrawn:
            for row in db.find(acknowledgements, key):
                if row["state"] in ("awaited", "overdue"):
                    db.change(acknowledgements, {**key, "agency": row["agency"]}, {"state": "withdrawn"})
            db.change(directives, key, {"state": "withdrawn", "state_because": withdrawn.reason})
    _sum(db, key)


def _issued(db: Rows, envelope: Envelope[Event], key: dict[str, Any], issued: DirectiveIssued) -> None:
    due = issued.acknowledge_by
    values: dict[str, Any] = {
        "text": issued.text,
        "addressees": list(issued.addressees),
        "about": issued.about,
        "by": envelope.meta.actor.person,
        "capacity": envelope.meta.actor.capacity,
        "due": due.wording if due else None,
        "due_latest": _latest(due),
        "acknowledged": 0,
        "silent": list(issued.addressees),
        "state": "issued",
        "state_because": None,
    }
    db.put(directives, key, {**values, **provenance(envelope)})
    for agency in issued.addressees:
        _await(db, envelope, {**key, "agency": agency}, due)


def _await(db: Rows, envelope: Envelope[Event], key: dict[str, Any], due: Deadline | None) -> None:
    """A row for an addressee who has not acknowledged; one that has keeps its own."""
    if any(row["state"] not in GONE for row in db.find(acknowledgements, key)):
        return
    values: dict[str, Any] = {
        "state": "awaited",
        "acknowledged_on": None,
        "measures": None,
        "late": False,
        "due_latest": _latest(due),
        "successors": [],
    }
    db.put(acknowledgements, key, {**values, **provenance(envelope)})


def _latest(due: Deadline | None) -> str | None:
    return due.latest.isoformat() if due and due.latest else None


def _sum(db: Rows, key: dict[str, Any]) -> None:
    rows = [row for row in db.find(acknowledgements, key) if row["state"] != "handed_on"]
    silent = [row["agency"] for row in rows if row["state"] in ("awaited", "overdue")]
    for directive in db.find(directives, key):
        values: dict[str, Any] = {
            "addressees": [row["agency"] for row in rows],
            "acknowledged": sum(row["state"] == "acknowledged" for row in rows),
            "silent": silent,
        }
        if directive["state"] != "withdrawn":
            values["state"] = _state([row["state"] for row in rows])
        db.change(directives, key, values)


def _state(states: list[str]) -> str:
    if "overdue" in states:
        return "overdue"
    return "acknowledged" if states and set(states) == {"acknowledged"} else "issued"


READ_MODELS = (ReadModel("directives", (directives, acknowledgements), directive_register, DirectiveEvent),)
