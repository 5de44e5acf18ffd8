"""The matters of which records should exist, and which (D7.8): pure, from events.

To ask for more of a matter: a line in `WANTED`, and its word under `completeness.what`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from services.feedback.events import FeedbackAnswered, FeedbackClosed, FeedbackReceived
from services.meetings.casefile.events import MatterKind, Paper
from services.meetings.events import (
    AttendanceRecorded,
    ConclusionIssued,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingDocumentsCirculated,
    MeetingKind,
    MeetingOpened,
    MeetingPostponed,
    MinutesApproved,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionSubmitted,
    ParticipantInvited,
)
from services.records.compliance.course import Course, History, every, first
from services.tasks.events import ProgrammeIssued
from services.tasks.inspection.events import InspectionCancelled, InspectionClosed, InspectionConducted
from shared.messages import Event


@dataclass(frozen=True)
class Matter:
    """Something of which records should exist."""

    kind: MatterKind
    register: str
    record: str
    title: str
    day: date
    history: History

    @property
    def by_source(self) -> bool:
        """Whether nobody here acted in it: it is known from a source, or before the regulation."""
        return all(one.meta.source or not one.meta.actor.mandate.bound for one in self.history)


@dataclass(frozen=True)
class Wanted:
    """A record that a matter should have: what tells of it, and as which paper it lies in the file.

    Without a paper the events themselves are the record. `after` are the events without which it is not due;
    one `if_any` is wanted only where the file expects it.
    """

    what: str
    told_by: tuple[type[Event], ...]
    paper: Paper | None = None
    after: tuple[type[Event], ...] = ()
    if_any: bool = False


OF_MEETINGS: Final = (
    Wanted("invitation", (ParticipantInvited,), Paper.INVITATION),
    Wanted("papers", (MeetingDocumentsCirculated,), Paper.MEETING_PAPER),
    Wanted("attendance", (AttendanceRecorded,)),
    Wanted("minutes", (MinutesApproved,), Paper.MINUTES),
    Wanted("conclusion", (ConclusionIssued,), Paper.CONCLUSION),
)
OF_WORKING_SESSIONS: Final = tuple(replace(wanted, after=wanted.told_by) for wanted in OF_MEETINGS)
"""D9.2 asks for no record of a working session: what was made of it is to be kept."""
OF_ROUNDS: Final = (
    Wanted("request", (OpinionRequested,), Paper.REQUEST),
    Wanted("opinions", (OpinionSubmitted,)),
    Wanted("tally", (OpinionRoundClosed,), after=(OpinionRoundClosed,)),
)
OF_PROGRAMMES: Final = (Wanted("programme", (ProgrammeIssued,), Paper.PROGRAMME),)
OF_INSPECTIONS: Final = (
    Wanted("inspection_record", (InspectionConducted,), Paper.RECORD),
    Wanted(
        "inspection_conclusion", (InspectionClosed,), Paper.INSPECTION_CONCLUSION, after=(InspectionClosed,)
    ),
)
OF_FEEDBACK: Final = (
    Wanted("attachments", (FeedbackReceived,), Paper.ATTACHMENT, if_any=True),
    Wanted("answer", (FeedbackAnswered,), after=(FeedbackAnswered, FeedbackClosed)),
)
WANTED: Final[Mapping[MatterKind, tuple[Wanted, ...]]] = {
    MatterKind.MEETING: OF_MEETINGS,
    MatterKind.OPINION_ROUND: OF_ROUNDS,
    MatterKind.PROGRAMME: OF_PROGRAMMES,
    MatterKind.INSPECTION: OF_INSPECTIONS,
    MatterKind.FEEDBACK: OF_FEEDBACK,
}
TOOK_PLACE: Final = (MeetingOpened, MeetingClosed, AttendanceRecorded, ConclusionIssued, MinutesApproved)


def wanted_of(matter: Matter) -> tuple[Wanted, ...]:
    """The records that this matter should have."""
    convened = first(matter.history, MeetingConvened)
    told: Any = convened.event if convened else None
    if told is not None and told.kind is MeetingKind.WORKING_SESSION:
        return OF_WORKING_SESSIONS
    return WANTED[matter.kind]


def matters(course: Course) -> Iterator[Matter]:
    """Every meeting that took place, round, issued programme, conducted inspection and feedback."""
    for history in course.histories("meeting"):
        convened = first(history, MeetingConvened)
        held = first(history, *TOOK_PLACE) or (convened and convened.meta.source)
        if convened and held and not first(history, MeetingCancelled):
            told: Any = convened.event
            moved: list[Any] = [one.event for one in every(history, MeetingPostponed)]
            day = (moved[-1] if moved else told).held.earliest
            yield Matter(MatterKind.MEETING, "meetings", told.meeting_id, told.title, day, history)
    for history in course.histories("opinion"):
        yield from _matter(MatterKind.OPINION_ROUND, "opinion_rounds", history, OpinionRequested, "round_id")
    for history in course.histories("programme"):
        yield from _matter(MatterKind.PROGRAMME, "programmes", history, ProgrammeIssued, "programme_id")
    for history in course.histories("inspection"):
        if not first(history, InspectionCancelled):
            kind = MatterKind.INSPECTION
            yield from _matter(kind, "inspections", history, InspectionConducted, "inspection_id")
    for history in course.histories("feedback"):
        yield from _matter(MatterKind.FEEDBACK, "feedback", history, FeedbackReceived, "feedback_id")


def _matter(
    kind: MatterKind, register: str, history: History, begin: type[Event], name: str
) -> Iterator[Matter]:
    found = first(history, begin)
    if found is not None:
        titles = (getattr(one.event, part, None) for one in history for part in ("title", "subject"))
        title = next((str(one) for one in titles if one), "")
        record = str(getattr(found.event, name))
        yield Matter(kind, register, record, title, found.meta.effective_at.earliest, history)
