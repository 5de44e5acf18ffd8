"""What the support team keeps around a meeting: documents sent out, points, follow-up of conclusions."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.meetings.events import (
    AbsenceApproved,
    AbsenceDeclined,
    AbsenceReported,
    AttendanceRecorded,
    ConclusionFollowUpChecked,
    MeetingConvened,
    MeetingDocumentsCirculated,
    ParticipantInvited,
    ParticipantWithdrawn,
    SubstituteAuthorised,
)
from services.meetings.tables import attendance, conclusions
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import Rows, metadata, provenance, provenance_columns

meeting_papers = Table(
    "meeting_papers",
    metadata,
    Column("committee", String, primary_key=True),
    Column("meeting", String, primary_key=True),
    Column("circulation", String, primary_key=True),  # the event that tells of it
    Column("documents", JSON, nullable=False),
    Column("sent_to", JSON, nullable=False),  # empty: to all who attend
    Column("late", Boolean, nullable=False),
    *provenance_columns(),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("committee", String, primary_key=True),
    Column("meeting", String, primary_key=True),
    Column("conclusion", String, primary_key=True),
    Column("check", String, primary_key=True),  # the event that tells of it
    Column("state", String, nullable=False),
    Column("findings", String, nullable=False),
    Column("by", String, nullable=False),
    *provenance_columns(),
)

meeting_points = Table(
    "meeting_points",
    metadata,
    Column("committee", String, primary_key=True),
    Column("meeting", String, primary_key=True),
    Column("point", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("count", Integer),  # how many points are named as one
    Column("presiding", String),
    Column("presiding_post", String),
    Column("invited", Integer, nullable=False),
    Column("present", Integer, nullable=False),  # entries of the attendance register, not heads
    Column("excused", Integer, nullable=False),
    Column("unexcused", Integer, nullable=False),
    *provenance_columns(),
)


def papers_and_checks(db: Rows, envelope: Envelope[Event], key: Mapping[str, Any]) -> None:
    """Every circulation and every check is a row; the conclusion shows the last check."""
    match envelope.event:
        case MeetingDocumentsCirculated() as circulated:
            values: dict[str, Any] = {
                "documents": [str(document) for document in circulated.documents],
                "sent_to": list(circulated.to),
                "late": circulated.late,
            }
            sent = {**key, "circulation": envelope.reference}
            db.put(meeting_papers, sent, {**values, **provenance(envelope)})
        case ConclusionFollowUpChecked() as checked:
            here = {**key, "conclusion": checked.conclusion_id}
            values = {
                "state": checked.status.value,
                "findings": checked.findings,
                "by": envelope.meta.actor.person,
            }
            db.put(follow_ups, {**here, "check": envelope.reference}, {**values, **provenance(envelope)})
            last = {
                "state": checked.status.value,
                "findings": checked.findings,
                "checked": str(envelope.meta.effective_at),
            }
            db.change(conclusions, here, last)


def points(db: Rows, envelope: Envelope[Event], key: Mapping[str, Any]) -> None:
    """Each point of a meeting with its own numbers; they are counted from the attendance each time."""
    match envelope.event:
        case MeetingConvened() as convened:
            for point in convened.points:
                told = point.model_dump(exclude={"point_id"})
                numbers = {"invited": 0, "present": 0, "excused": 0, "unexcused": 0}
                here = {**key, "point": point.point_id}
                db.put(meeting_points, here, {**told, **numbers, **provenance(envelope)})
            _count(db, key)
        case (
            ParticipantInvited()
            | ParticipantWithdrawn()
            | AttendanceRecorded()
            | AbsenceReported()
            | AbsenceApproved()
            | AbsenceDeclined()
            | SubstituteAuthorised()
        ):
            _count(db, key)


def _count(db: Rows, key: Mapping[str, Any]) -> None:
    rows = db.find(attendance, key)
    invited = Counter(row["point"] for row in rows if row["invitation"] == "invited")
    outcomes = Counter((row["point"], row["outcome"]) for row in rows)
    for point in db.find(meeting_points, key):
        here = point["point"]
        values = {
            "invited": invited[here],
            "present": outcomes[here, "present"],
            "excused": outcomes[here, "excused"] + outcomes[here, "excused_with_substitute"],
            "unexcused": outcomes[here, "unexcused"] + outcomes[here, "not_reported"],
        }
        if any(point[name] != value for name, value in values.items()):
            db.change(meeting_points, {**key, "point": here}, values)
