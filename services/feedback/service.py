"""The Nameko service of what goes to and fro between the committee and the agencies: one RPC per command."""

from typing import Any

from services.feedback import commands as ask
from services.feedback import feedback
from services.feedback.activity import commands as ask_activity
from services.feedback.activity import decider as activity
from services.feedback.child import commands as ask_child
from services.feedback.child import decider as child
from services.feedback.history import CODEC
from services.feedback.information import commands as ask_information
from services.feedback.information import decider as information
from services.feedback.initiative import commands as ask_initiative
from services.feedback.initiative import decider as initiative
from services.feedback.obstacle import commands as ask_obstacle
from services.feedback.obstacle import decider as obstacle
from services.feedback.report import commands as ask_report
from services.feedback.report import decider as report
from services.feedback.report import regime as report_regime
from services.feedback.report import template as report_template
from services.members.mandates import Mandates
from shared.runtime.commands import Commands
from shared.runtime.rpc_entry import rpc_entry


class FeedbackService:
    """Commands of the `feedback` context; each answers with a receipt or raises a BcdError."""

    name = "feedback"
    commands = Commands(CODEC, Mandates)
    self_test = commands.self_test
    close = commands.close

    @rpc_entry
    def receive_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.ReceiveFeedback, request)

    @rpc_entry
    def classify_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.ClassifyFeedback, request)

    @rpc_entry
    def decline_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.DeclineFeedback, request)

    @rpc_entry
    def forward_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.ForwardFeedback, request)

    @rpc_entry
    def collate_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.CollateFeedback, request)

    @rpc_entry
    def report_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.ReportFeedback, request)

    @rpc_entry
    def direct_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.DirectFeedback, request)

    @rpc_entry
    def record_remedy(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.RecordRemedy, request)

    @rpc_entry
    def answer_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.AnswerFeedback, request)

    @rpc_entry
    def pass_on_answer(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.PassOnAnswer, request)

    @rpc_entry
    def close_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.CloseFeedback, request)

    @rpc_entry
    def reopen_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.ReopenFeedback, request)

    @rpc_entry
    def mark_feedback_overdue(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.MarkFeedbackOverdue, request)

    @rpc_entry
    def link_duplicate(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.LinkDuplicate, request)

    @rpc_entry
    def transfer_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.TransferFeedback, request)

    @rpc_entry
    def propose_initiative(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(initiative.decider, ask_initiative.ProposeInitiative, request)

    @rpc_entry
    def assess_initiative(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(initiative.decider, ask_initiative.AssessInitiative, request)

    @rpc_entry
    def implement_initiative(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(initiative.decider, ask_initiative.ImplementInitiative, request)

    @rpc_entry
    def report_obstacle(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(obstacle.decider, ask_obstacle.ReportObstacle, request)

    @rpc_entry
    def escalate_obstacle(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(obstacle.decider, ask_obstacle.EscalateObstacle, request)

    @rpc_entry
    def resolve_obstacle(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(obstacle.decider, ask_obstacle.ResolveObstacle, request)

    @rpc_entry
    def transfer_obstacle(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(obstacle.decider, ask_obstacle.TransferObstacle, request)

    @rpc_entry
    def request_information(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(information.decider, ask_information.RequestInformation, request)

    @rpc_entry
    def provide_information(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(information.decider, ask_information.ProvideInformation, request)

    @rpc_entry
    def mark_information_overdue(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(information.decider, ask_information.MarkInformationOverdue, request)

    @rpc_entry
    def transfer_information_request(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(information.decider, ask_information.TransferInformationRequest, request)

    @rpc_entry
    def close_information_request(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(information.decider, ask_information.CloseInformationRequest, request)

    @rpc_entry
    def define_template(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report_template.decider, ask_report.DefineTemplate, request)

    @rpc_entry
    def request_report(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report.decider, ask_report.RequestReport, request)

    @rpc_entry
    def submit_report(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report.decider, ask_report.SubmitReport, request)

    @rpc_entry
    def return_report(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report.decider, ask_report.ReturnReport, request)

    @rpc_entry
    def extend_report(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report.decider, ask_report.ExtendReport, request)

    @rpc_entry
    def transfer_report(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report.decider, ask_report.TransferReport, request)

    @rpc_entry
    def mark_reports_overdue(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report.decider, ask_report.MarkReportsOverdue, request)

    @rpc_entry
    def close_report_request(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report.decider, ask_report.CloseReportRequest, request)

    @rpc_entry
    def set_report_regime(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report_regime.decider, ask_report.SetReportRegime, request)

    @rpc_entry
    def end_report_regime(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(report_regime.decider, ask_report.EndReportRegime, request)

    @rpc_entry
    def issue_activity_report(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(activity.decider, ask_activity.IssueActivityReport, request)

    @rpc_entry
    def correct_activity_report(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(activity.decider, ask_activity.CorrectActivityReport, request)

    @rpc_entry
    def receive_child_report(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(child.decider, ask_child.ReceiveChildReport, request)
