"""The attendance register: by meeting, point and participant (D6.1.d)."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, delete, or_

from services.meetings.events import (
    AbsenceApproved,
    AbsenceDeclined,
    AbsenceReported,
    AttendanceRecorded,
    ParticipantInvited,
    ParticipantWithdrawn,
    SubstituteAuthorised,
)
from services.meetings.tables import attendance
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import Rows, provenance

NO_POINT = ""
"""The point of a row whose participant has none, or none that is known yet."""

FACTS = (
    "post",
    "agency",
    "expert",
    "invitation",
    "absence",
    "reason_code",
    "substitute",
    "substitute_opinion",
)
"""What is known of a participant apart from where and whether the participant attended."""

ATTENDED = ("status", "count", "of_committee")
"""Whether the participant attended, as it was recorded."""

ONLY_EXPECTED: Final = delete(attendance).where(
    *(attendance.c[name] == bindparam(name) for name in ("committee", "meeting", "participant")),
    attendance.c.point != bindparam("point"),
    or_(attendance.c.status.is_(None), attendance.c.point == NO_POINT),
)
"""The rows of a participant at other points than the one at which the participant was."""


def attendance_register(db: Rows, envelope: Envelope[Event], key: Mapping[str, Any]) -> None:
    """An invitation, an absence and the attendance itself meet in one row for each point, and its outcome
    follows from them."""
    participant = _told(db, envelope, key)
    if participant is not None:
        for row in db.find(attendance, {**key, "participant": participant}):
            here = {**key, "participant": participant, "point": row["point"]}
            db.change(attendance, here, {"outcome": outcome(dict(row))})


def outcome(row: Mapping[str, Any]) -> str | None:
    """Whether a participant was there, and if not, with whose consent (D6.1.d); None who was asked to stay
    away. Of whom nothing is recorded yet, nothing is claimed."""
    if row["status"] == "present":
        return "present"
    if row["absence"] == "approved":
        return "excused_with_substitute" if row["substitute"] else "excused"
    if row["invitation"] == "withdrawn":
        return None
    if row["status"] == "absent":
        return "unexcused" if row["absence"] else "not_reported"
    return "expected"


def _told(db: Rows, envelope: Envelope[Event], key: Mapping[str, Any]) -> str | None:
    """Write what the event says of a participant; who that is."""
    match envelope.event:
        case ParticipantInvited() as invited:
            values: dict[str, Any] = {
                "post": invited.post,
                "agency": invited.agency_id,
                "expert": invited.expert,
                "invitation": "invited",
            }
            _at_point(db, envelope, key, invited.participant, invited.point_id, values)
            return invited.participant
        case ParticipantWithdrawn() as withdrawn:
            db.change(attendance, {**key, "participant": withdrawn.participant}, {"invitation": "withdrawn"})
            return withdrawn.participant
        case AttendanceRecorded() as recorded:
            values = {
                "status": recorded.status.value,
                "count": recorded.count,
                "of_committee": recorded.of_committee,
            }
            _at_point(db, envelope, key, recorded.participant, recorded.point_id, values)
            return recorded.participant
        case AbsenceReported() as reported:
            values = {"absence": "reported", "reason_code": reported.reason_code}
            _anywhere(db, envelope, key, reported.member, values)
            return reported.member
        case AbsenceApproved() as approved:
            _anywhere(db, envelope, key, approved.member, {"absence": "approved"})
            return approved.member
        case AbsenceDeclined() as declined:
            values = {"absence": "declined", "substitute": None, "substitute_opinion": None}
            _anywhere(db, envelope, key, declined.member, values)
            return declined.member
        case SubstituteAuthorised() as authorised:
            values = {
                "substitute": authorised.substitute,
                "substitute_opinion": str(authorised.opinion) if authorised.opinion else None,
            }
            _anywhere(db, envelope, key, authorised.member, values)
            return authorised.member
        case _:
            return None


def _at_point(
    db: Rows,
    envelope: Envelope[Event],
    key: Mapping[str, Any],
    participant: str,
    point_id: str | None,
    values: Mapping[str, Any],
) -> None:
    """Set values in the participant's row at this point; where no point is stated, wherever the row is.

    A new row takes over what was known of the participant, attendance too where it was recorded without a
    point, and the row of a point where the participant was only expected goes.
    """
    if point_id is None:
        return _anywhere(db, envelope, key, participant, values)
    person = {**key, "participant": participant}
    rows = db.find(attendance, person)
    values, here = {**values, **provenance(envelope)}, {**person, "point": point_id}
    if not db.change(attendance, here, values):
        known = {name: rows[0][name] for name in _goes_along(rows[0]["point"])} if rows else {"expert": False}
        db.put(attendance, here, {**known, **values})
    db.execute(ONLY_EXPECTED, here)
    return None


def _goes_along(point: str) -> tuple[str, ...]:
    return (*FACTS, *ATTENDED) if point == NO_POINT else FACTS


def _anywhere(
    db: Rows,
    envelope: Envelope[Event],
    key: Mapping[str, Any],
    participant: str,
    values: Mapping[str, Any],
) -> None:
    """Set values in every row of a participant, and in one without a point where there is none."""
    person = {**key, "participant": participant}
    values = {**values, **provenance(envelope)}
    if not db.change(attendance, person, values):
        db.put(attendance, {**person, "point": NO_POINT}, {"expert": False, **values})
