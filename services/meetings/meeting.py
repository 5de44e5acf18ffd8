"""A meeting of any kind: which room decides on which command, and how its events fold."""

from dataclasses import replace
from typing import assert_never

from services.meetings import agenda, attendance, convening
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
    MeetingCommand,
    NoteAgendaItem,
    OpenMeeting,
    PostponeMeeting,
    ProposeAgendaItem,
    RecordAttendance,
    ReportAbsence,
    WithdrawParticipant,
)
from services.meetings.events import (
    AbsenceApproved,
    AbsenceDeclined,
    AbsenceReported,
    AgendaItemAccepted,
    AgendaItemNoted,
    AgendaItemProposed,
    AgendaItemReturned,
    AttendanceRecorded,
    ConclusionFollowUpChecked,
    ConclusionIssued,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingDocumentsCirculated,
    MeetingEvent,
    MeetingOpened,
    MeetingPostponed,
    MinutesApproved,
    ParticipantInvited,
    ParticipantWithdrawn,
    PresidingChanged,
    SubstituteAuthorised,
)
from services.meetings.state import Absence, Meeting, Stage
from services.meetings.support import preparing
from shared.decider import Decider
from shared.envelope import Act


def decide(command: MeetingCommand, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    match command:
        case ConveneMeeting():
            return convening.convene(command, act, meeting)
        case PostponeMeeting():
            return convening.postpone(command, act, meeting)
        case CancelMeeting():
            return convening.cancel(command, act, meeting)
        case ChangePresiding():
            return convening.change_presiding(command, act, meeting)
        case OpenMeeting():
            return convening.open_meeting(command, act, meeting)
        case CloseMeeting():
            return convening.close(command, act, meeting)
        case InviteParticipant():
            return attendance.invite(command, act, meeting)
        case WithdrawParticipant():
            return attendance.withdraw(command, act, meeting)
        case RecordAttendance():
            return attendance.record_attendance(command, act, meeting)
        case ReportAbsence():
            return attendance.report_absence(command, act, meeting)
        case ApproveAbsence():
            return attendance.approve_absence(command, act, meeting)
        case DeclineAbsence():
            return attendance.decline_absence(command, act, meeting)
        case AuthoriseSubstitute():
            return attendance.authorise_substitute(command, act, meeting)
        case CirculateMeetingDocuments():
            return preparing.circulate(command, act, meeting)
        case ProposeAgendaItem():
            return agenda.propose(command, act, meeting)
        case NoteAgendaItem():
            return agenda.note(command, act, meeting)
        case IssueConclusion():
            return agenda.conclude(command, act, meeting)
        case CheckConclusionFollowUp():
            return preparing.check_follow_up(command, act, meeting)
        case ApproveMinutes():
            return agenda.approve_minutes(command, act, meeting)
        case _:
            assert_never(command)


def evolve(meeting: Meeting, event: MeetingEvent) -> Meeting:
    match event:
        case MeetingConvened():
            return Meeting(convened=event, held=event.held)
        case MeetingPostponed():
            return _moved(meeting, event)
        case MeetingCancelled():
            return replace(meeting, stage=Stage.CANCELLED)
        case PresidingChanged():
            return _presided_by(meeting, event)
        case MeetingOpened():
            return replace(meeting, stage=Stage.OPEN)
        case MeetingClosed():
            return replace(meeting, stage=Stage.CLOSED)
        case ParticipantInvited():
            return replace(
                meeting,
                invited={**meeting.invited, event.participant: event},
                withdrawn=meeting.withdrawn - {event.participant},
            )
        case ParticipantWithdrawn():
            stay = {who: kept for who, kept in meeting.invited.items() if who != event.participant}
            return replace(meeting, invited=stay, withdrawn=meeting.withdrawn | {event.participant})
        case MeetingDocumentsCirculated():
            went_out = event.model_copy(update={"late": False})
            return replace(meeting, circulated=meeting.circulated | {went_out})
        case AgendaItemProposed():
            return replace(meeting, proposed={**meeting.proposed, event.item_id: event})
        case AgendaItemAccepted() | AgendaItemNoted():
            return replace(meeting, on_agenda=meeting.on_agenda | {event.item_id})
        case AgendaItemReturned():
            return meeting
        case AttendanceRecorded():
            return replace(meeting, attendance=_attended(meeting, event))
        case AbsenceReported():
            return replace(meeting, absences={**meeting.absences, event.member: Absence.REPORTED})
        case AbsenceApproved():
            return replace(meeting, absences={**meeting.absences, event.member: Absence.APPROVED})
        case AbsenceDeclined():
            sent = {who: kept for who, kept in meeting.substitutes.items() if who != event.member}
            absences = {**meeting.absences, event.member: Absence.DECLINED}
            return replace(meeting, absences=absences, substitutes=sent)
        case SubstituteAuthorised():
            return replace(meeting, substitutes={**meeting.substitutes, event.member: event})
        case ConclusionIssued():
            return replace(meeting, conclusions={**meeting.conclusions, event.conclusion_id: event})
        case ConclusionFollowUpChecked():
            return replace(meeting, follow_ups={**meeting.follow_ups, event.conclusion_id: event})
        case MinutesApproved():
            return replace(meeting, minutes=event)
        case _:
            assert_never(event)


def _attended(
    meeting: Meeting, event: AttendanceRecorded
) -> dict[tuple[str | None, str], AttendanceRecorded]:
    """The last word on each participant at each point. One without a point is about all points, and one at
    a point takes the place of one without."""
    stay = {
        (point, who): known
        for (point, who), known in meeting.attendance.items()
        if who != event.participant or None not in (point, event.point_id)
    }
    return {**stay, (event.point_id, event.participant): event}


def _moved(meeting: Meeting, event: MeetingPostponed) -> Meeting:
    moved = replace(meeting, held=event.held)
    if meeting.convened is None or event.place is None:
        return moved
    return replace(moved, convened=meeting.convened.model_copy(update={"place": event.place}))


def _presided_by(meeting: Meeting, event: PresidingChanged) -> Meeting:
    if meeting.convened is None:
        return meeting
    now = event.model_dump(include={"presiding", "presiding_post", "co_presiding"})
    return replace(meeting, convened=meeting.convened.model_copy(update=now))


decider: Decider[MeetingCommand, MeetingEvent, Meeting] = Decider(
    category="meeting",
    stream_id=lambda command: command.meeting_id,
    initial=Meeting(),
    decide=decide,
    evolve=evolve,
)
