"""Templates, requests for reports, reporting regimes; what each agency owes is in `discipline.py`."""

from typing import Any

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.feedback.report import discipline
from services.feedback.report.discipline import due_values, request_key
from services.feedback.report.events import (
    RegimeEvent,
    ReportEvent,
    ReportRegimeEnded,
    ReportRegimeSet,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    TemplateDefined,
    TemplateEvent,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

templates = Table(
    "report_templates",
    metadata,
    Column("committee", String, primary_key=True),
    Column("template", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", String, nullable=False),
    Column("fields", JSON, nullable=False),
    *provenance_columns(),
)

requests = Table(
    "report_requests",
    metadata,
    Column("committee", String, primary_key=True),
    Column("request", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("state", String, nullable=False),  # open, closed
    Column("period", String),
    Column("reporters", JSON, nullable=False),  # who is asked now
    Column("due", String),
    Column("due_latest", String),
    Column("first_due", String),
    Column("extended_because", String),
    Column("template", String),
    Column("version", Integer),
    Column("fields", JSON, nullable=False),
    Column("regime", String),
    Column("from_conclusion", String),
    Column("requested_by", String),
    Column("on_time", Integer),  # the tally, once it is closed
    Column("late_count", Integer),
    Column("returned_count", Integer),
    Column("silent_count", Integer),
    *provenance_columns(),
)

regimes = Table(
    "report_regimes",
    metadata,
    Column("committee", String, primary_key=True),
    Column("regime", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("state", String, nullable=False),  # in_force, ended
    Column("rhythm", String, nullable=False),
    Column("reporters", JSON, nullable=False),
    Column("due_days", Integer, nullable=False),
    Column("since", String, nullable=False),
    Column("until", String),
    Column("ended_because", String),
    Column("template", String),
    Column("version", Integer),
    Column("from_conclusion", String),
    *provenance_columns(),
)


def template_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a version of a template."""
    match envelope.event:
        case TemplateDefined() as defined:
            key = {
                "committee": envelope.committee,
                "template": defined.template_id,
                "version": defined.version,
            }
            values = defined.model_dump(mode="json", include={"title", "fields"})
            db.put(templates, key, {**values, **provenance(envelope)})


def request_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a request, with its tally once it is closed."""
    match envelope.event:
        case ReportRequested() as requested:
            db.put(requests, request_key(envelope, requested.request_id), _fresh(envelope, requested))
        case ReportRequestExtended() as extended:
            values = {**due_values(extended.due), "extended_because": extended.reason}
            db.change(requests, request_key(envelope, extended.request_id), values)
        case ReportRequestTransferred() as moved:
            db.change(requests, request_key(envelope, moved.request_id), {"reporters": list(moved.asked)})
        case ReportRequestClosed() as closed:
            tally = closed.tally
            values = {
                "state": "closed",
                "on_time": tally.on_time,
                "late_count": tally.late,
                "returned_count": tally.returned,
                "silent_count": tally.silent,
            }
            db.change(requests, request_key(envelope, closed.request_id), values)


def _fresh(envelope: Envelope[Event], requested: ReportRequested) -> dict[str, Any]:
    """The row of a request on the day that it was made."""
    return {
        **requested.model_dump(
            mode="json",
            include={"title", "period", "version", "fields", "from_conclusion", "requested_by"},
        ),
        "state": "open",
        "reporters": list(requested.to),
        **due_values(requested.due),
        "first_due": requested.due.wording,
        "extended_because": None,
        "template": requested.template_id,
        "regime": requested.regime_id,
        **dict.fromkeys(("on_time", "late_count", "returned_count", "silent_count")),
        **provenance(envelope),
    }


def regime_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a regime, with the terms that were set last."""
    match envelope.event:
        case ReportRegimeSet() as terms:
            values = {
                **terms.model_dump(
                    mode="json",
                    include={"title", "rhythm", "due_days", "since", "version", "from_conclusion"},
                ),
                "state": "in_force",
                "reporters": list(terms.to),
                "template": terms.template_id,
                "until": None,
                "ended_because": None,
                **provenance(envelope),
            }
            db.put(regimes, {"committee": envelope.committee, "regime": terms.regime_id}, values)
        case ReportRegimeEnded() as ended:
            key = {"committee": envelope.committee, "regime": ended.regime_id}
            values = {
                "state": "ended",
                "until": str(envelope.meta.effective_at),
                "ended_because": ended.reason,
            }
            db.change(regimes, key, values)


READ_MODELS = (
    ReadModel("report_templates", (templates,), template_register, TemplateEvent),
    ReadModel("report_requests", (requests,), request_register, ReportEvent),
    *discipline.READ_MODELS,
    ReadModel("report_regimes", (regimes,), regime_register, RegimeEvent),
)
