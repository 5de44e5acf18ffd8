"""What a decision needs to know about a meeting, and the questions that all of its rooms ask."""

from dataclasses import dataclass, field
from enum import Enum, auto

from services.meetings.events import (
    AgendaItemProposed,
    AttendanceRecorded,
    ConclusionFollowUpChecked,
    ConclusionIssued,
    MeetingConvened,
    MeetingDocumentsCirculated,
    MeetingKind,
    MinutesApproved,
    ParticipantInvited,
    SubstituteAuthorised,
)
from services.meetings.rules import Rule, require_where_bound
from services.members.capacity import LEADERS, Capacity
from shared.dates import Moment
from shared.decider import require
from shared.envelope import Act
from shared.messages import PersonId


class Stage(Enum):
    CONVENED = auto()
    OPEN = auto()
    CLOSED = auto()
    CANCELLED = auto()


class Absence(Enum):
    REPORTED = auto()
    APPROVED = auto()
    DECLINED = auto()


@dataclass(frozen=True)
class Meeting:
    """A meeting so far; `convened` is None before it was called, and names who presides now."""

    convened: MeetingConvened | None = None
    held: Moment | None = None
    stage: Stage = Stage.CONVENED
    invited: dict[str, ParticipantInvited] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    proposed: dict[str, AgendaItemProposed] = field(default_factory=dict)
    on_agenda: frozenset[str] = frozenset()
    absences: dict[PersonId, Absence] = field(default_factory=dict)
    substitutes: dict[PersonId, SubstituteAuthorised] = field(default_factory=dict)
    attendance: dict[tuple[str | None, str], AttendanceRecorded] = field(default_factory=dict)
    circulated: frozenset[MeetingDocumentsCirculated] = frozenset()
    conclusions: dict[str, ConclusionIssued] = field(default_factory=dict)
    follow_ups: dict[str, ConclusionFollowUpChecked] = field(default_factory=dict)
    minutes: MinutesApproved | None = None

    @property
    def took_place(self) -> bool:
        """Whether something is recorded that only happens at a meeting."""
        at_it = bool(self.attendance or self.conclusions) or self.minutes is not None
        return at_it or self.stage in (Stage.OPEN, Stage.CLOSED)


def standing(meeting: Meeting) -> MeetingConvened:
    """The meeting as it was called; refuses for one that was never called, or was called off."""
    require(meeting.convened is not None, Rule.MEETING_STANDS, "the meeting was not convened")
    require(meeting.stage is not Stage.CANCELLED, Rule.MEETING_STANDS, "the meeting was cancelled")
    assert meeting.convened is not None
    return meeting.convened


def presides(act: Act, convened: MeetingConvened) -> bool:
    """Whether the actor presides over this meeting; an act before the regulation is taken at its word."""
    named = act.actor.person in (convened.presiding, *convened.co_presiding)
    return not act.actor.mandate.bound or (named and has_a_seat(act, convened))


def has_a_seat(act: Act, convened: MeetingConvened) -> bool:
    """Whether the actor sits at this meeting: in a seat of the committee, or leading the support team where
    the leaders work with it (D9.2). The same person in another capacity does not."""
    team = (Capacity.TEAM_LEADER,) if convened.kind is MeetingKind.WORKING_SESSION else ()
    return act.in_capacity(*LEADERS, Capacity.MEMBER, *team)


def not_over(meeting: Meeting) -> None:
    require(meeting.stage is not Stage.CLOSED, Rule.NOT_OVER, "the meeting is closed")


def has_begun(act: Act, meeting: Meeting) -> None:
    """A meeting has begun when it was opened, or when its day has come."""
    day_came = meeting.held is not None and act.effective_at.latest >= meeting.held.earliest
    require(
        meeting.stage in (Stage.OPEN, Stage.CLOSED) or day_came,
        Rule.HAS_BEGUN,
        f"the meeting is to be held on {meeting.held}: open it first",
    )


def known_point(act: Act, point_id: str | None, convened: MeetingConvened) -> None:
    points = [point.point_id for point in convened.points]
    require_where_bound(
        act,
        point_id is None or point_id in points,
        Rule.POINT_IS_KNOWN,
        f"{point_id} is none of the points of this meeting: {', '.join(points) or 'it has none'}",
    )
