"""The Nameko service of programmes and tasks: one RPC per command."""

from typing import Any

from services.members.mandates import Mandates
from services.tasks import commands as ask
from services.tasks import context_fact, programme, task
from services.tasks.history import CODEC
from shared.runtime.commands import Commands
from shared.runtime.rpc_entry import rpc_entry


class TasksService:
    """Commands of the `tasks` context; each answers with a receipt or raises a BcdError."""

    name = "tasks"
    commands = Commands(CODEC, Mandates)
    self_test = commands.self_test
    close = commands.close

    @rpc_entry
    def draft_programme(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(programme.decider, ask.DraftProgramme, request)

    @rpc_entry
    def submit_programme(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(programme.decider, ask.SubmitProgramme, request)

    @rpc_entry
    def return_programme(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(programme.decider, ask.ReturnProgramme, request)

    @rpc_entry
    def issue_programme(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(programme.decider, ask.IssueProgramme, request)

    @rpc_entry
    def amend_programme(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(programme.decider, ask.AmendProgramme, request)

    @rpc_entry
    def register_programme(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(programme.decider, ask.RegisterProgramme, request)

    @rpc_entry
    def report_progress(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(programme.decider, ask.ReportProgress, request)

    @rpc_entry
    def assign_task(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.AssignTask, request)

    @rpc_entry
    def reassign_task(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.ReassignTask, request)

    @rpc_entry
    def cancel_task(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.CancelTask, request)

    @rpc_entry
    def submit_action_plan(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.SubmitActionPlan, request)

    @rpc_entry
    def accept_action_plan(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.AcceptActionPlan, request)

    @rpc_entry
    def report_task_progress(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.ReportTaskProgress, request)

    @rpc_entry
    def report_task_obstacle(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.ReportTaskObstacle, request)

    @rpc_entry
    def resolve_task_obstacle(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.ResolveTaskObstacle, request)

    @rpc_entry
    def request_extension(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.RequestExtension, request)

    @rpc_entry
    def grant_extension(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.GrantExtension, request)

    @rpc_entry
    def decline_extension(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.DeclineExtension, request)

    @rpc_entry
    def mark_task_overdue(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.MarkTaskOverdue, request)

    @rpc_entry
    def report_task_result(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.ReportTaskResult, request)

    @rpc_entry
    def verify_task_result(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.VerifyTaskResult, request)

    @rpc_entry
    def return_task_result(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.ReturnTaskResult, request)

    @rpc_entry
    def note_context(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(context_fact.decider, ask.NoteContext, request)
