"""The Nameko service of meetings, of what is written for them and of their files: one RPC per command."""

from typing import Any

from services.meetings import commands as ask
from services.meetings import meeting
from services.meetings.casefile import catalogue as file_catalogue
from services.meetings.casefile import commands as keeping
from services.meetings.casefile import decider as case_file
from services.meetings.directive import commands as directing
from services.meetings.directive import decider as directive
from services.meetings.document import commands as papers
from services.meetings.document import incoming as document_incoming
from services.meetings.document import series as document_series
from services.meetings.history import CODEC
from services.meetings.opinion import decider as opinion_round
from services.meetings.proposal import commands as proposing
from services.meetings.proposal import decider as proposal
from services.meetings.quarter import commands as ending
from services.meetings.quarter import decider as quarter
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
    def change_presiding(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.ChangePresiding, request)

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
    def circulate_meeting_documents(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.CirculateMeetingDocuments, request)

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
    def check_conclusion_follow_up(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(meeting.decider, ask.CheckConclusionFollowUp, request)

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

    @rpc_entry
    def issue_directive(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(directive.decider, directing.IssueDirective, request)

    @rpc_entry
    def acknowledge_directive(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(directive.decider, directing.AcknowledgeDirective, request)

    @rpc_entry
    def mark_acknowledgements_overdue(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(directive.decider, directing.MarkAcknowledgementsOverdue, request)

    @rpc_entry
    def readdress_directive(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(directive.decider, directing.ReaddressDirective, request)

    @rpc_entry
    def withdraw_directive(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(directive.decider, directing.WithdrawDirective, request)

    @rpc_entry
    def draft_proposal(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(proposal.decider, proposing.DraftProposal, request)

    @rpc_entry
    def submit_proposal(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(proposal.decider, proposing.SubmitProposal, request)

    @rpc_entry
    def return_proposal(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(proposal.decider, proposing.ReturnProposal, request)

    @rpc_entry
    def decide_proposal(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(proposal.decider, proposing.DecideProposal, request)

    @rpc_entry
    def end_quarter(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(quarter.decider, ending.EndQuarter, request)

    @rpc_entry
    def issue_document(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(document_series.decider, papers.IssueDocument, request)

    @rpc_entry
    def replace_document(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(document_series.decider, papers.ReplaceDocument, request)

    @rpc_entry
    def correct_document(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(document_series.decider, papers.CorrectDocument, request)

    @rpc_entry
    def recall_document(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(document_series.decider, papers.RecallDocument, request)

    @rpc_entry
    def dispatch_document(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(document_series.decider, papers.DispatchDocument, request)

    @rpc_entry
    def void_number(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(document_series.decider, papers.VoidNumber, request)

    @rpc_entry
    def hand_over_series(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(document_series.decider, papers.HandOverSeries, request)

    @rpc_entry
    def register_incoming(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(document_incoming.decider, papers.RegisterIncoming, request)

    @rpc_entry
    def forward_incoming(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(document_incoming.decider, papers.ForwardIncoming, request)

    @rpc_entry
    def open_case_file(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.OpenCaseFile, request)

    @rpc_entry
    def revise_case_file(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.ReviseCaseFile, request)

    @rpc_entry
    def expect_in_case_file(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.ExpectInCaseFile, request)

    @rpc_entry
    def waive_expectation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.WaiveExpectation, request)

    @rpc_entry
    def file_document(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.FileDocument, request)

    @rpc_entry
    def remove_from_case_file(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.RemoveFromCaseFile, request)

    @rpc_entry
    def end_matter(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.EndMatter, request)

    @rpc_entry
    def resume_matter(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.ResumeMatter, request)

    @rpc_entry
    def close_case_file(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.CloseCaseFile, request)

    @rpc_entry
    def reopen_case_file(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.ReopenCaseFile, request)

    @rpc_entry
    def hold_back_case_file(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(case_file.decider, keeping.HoldBackCaseFile, request)

    @rpc_entry
    def draft_file_plan(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(file_catalogue.decider, keeping.DraftFilePlan, request)

    @rpc_entry
    def issue_file_plan(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(file_catalogue.decider, keeping.IssueFilePlan, request)

    @rpc_entry
    def enter_case_file(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(file_catalogue.decider, keeping.EnterCaseFile, request)
