"""For each command of meetings and rounds of opinions, a moment at which somebody competent may ask it."""

from datetime import date

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
    CloseOpinionRound,
    ConveneMeeting,
    DeclineAbsence,
    ExtendOpinionRound,
    InviteParticipant,
    IssueConclusion,
    MarkOpinionsOverdue,
    MeetingCommand,
    NoteAgendaItem,
    OpenMeeting,
    OpinionCommand,
    PostponeMeeting,
    ProposeAgendaItem,
    RecordAttendance,
    ReportAbsence,
    RequestOpinions,
    SubmitOpinion,
    WithdrawParticipant,
)
from services.meetings.events import (
    AbsenceApproved,
    AbsenceReported,
    Answer,
    Attendance,
    ConclusionIssued,
    FollowUp,
    MeetingConvened,
    MeetingEvent,
    MeetingKind,
    MeetingOpened,
    OpinionRequested,
    ParticipantInvited,
    Proposal,
    RoundForm,
)
from services.meetings.opinion import decider as opinion_round
from shared.dates import Deadline, Moment
from shared.messages import AgencyId, DocumentRef, PersonId
from tests.unit.specimens import Specimen

M, R = "hop-mau", "gop-y-mau"
PRESIDES, ABSENT, INVITED = "nguoi-chu-tri", PersonId("nguoi-vang"), "cuc-mau"
PAPER = DocumentRef(number="12/BC-TGV", date=date(2026, 6, 1))
CONVENE = ConveneMeeting(
    meeting_id=M,
    kind=MeetingKind.PERIODIC,
    title="Họp quý II/2026",
    held=Moment("2026-06-15"),
    presiding=PersonId(PRESIDES),
    quarter="2026-Q2",
)
CONVENED = MeetingConvened.model_validate(CONVENE.model_dump())
OPENED = MeetingOpened(meeting_id=M)
REPORTED = AbsenceReported(meeting_id=M, member=ABSENT)
CONCLUDED = ConclusionIssued(meeting_id=M, conclusion_id="kl-1", text="Giao rà soát.")
ASK = RequestOpinions(
    round_id=R,
    subject="Dự thảo mẫu",
    asked=("ghe-1", "ghe-2"),
    form=RoundForm.WRITTEN,
    due=Deadline(wording="ngày 10/6/2026", latest=date(2026, 6, 10)),
)
ASKED = OpinionRequested.model_validate(ASK.model_dump())


def of_meeting(
    command: MeetingCommand, *given: MeetingEvent, person: str | None = None, seat: str | None = None
) -> Specimen:
    return Specimen(command, meeting.decider, (CONVENED, *given), person=person, seat=seat)


def of_round(command: OpinionCommand, *, seat: str | None = None) -> Specimen:
    return Specimen(command, opinion_round.decider, (ASKED,), seat=seat)


SPECIMENS: tuple[Specimen, ...] = (
    Specimen(CONVENE, meeting.decider),
    Specimen(
        CONVENE.model_copy(
            update={
                "kind": MeetingKind.EXPANDED,
                "invited_heads": (AgencyId("so-mau"),),
                "subject_documents": (PAPER,),
            }
        ),
        meeting.decider,
    ),
    Specimen(CONVENE.model_copy(update={"kind": MeetingKind.WORKING_SESSION}), meeting.decider),
    Specimen(
        CONVENE.model_copy(update={"place": "Phòng họp số 1", "secretary": PersonId("to-truong")}),
        meeting.decider,
    ),
    of_meeting(PostponeMeeting(meeting_id=M, held=CONVENE.held, reason="mất điện", place="Phòng họp số 2")),
    of_meeting(PostponeMeeting(meeting_id=M, held=Moment("2026-06-20"), reason="chờ số liệu")),
    of_meeting(CancelMeeting(meeting_id=M, reason="trùng lịch")),
    of_meeting(ChangePresiding(meeting_id=M, presiding=PersonId("nguoi-khac"), reason="đi công tác")),
    of_meeting(OpenMeeting(meeting_id=M), person=PRESIDES),
    of_meeting(CloseMeeting(meeting_id=M), OPENED, person=PRESIDES),
    of_meeting(InviteParticipant(meeting_id=M, participant=INVITED, post="Lãnh đạo Cục"), person=PRESIDES),
    of_meeting(
        WithdrawParticipant(meeting_id=M, participant=INVITED),
        ParticipantInvited(meeting_id=M, participant=INVITED, post="Lãnh đạo Cục"),
        person=PRESIDES,
    ),
    of_meeting(CirculateMeetingDocuments(meeting_id=M, documents=(PAPER,))),
    of_meeting(
        ProposeAgendaItem(
            meeting_id=M,
            item_id="1",
            title="Mã QR",
            proposal=Proposal(goals="mục tiêu", progress="tiến độ", results="kết quả"),
        )
    ),
    Specimen(
        NoteAgendaItem(meeting_id=M, item_id="2", title="Kết quả 6 tháng"),
        meeting.decider,
        (CONVENED,),
        document=True,
    ),
    of_meeting(RecordAttendance(meeting_id=M, participant=INVITED, status=Attendance.PRESENT), OPENED),
    of_meeting(ReportAbsence(meeting_id=M, member=ABSENT), person=ABSENT),
    of_meeting(ApproveAbsence(meeting_id=M, member=ABSENT), REPORTED, person=PRESIDES),
    of_meeting(DeclineAbsence(meeting_id=M, member=ABSENT), REPORTED, person=PRESIDES),
    of_meeting(
        AuthoriseSubstitute(meeting_id=M, member=ABSENT, substitute=PersonId("nguoi-thay"), opinion=PAPER),
        REPORTED,
        AbsenceApproved(meeting_id=M, member=ABSENT),
        person=ABSENT,
    ),
    of_meeting(
        IssueConclusion(meeting_id=M, conclusion_id="kl-1", text="Giao rà soát."), OPENED, person=PRESIDES
    ),
    of_meeting(
        CheckConclusionFollowUp(
            meeting_id=M, conclusion_id="kl-1", status=FollowUp.UNDER_WAY, findings="đã xem"
        ),
        OPENED,
        CONCLUDED,
    ),
    of_meeting(ApproveMinutes(meeting_id=M, minutes=PAPER), OPENED, person=PRESIDES),
    Specimen(ASK, opinion_round.decider),
    of_round(SubmitOpinion(round_id=R, seat_id="ghe-1", answer=Answer.AGREE), seat="ghe-1"),
    of_round(
        ExtendOpinionRound(
            round_id=R, due=Deadline(wording="ngày 30/6/2026", latest=date(2026, 6, 30)), reason="chờ"
        )
    ),
    of_round(MarkOpinionsOverdue(round_id=R, today=date(2026, 6, 15))),
    of_round(CloseOpinionRound(round_id=R)),
)
