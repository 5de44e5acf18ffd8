"""What people ask of meetings and rounds of opinions: each may be refused."""

from datetime import date

from pydantic import Field

# Whoever writes a command needs these too, so they are offered here under the same names.
from services.meetings.events import Answer as Answer
from services.meetings.events import Attendance as Attendance
from services.meetings.events import DutyToDo as DutyToDo
from services.meetings.events import FollowUp as FollowUp
from services.meetings.events import MeetingKind as MeetingKind
from services.meetings.events import Point as Point
from services.meetings.events import Proposal as Proposal
from services.meetings.events import RoundForm as RoundForm
from services.meetings.quarter.periods import NAME as PERIOD
from shared.dates import Deadline, Moment
from shared.messages import AgencyId, Command, DocumentRef, PersonId
from shared.personal.marking import OfMember, OfRecord

Id = Field(min_length=1, max_length=200, pattern=r"^\S+$")
Name = Field(min_length=1, max_length=1000)
Text = Field(min_length=1, max_length=50_000)
Digest = Field(default=None, min_length=1, max_length=200)
Several = Field(min_length=1, max_length=500)
Many = Field(default=(), max_length=500)
Words = Field(default=None, max_length=1000)


class ConveneMeeting(Command):
    """The kind is left open (None) only where a source does not tell it; `place` is the address or the room,
    `secretary` who of the support team writes the minutes."""

    meeting_id: str = Id
    kind: MeetingKind | None
    title: str = Name
    held: Moment
    presiding: PersonId = Id
    presiding_post: str | None = Words
    co_presiding: tuple[PersonId, ...] = Field(default=(), max_length=20)
    form: str | None = Words
    points: tuple[Point, ...] = Many
    quarter: str | None = Field(default=None, pattern=PERIOD)
    joint_with: tuple[str, ...] = Many
    invited_heads: tuple[AgencyId, ...] = Many
    subject_documents: tuple[DocumentRef, ...] = Many
    place: str | None = Words
    secretary: PersonId | None = Field(default=None, min_length=1, max_length=200, pattern=r"^\S+$")


class PostponeMeeting(Command):
    """To another time, or to another place; without a `place` it stays where it is."""

    meeting_id: str = Id
    held: Moment
    reason: str = Name
    place: str | None = Words


class CancelMeeting(Command):
    meeting_id: str = Id
    reason: str = Name


class ChangePresiding(Command):
    meeting_id: str = Id
    presiding: PersonId = Id
    presiding_post: str | None = Words
    co_presiding: tuple[PersonId, ...] = Field(default=(), max_length=20)
    reason: OfRecord = Name


class OpenMeeting(Command):
    meeting_id: str = Id


class CloseMeeting(Command):
    meeting_id: str = Id


class InviteParticipant(Command):
    meeting_id: str = Id
    participant: str = Name
    post: str = Name
    agency_id: AgencyId | None = Field(default=None, max_length=200)
    point_id: str | None = Words
    expert: bool = False


class WithdrawParticipant(Command):
    meeting_id: str = Id
    participant: str = Name
    reason: OfRecord = Field(default="", max_length=1000)


class CirculateMeetingDocuments(Command):
    """Without `to`, the documents go to all who attend."""

    meeting_id: str = Id
    documents: tuple[DocumentRef, ...] = Several
    to: tuple[str, ...] = Many


class ProposeAgendaItem(Command):
    meeting_id: str = Id
    item_id: str = Id
    title: str = Name
    proposal: Proposal


class NoteAgendaItem(Command):
    """An item that a source says was discussed, without its proposal."""

    meeting_id: str = Id
    item_id: str = Id
    title: str = Name


class RecordAttendance(Command):
    meeting_id: str = Id
    participant: str = Name
    status: Attendance
    point_id: str | None = Words
    count: int | None = Field(default=None, ge=1)
    of_committee: str | None = Field(default=None, min_length=1, max_length=1000)


class ReportAbsence(Command):
    """The reason is a code, so that no private matter enters the records."""

    meeting_id: str = Id
    member: PersonId = Id
    reason_code: OfMember | None = Field(default=None, max_length=50)


class ApproveAbsence(Command):
    meeting_id: str = Id
    member: PersonId = Id


class DeclineAbsence(Command):
    meeting_id: str = Id
    member: PersonId = Id


class AuthoriseSubstitute(Command):
    meeting_id: str = Id
    member: PersonId = Id
    substitute: PersonId = Id
    opinion: DocumentRef | None = None


class IssueConclusion(Command):
    meeting_id: str = Id
    conclusion_id: str = Id
    text: str = Text
    duties: tuple[DutyToDo, ...] = Many
    notice: DocumentRef | None = None


class CheckConclusionFollowUp(Command):
    meeting_id: str = Id
    conclusion_id: str = Id
    status: FollowUp
    findings: str = Text


class ApproveMinutes(Command):
    meeting_id: str = Id
    minutes: DocumentRef


MeetingCommand = (
    ConveneMeeting
    | PostponeMeeting
    | CancelMeeting
    | ChangePresiding
    | OpenMeeting
    | CloseMeeting
    | InviteParticipant
    | WithdrawParticipant
    | CirculateMeetingDocuments
    | ProposeAgendaItem
    | NoteAgendaItem
    | RecordAttendance
    | ReportAbsence
    | ApproveAbsence
    | DeclineAbsence
    | AuthoriseSubstitute
    | IssueConclusion
    | CheckConclusionFollowUp
    | ApproveMinutes
)


class RequestOpinions(Command):
    round_id: str = Id
    subject: str = Name
    asked: tuple[str, ...] = Field(max_length=1000)
    form: RoundForm
    meeting_id: str | None = Field(default=None, max_length=200)
    due: Deadline | None = None
    text_digest: str | None = Digest


class SubmitOpinion(Command):
    round_id: str = Id
    seat_id: str = Id
    answer: Answer
    comments: str = Field(default="", max_length=50_000)
    text_digest: str | None = Digest


class ExtendOpinionRound(Command):
    round_id: str = Id
    due: Deadline
    reason: str = Name


class CloseOpinionRound(Command):
    round_id: str = Id


class MarkOpinionsOverdue(Command):
    """Time as input: what is overdue on the day `today`."""

    round_id: str = Id
    today: date


OpinionCommand = (
    RequestOpinions | SubmitOpinion | ExtendOpinionRound | CloseOpinionRound | MarkOpinionsOverdue
)
