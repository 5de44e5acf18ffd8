"""The Nameko service of programmes and tasks: one RPC per command."""

from typing import Any

from services.members.mandates import Mandates
from services.tasks import commands as ask
from services.tasks import context_fact
from services.tasks.history import CODEC
from services.tasks.inspection import commands as of_inspections
from services.tasks.inspection import decider as inspection
from services.tasks.programme import decider as programme
from services.tasks.reminder import commands as of_reminders
from services.tasks.reminder import decider as reminder
from services.tasks.target import commands as of_targets
from services.tasks.target import decider as target
from services.tasks.task import decider as task
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
    def end_standing_task(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.EndStandingTask, request)

    @rpc_entry
    def submit_action_plan(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.SubmitActionPlan, request)

    @rpc_entry
    def accept_action_plan(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.AcceptActionPlan, request)

    @rpc_entry
    def mark_action_plan_overdue(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.MarkActionPlanOverdue, request)

    @rpc_entry
    def mobilise_resources(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(task.decider, ask.MobiliseResources, request)

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

    @rpc_entry
    def set_targets(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(target.decider, of_targets.SetTargets, request)

    @rpc_entry
    def assess_target(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(target.decider, of_targets.AssessTarget, request)

    @rpc_entry
    def revise_targets(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(target.decider, of_targets.ReviseTargets, request)

    @rpc_entry
    def schedule_inspection(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.ScheduleInspection, request)

    @rpc_entry
    def transfer_inspection(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.TransferInspection, request)

    @rpc_entry
    def conduct_inspection(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.ConductInspection, request)

    @rpc_entry
    def record_finding(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.RecordFinding, request)

    @rpc_entry
    def remedy_finding(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.RemedyFinding, request)

    @rpc_entry
    def confirm_remedy(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.ConfirmRemedy, request)

    @rpc_entry
    def reopen_finding(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.ReopenFinding, request)

    @rpc_entry
    def mark_findings_overdue(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.MarkFindingsOverdue, request)

    @rpc_entry
    def close_inspection(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.CloseInspection, request)

    @rpc_entry
    def cancel_inspection(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(inspection.decider, of_inspections.CancelInspection, request)

    @rpc_entry
    def issue_reminder(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(reminder.decider, of_reminders.IssueReminder, request)
