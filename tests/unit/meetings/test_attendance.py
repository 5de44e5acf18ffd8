"""Who is invited, who attends, who is excused, and who stands in."""

import pytest

from services.meetings.commands import (
    ApproveAbsence,
    AuthoriseSubstitute,
    DeclineAbsence,
    InviteParticipant,
    RecordAttendance,
    ReportAbsence,
    WithdrawParticipant,
)
from services.meetings.events import (
    AbsenceApproved,
    AbsenceDeclined,
    AbsenceReported,
    Attendance,
    AttendanceRecorded,
    MeetingPostponed,
    ParticipantInvited,
    ParticipantWithdrawn,
    SubstituteAuthorised,
)
from services.meetings.meeting import decider
from services.meetings.rules import Rule
from services.members.capacity import Capacity
from shared.dates import Moment
from shared.envelope import Act
from shared.messages import Command
from tests.unit.given import Story, act
from tests.unit.meetings.examples import (
    AGREED,
    BY_MEMBER,
    CANCELLED,
    CHAIR,
    CLOSED,
    CONVENED,
    DEPUTY,
    FOR_CHAIR,
    KEEPER,
    MEMBER,
    OPENED,
    OPINION,
    OTHER_MEMBER,
    REPORTED,
    SUBSTITUTE,
    TEAM,
    M,
    before_regulation,
    on,
)

INVITE = InviteParticipant(
    meeting_id=M, participant="cuc-hai-quan", post="Lãnh đạo Cục Hải quan", point_id="tinh"
)
INVITED = ParticipantInvited.model_validate(INVITE.model_dump())
WITHDRAW = WithdrawParticipant(meeting_id=M, participant="cuc-hai-quan", reason="đổi nội dung")
DISTRICTS = RecordAttendance(
    meeting_id=M, participant="ubnd-cac-huyen", status=Attendance.PRESENT, point_id="huyen", count=11
)
REPORT = ReportAbsence(meeting_id=M, member=MEMBER, reason_code="cong-tac")
APPROVE = ApproveAbsence(meeting_id=M, member=MEMBER)
DECLINE = DeclineAbsence(meeting_id=M, member=MEMBER)
SEND = AuthoriseSubstitute(meeting_id=M, member=MEMBER, substitute=SUBSTITUTE, opinion=OPINION)
SEND_WITHOUT_OPINION = AuthoriseSubstitute(meeting_id=M, member=MEMBER, substitute=SUBSTITUTE)


def meeting() -> Story:
    return Story(decider).given(CONVENED)


def test_the_one_who_presides_decides_who_attends() -> None:
    story = meeting().when(INVITE, CHAIR).then(INVITED)
    story.when(INVITE, CHAIR).then_nothing()
    story.when(WITHDRAW, CHAIR).then_happened(ParticipantWithdrawn)
    story.when(WITHDRAW, CHAIR).then_nothing()
    story.when(INVITE, CHAIR).then(INVITED)


def test_only_who_is_invited_is_taken_off_the_list() -> None:
    meeting().when(WITHDRAW, CHAIR).then_refused(Rule.PARTICIPANT_IS_INVITED)


@pytest.mark.parametrize("who", [DEPUTY, FOR_CHAIR, BY_MEMBER, TEAM])
def test_nobody_else_decides_who_attends(who: Act) -> None:
    meeting().when(INVITE, who).then_refused(Rule.PRESIDING_INVITES)
    meeting().given(INVITED).when(WITHDRAW, who).then_refused(Rule.PRESIDING_INVITES)


def test_an_invitation_that_changes_is_a_new_one() -> None:
    expert = INVITE.model_copy(update={"expert": True})
    meeting().given(INVITED).when(expert, CHAIR).then_happened(ParticipantInvited)


def test_one_attends_at_a_point_of_the_meeting() -> None:
    nowhere = INVITE.model_copy(update={"point_id": "trung-uong"})
    meeting().when(nowhere, CHAIR).then_refused(Rule.POINT_IS_KNOWN)
    meeting().when(nowhere, before_regulation()).then_happened(ParticipantInvited)
    elsewhere = DISTRICTS.model_copy(update={"point_id": "trung-uong"})
    meeting().when(elsewhere, TEAM).then_refused(Rule.POINT_IS_KNOWN)


def test_after_the_meeting_nobody_is_invited_or_withdrawn_or_sent() -> None:
    over = meeting().given(INVITED, REPORTED, AGREED, OPENED, CLOSED)
    over.when(INVITE.model_copy(update={"post": "khác"}), CHAIR).then_refused(Rule.NOT_OVER)
    over.when(WITHDRAW, CHAIR).then_refused(Rule.NOT_OVER)
    over.when(SEND, BY_MEMBER).then_refused(Rule.NOT_OVER)


@pytest.mark.parametrize("who", [TEAM, KEEPER, CHAIR])
def test_attendance_is_kept_by_point_and_by_group(who: Act) -> None:
    recorded = AttendanceRecorded.model_validate(DISTRICTS.model_dump())
    story = meeting().when(DISTRICTS, who).then(recorded)
    story.when(DISTRICTS, who).then_nothing()
    corrected = DISTRICTS.model_copy(update={"count": 10})
    story.when(corrected, who).then_happened(AttendanceRecorded)


def test_a_record_without_a_point_and_one_at_a_point_correct_each_other() -> None:
    anywhere = DISTRICTS.model_copy(update={"point_id": None})
    absent = anywhere.model_copy(update={"status": Attendance.ABSENT})
    story = meeting().when(DISTRICTS, TEAM).when(absent, TEAM).when(DISTRICTS, TEAM)
    story.then_happened(AttendanceRecorded)
    story = meeting().when(anywhere, TEAM).when(DISTRICTS, TEAM).when(anywhere, TEAM)
    story.then_happened(AttendanceRecorded)


def test_a_lower_committee_attends_as_a_whole() -> None:
    whole = RecordAttendance(
        meeting_id=M,
        participant="ban-chi-dao-huyen-a",
        status=Attendance.PRESENT,
        point_id="huyen",
        count=15,
        of_committee="Ban Chỉ đạo huyện A",
    )
    meeting().when(whole, TEAM).then(AttendanceRecorded.model_validate(whole.model_dump()))


def test_the_support_team_keeps_the_attendance() -> None:
    meeting().when(DISTRICTS, BY_MEMBER).then_refused(Rule.TEAM_KEEPS_RECORDS)


def test_there_is_no_attendance_before_the_meeting() -> None:
    meeting().when(DISTRICTS, on("2022-09-27", TEAM)).then_refused(Rule.HAS_BEGUN)
    moved = MeetingPostponed(
        meeting_id=M, held_before=Moment("2022-09-28"), held=Moment("2022-10"), reason="chờ số liệu"
    )
    meeting().given(moved).when(DISTRICTS, TEAM).then_refused(Rule.HAS_BEGUN)
    meeting().given(moved).when(DISTRICTS, on("2022-10", TEAM)).then_happened(AttendanceRecorded)


@pytest.mark.parametrize("who", [BY_MEMBER, TEAM])
def test_an_absence_is_reported_once(who: Act) -> None:
    meeting().when(REPORT, who).then(REPORTED).when(REPORT, who).then_nothing()
    meeting().given(REPORTED, AGREED).when(REPORT, who).then_nothing()


def test_a_declined_absence_may_be_reported_anew() -> None:
    declined = AbsenceDeclined(meeting_id=M, member=MEMBER)
    meeting().given(REPORTED, declined).when(REPORT, BY_MEMBER).then_happened(AbsenceReported)


def test_nobody_reports_the_absence_of_another() -> None:
    meeting().when(REPORT, OTHER_MEMBER).then_refused(Rule.MEMBER_SPEAKS)
    meeting().given(REPORTED, AGREED).when(SEND, OTHER_MEMBER).then_refused(Rule.MEMBER_SPEAKS)


@pytest.mark.parametrize("capacity", [Capacity.AGENCY, Capacity.ISSUER, Capacity.POLICY])
def test_the_member_speaks_from_the_seat(capacity: Capacity) -> None:
    """The same person in another capacity is not the member who is absent."""
    elsewhere = act(capacity, person=MEMBER)
    meeting().when(REPORT, elsewhere).then_refused(Rule.MEMBER_SPEAKS)
    meeting().given(REPORTED, AGREED).when(SEND, elsewhere).then_refused(Rule.MEMBER_SPEAKS)


def test_nobody_agrees_to_the_own_absence() -> None:
    own = {"member": CHAIR.actor.person}
    reported = REPORTED.model_copy(update=own)
    story = meeting().given(reported).when(APPROVE.model_copy(update=own), CHAIR)
    story.then_refused(Rule.PRESIDING_APPROVES)


def test_nobody_stands_in_for_oneself() -> None:
    oneself = SEND.model_copy(update={"substitute": MEMBER})
    meeting().given(REPORTED, AGREED).when(oneself, BY_MEMBER).then_refused(Rule.SUBSTITUTE_IS_ANOTHER)


def test_the_one_who_presides_agrees_or_declines() -> None:
    meeting().given(REPORTED).when(APPROVE, CHAIR).then(AGREED).when(APPROVE, CHAIR).then_nothing()
    story = meeting().given(REPORTED).when(DECLINE, CHAIR).then_happened(AbsenceDeclined)
    story.when(DECLINE, CHAIR).then_nothing()
    story.when(APPROVE, CHAIR).then_happened(AbsenceApproved)


@pytest.mark.parametrize("who", [DEPUTY, FOR_CHAIR, BY_MEMBER, TEAM])
def test_nobody_but_the_one_who_presides_agrees(who: Act) -> None:
    for command in (APPROVE, DECLINE):
        meeting().given(REPORTED).when(command, who).then_refused(Rule.PRESIDING_APPROVES)


def test_only_a_reported_absence_is_agreed_to() -> None:
    meeting().when(APPROVE, CHAIR).then_refused(Rule.ABSENCE_IS_REPORTED)
    meeting().when(DECLINE, CHAIR).then_refused(Rule.ABSENCE_IS_REPORTED)
    meeting().when(APPROVE, before_regulation()).then_happened(AbsenceApproved)


def test_a_substitute_brings_the_written_opinion_of_the_member() -> None:
    sent = SubstituteAuthorised.model_validate(SEND.model_dump())
    story = meeting().given(REPORTED, AGREED).when(SEND, BY_MEMBER).then(sent)
    story.when(SEND, BY_MEMBER).then_nothing()


def test_no_substitute_without_a_written_opinion() -> None:
    story = meeting().given(REPORTED, AGREED)
    story.when(SEND_WITHOUT_OPINION, BY_MEMBER).then_refused(Rule.SUBSTITUTE_BRINGS_OPINION)


def test_no_substitute_for_an_absence_that_was_not_agreed_to() -> None:
    declined = AbsenceDeclined(meeting_id=M, member=MEMBER)
    for history in ((), (REPORTED,), (REPORTED, declined), (REPORTED, AGREED, declined)):
        meeting().given(*history).when(SEND, BY_MEMBER).then_refused(Rule.PRESIDING_APPROVES)


def test_a_substitute_falls_with_the_consent() -> None:
    sent = SubstituteAuthorised.model_validate(SEND.model_dump())
    story = meeting().given(REPORTED, AGREED, sent).when(DECLINE, CHAIR).when(APPROVE, CHAIR)
    story.when(SEND, BY_MEMBER).then(sent)


def test_before_the_regulation_a_substitute_needed_no_opinion() -> None:
    meeting().when(SEND_WITHOUT_OPINION, before_regulation()).then_happened(SubstituteAuthorised)


@pytest.mark.parametrize(
    "command", [INVITE, WITHDRAW, DISTRICTS, REPORT, APPROVE, DECLINE, SEND], ids=lambda c: type(c).__name__
)
def test_nothing_happens_to_a_meeting_that_does_not_stand(command: Command) -> None:
    Story(decider).when(command, CHAIR).then_refused(Rule.MEETING_STANDS)
    meeting().given(CANCELLED).when(command, CHAIR).then_refused(Rule.MEETING_STANDS)
