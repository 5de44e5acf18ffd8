"""D8.1, D6.1.d, D6.1.c, D8.2 in the compliance view: held, late, no evidence; there, excused, neither."""

from datetime import date

from services.meetings.events import (
    AbsenceApproved,
    AbsenceDeclined,
    Answer,
    Attendance,
    AttendanceRecorded,
    ConclusionIssued,
    DutyToDo,
    MeetingCancelled,
    MeetingConvened,
    MeetingKind,
    MeetingOpened,
    MeetingPostponed,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
    ParticipantInvited,
    RoundForm,
    SubstituteAuthorised,
    Tally,
)
from services.meetings.quarter.events import QuarterEnded
from services.members.events import (
    AuthorityDelegated,
    ChairAbsenceDeclared,
    MemberAppointed,
    MemberReleased,
    Role,
)
from services.records.compliance.answer import detail
from services.records.compliance.standing import Standing
from services.regulation.clauses import clauses
from services.tasks.events import TaskAssigned, TaskOrigin
from shared.dates import Deadline, Moment
from shared.messages import AgencyId, DocumentRef, PersonId
from tests.unit.records.compliance.told import Past

KEPT, BREACHED, AT_RISK = Standing.KEPT, Standing.BREACHED, Standing.AT_RISK
NO_EVIDENCE = Standing.NO_EVIDENCE
SO_A = AgencyId("so-a")


def convened(
    meeting_id: str, held: str, quarter: str | None = None, kind: MeetingKind = MeetingKind.PERIODIC
) -> MeetingConvened:
    return MeetingConvened(
        meeting_id=meeting_id,
        kind=kind,
        title="Họp",
        held=Moment(held),
        presiding=PersonId("truong-ban"),
        quarter=quarter,
    )


def met(held: str, quarter: str | None = None, **circumstances: bool) -> Past:
    past = Past().regulated(at="2025-01-01")
    past.tell("meeting.m", convened("m", held, quarter), at=held, **circumstances)
    past.tell("meeting.m", MeetingOpened(meeting_id="m"), at=held, **circumstances)
    return past


def test_a_meeting_in_its_quarter_keeps_the_clause() -> None:
    past = met("2025-02-10")
    (occasion,) = past.occasions("D8.1", "2025-03-31")
    assert (occasion.said, occasion.standing) == ("meeting_held", KEPT)
    assert occasion.evidence == ("meeting-langson.m@0",)
    assert past.standing("D8.1", "2025-Q1", "2025-03-31") is KEPT


def test_a_quarter_that_ended_without_a_meeting_is_a_breach() -> None:
    past = Past().regulated(at="2025-01-01")
    assert past.said("D8.1", "2025-04-01") == [("meeting_missing", BREACHED)]


def test_before_it_ends_a_quarter_without_a_meeting_is_at_risk_and_earlier_no_occasion() -> None:
    past = Past().regulated(at="2025-01-01")
    assert past.said("D8.1", "2025-02-01") == []
    assert past.said("D8.1", "2025-03-15") == [("meeting_due", AT_RISK)]


def test_a_meeting_for_a_quarter_that_had_ended_was_held_late() -> None:
    past = met("2025-04-10", "2025-Q1")
    assert past.said("D8.1", "2025-04-30") == [("meeting_late", BREACHED)]


def test_a_meeting_of_which_nothing_tells_that_it_took_place() -> None:
    past = Past().regulated(at="2025-01-01")
    past.tell("meeting.m", convened("m", "2025-03-20"), at="2025-03-10")
    assert past.said("D8.1", "2025-03-15") == []  # it is still to come
    assert past.said("D8.1", "2025-03-25") == [("meeting_unproven", NO_EVIDENCE)]
    assert past.said("D8.1", "2025-04-01") == [("meeting_unproven", NO_EVIDENCE)]


def test_the_rhythm_is_the_one_of_the_committees_regulation() -> None:
    past = Past().regulated(at="2025-01-06", meeting_interval_months=6)
    met_at = convened("m", "2025-05-10", "2025-01--2025-06")
    past.tell("meeting.m", met_at, MeetingOpened(meeting_id="m"), at="2025-05-10")
    assert past.said("D8.1", "2025-12-31") == [("meeting_held", KEPT), ("meeting_due", AT_RISK)]
    ended = QuarterEnded(quarter="2025-07--2025-12", next_quarter="2026-01--2026-06")
    past.tell("quarter.2025-07--2025-12", ended, at="2026-01-01")
    missing = past.occasions("D8.1", "2026-01-02")[1]
    assert (missing.said, missing.standing, missing.day) == (
        *("meeting_missing", BREACHED),
        date(2025, 12, 31),
    )
    assert missing.evidence == ("committee-langson.charter@0", "quarter-langson.2025-07--2025-12@0")


def test_a_quarter_that_the_regulation_bound_for_its_last_days_is_at_risk_at_most() -> None:
    assert Past().regulated(at="2025-03-20").said("D8.1", "2025-04-01") == [("meeting_missing", AT_RISK)]


def test_a_meeting_of_some_day_of_a_year_proves_no_quarter() -> None:
    past = Past().regulated(at="2025-01-01", from_source=True)
    past.tell("meeting.m", convened("m", "2025"), at="2025", from_source=True)
    assert {one for one, _ in past.said("D8.1", "2026-01-01")} == {"meeting_unknown"}


def test_a_meeting_that_was_called_off_or_is_of_another_kind_does_not_count() -> None:
    past = met("2025-02-10")
    past.tell("meeting.m", MeetingCancelled(meeting_id="m", reason="bão"), at="2025-02-09")
    past.tell("meeting.x", convened("x", "2025-02-20", kind=MeetingKind.WORKSHOP), at="2025-02-20")
    assert past.said("D8.1", "2025-04-01") == [("meeting_missing", BREACHED)]


def test_a_meeting_counts_where_it_was_moved_to() -> None:
    past = met("2025-03-10")
    moved = MeetingPostponed(
        meeting_id="m", held_before=Moment("2025-03-10"), held=Moment("2025-04-10"), reason="bão"
    )
    past.tell("meeting.m", moved, at="2025-03-09")
    said = past.said("D8.1", "2025-04-30")
    assert ("meeting_missing", BREACHED) in said
    assert ("meeting_held", KEPT) in said


def test_where_a_chronicle_is_silent_there_is_no_evidence() -> None:
    past = Past().regulated(at="2025-01-01", from_source=True)
    past.tell("meeting.m", convened("m", "2025-02-10"), at="2025-02-10", from_source=True)
    assert past.said("D8.1", "2025-07-01") == [("meeting_held", KEPT), ("meeting_unknown", NO_EVIDENCE)]


def test_who_is_invited_is_there_or_excused_or_neither() -> None:
    past = met("2025-02-10")
    for who in ("a", "b", "c", "d", "e"):
        invited = ParticipantInvited(meeting_id="m", participant=who, post=f"Giám đốc Sở {who}")
        past.tell("meeting.m", invited, at="2025-02-01")
    sent = SubstituteAuthorised(
        meeting_id="m", member=PersonId("c"), substitute=PersonId("x"), opinion=DocumentRef(number="1/YK")
    )
    past.tell("meeting.m", AbsenceApproved(meeting_id="m", member=PersonId("b")), at="2025-02-08")
    past.tell("meeting.m", AbsenceApproved(meeting_id="m", member=PersonId("c")), sent, at="2025-02-08")
    for who, status in {"a": Attendance.PRESENT, "b": Attendance.ABSENT, "d": Attendance.ABSENT}.items():
        noted = AttendanceRecorded(meeting_id="m", participant=who, status=status)
        past.tell("meeting.m", noted, at="2025-02-10")
    assert sorted(past.said("D6.1.d", "2025-02-28")) == [
        ("attendance_unknown", NO_EVIDENCE),
        ("attended", KEPT),
        ("excused", KEPT),
        ("substituted", KEPT),
        ("unexcused", BREACHED),
    ]


def test_an_absence_that_was_agreed_to_and_then_not_is_unexcused() -> None:
    past = met("2025-02-10")
    past.tell(
        "meeting.m", ParticipantInvited(meeting_id="m", participant="a", post="Giám đốc"), at="2025-02-01"
    )
    past.tell("meeting.m", AbsenceApproved(meeting_id="m", member=PersonId("a")), at="2025-02-08")
    past.tell("meeting.m", AbsenceDeclined(meeting_id="m", member=PersonId("a")), at="2025-02-09")
    gone = AttendanceRecorded(meeting_id="m", participant="a", status=Attendance.ABSENT)
    past.tell("meeting.m", gone, at="2025-02-10")
    assert past.said("D6.1.d", "2025-02-28") == [("unexcused", BREACHED)]


def test_whether_an_absence_that_a_source_tells_was_agreed_to_is_not_known() -> None:
    past = met("2025-02-10", from_source=True)
    invited = ParticipantInvited(meeting_id="m", participant="a", post="Giám đốc")
    gone = AttendanceRecorded(meeting_id="m", participant="a", status=Attendance.ABSENT)
    past.tell("meeting.m", invited, gone, at="2025-02-10", from_source=True)
    assert past.said("D6.1.d", "2025-02-28") == [("consent_unknown", NO_EVIDENCE)]


def concluded(past: Past, *duties: DutyToDo) -> str:
    issued = ConclusionIssued(meeting_id="m", conclusion_id="k", text="Kết luận", duties=duties)
    return past.tell("meeting.m", issued, at="2025-02-12").reference


def assigned(past: Past, origin: str) -> None:
    task = TaskAssigned(
        task_id="t", title="Việc", lead=(SO_A,), origin=TaskOrigin.CONCLUSION, origin_ref=origin
    )
    past.tell("task.t", task, at="2025-02-12")


def test_a_conclusion_becomes_tasks() -> None:
    past = met("2025-02-10")
    reference = concluded(past, DutyToDo(what="Việc", lead=(SO_A,)))
    assert ("tasks_missing", AT_RISK) in past.said("D8.1", "2025-02-13")
    assert ("tasks_missing", BREACHED) in past.said("D8.1", "2025-02-28")
    assigned(past, reference)
    assert ("tasks_made", KEPT) in past.said("D8.1", "2025-02-28")


def test_a_duty_without_a_lead_is_at_risk() -> None:
    past = met("2025-02-10")
    assigned(past, concluded(past, DutyToDo(what="Việc", lead=(SO_A,)), DutyToDo(what="Không ai")))
    assert ("duty_without_lead", AT_RISK) in past.said("D8.1", "2025-02-28")


def test_of_a_conclusion_known_from_a_source_no_task_is_missed() -> None:
    past = met("2025-02-10", from_source=True)
    duties = (DutyToDo(what="Việc", lead=(SO_A,)), DutyToDo(what="Không ai"))
    issued = ConclusionIssued(meeting_id="m", conclusion_id="k", text="Kết luận", duties=duties)
    past.tell("meeting.m", issued, at="2025-02-12", from_source=True)
    assert ("tasks_missing", NO_EVIDENCE) in past.said("D8.1", "2025-06-30")


def asked(past: Past, due: str | None = "2025-02-20", **circumstances: bool) -> None:
    requested = OpinionRequested(
        round_id="r",
        subject="Dự thảo",
        asked=("ghe-a", "ghe-b"),
        form=RoundForm.WRITTEN,
        due=Deadline.parse(due) if due else None,
    )
    past.tell("opinion.r", requested, at="2025-02-01", **circumstances)


def answered(past: Past, seat: str, at: str, late: bool = False) -> None:
    opinion = OpinionSubmitted(round_id="r", seat_id=seat, version=1, answer=Answer.AGREE, late=late)
    past.tell("opinion.r", opinion, at=at)


def test_opinions_in_time_late_and_missing() -> None:
    past = Past().regulated(at="2025-01-01")
    asked(past)
    assert past.said("D6.1.c", "2025-02-02") == []
    assert past.said("D6.1.c", "2025-02-18") == [("opinion_due", AT_RISK)] * 2
    answered(past, "ghe-a", "2025-02-10")
    assert past.said("D6.1.c", "2025-02-21") == [("opinion_given", KEPT), ("opinion_missing", BREACHED)]
    answered(past, "ghe-b", "2025-02-22", late=True)
    assert past.said("D6.1.c", "2025-02-23") == [("opinion_given", KEPT), ("opinion_late", BREACHED)]


def test_a_round_that_was_closed_while_there_was_time_blames_nobody() -> None:
    past = Past().regulated(at="2025-01-01")
    asked(past)
    answered(past, "ghe-a", "2025-02-10")
    past.tell("opinion.r", OpinionRoundClosed(round_id="r", tally=Tally(agree=1)), at="2025-02-15")
    assert past.said("D6.1.c", "2025-03-31") == [("opinion_given", KEPT)]


def test_an_extension_moves_the_day() -> None:
    past = Past().regulated(at="2025-01-01")
    asked(past)
    longer = OpinionRoundExtended(
        round_id="r", due_before=Deadline.parse("2025-02-20"), due=Deadline.parse("2025-04-20"), reason="Tết"
    )
    past.tell("opinion.r", longer, at="2025-02-19")
    assert past.said("D6.1.c", "2025-03-01") == []


def test_a_round_known_from_a_source_leaves_no_evidence() -> None:
    past = Past().regulated(at="2025-01-01", from_source=True)
    asked(past, from_source=True)
    assert past.said("D6.1.c", "2025-06-30") == [("opinion_missing", NO_EVIDENCE)] * 2


def seated(past: Past, seat: str, role: Role) -> None:
    held = MemberAppointed(seat_id=seat, post=seat, role=role, holder=PersonId(seat))
    past.tell("member.roster", held, at="2025-01-01")


def test_somebody_can_always_call_an_expanded_meeting_or_it_is_at_risk() -> None:
    past = Past().regulated(at="2025-01-01")
    seated(past, "truong-ban", Role.CHAIR)
    assert past.said("D8.2", "2025-02-01") == [("callable", KEPT)]
    past.tell("member.roster", MemberReleased(seat_id="truong-ban", reason="nghỉ"), at="2025-02-02")
    assert past.said("D8.2", "2025-02-03") == [("nobody_calls", AT_RISK)]
    seated(past, "pho-thuong-truc", Role.STANDING_DEPUTY)
    assert past.said("D8.2", "2025-02-03") == [("nobody_calls", AT_RISK)]  # not authorised by anybody
    period = AuthorityDelegated.model_validate(
        {
            "delegation_id": "u",
            "delegate_seat": "pho-thuong-truc",
            "scope": "x",
            "since": "2025-02-01",
            "until": "2025-02-28",
        }
    )
    past.tell("member.roster", period, at="2025-02-01")
    assert past.said("D8.2", "2025-02-03") == [("callable", KEPT)]
    assert past.said("D8.2", "2025-03-01") == [("nobody_calls", AT_RISK)]


def test_an_absent_chair_whom_nobody_replaces_calls_nothing() -> None:
    past = Past().regulated(at="2025-01-01")
    seated(past, "truong-ban", Role.CHAIR)
    away = ChairAbsenceDeclared.model_validate(
        {"absence_id": "v", "since": "2025-02-01", "until": "2025-02-28"}
    )
    past.tell("member.roster", away, at="2025-01-31")
    assert past.said("D8.2", "2025-02-03") == [("nobody_calls", AT_RISK)]
    seated(past, "pho-thuong-truc", Role.STANDING_DEPUTY)
    assert past.said("D8.2", "2025-02-03") == [("callable", KEPT)]


def test_a_late_meeting_is_told_with_days_and_quarters_as_people_write_them() -> None:
    past = met("2026-04-02", "2026-Q1")
    cells = [one for one in past.cells("2026-06-30") if one.clause == "D8.1"]
    leaf = next(one for one in clauses().leaves if one.id == "D8.1")
    told = next(one for one in detail(leaf, cells)["occasions"] if one["said"] == "meeting_late")
    assert (
        told["text"] == "Phiên họp định kỳ của quý I/2026 tổ chức muộn, ngày 02/04/2026, sau khi kỳ đã hết."
    )
    assert "2026-Q1 was held late, on 2026-04-02" in told["text_en"]
