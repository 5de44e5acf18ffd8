"""The register of quarters: what was held in each, what covers it, and whether it is over (D8.1)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Boolean, Column, RowMapping, String, Table
from sqlalchemy.types import JSON

from services.meetings.events import (
    AttendanceRecorded,
    ConclusionIssued,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingEvent,
    MeetingKind,
    MeetingOpened,
    MeetingPostponed,
    MinutesApproved,
)
from services.meetings.quarter.events import QuarterEnded
from services.meetings.quarter.periods import Period
from shared.dates import Moment
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

quarters = Table(
    "quarters",
    metadata,
    Column("committee", String, primary_key=True),
    Column("quarter", String, primary_key=True),
    Column("first", String, nullable=False),
    Column("last", String, nullable=False),
    Column("state", String, nullable=False),  # due, met, met_late, no_evidence
    Column("covering", JSON, nullable=False),  # meetings that took place and cover it, whenever held
    Column("held_in", JSON, nullable=False),  # meetings that took place in it, whatever they cover
    Column("convened", JSON, nullable=False),  # called for it, and nothing more is recorded of them
    Column("ended", String),
    *provenance_columns(),
)

periodic_meetings = Table(
    "periodic_meetings",
    metadata,
    Column("committee", String, primary_key=True),
    Column("meeting", String, primary_key=True),
    Column("held", String, nullable=False),
    Column("quarter", String),
    Column("took_place", Boolean, nullable=False),  # something is recorded that only happens at a meeting
    Column("cancelled", Boolean, nullable=False),
    *provenance_columns(),
)


def quarter_register(db: Rows, envelope: Envelope[Event]) -> None:
    """Quarters that ended, and those that a periodic meeting covers; each time counted anew."""
    match envelope.event:
        case QuarterEnded() as ended:
            if (period := Period.named(ended.quarter)) is not None:
                known = _of(db, envelope.committee)
                over = {"ended": str(ended.seen or envelope.meta.effective_at)}
                _write(db, envelope, period, known, {**over, **provenance(envelope)})
        case MeetingConvened(kind=MeetingKind.PERIODIC) as convened:
            values: dict[str, Any] = {
                "held": convened.held,
                "quarter": convened.quarter,
                "took_place": envelope.meta.source is not None,
                "cancelled": False,
            }
            key = {"committee": envelope.committee, "meeting": convened.meeting_id}
            db.put(periodic_meetings, key, {**values, **provenance(envelope)})
            _look(db, envelope)
        case MeetingPostponed() as moved:
            _change(db, envelope, moved.meeting_id, {"held": moved.held})
        case MeetingCancelled() as cancelled:
            _change(db, envelope, cancelled.meeting_id, {"cancelled": True})
        case (
            MeetingOpened(meeting_id=meeting_id)
            | MeetingClosed(meeting_id=meeting_id)
            | AttendanceRecorded(meeting_id=meeting_id)
            | ConclusionIssued(meeting_id=meeting_id)
            | MinutesApproved(meeting_id=meeting_id)
        ):
            _change(db, envelope, meeting_id, {"took_place": True})


def _change(db: Rows, envelope: Envelope[Event], meeting_id: str, values: dict[str, Any]) -> None:
    """What is new of a periodic meeting; the quarters are looked at only where something is."""
    key = {"committee": envelope.committee, "meeting": meeting_id}
    for row in db.find(periodic_meetings, key):
        if any(row[name] != value for name, value in values.items()):
            db.change(periodic_meetings, key, values)
            _look(db, envelope)


def _of(db: Rows, committee: str) -> Sequence[RowMapping]:
    """The committee's periodic meetings, without those called off."""
    return db.find(periodic_meetings, {"committee": committee, "cancelled": False})


def _look(db: Rows, envelope: Envelope[Event]) -> None:
    """Write every quarter that is known, or that a meeting covers, as the meetings now are."""
    meetings = _of(db, envelope.committee)
    there = {row["quarter"] for row in db.find(quarters, {"committee": envelope.committee})}
    for name in sorted(there | {row["quarter"] for row in meetings if row["quarter"]}):
        if (period := Period.named(name)) is not None:
            values = {} if period.name in there else provenance(envelope)
            _write(db, envelope, period, meetings, values)


def _write(
    db: Rows,
    envelope: Envelope[Event],
    period: Period,
    meetings: Sequence[RowMapping],
    values: Mapping[str, Any],
) -> None:
    key = {"committee": envelope.committee, "quarter": period.name}
    known = db.find(quarters, key)
    ended = values.get("ended") or (known[0]["ended"] if known else None)
    took_place = [row for row in meetings if row["took_place"]]
    covering = [row for row in took_place if row["quarter"] == period.name]
    held_in = [row for row in took_place if period.holds(Moment(row["held"]))]
    convened = [
        row
        for row in meetings
        if not row["took_place"] and (row["quarter"] == period.name or period.holds(Moment(row["held"])))
    ]
    told = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "state": _state(period, covering, held_in, ended is not None),
        "covering": _ids(covering),
        "held_in": _ids(held_in),
        "convened": _ids(convened),
        "ended": ended,
        **values,
    }
    if known or "event" not in told:
        db.change(quarters, key, told)
    else:
        db.put(quarters, key, told)


def _state(period: Period, covering: Iterable[RowMapping], held_in: Iterable[RowMapping], ended: bool) -> str:
    """Met by a meeting that covers it, or one held in it that says of no quarter that it covers it."""
    days = [Moment(row["held"]) for row in covering]
    if any(not period.certainly_before(day) for day in days) or any(not row["quarter"] for row in held_in):
        return "met"
    if days:
        return "met_late"
    return "no_evidence" if ended else "due"


def _ids(rows: Iterable[RowMapping]) -> list[str]:
    return [row["meeting"] for row in rows]


READ_MODELS = (
    ReadModel("quarters", (quarters, periodic_meetings), quarter_register, MeetingEvent | QuarterEnded),
)
