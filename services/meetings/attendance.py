"""Who is to attend, who was there, and who was not with whose consent (D6.1.d, D8.1)."""

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
    AttendanceRecorded,
    MeetingConvened,
    MeetingEvent,
    ParticipantInvited,
    ParticipantWithdrawn,
    SubstituteAuthorised,
)
from services.meetings.rules import Rule, require_where_bound
from services.meetings.state import (
    Absence,
    Meeting,
    has_a_seat,
    has_begun,
    known_point,
    not_over,
    presides,
    standing,
)
from services.members.capacity import LEADERS, SUPPORT_TEAM
from shared.decider import require
from shared.envelope import Act
from shared.messages import PersonId


def invite(command: InviteParticipant, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D8.1: the one who presides decides who attends, be it a member, an outside party or an expert."""
    _by_presiding(act, meeting)
    known_point(act, command.point_id, standing(meeting))
    invited = ParticipantInvited.model_validate(command.model_dump())
    return [] if meeting.invited.get(command.participant) == invited else [invited]


def withdraw(command: WithdrawParticipant, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    _by_presiding(act, meeting)
    if command.participant in meeting.withdrawn:
        return []
    require(
        command.participant in meeting.invited,
        Rule.PARTICIPANT_IS_INVITED,
        f"{command.participant} is not invited",
    )
    return [ParticipantWithdrawn.model_validate(command.model_dump())]


def _by_presiding(act: Act, meeting: Meeting) -> None:
    require(
        presides(act, standing(meeting)),
        Rule.PRESIDING_INVITES,
        "only the one who presides decides who attends",
    )
    not_over(meeting)


def record_attendance(command: RecordAttendance, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D6.1.d: attendance is kept by point; a later record for the same participant corrects it."""
    convened = standing(meeting)
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM),
        Rule.TEAM_KEEPS_RECORDS,
        "the support team keeps the attendance",
    )
    known_point(act, command.point_id, convened)
    has_begun(act, meeting)
    recorded = AttendanceRecorded.model_validate(command.model_dump())
    return [] if meeting.attendance.get((command.point_id, command.participant)) == recorded else [recorded]


def report_absence(command: ReportAbsence, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D6.1.d: a member who cannot attend reports it; where it was declined, it may be reported anew."""
    _by_the_member(act, command.member, standing(meeting))
    if meeting.absences.get(command.member) in (Absence.REPORTED, Absence.APPROVED):
        return []
    return [
        AbsenceReported(meeting_id=command.meeting_id, member=command.member, reason_code=command.reason_code)
    ]


def approve_absence(command: ApproveAbsence, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D6.1.d: only the one who presides over this meeting agrees."""
    if _asked_of_presiding(command, act, meeting) is Absence.APPROVED:
        return []
    return [AbsenceApproved(meeting_id=command.meeting_id, member=command.member)]


def decline_absence(command: DeclineAbsence, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    if _asked_of_presiding(command, act, meeting) is Absence.DECLINED:
        return []
    return [AbsenceDeclined(meeting_id=command.meeting_id, member=command.member)]


def _asked_of_presiding(
    command: ApproveAbsence | DeclineAbsence, act: Act, meeting: Meeting
) -> Absence | None:
    require(
        presides(act, standing(meeting)),
        Rule.PRESIDING_APPROVES,
        "only the one who presides over this meeting agrees to an absence",
    )
    require_where_bound(
        act,
        act.actor.person != command.member,
        Rule.PRESIDING_APPROVES,
        "nobody agrees to the own absence: the chair has another one preside",
    )
    absence = meeting.absences.get(command.member)
    require_where_bound(
        act, absence is not None, Rule.ABSENCE_IS_REPORTED, f"{command.member} reported no absence"
    )
    return absence


def authorise_substitute(command: AuthoriseSubstitute, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D6.1.d: a substitute attends only with the absent member's written opinion."""
    convened = standing(meeting)
    not_over(meeting)
    _by_the_member(act, command.member, convened)
    require_where_bound(
        act,
        meeting.absences.get(command.member) is Absence.APPROVED,
        Rule.PRESIDING_APPROVES,
        "the absence was not agreed to",
    )
    require_where_bound(
        act,
        command.opinion is not None,
        Rule.SUBSTITUTE_BRINGS_OPINION,
        "no written opinion is attached",
    )
    require_where_bound(
        act,
        command.substitute != command.member,
        Rule.SUBSTITUTE_IS_ANOTHER,
        "name another person: nobody stands in for oneself",
    )
    authorised = SubstituteAuthorised.model_validate(command.model_dump())
    return [] if meeting.substitutes.get(command.member) == authorised else [authorised]


def _by_the_member(act: Act, member: PersonId, convened: MeetingConvened) -> None:
    own = act.actor.person == member and has_a_seat(act, convened)
    require(
        own or act.in_capacity(*SUPPORT_TEAM),
        Rule.MEMBER_SPEAKS,
        f"only {member} speaks about this absence, from the seat, or the support team notes it",
    )
