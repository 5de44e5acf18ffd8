"""What happened to meetings and rounds of opinions: the published language of this context."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

# They are part of the union below, and offered here under the same names.
from services.meetings.support.events import ConclusionFollowUpChecked as ConclusionFollowUpChecked
from services.meetings.support.events import FollowUp as FollowUp
from services.meetings.support.events import MeetingDocumentsCirculated as MeetingDocumentsCirculated
from shared.dates import Deadline, Moment
from shared.messages import AgencyId, DocumentRef, Event, Message, PersonId
from shared.personal.marking import OfMember, OfRecord


class MeetingKind(StrEnum):
    """The forms in which the committee meets (D3, D8, D9.2)."""

    PERIODIC = "periodic"
    EXTRAORDINARY = "extraordinary"
    EXPANDED = "expanded"
    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    WORKING_SESSION = "working_session"


class Attendance(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"


class RoundForm(StrEnum):
    """How opinions are asked: in writing, or orally at a meeting (D3)."""

    WRITTEN = "written"
    AT_MEETING = "at_meeting"


class Answer(StrEnum):
    AGREE = "agree"
    AGREE_WITH_COMMENTS = "agree_with_comments"
    DISAGREE = "disagree"


class Point(Message):
    """A point of attendance (`điểm cầu`); collective where `count` of them are named as one.

    Who presides at the point (`presiding`, or the post in the words of a source) keeps order there; what is
    D8.1's of the one who presides stays with the meeting's.
    """

    point_id: str
    name: str
    count: int | None = None
    presiding_post: str | None = None
    presiding: PersonId | None = None


class Proposal(Message):
    """What D8.1 asks of an agenda item: goals, progress, results; and the report that states them."""

    goals: str = ""
    progress: str = ""
    results: str = ""
    report: DocumentRef | None = None


class DutyToDo(Message):
    """Something that a conclusion gives to somebody, as its words say it; unknown parts stay empty."""

    what: str
    lead: tuple[AgencyId, ...] = ()
    lead_wording: str | None = None
    deadline: Deadline | None = None


class Tally(Message):
    """How a round ended, in seats."""

    agree: int = 0
    agree_with_comments: int = 0
    disagree: int = 0
    no_answer: int = 0


class MeetingConvened(Event):
    """A meeting was called. `kind` says which of the clauses it serves, and is None where the source does
    not tell; `quarter` is the one covered, such as `2022-Q3`, not always the one in which it is held.
    Where the committee meets in another rhythm, it is the name of that period (`periods.py`). `place` is the
    address or the room, `secretary` who of the support team writes the minutes."""

    clauses: ClassVar[tuple[str, ...]] = ("D3", "D4.3", "D8.1", "D8.2", "D9.2")
    meeting_id: str
    kind: MeetingKind | None
    title: str
    held: Moment
    presiding: PersonId
    presiding_post: str | None = None
    co_presiding: tuple[PersonId, ...] = ()
    form: str | None = None
    points: tuple[Point, ...] = ()
    quarter: str | None = None
    joint_with: tuple[str, ...] = ()
    invited_heads: tuple[AgencyId, ...] = ()
    subject_documents: tuple[DocumentRef, ...] = ()
    place: str | None = None
    secretary: PersonId | None = None


class MeetingPostponed(Event):
    """The meeting moved to another time, or to `place`, or both; where the time stayed, `held_before` is
    `held`."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.3",)
    meeting_id: str
    held_before: Moment
    held: Moment
    reason: str
    place: str | None = None


class MeetingCancelled(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D4.3",)
    meeting_id: str
    reason: str


class PresidingChanged(Event):
    """Another one presides over the meeting from here on, alone where no others are named (D4.3, D5.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.3", "D5.1")
    meeting_id: str
    presiding_before: PersonId
    presiding: PersonId
    presiding_post: str | None = None
    co_presiding: tuple[PersonId, ...] = ()
    reason: OfRecord = ""


class MeetingOpened(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D8.1",)
    meeting_id: str


class MeetingClosed(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D8.1",)
    meeting_id: str


class ParticipantInvited(Event):
    """The one who presides decided that this participant attends (D8.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D8.1",)
    meeting_id: str
    participant: str
    post: str
    agency_id: AgencyId | None = None
    point_id: str | None = None
    expert: bool = False


class ParticipantWithdrawn(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D8.1",)
    meeting_id: str
    participant: str
    reason: OfRecord = ""


class AgendaItemProposed(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.4", "D8.1")
    meeting_id: str
    item_id: str
    title: str
    proposal: Proposal


class AgendaItemAccepted(Event):
    """The proposal states goals, progress and results (D8.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.4", "D8.1")
    meeting_id: str
    item_id: str


class AgendaItemReturned(Event):
    """The proposal goes back to whoever made it; `missing` names what D8.1 asks for in addition."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.4", "D8.1")
    meeting_id: str
    item_id: str
    missing: tuple[str, ...]


class AgendaItemNoted(Event):
    """An item is known to have been discussed; its proposal is not in the records, and nothing is
    claimed of it."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    meeting_id: str
    item_id: str
    title: str


class AttendanceRecorded(Event):
    """Who was there and who was not, at which point; `count` where a whole group attends as one,
    `of_committee` where that group is a committee below, by its name (D12.2)."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.d", "D7.8")
    meeting_id: str
    participant: str
    status: Attendance
    point_id: str | None = None
    count: int | None = None
    of_committee: str | None = None


class AbsenceReported(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D6.1.d",)
    meeting_id: str
    member: PersonId
    reason_code: OfMember | None = None


class AbsenceApproved(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D6.1.d",)
    meeting_id: str
    member: PersonId


class AbsenceDeclined(Event):
    """The one who presides does not agree; a substitute named before no longer stands in."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.d",)
    meeting_id: str
    member: PersonId


class SubstituteAuthorised(Event):
    """A member who cannot attend sends someone, with a written opinion (D6.1.d).

    `opinion` is None only in an act from before the regulation.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.d",)
    meeting_id: str
    member: PersonId
    substitute: PersonId
    opinion: DocumentRef | None = None


class ConclusionIssued(Event):
    """What a meeting concluded; each duty with a lead becomes a task (D8.1).

    `late` where more working days than the regulation gives had certainly passed since the meeting.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.d", "D8.1")
    meeting_id: str
    conclusion_id: str
    text: str
    duties: tuple[DutyToDo, ...] = ()
    notice: DocumentRef | None = None
    late: bool = False


class MinutesApproved(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.8", "D8.1")
    meeting_id: str
    minutes: DocumentRef


MeetingEvent = (
    MeetingConvened
    | MeetingPostponed
    | MeetingCancelled
    | PresidingChanged
    | MeetingOpened
    | MeetingClosed
    | ParticipantInvited
    | ParticipantWithdrawn
    | MeetingDocumentsCirculated
    | AgendaItemProposed
    | AgendaItemAccepted
    | AgendaItemReturned
    | AgendaItemNoted
    | AttendanceRecorded
    | AbsenceReported
    | AbsenceApproved
    | AbsenceDeclined
    | SubstituteAuthorised
    | ConclusionIssued
    | ConclusionFollowUpChecked
    | MinutesApproved
)


class OpinionRequested(Event):
    """The seats in `asked` are to say what they think of a text, known by its digest (D6.1.c), which went
    out on the day `sent`."""

    clauses: ClassVar[tuple[str, ...]] = ("D3", "D6.1.c")
    round_id: str
    subject: str
    asked: tuple[str, ...]
    form: RoundForm
    meeting_id: str | None = None
    due: Deadline | None = None
    text_digest: str | None = None
    sent: date | None = None


class OpinionSubmitted(Event):
    """One seat's opinion; a later version takes its place and both are kept. `late` is after the
    deadline that stood when it came."""

    clauses: ClassVar[tuple[str, ...]] = ("D3", "D6.1.c")
    round_id: str
    seat_id: str
    version: int
    answer: Answer
    comments: str = ""
    text_digest: str | None = None
    late: bool = False


class OpinionOverdue(Event):
    """The deadline passed and this seat has not answered, on the day `seen`."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.c",)
    round_id: str
    seat_id: str
    due: Deadline
    seen: date


class OpinionRoundExtended(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D6.1.c",)
    round_id: str
    due_before: Deadline | None
    due: Deadline
    reason: str


class OpinionRoundClosed(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D3", "D6.1.c")
    round_id: str
    tally: Tally


OpinionEvent = (
    OpinionRequested | OpinionSubmitted | OpinionOverdue | OpinionRoundExtended | OpinionRoundClosed
)
