"""The rows after these events, delivered once or twice."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection

from services.meetings.events import (
    AbsenceDeclined,
    AgendaItemAccepted,
    AgendaItemNoted,
    AgendaItemProposed,
    AgendaItemReturned,
    Answer,
    Attendance,
    AttendanceRecorded,
    ConclusionIssued,
    DutyToDo,
    MeetingPostponed,
    MinutesApproved,
    OpinionOverdue,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
    ParticipantInvited,
    ParticipantWithdrawn,
    SubstituteAuthorised,
    Tally,
)
from services.meetings.tables import agenda, attendance, conclusions, meetings, opinion_rounds, opinions
from shared.dates import Deadline, Moment
from shared.messages import CommitteeId, DocumentRef, Event
from tests.unit.meetings.examples import (
    AGREED,
    ASKED,
    CANCELLED,
    CLOSED,
    CONCRETE,
    CONVENED,
    MEMBER,
    OPENED,
    OPINION,
    REPORTED,
    SO_XAY_DUNG,
    SUBSTITUTE,
    VAGUE,
    M,
    R,
)
from tests.unit.meetings.rows import deliver, empty_database, recorded, some
from tests.unit.rows import rows

MOVED = MeetingPostponed(
    meeting_id=M, held_before=Moment("2022-09-28"), held=Moment("2022-10-05"), reason="chờ số liệu"
)
SENT = SubstituteAuthorised(meeting_id=M, member=MEMBER, substitute=SUBSTITUTE, opinion=OPINION)
CONCLUDED = ConclusionIssued(
    meeting_id=M,
    conclusion_id="kl-1",
    text="Giao Sở Xây dựng rà soát tên đường.",
    duties=(DutyToDo(what="Rà soát tên đường", lead=(SO_XAY_DUNG,), lead_wording="Sở Xây dựng"),),
    notice=DocumentRef(number="512/TB-VP", date=date(2022, 9, 30)),
)


def proposed(item: str, vague: bool = False) -> AgendaItemProposed:
    return AgendaItemProposed(
        meeting_id=M, item_id=item, title="Mã QR", proposal=VAGUE if vague else CONCRETE
    )


def invited(participant: str, point: str | None) -> ParticipantInvited:
    return ParticipantInvited(meeting_id=M, participant=participant, post="Giám đốc", point_id=point)


def attended(
    participant: str, point: str | None, *, present: bool = True, count: int | None = None
) -> AttendanceRecorded:
    return AttendanceRecorded(
        meeting_id=M,
        participant=participant,
        status=Attendance.PRESENT if present else Attendance.ABSENT,
        point_id=point,
        count=count,
    )


def said(seat: str, answer: Answer, version: int = 1, late: bool = False) -> OpinionSubmitted:
    return OpinionSubmitted(round_id=R, seat_id=seat, version=version, answer=answer, late=late)


def overdue(seat: str) -> OpinionOverdue:
    assert ASKED.due is not None
    return OpinionOverdue(round_id=R, seat_id=seat, due=ASKED.due, seen=date(2022, 10, 1))


@pytest.fixture
def db() -> Iterator[Connection]:
    yield from empty_database()


@pytest.fixture(params=[(1, 1), (2, 1), (1, 2)], ids=["once", "each twice", "all twice"])
def times(request: pytest.FixtureRequest) -> tuple[int, int]:
    found: tuple[int, int] = request.param
    return found


def after(db: Connection, times: tuple[int, int], *events: Event) -> None:
    deliver(db, recorded(events), *times)


def test_a_meeting_is_one_row(db: Connection, times: tuple[int, int]) -> None:
    after(db, times, CONVENED, MOVED)
    [row] = rows(db, meetings)
    assert some(row, "committee", "meeting", "kind", "quarter") == ("langson", M, "periodic", "2022-Q3")
    assert some(row, "held", "first_held") == ("2022-10-05", "2022-09-28")
    assert some(row, "state", "state_because") == ("postponed", "chờ số liệu")
    assert some(row, "presiding", "presiding_post") == ("truong-ban", "Chủ tịch UBND tỉnh")
    assert [point["count"] for point in row["points"]] == [None, 11]
    assert row["event"] == "test-langson.x@0"


def test_a_meeting_has_its_place_and_its_secretary(db: Connection, times: tuple[int, int]) -> None:
    called = CONVENED.model_copy(update={"place": "Phòng họp số 1", "secretary": "to-truong"})
    elsewhere = MOVED.model_copy(update={"held": MOVED.held_before, "place": "Phòng họp số 2"})
    after(db, times, called, MOVED)
    assert some(rows(db, meetings)[0], "venue", "secretary") == ("Phòng họp số 1", "to-truong")
    after(db, times, called, elsewhere)
    [row] = rows(db, meetings)
    assert some(row, "venue", "held", "state") == ("Phòng họp số 2", "2022-09-28", "convened")


def test_a_meeting_goes_through_its_states(db: Connection, times: tuple[int, int]) -> None:
    minutes = MinutesApproved(meeting_id=M, minutes=DocumentRef(number="03/BB-BCĐ"))
    after(db, times, CONVENED, OPENED)
    assert rows(db, meetings)[0]["state"] == "open"
    after(db, times, CONVENED, OPENED, CLOSED, minutes)
    assert some(rows(db, meetings)[0], "state", "state_because", "minutes") == ("closed", None, "03/BB-BCĐ")
    after(db, times, CONVENED, CANCELLED)
    assert rows(db, meetings)[0]["state"] == "cancelled"


def test_the_numbers_of_a_meeting_are_counted_from_its_lists(db: Connection, times: tuple[int, int]) -> None:
    after(
        db,
        times,
        CONVENED,
        proposed("a"),
        AgendaItemAccepted(meeting_id=M, item_id="a"),
        proposed("b", vague=True),
        AgendaItemReturned(meeting_id=M, item_id="b", missing=("goals", "results")),
        AgendaItemNoted(meeting_id=M, item_id="c", title="Kết quả 9 tháng"),
        invited("cuc-thue", "tinh"),
        attended("cuc-thue", "tinh"),
        attended("ubnd-cac-huyen", "huyen", count=11),
        attended(MEMBER, "tinh", present=False),
        CONCLUDED,
    )
    [row] = rows(db, meetings)
    assert some(row, "agenda_items", "returned_items", "conclusions") == (2, 1, 1)
    assert some(row, "invited", "present", "absent") == (1, 2, 1)


def test_the_agenda_shows_what_became_of_each_item(db: Connection, times: tuple[int, int]) -> None:
    after(
        db,
        times,
        CONVENED,
        proposed("a", vague=True),
        AgendaItemReturned(meeting_id=M, item_id="a", missing=("goals", "results")),
        AgendaItemNoted(meeting_id=M, item_id="b", title="Kết quả 9 tháng"),
    )
    assert [some(row, "item", "state", "missing", "goals") for row in rows(db, agenda)] == [
        ("a", "returned", ["goals", "results"], " "),
        ("b", "noted", [], None),
    ]
    again = (proposed("a"), AgendaItemAccepted(meeting_id=M, item_id="a"))
    deliver(db, recorded([CONVENED, *again]), *times)
    assert some(rows(db, agenda)[0], "state", "missing", "goals") == ("accepted", [], CONCRETE.goals)


def test_conclusions_keep_their_duties(db: Connection, times: tuple[int, int]) -> None:
    after(db, times, CONVENED, CONCLUDED)
    [row] = rows(db, conclusions)
    assert some(row, "conclusion", "text", "notice") == ("kl-1", CONCLUDED.text, "512/TB-VP 30/09/2022")
    assert row["duties"][0]["lead"] == ["so-xay-dung"]
    assert row["duties"][0]["deadline"] is None


def test_invitation_absence_and_attendance_meet_in_one_row(db: Connection, times: tuple[int, int]) -> None:
    after(
        db,
        times,
        CONVENED,
        invited(MEMBER, None),
        REPORTED,
        AGREED,
        SENT,
        attended(MEMBER, "tinh", present=False),
    )
    [row] = rows(db, attendance)
    assert some(row, "point", "participant", "invitation", "status") == ("tinh", MEMBER, "invited", "absent")
    assert some(row, "absence", "reason_code", "substitute") == ("approved", "cong-tac", SUBSTITUTE)
    assert row["substitute_opinion"] == "15/SXD-VP 27/09/2022"


def test_an_absence_may_be_agreed_to_after_attendance_was_taken(
    db: Connection, times: tuple[int, int]
) -> None:
    after(db, times, CONVENED, attended(MEMBER, "tinh", present=False), REPORTED)
    assert [some(row, "status", "absence") for row in rows(db, attendance)] == [("absent", "reported")]
    after(db, times, CONVENED, attended(MEMBER, "tinh", present=False), REPORTED, AGREED)
    assert [some(row, "point", "absence") for row in rows(db, attendance)] == [("tinh", "approved")]


def test_an_absence_that_was_not_agreed_to_shows_as_such(db: Connection, times: tuple[int, int]) -> None:
    declined = AbsenceDeclined(meeting_id=M, member=MEMBER)
    after(db, times, CONVENED, REPORTED, AGREED, SENT, declined, attended(MEMBER, None, present=False))
    [row] = rows(db, attendance)
    assert some(row, "point", "status", "absence", "substitute") == ("", "absent", "declined", None)


def test_who_attends_at_another_point_than_expected_has_one_row(
    db: Connection, times: tuple[int, int]
) -> None:
    after(db, times, CONVENED, invited("cuc-thue", "huyen"), attended("cuc-thue", "tinh"))
    assert [some(row, "point", "invitation", "status") for row in rows(db, attendance)] == [
        ("tinh", "invited", "present")
    ]


def test_a_group_attends_at_two_points(db: Connection, times: tuple[int, int]) -> None:
    after(db, times, CONVENED, attended("to-giup-viec", "tinh"), attended("to-giup-viec", "huyen", count=3))
    assert [some(row, "point", "count") for row in rows(db, attendance)] == [("huyen", 3), ("tinh", None)]


def test_a_withdrawn_invitation_stays_on_record(db: Connection, times: tuple[int, int]) -> None:
    after(
        db,
        times,
        CONVENED,
        invited("cuc-thue", "tinh"),
        ParticipantWithdrawn(meeting_id=M, participant="cuc-thue"),
    )
    assert rows(db, attendance)[0]["invitation"] == "withdrawn"
    assert rows(db, meetings)[0]["invited"] == 0


def test_every_version_of_an_opinion_is_kept(db: Connection, times: tuple[int, int]) -> None:
    after(
        db,
        times,
        ASKED,
        said("ghe-1", Answer.DISAGREE),
        said("ghe-1", Answer.AGREE, version=2, late=True),
        said("ghe-2", Answer.AGREE),
    )
    assert [some(row, "seat", "version", "answer", "late") for row in rows(db, opinions)] == [
        ("ghe-1", 1, "disagree", False),
        ("ghe-1", 2, "agree", True),
        ("ghe-2", 1, "agree", False),
    ]
    assert some(rows(db, opinion_rounds)[0], "answered", "state", "tally") == (2, "open", None)


def test_a_round_keeps_its_deadlines_and_who_missed_them(db: Connection, times: tuple[int, int]) -> None:
    after(db, times, ASKED, overdue("ghe-3"), overdue("ghe-1"))
    [row] = rows(db, opinion_rounds)
    assert some(row, "due_latest", "overdue") == ("2022-09-30", ["ghe-1", "ghe-3"])
    later = Deadline(wording="ngày 15/10/2022", latest=date(2022, 10, 15))
    extended = OpinionRoundExtended(round_id=R, due_before=ASKED.due, due=later, reason="thêm thời gian")
    after(db, times, ASKED, overdue("ghe-3"), extended)
    [row] = rows(db, opinion_rounds)
    assert some(row, "due", "first_due") == ("ngày 15/10/2022", "trước ngày 30/9/2022")
    assert some(row, "overdue", "extended_because") == ([], "thêm thời gian")


def test_a_closed_round_shows_its_tally(db: Connection, times: tuple[int, int]) -> None:
    after(
        db,
        times,
        ASKED,
        said("ghe-1", Answer.AGREE),
        OpinionRoundClosed(round_id=R, tally=Tally(agree=1, no_answer=2)),
    )
    [row] = rows(db, opinion_rounds)
    assert row["tally"] == {"agree": 1, "agree_with_comments": 0, "disagree": 0, "no_answer": 2}
    assert some(row, "state", "closed", "asked") == ("closed", "2022-09-28", ["ghe-1", "ghe-2", "ghe-3"])


def test_committees_do_not_mix(db: Connection) -> None:
    deliver(db, recorded([CONVENED, attended("a", "tinh"), ASKED, said("ghe-1", Answer.AGREE)]))
    deliver(
        db, recorded([CONVENED, attended("b", "tinh"), CANCELLED, ASKED], committee=CommitteeId("chilang"))
    )
    assert [some(row, "committee", "state", "present") for row in rows(db, meetings)] == [
        ("chilang", "cancelled", 1),
        ("langson", "convened", 1),
    ]
    answered = [some(row, "committee", "answered") for row in rows(db, opinion_rounds)]
    assert answered == [("chilang", 0), ("langson", 1)]
