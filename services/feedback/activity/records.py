"""Activity reports with their figures and the events behind each of them (D7.7)."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.feedback.activity.events import (
    ActivityEvent,
    ActivityReportCorrected,
    ActivityReportIssued,
    ReportFigure,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

activity_reports = Table(
    "activity_reports",
    metadata,
    Column("committee", String, primary_key=True),
    Column("activity_report", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("period", String, nullable=False),
    Column("text", String, nullable=False),
    Column("report_document", String),
    Column("figure_count", Integer, nullable=False),
    Column("corrected", String),  # the day of the last correction
    Column("corrected_because", String),
    *provenance_columns(),
)

activity_figures = Table(
    "activity_figures",
    metadata,
    Column("committee", String, primary_key=True),
    Column("activity_report", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("label", String, nullable=False),
    Column("kind", String, nullable=False),  # count, sum
    Column("value", BigInteger, nullable=False),
    Column("unit", String),
    Column("remark", String),
    Column("evidence", JSON, nullable=False),
    *provenance_columns(),
)
"""The figures that stand; the provenance of one is the event that reported or corrected it last."""


def activity_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a report, one row a figure; a correction changes the figures that it names."""
    match envelope.event:
        case ActivityReportIssued() as issued:
            values = {
                "title": issued.title,
                "period": issued.period,
                "text": issued.text,
                "report_document": cited(issued.document),
                "figure_count": len(issued.figures),
                "corrected": None,
                "corrected_because": None,
                **provenance(envelope),
            }
            db.put(activity_reports, _key(envelope, issued.report_id), values)
            _figures(db, envelope, issued.report_id, issued.figures, {one.key for one in issued.figures})
        case ActivityReportCorrected() as corrected:
            values = {
                "figure_count": len(corrected.figures),
                "corrected": str(envelope.meta.effective_at),
                "corrected_because": corrected.reason,
            }
            db.change(activity_reports, _key(envelope, corrected.report_id), values)
            _figures(db, envelope, corrected.report_id, corrected.figures, set(corrected.corrected))


def _figures(
    db: Rows, envelope: Envelope[Event], report_id: str, figures: Sequence[ReportFigure], told: set[str]
) -> None:
    for place, one in enumerate(figures, start=1):
        if one.key in told:
            values = one.model_dump(mode="json", exclude={"key"})
            key = {**_key(envelope, report_id), "key": one.key}
            db.put(activity_figures, key, {"place": place, **values, **provenance(envelope)})


def _key(envelope: Envelope[Event], report_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "activity_report": report_id}


READ_MODELS = (
    ReadModel("activity_reports", (activity_reports, activity_figures), activity_register, ActivityEvent),
)
