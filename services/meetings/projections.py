"""The records of meetings: the register, the agenda, the conclusions; and all read models of this context."""

from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Table, bindparam, func, select

from services.meetings.casefile import records as casefile_records
from services.meetings.directive import records as directive_records
from services.meetings.document import records as document_records
from services.meetings.events import (
    AgendaItemAccepted,
    AgendaItemNoted,
    AgendaItemProposed,
    AgendaItemReturned,
    ConclusionIssued,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingEvent,
    MeetingOpened,
    MeetingPostponed,
    MinutesApproved,
    OpinionEvent,
    PresidingChanged,
)
from services.meetings.opinion.records import opinion_register
from services.meetings.projections_attendance import attendance_register
from services.meetings.proposal import records as proposal_records
from services.meetings.quarter import records as quarter_records
from services.meetings.support.records import (
    follow_ups,
    meeting_papers,
    meeting_points,
    papers_and_checks,
    points,
)
from services.meetings.tables import agenda, attendance, conclusions, meetings, opinion_rounds, opinions
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, provenance


def meeting_file(db: Rows, envelope: Envelope[Event]) -> None:
    """Everything about a meeting; the numbers in the register are counted from the lists each time."""
    if not isinstance(envelope.event, MeetingEvent):
        return
    key = {"committee": envelope.committee, "meeting": envelope.event.meeting_id}
    meeting_register(db, envelope, key)
    agenda_list(db, envelope, key)
    attendance_register(db, envelope, key)
    points(db, envelope, key)
    conclusion_list(db, envelope, key)
    papers_and_checks(db, envelope, key)
    db.change(meetings, key, _numbers(db, key))


def meeting_register(db: Rows, envelope: Envelope[Event], key: dict[str, Any]) -> None:
    """One row a meeting, as it stands now (D3, D8)."""
    match envelope.event:
        case MeetingConvened() as convened:
            values = convened.model_dump(mode="json", exclude={"meeting_id", "subject_documents", "place"})
            values |= {
                "venue": convened.place,
                "first_held": convened.held,
                "subject_documents": [str(document) for document in convened.subject_documents],
                "minutes": None,
            }
            state = _state(envelope, "convened")
            db.put(meetings, key, {**values, **state, **_numbers(db, key), **provenance(envelope)})
        case MeetingPostponed() as postponed:
            values = {"held": postponed.held, **({"venue": postponed.place} if postponed.place else {})}
            if postponed.held != postponed.held_before:
                values |= _state(envelope, "postponed", postponed.reason)
            db.change(meetings, key, values)
        case MeetingCancelled() as cancelled:
            db.change(meetings, key, _state(envelope, "cancelled", cancelled.reason))
        case PresidingChanged() as changed:
            who = changed.model_dump(mode="json", include={"presiding", "presiding_post", "co_presiding"})
            db.change(meetings, key, who)
        case MeetingOpened():
            db.change(meetings, key, _state(envelope, "open"))
        case MeetingClosed():
            db.change(meetings, key, _state(envelope, "closed"))
        case MinutesApproved() as approved:
            db.change(meetings, key, {"minutes": str(approved.minutes)})


def _state(envelope: Envelope[Event], state: str, because: str | None = None) -> dict[str, Any]:
    return {"state": state, "state_because": because, "state_since": str(envelope.meta.effective_at)}


def _numbers(db: Rows, key: dict[str, Any]) -> dict[str, int]:
    return dict(db.execute(COUNTS, key).mappings().one())


def _count(table: Table, *among: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many rows of a meeting are among these."""
    here = table.c.committee == bindparam("committee"), table.c.meeting == bindparam("meeting")
    return select(func.count()).select_from(table).where(*here, *among).scalar_subquery()


COUNTS: Final = select(
    _count(agenda, agenda.c.state.in_(("accepted", "noted"))).label("agenda_items"),
    _count(agenda, agenda.c.state == "returned").label("returned_items"),
    _count(conclusions).label("conclusions"),
    _count(attendance, attendance.c.invitation == "invited").label("invited"),
    _count(attendance, attendance.c.status == "present").label("present"),
    _count(attendance, attendance.c.status == "absent").label("absent"),
)


def agenda_list(db: Rows, envelope: Envelope[Event], key: dict[str, Any]) -> None:
    """One row an item, with its latest proposal and what became of it (D8.1)."""
    match envelope.event:
        case AgendaItemProposed() as proposed:
            values: dict[str, Any] = {
                "title": proposed.title,
                "goals": proposed.proposal.goals,
                "progress": proposed.proposal.progress,
                "results": proposed.proposal.results,
                "report": str(proposed.proposal.report) if proposed.proposal.report else None,
                "state": "proposed",
                "missing": [],
            }
            db.put(agenda, {**key, "item": proposed.item_id}, {**values, **provenance(envelope)})
        case AgendaItemAccepted() as accepted:
            db.change(agenda, {**key, "item": accepted.item_id}, {"state": "accepted", "missing": []})
        case AgendaItemReturned() as returned:
            values = {"state": "returned", "missing": list(returned.missing)}
            db.change(agenda, {**key, "item": returned.item_id}, values)
        case AgendaItemNoted() as noted:
            values = {"title": noted.title, "state": "noted", "missing": []}
            db.put(agenda, {**key, "item": noted.item_id}, {**values, **provenance(envelope)})


def conclusion_list(db: Rows, envelope: Envelope[Event], key: dict[str, Any]) -> None:
    """What a meeting concluded, with the duties as JSON (D8.1)."""
    match envelope.event:
        case ConclusionIssued() as issued:
            values = {
                "text": issued.text,
                "duties": [duty.model_dump(mode="json") for duty in issued.duties],
                "notice": str(issued.notice) if issued.notice else None,
                "late": issued.late,
                "state": "issued",
                "findings": None,
                "checked": None,
            }
            key = {**key, "conclusion": issued.conclusion_id}
            db.put(conclusions, key, {**values, **provenance(envelope)})


MEETING_FILE: Final = (
    meetings,
    agenda,
    attendance,
    conclusions,
    meeting_papers,
    follow_ups,
    meeting_points,
)

READ_MODELS = (
    ReadModel("meetings", MEETING_FILE, meeting_file, MeetingEvent),
    ReadModel("opinions", (opinion_rounds, opinions), opinion_register, OpinionEvent),
    *directive_records.READ_MODELS,
    *proposal_records.READ_MODELS,
    *quarter_records.READ_MODELS,
    *document_records.READ_MODELS,
    *casefile_records.READ_MODELS,
)
