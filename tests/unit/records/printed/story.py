"""A small committee in an invented province: one meeting with hours and a place, and a plan."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from services.meetings.document.events import SignedFor, TypeCode
from services.meetings.events import (
    AbsenceApproved,
    AbsenceReported,
    AgendaItemAccepted,
    AgendaItemProposed,
    Attendance,
    AttendanceRecorded,
    ConclusionIssued,
    DutyToDo,
    MeetingClosed,
    MeetingConvened,
    MeetingKind,
    MeetingOpened,
    MinutesApproved,
    ParticipantInvited,
    Point,
    Proposal,
    SubstituteAuthorised,
)
from services.records.printed.told import Told
from services.tasks.events import (
    PlannedItem,
    ProgrammeDrafted,
    ProgrammeIssued,
    ProgrammeKind,
    ProgressReported,
    TaskAssigned,
    TaskOrigin,
)
from shared.dates import Deadline, Moment
from shared.messages import AgencyId, DocumentRef, PersonId
from tests.unit.records.printed.small import CHAIR, DEPUTY, FINANCE, STAND_IN, TEAM, Small, issued, small

MINUTES = DocumentRef(number="05/BB-BCĐ", date=date(2026, 2, 6))
NOTICE = DocumentRef(number="07/TB-BCĐ", date=date(2026, 3, 5))
AllTold = Callable[..., Told]
"""The whole story at a moment; each call reads anew."""


def convened(
    told: Small,
    *,
    hour: bool = True,
    place: bool = True,
    called_to: str | None = None,
    secretary: PersonId | None = None,
    document: DocumentRef | None = None,
) -> None:
    """The meeting `hop-1` is called for eight o'clock of 5 February, and people are invited; `place` gives it
    a point of attendance, `called_to` an address."""
    points = (Point(point_id="chinh", name="Phòng họp số 1, UBND tỉnh Mẫu"),) if place else ()
    told.did(
        "meeting.hop-1",
        MeetingConvened(
            meeting_id="hop-1",
            kind=MeetingKind.PERIODIC,
            title="Phiên họp định kỳ quý I năm 2026",
            held="2026-02-05T01:00:00Z" if hour else "2026-02-05",
            presiding=CHAIR,
            presiding_post="Trưởng Ban",
            points=points,
            quarter="2026-Q1",
            place=called_to,
            secretary=secretary,
        ),
        ParticipantInvited(meeting_id="hop-1", participant=FINANCE, post="Giám đốc Sở Tài chính"),
        ParticipantInvited(meeting_id="hop-1", participant=DEPUTY, post="Phó Trưởng Ban Thường trực"),
        AgendaItemProposed(
            meeting_id="hop-1", item_id="1", title="Kho dữ liệu dùng chung", proposal=PROPOSAL
        ),
        AgendaItemAccepted(meeting_id="hop-1", item_id="1"),
        at="2026-01-26",
        document=document,
    )


PROPOSAL = Proposal(goals="Xong trong năm", progress="Đã khảo sát", results="40 bộ dữ liệu")


def held(told: Small, *, hour: bool = True) -> None:
    """It takes place: one member sends somebody, the team leader records who is there."""
    opinion = DocumentRef(number="55/STC-TH", date=date(2026, 2, 4))
    told.did("meeting.hop-1", AbsenceReported(meeting_id="hop-1", member=FINANCE), at="2026-02-03")
    told.did("meeting.hop-1", AbsenceApproved(meeting_id="hop-1", member=FINANCE), at="2026-02-03")
    substitute = SubstituteAuthorised(
        meeting_id="hop-1", member=FINANCE, substitute=STAND_IN, opinion=opinion
    )
    told.did("meeting.hop-1", substitute, at="2026-02-04")
    clerk: dict[str, Any] = {"by": TEAM, "capacity": "team_leader"}
    told.did("meeting.hop-1", MeetingOpened(meeting_id="hop-1"), at=_at("01:05", hour), **clerk)
    for person, status in ((DEPUTY, "present"), (STAND_IN, "present"), (FINANCE, "absent")):
        recorded = AttendanceRecorded(meeting_id="hop-1", participant=person, status=Attendance(status))
        told.did("meeting.hop-1", recorded, at="2026-02-05", **clerk)
    told.did("meeting.hop-1", MeetingClosed(meeting_id="hop-1"), at=_at("04:30", hour), **clerk)


def _at(hour: str, known: bool) -> str:
    return f"2026-02-05T{hour}:00Z" if known else "2026-02-05"


def concluded(told: Small) -> None:
    """The standing deputy makes the conclusion known in the chair's place; the minutes are approved."""
    duty = DutyToDo(
        what="Bố trí kinh phí", lead=(AgencyId("so-tai-chinh"),), deadline=Deadline.parse("30/6/2026")
    )
    conclusion = ConclusionIssued(
        meeting_id="hop-1", conclusion_id="kl", text="Trưởng Ban kết luận.", duties=(duty,), notice=NOTICE
    )
    notice = issued(7, TypeCode.NOTICE, "Kết luận phiên họp", date(2026, 3, 5), SignedFor.KT)
    told.did(
        "series.bcd-2026", notice, at="2026-03-05", by=DEPUTY, capacity="standing_deputy", acts_for=CHAIR
    )
    told.did(
        "meeting.hop-1", conclusion, at="2026-03-05", by=DEPUTY, capacity="standing_deputy", acts_for=CHAIR
    )
    told.did("meeting.hop-1", MinutesApproved(meeting_id="hop-1", minutes=MINUTES), at="2026-02-06")


def programme(told: Small, *, out: bool = True) -> None:
    """The inspection plan of the year, drafted and, where `out`, issued under number 04."""
    plan = DocumentRef(number="04/KH-BCĐ", date=date(2026, 1, 16))
    items = (
        PlannedItem(what="Kiểm tra việc dùng kho dữ liệu", lead=(AgencyId("so-tai-chinh"),), key=True),
        PlannedItem(what="Kiểm tra cấp xã", lead_wording="các sở", deadline=Deadline.parse("quý II/2026")),
    )
    content: dict[str, Any] = {
        "programme_id": "kt-2026",
        "title": "Kế hoạch kiểm tra năm 2026",
        "year": 2026,
        "items": items,
        "kind": ProgrammeKind.INSPECTION_PLAN,
    }
    told.did(
        "programme.kt-2026", ProgrammeDrafted(**content), at="2026-01-10", by=TEAM, capacity="team_leader"
    )
    if out:
        told.did(
            "series.bcd-2026",
            issued(4, TypeCode.PLAN, "Kế hoạch kiểm tra", date(2026, 1, 16)),
            at="2026-01-16",
        )
        told.did("programme.kt-2026", ProgrammeIssued(**content), at="2026-01-16", document=plan)


def progress(told: Small) -> None:
    """One item became a task, and the support team reported an estimated figure."""
    task = TaskAssigned(
        task_id="viec-1",
        title="Kiểm tra việc dùng kho dữ liệu",
        lead=(AgencyId("so-tai-chinh"),),
        origin=TaskOrigin.PROGRAMME,
        origin_ref="kt-2026#1",
    )
    told.did("task.viec-1", task, at="2026-01-16", capacity="policy")
    reported = ProgressReported(
        programme_id="kt-2026",
        summary="Sáu tháng",
        figures={"xong": 1},
        as_of=Moment("2026-06-15"),
        estimated=True,
    )
    told.did("programme.kt-2026", reported, at="2026-06-16", by=TEAM, capacity="team_leader")


@cache
def whole() -> Small:
    """All of it; nothing may be added."""
    told = small()
    programme(told)
    convened(told)
    held(told)
    concluded(told)
    return told
