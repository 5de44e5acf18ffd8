"""Random courses of commands, valid and not: what holds of a meeting after each."""

from dataclasses import replace

from hypothesis import strategies as st

from services.meetings import meeting
from services.meetings.commands import (
    ApproveAbsence,
    ApproveMinutes,
    AuthoriseSubstitute,
    CancelMeeting,
    ChangePresiding,
    CheckConclusionFollowUp,
    CirculateMeetingDocuments,
    CloseMeeting,
    ConveneMeeting,
    DeclineAbsence,
    InviteParticipant,
    IssueConclusion,
    NoteAgendaItem,
    OpenMeeting,
    PostponeMeeting,
    ProposeAgendaItem,
    RecordAttendance,
    ReportAbsence,
    WithdrawParticipant,
)
from services.meetings.events import (
    AgendaItemAccepted,
    AgendaItemNoted,
    AgendaItemProposed,
    Attendance,
    AttendanceRecorded,
    ConclusionFollowUpChecked,
    ConclusionIssued,
    FollowUp,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingDocumentsCirculated,
    MeetingKind,
    MeetingOpened,
    MeetingPostponed,
    MinutesApproved,
    ParticipantInvited,
    ParticipantWithdrawn,
    Point,
    PresidingChanged,
    Proposal,
    SubstituteAuthorised,
)
from services.meetings.state import Absence, Meeting
from shared.messages import AgencyId, Event, PersonId
from tests.unit.histories import machine
from tests.unit.meetings.courses import (
    DOC,
    FAR,
    FEW,
    FULL,
    POINT,
    WHO,
    M,
    bound,
    some_acts,
)

MEETING_COMMANDS = st.one_of(
    st.builds(
        ConveneMeeting,
        meeting_id=st.just(M),
        kind=st.sampled_from([None, *MeetingKind]),
        title=st.just("Họp"),
        held=st.just(FAR[0]),
        presiding=WHO,
        points=st.just((Point(point_id="tinh", name="Điểm cầu tỉnh"),)),
        invited_heads=st.sampled_from([(), (AgencyId("so-a"),)]),
        subject_documents=st.sampled_from([(), (DOC,)]),
    ),
    st.builds(
        PostponeMeeting, meeting_id=st.just(M), held=st.sampled_from(FAR), reason=st.just("chờ số liệu")
    ),
    st.builds(CancelMeeting, meeting_id=st.just(M), reason=st.just("trùng lịch")),
    st.builds(ChangePresiding, meeting_id=st.just(M), presiding=WHO, reason=st.just("đi công tác")),
    st.builds(OpenMeeting, meeting_id=st.just(M)),
    st.builds(CloseMeeting, meeting_id=st.just(M)),
    st.builds(
        InviteParticipant, meeting_id=st.just(M), participant=WHO, post=st.just("Giám đốc"), point_id=POINT
    ),
    st.builds(WithdrawParticipant, meeting_id=st.just(M), participant=WHO),
    st.builds(CirculateMeetingDocuments, meeting_id=st.just(M), documents=st.just((DOC,))),
    st.builds(
        ProposeAgendaItem,
        meeting_id=st.just(M),
        item_id=st.sampled_from(["1", "2"]),
        title=st.just("Mã QR"),
        proposal=st.sampled_from([FULL, Proposal(goals="chỉ có mục tiêu")]),
    ),
    st.builds(
        NoteAgendaItem, meeting_id=st.just(M), item_id=st.sampled_from(["1", "2"]), title=st.just("Mã QR")
    ),
    st.builds(
        RecordAttendance,
        meeting_id=st.just(M),
        participant=WHO,
        status=st.sampled_from(Attendance),
        point_id=POINT,
    ),
    st.builds(ReportAbsence, meeting_id=st.just(M), member=WHO),
    st.builds(ApproveAbsence, meeting_id=st.just(M), member=WHO),
    st.builds(DeclineAbsence, meeting_id=st.just(M), member=WHO),
    st.builds(
        AuthoriseSubstitute,
        meeting_id=st.just(M),
        member=WHO,
        substitute=st.just(PersonId("pho")),
        opinion=st.sampled_from([None, DOC]),
    ),
    st.builds(
        IssueConclusion,
        meeting_id=st.just(M),
        conclusion_id=st.sampled_from(["kl-1", "kl-2"]),
        text=st.sampled_from(["Giao rà soát", "Giao báo cáo"]),
    ),
    st.builds(
        CheckConclusionFollowUp,
        meeting_id=st.just(M),
        conclusion_id=st.sampled_from(["kl-1", "kl-2"]),
        status=st.sampled_from(FollowUp),
        findings=st.just("đã xem"),
    ),
    st.builds(ApproveMinutes, meeting_id=st.just(M), minutes=st.just(DOC)),
)
OF_A_MEETING_THAT_BEGAN = (AttendanceRecorded, ConclusionIssued, MinutesApproved, MeetingClosed)
SETTLED_BEFORE_THE_END = (
    MeetingPostponed,
    PresidingChanged,
    ParticipantInvited,
    ParticipantWithdrawn,
    MeetingDocumentsCirculated,
    AgendaItemProposed,
    SubstituteAuthorised,
    MeetingOpened,
    MeetingCancelled,
)


CONVENED = MeetingConvened(
    meeting_id=M,
    kind=MeetingKind.PERIODIC,
    title="Họp",
    held=FAR[0],
    presiding=PersonId("nguoi-a"),
    points=(Point(point_id="tinh", name="Điểm cầu tỉnh"),),
)


def a_meeting_is_in_order(events: list[Event], state: Meeting) -> None:
    begun = over = called_off = False
    issued, accepted = set[str](), set[str]()
    for n, event in enumerate(events):
        assert isinstance(event, MeetingConvened) == (n == 0)
        assert not called_off
        assert begun or not isinstance(event, OF_A_MEETING_THAT_BEGAN)
        assert not (over and isinstance(event, SETTLED_BEFORE_THE_END))
        assert not (begun and isinstance(event, MeetingPostponed | MeetingCancelled))
        match event:
            case MeetingOpened():
                begun = True
            case MeetingClosed():
                over = True
            case MeetingCancelled():
                called_off = True
            case ConclusionIssued(conclusion_id=conclusion_id):
                assert conclusion_id not in issued
                issued.add(conclusion_id)
            case ConclusionFollowUpChecked(conclusion_id=conclusion_id):
                assert conclusion_id in issued
            case AgendaItemAccepted(item_id=item_id) | AgendaItemNoted(item_id=item_id):
                assert item_id not in accepted
                accepted.add(item_id)
            case _:
                pass
    assert state.on_agenda == accepted


def a_bound_meeting_is_in_order(events: list[Event], state: Meeting) -> None:
    """Besides: a substitute stands only while the absence is agreed to, with an opinion; points are known."""
    a_meeting_is_in_order(events, state)
    for member, sent in state.substitutes.items():
        assert state.absences[member] is Absence.APPROVED
        assert sent.opinion is not None
    assert all(point in (None, "tinh") for point, _ in state.attendance)


TestAMeeting = machine(meeting.decider, MEETING_COMMANDS, some_acts(), a_meeting_is_in_order, FEW)
TestABoundMeeting = machine(
    replace(meeting.decider, initial=meeting.decider.fold([CONVENED])),  # so that courses get further
    st.one_of(MEETING_COMMANDS, st.just(OpenMeeting(meeting_id=M))),
    some_acts().map(bound),
    lambda events, state: a_bound_meeting_is_in_order([CONVENED, *events], state),
)
