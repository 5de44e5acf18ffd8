"""The tables of what is counted: they are filled for one question, and stand in no database.

`whose` is an agency, or `seat:` and the id of a seat that no agency has; `evidence` are the events
(`stream@revision`) that were counted.
"""

from typing import Final

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table
from sqlalchemy.types import JSON

metadata: Final = MetaData(schema="records")


def _counts() -> list[Column[int]]:
    """What was due, and how it came; the rate is in percent of what came or should have come by now."""
    return [
        Column("times_asked", Integer, nullable=False),
        Column("on_time", Integer, nullable=False),
        Column("late_count", Integer, nullable=False),
        Column("silent_count", Integer, nullable=False),
        Column("waiting_count", Integer, nullable=False),
        Column("on_time_rate", Integer),
    ]


opinion_discipline: Final = Table(
    "counted_opinions",
    metadata,
    Column("committee", String, primary_key=True),
    Column("whose", String, primary_key=True),
    Column("asked_seats", JSON, nullable=False),
    *_counts(),
    Column("evidence", JSON, nullable=False),
)

reporting_discipline: Final = Table(
    "counted_reports",
    metadata,
    Column("committee", String, primary_key=True),
    Column("whose", String, primary_key=True),
    *_counts(),
    Column("returned_count", Integer, nullable=False),  # lie returned now, whenever they came
    Column("days_late", Integer, nullable=False),  # of the latest report of all
    Column("evidence", JSON, nullable=False),
)

overdue_tasks: Final = Table(
    "counted_tasks",
    metadata,
    Column("committee", String, primary_key=True),
    Column("whose", String, primary_key=True),
    Column("task", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("deadline_wording", String),
    Column("deadline_latest", String),
    Column("days_late", Integer),
    Column("noticed", Boolean, nullable=False),  # by the clock, with an event of its own
    Column("evidence", JSON, nullable=False),
)
