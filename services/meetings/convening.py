"""Calling a meeting, moving it, calling it off, opening and closing it (D4.3, D8, D9.2)."""

from services.meetings.commands import (
    CancelMeeting,
    ChangePresiding,
    CloseMeeting,
    ConveneMeeting,
    OpenMeeting,
    PostponeMeeting,
)
from services.meetings.events import (
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingEvent,
    MeetingKind,
    MeetingOpened,
    MeetingPostponed,
    PresidingChanged,
)
from services.meetings.quarter.periods import require_named
from services.meetings.rules import Rule, require_where_bound
from services.meetings.state import Meeting, Stage, has_begun, not_over, presides, standing
from services.members.capacity import LEADERS, SUPPORT_TEAM, for_the_chair
from services.members.events import Matter
from shared.decider import require
from shared.envelope import Act


def convene(command: ConveneMeeting, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D4.3: the chair convenes; D8.2: an expanded meeting has its subject and the heads who lead it."""
    _may_convene(command.kind, act)
    require(meeting.convened is None, Rule.CONVENED_ONCE, f"{command.meeting_id} was convened already")
    require(
        command.kind is not None or act.source is not None,
        Rule.KIND_IS_STATED,
        f"say which meeting it is: {', '.join(MeetingKind)}",
    )
    if command.quarter is not None:
        require_named(command.quarter)
    if command.kind is MeetingKind.EXPANDED:
        require_where_bound(
            act,
            bool(command.subject_documents),
            Rule.EXPANDED_HAS_A_SUBJECT,
            "name the strategy, programme or project in question",
        )
        require_where_bound(
            act,
            bool(command.invited_heads),
            Rule.EXPANDED_INVITES_HEADS,
            "name the agencies whose heads are invited",
        )
    return [MeetingConvened.model_validate(command.model_dump())]


def _may_convene(kind: MeetingKind | None, act: Act) -> None:
    """Who calls a meeting of this kind also moves it or calls it off."""
    match kind:
        case MeetingKind.WORKING_SESSION:
            require(
                act.in_capacity(*LEADERS),
                Rule.SESSION_BY_LEADERS,
                "only the chair and the deputies hold working sessions",
            )
        case MeetingKind.EXPANDED:
            require(
                for_the_chair(act, Matter.MEETINGS),
                Rule.EXPANDED_BY_CHAIR,
                "only the chair, or who acts for the chair, decides on an expanded meeting",
            )
        case _:
            require(
                for_the_chair(act, Matter.MEETINGS),
                Rule.CONVENED_BY_CHAIR,
                "only the chair, or who acts for the chair, convenes",
            )


def postpone(command: PostponeMeeting, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D4.3: the meeting moves to another time, later or earlier, or to another place."""
    convened = standing(meeting)
    _may_convene(convened.kind, act)
    _not_begun(meeting)
    before = meeting.held or convened.held
    place = command.place if command.place != convened.place else None
    if before == command.held and place is None:
        return []
    moved = command.model_dump() | {"held_before": before, "place": place}
    return [MeetingPostponed.model_validate(moved)]


def cancel(command: CancelMeeting, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    if meeting.stage is Stage.CANCELLED:
        return []
    _may_convene(standing(meeting).kind, act)
    _not_begun(meeting)
    return [MeetingCancelled(meeting_id=command.meeting_id, reason=command.reason)]


def change_presiding(command: ChangePresiding, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D4.3, D5.1: the chair has another one preside, also during the meeting; it is never assumed."""
    convened = standing(meeting)
    session = convened.kind is MeetingKind.WORKING_SESSION and act.in_capacity(*LEADERS)
    require(
        session or for_the_chair(act, Matter.MEETINGS),
        Rule.PRESIDING_CHANGED_BY,
        "only the chair, or who acts for the chair, has another one preside; a deputy at a working session",
    )
    not_over(meeting)
    now = (command.presiding, command.presiding_post, command.co_presiding)
    if now == (convened.presiding, convened.presiding_post, convened.co_presiding):
        return []
    changed = command.model_dump() | {"presiding_before": convened.presiding}
    return [PresidingChanged.model_validate(changed)]


def _not_begun(meeting: Meeting) -> None:
    require(not meeting.took_place, Rule.NOT_YET_BEGUN, "the meeting has begun: close it, and call another")


def open_meeting(command: OpenMeeting, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    _may_open(act, meeting)
    not_over(meeting)
    return [MeetingOpened(meeting_id=command.meeting_id)] if meeting.stage is Stage.CONVENED else []


def close(command: CloseMeeting, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    _may_open(act, meeting)
    has_begun(act, meeting)
    return [MeetingClosed(meeting_id=command.meeting_id)] if meeting.stage is not Stage.CLOSED else []


def _may_open(act: Act, meeting: Meeting) -> None:
    """D4.3, D7.8: who presides opens and closes; the support team may note that it was done."""
    convened = standing(meeting)
    require(
        presides(act, convened) or for_the_chair(act, Matter.MEETINGS) or act.in_capacity(*SUPPORT_TEAM),
        Rule.PRESIDING_OPENS,
        "who presides opens and closes the meeting, or the support team notes it",
    )
