"""The Nameko service of meetings and rounds of opinions: one RPC per command."""

from typing import Any

from services.meetings import commands as ask
from services.meetings import meeting, opinion_round
from services.meetings.history import CODEC
from services.members.mandates import Mandates
from shared.runtime.commands import Commands
from shared.runtime.rpc_entry import rpc_entry


class MeetingsService:
    """Commands of the `meetings` context; each answers with a receipt or raises a BcdError."""

    name = "meetings"
    commands = Commands(CODEC, Mandates)
    self_test = commands.self_test
    close = commands.close

    @rpc_entry
    def convene_meeting(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.ConveneMeeting, request)

    @rpc_entry
    def postpone_meeting(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.PostponeMeeting, request)

    @rpc_entry
    def cancel_meeting(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.CancelMeeting, request)

    @rpc_entry
    def open_meeting(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.OpenMeeting, request)

    @rpc_entry
    def close_meeting(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.CloseMeeting, request)

    @rpc_entry
    def invite_participant(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.InviteParticipant, request)

    @rpc_entry
    def withdraw_participant(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.WithdrawParticipant, request)

    @rpc_entry
    def propose_agenda_item(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.ProposeAgendaItem, request)

    @rpc_entry
    def note_agenda_item(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.NoteAgendaItem, request)

    @rpc_entry
    def record_attendance(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.RecordAttendance, request)

    @rpc_entry
    def report_absence(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.ReportAbsence, request)

    @rpc_entry
    def approve_absence(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.ApproveAbsence, request)

    @rpc_entry
    def decline_absence(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.DeclineAbsence, request)

    @rpc_entry
    def authorise_substitute(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.AuthoriseSubstitute, request)

    @rpc_entry
    def issue_conclusion(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.IssueConclusion, request)

    @rpc_entry
    def approve_minutes(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.ApproveMinutes, request)

    @rpc_entry
    def request_opinions(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(opinion_round.decider, ask.RequestOpinions, request)

    @rpc_entry
    def submit_opinion(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(opinion_round.decider, ask.SubmitOpinion, request)

    @rpc_entry
    def extend_opinion_round(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(opinion_round.decider, ask.ExtendOpinionRound, request)

    @rpc_entry
    def close_opinion_round(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(opinion_round.decider, ask.CloseOpinionRound, request)

    @rpc_entry
    def mark_opinions_overdue(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(opinion_round.decider, ask.MarkOpinionsOverdue, request)
