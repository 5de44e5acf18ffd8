"""The Nameko service of feedback and recommendations: one RPC per command."""

from typing import Any

from services.feedback import commands as ask
from services.feedback import feedback
from services.feedback.history import CODEC
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
    def close_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.CloseFeedback, request)

    @rpc_entry
    def reopen_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.ReopenFeedback, request)

    @rpc_entry
    def link_duplicate(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.LinkDuplicate, request)

    @rpc_entry
    def transfer_feedback(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(feedback.decider, ask.TransferFeedback, request)
