"""The reporting discipline of each agency: due, sent, accepted or returned, days late (D5.2.b, D11.3)."""

from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.feedback.report.events import (
    ReportAccepted,
    ReportEvent,
    ReportOverdue,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportReturned,
    ReportSubmitted,
)
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import AgencyId, Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

reports = Table(
    "reports",
    metadata,
    Column("committee", String, primary_key=True),
    Column("request", String, primary_key=True),
    Column("agency", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("period", String),
    Column("state", String, nullable=False),  # asked, accepted, returned, overdue, silent, transferred
    Column("due", String),
    Column("due_latest", String),
    Column("submitted", String),  # the day on which the latest version came
    Column("version", Integer),
    Column("late", Boolean, nullable=False),  # once late, always late
    Column("days_late", Integer, nullable=False),
    Column("overdue_since", String),  # the last deadline that passed in silence
    Column("missing", JSON, nullable=False),
    Column("reasons", String),
    Column("successors", JSON, nullable=False),
    Column("field_values", JSON, nullable=False),
    Column("report_document", String),
    *provenance_columns(),
)
"""One row for each agency that is or was asked."""


def discipline_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row for each agency and request: due, sent, accepted or returned, how many days late."""
    match envelope.event:
        case ReportRequested() as requested:
            about = {
                "title": requested.title,
                "period": requested.period,
                **due_values(requested.due),
            }
            for agency in requested.to:
                _owes(db, envelope, requested.request_id, agency, about)
        case ReportSubmitted() as sent:
            _sent(db, envelope, sent)
        case ReportAccepted() as accepted:
            key = _of(envelope, accepted.request_id, accepted.agency_id)
            db.change(reports, key, {"state": "accepted", "missing": [], "reasons": None})
        case ReportReturned() as returned:
            _returned(db, envelope, returned)
        case ReportOverdue() as overdue:
            values = {"state": "overdue", "overdue_since": str(overdue.due.latest or overdue.due.wording)}
            db.change(reports, _of(envelope, overdue.request_id, overdue.agency_id), values)
        case ReportRequestExtended() as extended:
            key = request_key(envelope, extended.request_id)
            db.change(reports, key, due_values(extended.due))
            db.change(reports, {**key, "state": "overdue"}, {"state": "asked"})
        case ReportRequestTransferred() as moved:
            _transferred(db, envelope, moved)
        case ReportRequestClosed() as closed:
            key = request_key(envelope, closed.request_id)
            for state in ("asked", "overdue"):
                db.change(reports, {**key, "state": state}, {"state": "silent"})


def _owes(
    db: Rows, envelope: Envelope[Event], request_id: str, agency: AgencyId, about: dict[str, Any]
) -> None:
    values = {
        **about,
        "state": "asked",
        "submitted": None,
        "version": None,
        "late": False,
        "days_late": 0,
        "overdue_since": None,
        "missing": [],
        "reasons": None,
        "successors": [],
        "field_values": {},
        "report_document": None,
        **provenance(envelope),
    }
    db.put_first(reports, _of(envelope, request_id, agency), values)


def _sent(db: Rows, envelope: Envelope[Event], sent: ReportSubmitted) -> None:
    """The latest version. Whether it came late counts while nothing is accepted, as in the tally."""
    key = _of(envelope, sent.request_id, sent.agency_id)
    for row in db.find(reports, key):
        counts = sent.late and row["state"] != "accepted"
        values = {
            "submitted": str(envelope.meta.effective_at),
            "version": sent.version,
            "late": row["late"] or counts,
            "days_late": max(row["days_late"], sent.days_late if counts else 0),
            "field_values": sent.model_dump(mode="json")["values"],
            "report_document": cited(sent.document),
        }
        db.change(reports, key, values)


def _returned(db: Rows, envelope: Envelope[Event], returned: ReportReturned) -> None:
    """What is returned for its content, or was never accepted, is owed again."""
    key = _of(envelope, returned.request_id, returned.agency_id)
    lacks = [*returned.missing, *returned.wrong]
    values: dict[str, Any] = {"missing": lacks, "reasons": returned.reasons}
    db.change(reports, key, values)
    for row in db.find(reports, key):
        if row["state"] != "accepted" or returned.reasons is not None:
            db.change(reports, key, {"state": "returned"})


def _transferred(db: Rows, envelope: Envelope[Event], moved: ReportRequestTransferred) -> None:
    ended = _of(envelope, moved.request_id, moved.from_agency)
    for row in db.find(reports, ended):
        about = {name: row[name] for name in ("title", "period", "due", "due_latest")}
        for agency in moved.to:
            _owes(db, envelope, moved.request_id, agency, about)
    db.change(reports, ended, {"state": "transferred", "successors": list(moved.to)})


def due_values(due: Deadline) -> dict[str, Any]:
    return {"due": due.wording, "due_latest": due.latest.isoformat() if due.latest else None}


def request_key(envelope: Envelope[Event], request_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "request": request_id}


def _of(envelope: Envelope[Event], request_id: str, agency: AgencyId) -> dict[str, str]:
    return {**request_key(envelope, request_id), "agency": agency}


READ_MODELS = (ReadModel("reports", (reports,), discipline_register, ReportEvent),)
