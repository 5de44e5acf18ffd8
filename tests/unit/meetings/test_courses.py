"""Random courses of commands, valid and not, and what holds of every stream of this context after each."""

from dataclasses import replace
from datetime import date
from typing import Any

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
    CloseOpinionRound,
    ConveneMeeting,
    DeclineAbsence,
    ExtendOpinionRound,
    InviteParticipant,
    IssueConclusion,
    MarkOpinionsOverdue,
    NoteAgendaItem,
    OpenMeeting,
    PostponeMeeting,
    ProposeAgendaItem,
    RecordAttendance,
    ReportAbsence,
    RequestOpinions,
    SubmitOpinion,
    WithdrawParticipant,
)
from services.meetings.directive import commands as directing
from services.meetings.directive import decider as directive
from services.meetings.directive.events import (
    SUPPORT_TEAM_ID,
    AcknowledgementOverdue,
    DirectiveAcknowledged,
    DirectiveIssued,
    DirectiveReaddressed,
    DirectiveWithdrawn,
)
from services.meetings.events import (
    AgendaItemAccepted,
    AgendaItemNoted,
    AgendaItemProposed,
    Answer,
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
    OpinionOverdue,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionSubmitted,
    ParticipantInvited,
    ParticipantWithdrawn,
    Point,
    PresidingChanged,
    Proposal,
    RoundForm,
    SubstituteAuthorised,
)
from services.meetings.opinion import decider as opinion_round
from services.meetings.proposal import commands as proposing
from services.meetings.proposal import decider as proposal
from services.meetings.proposal.events import (
    ProposalDecided,
    ProposalDrafted,
    ProposalReturned,
    ProposalSubmitted,
)
from services.meetings.quarter import decider as quarter
from services.meetings.quarter.commands import EndQuarter
from services.meetings.quarter.events import QuarterEnded
from services.meetings.quarter.periods import Period
from services.meetings.state import Absence, Meeting
from services.members.capacity import Capacity
from shared.dates import Deadline, Moment
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef, Event, PersonId
from tests.unit.given import act
from tests.unit.histories import acts, machine

M = "hop"
DOC = DocumentRef(number="12/BC-TGV")
WHO = st.sampled_from([PersonId("nguoi-a"), PersonId("nguoi-b")])
FULL = Proposal(goals="mục tiêu", progress="tiến độ", results="kết quả")
FAR = (Moment("2027-01-15"), Moment("2027-02"))
"""Days of the meeting behind those of all acts: what belongs to a meeting needs its opening."""
FEW = 15
"""Examples where few courses show enough."""
POINT = st.sampled_from([None, "tinh", "huyen"])


COMPETENT = st.builds(
    act,
    st.sampled_from([Capacity.CHAIR, Capacity.TEAM_LEADER, Capacity.POLICY]),
    at=st.sampled_from(["2026-01-05", "2026-06-30"]),
)
"""Those who may do most, so that courses get somewhere."""


def bound(who: Act) -> Act:
    """The same act as it happens, under a regulation."""
    mandate = who.actor.mandate.model_copy(update={"bound": True})
    return replace(who, actor=who.actor.model_copy(update={"mandate": mandate}), source=None)


def some_acts(**concerned: Any) -> st.SearchStrategy[Act]:
    return st.one_of(acts(**concerned), COMPETENT)


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

R = "dot-1"
SEATS = ("ghe-1", "ghe-2", "ghe-3")
DUES = tuple(
    Deadline(wording=f"{day}", latest=day) for day in (date(2026, 3, 1), date(2026, 8, 1), date(2026, 9, 1))
)
DAYS = st.sampled_from([date(2026, 2, 1), date(2026, 3, 2), date(2026, 8, 2), date(2027, 1, 1)])
ROUND_COMMANDS = st.one_of(
    st.builds(
        RequestOpinions,
        round_id=st.just(R),
        subject=st.just("Dự thảo"),
        asked=st.sampled_from([(), SEATS[:2], SEATS[:1] * 2]),
        form=st.sampled_from(RoundForm),
        due=st.sampled_from([None, DUES[0]]),
        text_digest=st.sampled_from([None, "ab"]),
    ),
    st.builds(
        SubmitOpinion,
        round_id=st.just(R),
        seat_id=st.sampled_from(SEATS),
        answer=st.sampled_from(Answer),
        comments=st.sampled_from(["", "rõ kinh phí"]),
        text_digest=st.sampled_from([None, "ab", "cd"]),
    ),
    st.builds(ExtendOpinionRound, round_id=st.just(R), due=st.sampled_from(DUES), reason=st.just("chờ")),
    st.builds(MarkOpinionsOverdue, round_id=st.just(R), today=DAYS),
    st.builds(CloseOpinionRound, round_id=st.just(R)),
)


def a_round_is_in_order(events: list[Event], state: Any) -> None:
    versions = dict[str, int]()
    marked = set[tuple[str, date | None]]()
    asked: tuple[str, ...] = ()
    for n, event in enumerate(events):
        assert isinstance(event, OpinionRequested) == (n == 0)
        match event:
            case OpinionRequested():
                asked = event.asked
                assert len(set(asked)) == len(asked)
            case OpinionSubmitted():
                assert event.version == versions.get(event.seat_id, 0) + 1
                versions[event.seat_id] = event.version
            case OpinionOverdue():
                assert event.seat_id in asked
                assert event.seat_id not in versions
                assert event.due.passed(event.seen)
                marked.add((event.seat_id, event.due.latest))
            case OpinionRoundClosed():
                assert n == len(events) - 1
                assert sum(event.tally.model_dump().values()) == len({*asked, *versions})
            case _:
                pass


def a_bound_round_is_in_order(events: list[Event], state: Any) -> None:
    """Besides: only those asked answer, each about the text, and each is overdue once for a deadline."""
    a_round_is_in_order(events, state)
    missed = [(one.seat_id, one.due.latest) for one in events if isinstance(one, OpinionOverdue)]
    assert len(missed) == len(set(missed))
    for event in events:
        if isinstance(event, OpinionSubmitted):
            assert state.requested.text_digest in (None, event.text_digest)
        if isinstance(event, OpinionRoundClosed):
            assert sum(event.tally.model_dump().values()) == len(state.requested.asked)


SEAT_ACTS = some_acts(seats=(None, *SEATS))
TestARound = machine(opinion_round.decider, ROUND_COMMANDS, SEAT_ACTS, a_round_is_in_order, FEW)
TestABoundRound = machine(
    opinion_round.decider, ROUND_COMMANDS, SEAT_ACTS.map(bound), a_bound_round_is_in_order
)

D = "chi-dao"
AGENCIES = tuple(AgencyId(one) for one in ("so-a", "so-b", "so-c"))
ADDRESSEES = st.sampled_from([*AGENCIES, SUPPORT_TEAM_ID])
DIRECTIVE_COMMANDS = st.one_of(
    st.builds(
        directing.IssueDirective,
        directive_id=st.just(D),
        text=st.just("Đẩy nhanh"),
        to=st.sampled_from([(), AGENCIES[:1], AGENCIES[:2], (*AGENCIES[:1], SUPPORT_TEAM_ID)]),
        to_support_team=st.booleans(),
        acknowledge_by=st.sampled_from([None, DUES[0]]),
    ),
    st.builds(
        directing.AcknowledgeDirective,
        directive_id=st.just(D),
        agency_id=ADDRESSEES,
        measures=st.sampled_from(["đã họp", "đã gửi"]),
    ),
    st.builds(directing.MarkAcknowledgementsOverdue, directive_id=st.just(D), today=DAYS),
    st.builds(
        directing.ReaddressDirective,
        directive_id=st.just(D),
        from_agency=ADDRESSEES,
        to=st.sampled_from([AGENCIES[1:], AGENCIES[2:], AGENCIES[:1]]),
        reason=st.just("hợp nhất"),
    ),
    st.builds(directing.WithdrawDirective, directive_id=st.just(D), reason=st.just("thay thế")),
)


def a_directive_is_in_order(events: list[Event], state: Any) -> None:
    addressees, told, overdue = set[str](), set[str](), set[str]()
    for n, event in enumerate(events):
        assert isinstance(event, DirectiveIssued) == (n == 0)
        match event:
            case DirectiveIssued():
                addressees = set(event.addressees)
                assert len(addressees) == len(event.addressees)
            case DirectiveAcknowledged():
                assert event.agency_id in addressees
                told.add(event.agency_id)
            case AcknowledgementOverdue():
                assert event.agency_id in addressees - told - overdue
                assert event.due.passed(event.seen)
                overdue.add(event.agency_id)
            case DirectiveReaddressed():
                assert event.from_agency in addressees - told
                assert event.from_agency not in event.to
                addressees = (addressees - {event.from_agency}) | set(event.to)
            case DirectiveWithdrawn():
                assert n == len(events) - 1
            case _:
                pass
    assert set(state.silent) == addressees - told


TestADirective = machine(
    directive.decider, DIRECTIVE_COMMANDS, some_acts(agencies=(None, *AGENCIES)), a_directive_is_in_order
)

P = "de-xuat"
PROPOSAL_COMMANDS = st.one_of(
    st.builds(
        proposing.DraftProposal,
        proposal_id=st.just(P),
        title=st.just("Cơ chế"),
        kind=st.sampled_from(proposing.ProposalKind),
        content=st.sampled_from(["bản một", "bản hai"]),
    ),
    st.builds(proposing.SubmitProposal, proposal_id=st.just(P)),
    st.builds(proposing.SubmitProposal, proposal_id=st.just(P)),
    st.builds(proposing.ReturnProposal, proposal_id=st.just(P), reasons=st.just("chưa rõ")),
    st.builds(
        proposing.DecideProposal,
        proposal_id=st.just(P),
        decision=st.sampled_from(proposing.Decision),
        reason=st.just("đúng thẩm quyền"),
    ),
)
BEFORE: dict[type[Event], tuple[type[Event] | None, ...]] = {
    ProposalDrafted: (None, ProposalDrafted, ProposalReturned),
    ProposalSubmitted: (ProposalDrafted,),
    ProposalReturned: (ProposalSubmitted,),
    ProposalDecided: (ProposalSubmitted,),
}
"""What may come right before each event of a proposal."""


def a_proposal_is_in_order(events: list[Event], state: Any) -> None:
    version = 0
    for before, event in zip([None, *events], events, strict=False):
        assert (type(before) if before else None) in BEFORE[type(event)]
        if isinstance(event, ProposalDrafted):
            assert event.version == version + 1
            version = event.version
        if isinstance(event, ProposalSubmitted):
            assert event.version == version


def a_bound_proposal_is_in_order(events: list[Event], state: Any) -> None:
    """Besides: it stays with who drafted it."""
    a_proposal_is_in_order(events, state)
    assert len({one.drafted_by for one in events if isinstance(one, ProposalDrafted)}) <= 1


AGENCY_ACTS = some_acts(agencies=(None, *AGENCIES))
TestAProposal = machine(proposal.decider, PROPOSAL_COMMANDS, AGENCY_ACTS, a_proposal_is_in_order, FEW)
TestABoundProposal = machine(
    proposal.decider, PROPOSAL_COMMANDS, AGENCY_ACTS.map(bound), a_bound_proposal_is_in_order, FEW
)

QUARTER_COMMANDS = st.builds(
    EndQuarter,
    quarter=st.sampled_from(["2026-Q1", "2026-Q1", "2026", "2026-01--2026-03"]),
    today=DAYS,
    held=st.sampled_from([(), ("hop",)]),
)


def a_quarter_is_in_order(events: list[Event], state: Any) -> None:
    assert len(events) <= 1
    for event in events:
        assert isinstance(event, QuarterEnded)
        period, following = Period.named(event.quarter), Period.named(event.next_quarter or "")
        assert period is not None
        assert following is not None
        assert event.seen is not None
        assert event.seen > period.last
        assert following.first == period.day_after


TestAQuarter = machine(quarter.decider, QUARTER_COMMANDS, some_acts(), a_quarter_is_in_order, FEW)
