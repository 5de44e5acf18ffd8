"""The reports of the committees below: all that a committee sees of them (D12.2)."""

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.feedback.child.events import ChildEvent, ChildReportReceived
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

child_reports = Table(
    "child_reports",
    metadata,
    Column("committee", String, primary_key=True),
    Column("child", String, primary_key=True),
    Column("child_report", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("period", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("figures", JSON, nullable=False),
    *provenance_columns(),
)


def child_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a report; its latest version."""
    match envelope.event:
        case ChildReportReceived() as received:
            key = {
                "committee": envelope.committee,
                "child": received.child,
                "child_report": received.report_id,
            }
            values = received.model_dump(mode="json", include={"title", "period", "version", "figures"})
            db.put(child_reports, key, {**values, **provenance(envelope)})


READ_MODELS = (ReadModel("child_reports", (child_reports,), child_register, ChildEvent),)
