"""The register of reminders: who was reminded of what, and when (D5.2.b, D7.3, D7.8)."""

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.tasks.reminder.events import About, ReminderEvent, ReminderIssued
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

reminders = Table(
    "reminders",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("task", String),
    Column("inspection", String),
    Column("finding", String),
    Column("round", String),
    Column("request", String),
    Column("agencies", JSON, nullable=False),
    Column("reminded_seats", JSON, nullable=False),
    Column("due", String, nullable=False),
    Column("due_latest", String),
    Column("days", Integer, nullable=False),  # after the deadline; before it where negative
    Column("issued", String, nullable=False),
    *provenance_columns(),
)

NAMED_IN = {
    About.TASK: "task",
    About.ACTION_PLAN: "task",
    About.FINDING: "inspection",
    About.OPINION_ROUND: "round",
    About.REPORT: "request",
}
"""The column that names what a reminder of each kind is about."""


def reminder_list(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a reminder."""
    match envelope.event:
        case ReminderIssued() as reminder:
            key = {"committee": envelope.committee, "event_id": str(envelope.event_id)}
            named = dict.fromkeys(NAMED_IN.values())
            values = {
                **named,
                NAMED_IN[reminder.about]: reminder.about_id,
                "finding": reminder.finding_id,
                "kind": reminder.about.value,
                "title": reminder.title,
                "agencies": list(reminder.agencies),
                "reminded_seats": list(reminder.seats),
                "due": reminder.due.wording,
                "due_latest": reminder.due.latest.isoformat() if reminder.due.latest else None,
                "days": reminder.days,
                "issued": reminder.issued_on.isoformat(),
            }
            db.put(reminders, key, {**values, **provenance(envelope)})


READ_MODELS = (ReadModel("reminders", (reminders,), reminder_list, ReminderEvent),)
