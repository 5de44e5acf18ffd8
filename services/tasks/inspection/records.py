"""The inspection file: every inspection, every finding, with all their steps (D11.1, D7.8)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.tasks.inspection.events import (
    FindingOverdue,
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    InspectionCancelled,
    InspectionClosed,
    InspectionConducted,
    InspectionEvent,
    InspectionScheduled,
    InspectionTransferred,
    RemedyConfirmed,
)
from services.tasks.trails import entry, grown
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

inspections = Table(
    "inspections",
    metadata,
    Column("committee", String, primary_key=True),
    Column("inspection", String, primary_key=True),
    Column("subject", String, nullable=False),
    Column("agencies", JSON, nullable=False),  # who answers for it
    Column("programme", String),  # the inspection plan that it belongs to
    Column("decision", String),
    Column("planned", String),
    Column("planned_latest", String),
    Column("state", String, nullable=False),
    Column("conducted", String),
    Column("inspectors", String),
    Column("findings", Integer, nullable=False),
    Column("findings_open", Integer, nullable=False),
    Column("findings_overdue", Integer, nullable=False),
    Column("conclusion", String),
    Column("conclusion_document", String),
    Column("left_open", JSON, nullable=False),
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
)

findings = Table(
    "findings",
    metadata,
    Column("committee", String, primary_key=True),
    Column("inspection", String, primary_key=True),
    Column("finding", String, primary_key=True),
    Column("text", String, nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("deadline_wording", String),
    Column("deadline_latest", String),
    Column("state", String, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("late", Boolean),
    Column("how", String),
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
)


def inspection_file(db: Rows, envelope: Envelope[Event]) -> None:
    """One row an inspection and one row a finding, as they stand."""
    match envelope.event:
        case InspectionScheduled() as scheduled:
            row = _inspection(envelope, scheduled.inspection_id)
            db.put(inspections, row, _fresh(envelope, scheduled))
        case InspectionTransferred() as moved:
            answering = {"agencies": list(moved.agencies)}
            _step(db, envelope, moved.inspection_id, answering, reason=moved.reason, **answering)
            db.change(findings, _inspection(envelope, moved.inspection_id), answering)
        case InspectionConducted() as held:
            values: dict[str, Any] = {"state": "conducted", "conducted": str(held.on), "inspectors": held.by}
            _step(db, envelope, held.inspection_id, values)
        case FindingRecorded() as found:
            row = {**_inspection(envelope, found.inspection_id), "finding": found.finding_id}
            db.put(findings, row, _found(db, envelope, found))
            _count(db, envelope, found.inspection_id)
        case FindingRemedied() as remedied:
            values = {"state": "remedied", "how": remedied.how, "late": remedied.late}
            _finding(db, envelope, remedied, values, how=remedied.how, agency=remedied.agency)
        case RemedyConfirmed() as confirmed:
            _finding(
                db, envelope, confirmed, {"state": "confirmed", "overdue": False}, remark=confirmed.remark
            )
        case FindingReopened() as again:
            due = {**_deadline(again.remedy_by), "overdue": False} if again.remedy_by else {}
            values = {"state": "open", "how": None, "late": None, **due}  # it was none; the steps keep it
            _finding(db, envelope, again, values, reason=again.reason, **due)
        case FindingOverdue() as overdue:
            _finding(db, envelope, overdue, {"overdue": True}, deadline=overdue.remedy_by.wording)
        case InspectionClosed() as closed:
            values = {
                "state": "closed",
                "conclusion": closed.conclusion,
                "conclusion_document": cited(closed.document),
                "left_open": list(closed.left_open),
            }
            _step(db, envelope, closed.inspection_id, values, conclusion=closed.conclusion)
        case InspectionCancelled() as cancelled:
            values = {"state": "cancelled"}
            _step(db, envelope, cancelled.inspection_id, values, reason=cancelled.reason)


def _fresh(envelope: Envelope[Event], scheduled: InspectionScheduled) -> dict[str, Any]:
    return {
        "subject": scheduled.subject,
        "agencies": [scheduled.agency_id],
        "programme": scheduled.plan,
        "decision": str(scheduled.decision) if scheduled.decision else None,
        "planned": scheduled.on.wording if scheduled.on else None,
        "planned_latest": _day(scheduled.on),
        "state": "scheduled",
        "conducted": None,
        "inspectors": None,
        "findings": 0,
        "findings_open": 0,
        "findings_overdue": 0,
        "conclusion": None,
        "conclusion_document": None,
        "left_open": [],
        "steps": [entry(envelope)],
        **provenance(envelope),
    }


def _found(db: Rows, envelope: Envelope[Event], found: FindingRecorded) -> dict[str, Any]:
    inspected = db.find(inspections, _inspection(envelope, found.inspection_id))
    return {
        "text": found.finding,
        "agencies": inspected[0]["agencies"] if inspected else [],
        **_deadline(found.remedy_by),
        "state": "open",
        "overdue": False,
        "late": None,
        "how": None,
        "steps": [entry(envelope)],
        **provenance(envelope),
    }


def _finding(
    db: Rows,
    envelope: Envelope[Event],
    event: FindingRemedied | RemedyConfirmed | FindingReopened | FindingOverdue,
    values: Mapping[str, Any],
    **said: Any,
) -> None:
    key = {**_inspection(envelope, event.inspection_id), "finding": event.finding_id}
    steps = grown(db, findings, findings.c.steps, key, entry(envelope, **said))
    db.change(findings, key, {**values, "steps": steps})
    _count(db, envelope, event.inspection_id)


def _count(db: Rows, envelope: Envelope[Event], inspection_id: str) -> None:
    """The numbers of an inspection follow from its findings."""
    key = _inspection(envelope, inspection_id)
    found = db.find(findings, key)
    values = {
        "findings": len(found),
        "findings_open": sum(one["state"] != "confirmed" for one in found),
        "findings_overdue": sum(bool(one["overdue"]) for one in found),
    }
    db.change(inspections, key, values)


def _step(
    db: Rows, envelope: Envelope[Event], inspection_id: str, values: Mapping[str, Any], **said: Any
) -> None:
    key = _inspection(envelope, inspection_id)
    steps = grown(db, inspections, inspections.c.steps, key, entry(envelope, **said))
    db.change(inspections, key, {**values, "steps": steps})


def _deadline(deadline: Deadline | None) -> dict[str, str | None]:
    wording = deadline.wording if deadline else None
    return {"deadline_wording": wording, "deadline_latest": _day(deadline)}


def _day(deadline: Deadline | None) -> str | None:
    return deadline.latest.isoformat() if deadline and deadline.latest else None


def _inspection(envelope: Envelope[Event], inspection_id: str) -> dict[str, Any]:
    return {"committee": envelope.committee, "inspection": inspection_id}


READ_MODELS = (ReadModel("inspections", (inspections, findings), inspection_file, InspectionEvent),)
