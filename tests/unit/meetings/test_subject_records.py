"""The registers of directives, proposals and quarters, and what a meeting's file has besides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection

from services.meetings.directive.events import (
    SUPPORT_TEAM_ID,
    AcknowledgementOverdue,
    DirectiveReaddressed,
)
from services.meetings.directive.records import acknowledgements, directives
from services.meetings.events import (
    AbsenceDeclined,
    Attendance,
    AttendanceRecorded,
    ConclusionFollowUpChecked,
    ConclusionIssued,
    FollowUp,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingDocumentsCirculated,
    MeetingPostponed,
    ParticipantInvited,
    ParticipantWithdrawn,
    PresidingChanged,
    SubstituteAuthorised,
)
from services.meetings.proposal.events import (
    Decision,
    ProposalDecided,
    ProposalDrafted,
    ProposalKind,
    ProposalReturned,
    ProposalSubmitted,
)
from services.meetings.proposal.records import proposals
from services.meetings.quarter.events import QuarterEnded
from services.meetings.quarter.records import periodic_meetings, quarters
from services.meetings.support.records import follow_ups, meeting_papers, meeting_points
from services.meetings.tables import attendance, conclusions, meetings
from shared.dates import Moment
from shared.messages import AgencyId, DocumentRef, Event, PersonId
from tests.unit.meetings.examples import (
    AGREED,
    CONVENED,
    MEMBER,
    OPINION,
    REPORTED,
    SUBSTITUTE,
    M,
)
from tests.unit.meetings.examples_directive import BUILDING, DUE, HEIR, ISSUED, POLICE, TOLD, WITHDRAWN, D
from tests.unit.meetings.rows import deliver, empty_database, recorded, some
from tests.unit.rows import rows

P = "co-che-ho-tro"
DRAFTED = ProposalDrafted(
    proposal_id=P,
    title="Cơ chế hỗ trợ",
    kind=ProposalKind.MECHANISM,
    content="…",
    drafted_by=AgencyId("so-xay-dung"),
)
SUBMITTED = ProposalSubmitted(proposal_id=P)


@pytest.fixture
def db() -> Iterator[Connection]:
    yield from empty_database()


@pytest.fixture(params=[(1, 1), (2, 1), (1, 2)], ids=["once", "each twice", "all twice"])
def times(request: pytest.FixtureRequest) -> tuple[int, int]:
    found: tuple[int, int] = request.param
    return found


def after(db: Connection, times: tuple[int, int], *events: Event) -> None:
    deliver(db, recorded(events), *times)


def missed(agency: AgencyId) -> AcknowledgementOverdue:
    return AcknowledgementOverdue(directive_id=D, agency_id=agency, due=DUE, seen=date(2022, 10, 6))


def test_a_directive_and_each_of_its_addressees(db: Connection, times: tuple[int, int]) -> None:
    after(db, times, ISSUED, TOLD)
    [row] = rows(db, directives)
    assert some(row, "state", "acknowledged", "silent") == ("issued", 1, [POLICE, SUPPORT_TEAM_ID])
    assert some(row, "due_latest", "about") == ("2022-10-05", "meeting:hop-quy-3-2022")
    assert [some(one, "agency", "state", "late") for one in rows(db, acknowledgements)] == [
        (POLICE, "awaited", False),
        (BUILDING, "acknowledged", False),
        (SUPPORT_TEAM_ID, "awaited", False),
    ]
    told = rows(db, acknowledgements, agency=BUILDING)[0]
    assert some(told, "measures", "acknowledged_on") == (TOLD.measures, "2022-09-28")


def test_a_later_word_adds_measures_and_keeps_the_day_of_the_first(db: Connection) -> None:
    more = TOLD.model_copy(update={"measures": "Đã gửi thêm 3 đơn vị"})
    first, second, later = recorded([ISSUED, TOLD, more])
    later = replace(later, meta=later.meta.model_copy(update={"effective_at": Moment("2022-12-01")}))
    deliver(db, [first, second, later], 2)
    [row] = rows(db, acknowledgements, agency=BUILDING)
    assert some(row, "measures", "acknowledged_on", "late") == (more.measures, "2022-09-28", False)


def test_silence_shows_in_the_matrix_and_on_the_directive(db: Connection, times: tuple[int, int]) -> None:
    after(db, times, ISSUED, TOLD, missed(POLICE))
    assert rows(db, directives)[0]["state"] == "overdue"
    assert rows(db, acknowledgements, agency=POLICE)[0]["state"] == "overdue"


def test_a_late_word_settles_the_matter(db: Connection, times: tuple[int, int]) -> None:
    only = ISSUED.model_copy(update={"to": (BUILDING,), "to_support_team": False})
    after(db, times, only, missed(BUILDING), TOLD.model_copy(update={"late": True}))
    assert rows(db, directives)[0]["state"] == "acknowledged"
    assert some(rows(db, acknowledgements)[0], "state", "late") == ("acknowledged", True)


def test_a_directive_that_follows_its_agency(db: Connection, times: tuple[int, int]) -> None:
    gone = DirectiveReaddressed(
        directive_id=D, from_agency=BUILDING, to=(HEIR, POLICE), reason="hợp nhất", acknowledge_by=DUE
    )
    told = TOLD.model_copy(update={"agency_id": POLICE})
    after(db, times, ISSUED, told, gone)
    found = {one["agency"]: some(one, "state", "successors") for one in rows(db, acknowledgements)}
    assert found == {
        BUILDING: ("handed_on", [HEIR, POLICE]),
        HEIR: ("awaited", []),
        POLICE: ("acknowledged", []),
        SUPPORT_TEAM_ID: ("awaited", []),
    }
    assert rows(db, directives)[0]["silent"] == [HEIR, SUPPORT_TEAM_ID]


def test_a_directive_that_was_withdrawn_waits_for_nobody(db: Connection, times: tuple[int, int]) -> None:
    after(db, times, ISSUED, TOLD, WITHDRAWN)
    [row] = rows(db, directives)
    assert some(row, "state", "state_because", "silent") == ("withdrawn", WITHDRAWN.reason, [])
    assert [one["state"] for one in rows(db, acknowledgements)] == ["withdrawn", "acknowledged", "withdrawn"]


def test_a_proposal_goes_through_its_states(db: Connection, times: tuple[int, int]) -> None:
    back = ProposalReturned(proposal_id=P, reasons="chưa rõ kinh phí")
    after(db, times, DRAFTED, SUBMITTED, back)
    [row] = rows(db, proposals)
    assert some(row, "state", "state_because", "version") == ("returned", "chưa rõ kinh phí", 1)
    assert some(row, "drafted_by", "kind", "submitted") == ("so-xay-dung", "mechanism", "2022-09-28")
    better = DRAFTED.model_copy(update={"version": 2, "drafted_by": None})
    paper = DocumentRef(number="12/TB-BCĐ")
    decided = ProposalDecided(
        proposal_id=P, decision=Decision.FORWARDED, reason="vượt thẩm quyền", document=paper
    )
    after(db, times, DRAFTED, SUBMITTED, back, better, SUBMITTED, decided)
    [row] = rows(db, proposals)
    assert some(row, "state", "state_because", "version") == ("forwarded", "vượt thẩm quyền", 2)
    assert some(row, "drafted_by", "decision_document") == ("to-giup-viec", "12/TB-BCĐ")


def periodic(meeting_id: str, held: str, covers: str | None) -> MeetingConvened:
    changes = {"meeting_id": meeting_id, "held": Moment(held), "quarter": covers}
    return CONVENED.model_copy(update=changes)


def over(name: str) -> QuarterEnded:
    return QuarterEnded(quarter=name, seen=date(2023, 1, 1))


def test_held_in_time_held_late_due_and_no_evidence_are_four_states(
    db: Connection, times: tuple[int, int]
) -> None:
    after(
        db,
        times,
        periodic("q3", "2022-09-28", "2022-Q3"),
        MeetingClosed(meeting_id="q3"),
        over("2022-Q3"),
        periodic("q4", "2023-01-04", "2022-Q4"),
        MeetingClosed(meeting_id="q4"),
        over("2022-Q4"),
        over("2023-Q1"),
        periodic("q2", "2023-05-05", "2023-Q2"),
    )
    assert [
        some(row, "quarter", "state", "covering", "held_in", "convened") for row in rows(db, quarters)
    ] == [
        ("2022-Q3", "met", ["q3"], ["q3"], []),
        ("2022-Q4", "met_late", ["q4"], [], []),
        ("2023-Q1", "no_evidence", [], ["q4"], []),
        ("2023-Q2", "due", [], [], ["q2"]),
    ]
    assert some(rows(db, quarters)[0], "first", "last", "ended") == ("2022-07-01", "2022-09-30", "2023-01-01")


def test_that_a_meeting_was_convened_is_no_evidence_that_it_took_place(
    db: Connection, times: tuple[int, int]
) -> None:
    after(db, times, periodic("q3", "2022-09-28", "2022-Q3"), over("2022-Q3"))
    [row] = rows(db, quarters)
    assert some(row, "state", "convened") == ("no_evidence", ["q3"])
    there = AttendanceRecorded(meeting_id="q3", participant="a", status=Attendance.PRESENT)
    after(db, times, periodic("q3", "2022-09-28", "2022-Q3"), over("2022-Q3"), there)
    assert some(rows(db, quarters)[0], "state", "covering") == ("met", ["q3"])
    assert rows(db, periodic_meetings)[0]["took_place"] is True


def test_a_meeting_that_names_no_quarter_counts_for_the_one_it_is_held_in(
    db: Connection, times: tuple[int, int]
) -> None:
    after(db, times, periodic("x", "2022-08-01", None), MeetingClosed(meeting_id="x"), over("2022-Q3"))
    assert some(rows(db, quarters)[0], "state", "covering", "held_in") == ("met", [], ["x"])


def test_a_meeting_that_moved_or_was_called_off(db: Connection, times: tuple[int, int]) -> None:
    convened = periodic("q3", "2022-09-28", "2022-Q3")
    moved = MeetingPostponed(
        meeting_id="q3", held_before=convened.held, held=Moment("2022-10-05"), reason="chờ số liệu"
    )
    after(db, times, convened, moved, MeetingClosed(meeting_id="q3"))
    assert rows(db, quarters)[0]["state"] == "met_late"
    after(db, times, convened, MeetingCancelled(meeting_id="q3", reason="trùng lịch"))
    assert some(rows(db, quarters)[0], "state", "convened") == ("due", [])


def invited(participant: str, point: str | None = "tinh") -> ParticipantInvited:
    return ParticipantInvited(meeting_id=M, participant=participant, post="Giám đốc", point_id=point)


def absent(participant: str) -> AttendanceRecorded:
    return AttendanceRecorded(
        meeting_id=M, participant=participant, status=Attendance.ABSENT, point_id="tinh"
    )


def test_who_was_there_and_who_was_not_with_whose_consent(db: Connection, times: tuple[int, int]) -> None:
    def of(member: str, *events: Event) -> list[Event]:
        return [event.model_copy(update={"member": PersonId(member)}) for event in events]

    sent = SubstituteAuthorised(meeting_id=M, member=MEMBER, substitute=SUBSTITUTE, opinion=OPINION)
    declined = AbsenceDeclined(meeting_id=M, member=MEMBER)
    after(
        db,
        times,
        CONVENED,
        *(invited(one) for one in ("a", "b", "c", "d", "e", "f", "g", "h")),
        AttendanceRecorded(meeting_id=M, participant="a", status=Attendance.PRESENT, point_id="tinh"),
        *of("b", REPORTED, AGREED, sent),
        absent("b"),
        *of("c", REPORTED, AGREED),
        *of("d", REPORTED, declined),
        absent("d"),
        *of("e", REPORTED),
        absent("e"),
        absent("f"),
        ParticipantWithdrawn(meeting_id=M, participant="h"),
        absent("h"),
    )
    assert {row["participant"]: row["outcome"] for row in rows(db, attendance)} == {
        "a": "present",
        "b": "excused_with_substitute",
        "c": "excused",
        "d": "unexcused",
        "e": "unexcused",
        "f": "not_reported",
        "g": "expected",
        "h": None,
    }
    [there] = rows(db, meeting_points, point="tinh")
    assert some(there, "invited", "present", "excused", "unexcused") == (7, 1, 2, 3)


def test_who_was_there_is_so_also_when_the_invitation_comes_after(
    db: Connection, times: tuple[int, int]
) -> None:
    there = AttendanceRecorded(meeting_id=M, participant="a", status=Attendance.PRESENT, count=2)
    after(db, times, CONVENED, there, invited("a"))
    [row] = rows(db, attendance)
    assert some(row, "point", "invitation", "outcome", "count") == ("tinh", "invited", "present", 2)


def test_a_point_has_its_own_chair_and_its_own_numbers(db: Connection, times: tuple[int, int]) -> None:
    points = (
        CONVENED.points[0],
        CONVENED.points[1].model_copy(
            update={"presiding": PersonId("chu-tich-huyen"), "presiding_post": "CT"}
        ),
    )
    convened = CONVENED.model_copy(update={"points": points})
    whole = AttendanceRecorded(
        meeting_id=M,
        participant="ban-chi-dao-huyen-a",
        status=Attendance.PRESENT,
        point_id="huyen",
        count=15,
        of_committee="Ban Chỉ đạo huyện A",
    )
    after(db, times, convened, whole)
    found = [some(row, "point", "presiding", "count", "present") for row in rows(db, meeting_points)]
    assert found == [("huyen", "chu-tich-huyen", 11, 1), ("tinh", None, None, 0)]
    [row] = rows(db, attendance)
    assert some(row, "of_committee", "count", "outcome") == ("Ban Chỉ đạo huyện A", 15, "present")


def test_documents_that_went_out_and_whether_in_time(db: Connection, times: tuple[int, int]) -> None:
    report = DocumentRef(number="45/BC-TGV")
    after(
        db,
        times,
        CONVENED,
        MeetingDocumentsCirculated(meeting_id=M, documents=(report,)),
        MeetingDocumentsCirculated(meeting_id=M, documents=(report,), to=("cuc-thue",), late=True),
    )
    assert [some(row, "documents", "sent_to", "late") for row in rows(db, meeting_papers)] == [
        (["45/BC-TGV"], [], False),
        (["45/BC-TGV"], ["cuc-thue"], True),
    ]


def test_every_check_of_a_conclusion_is_kept_and_the_last_shows(
    db: Connection, times: tuple[int, int]
) -> None:
    issued = ConclusionIssued(meeting_id=M, conclusion_id="kl-1", text="Giao rà soát.", late=True)
    begun, done = (
        ConclusionFollowUpChecked(meeting_id=M, conclusion_id="kl-1", status=status, findings=findings)
        for status, findings in ((FollowUp.NOT_BEGUN, "chưa làm"), (FollowUp.CARRIED_OUT, "đã xong"))
    )
    after(db, times, CONVENED, issued)
    assert some(rows(db, conclusions)[0], "state", "late", "checked") == ("issued", True, None)
    after(db, times, CONVENED, issued, begun, done)
    assert some(rows(db, conclusions)[0], "state", "findings") == ("carried_out", "đã xong")
    assert [row["state"] for row in rows(db, follow_ups)] == ["not_begun", "carried_out"]


def test_a_meeting_shows_who_presides_now(db: Connection, times: tuple[int, int]) -> None:
    changed = PresidingChanged(
        meeting_id=M,
        presiding_before=PersonId("truong-ban"),
        presiding=PersonId("pho-truong-ban"),
        co_presiding=(PersonId("x"),),
        reason="đi công tác",
    )
    after(db, times, CONVENED, changed)
    [row] = rows(db, meetings)
    assert some(row, "presiding", "presiding_post", "co_presiding") == ("pho-truong-ban", None, ["x"])
