"""A task from assignment to verified result. What it decides stands in the other files of this folder."""

from dataclasses import replace
from typing import assert_never

from services.tasks.commands import (
    AcceptActionPlan,
    AssignTask,
    CancelTask,
    DeclineExtension,
    EndStandingTask,
    GrantExtension,
    MarkActionPlanOverdue,
    MarkTaskOverdue,
    MobiliseResources,
    ReassignTask,
    ReportTaskObstacle,
    ReportTaskProgress,
    ReportTaskResult,
    RequestExtension,
    ResolveTaskObstacle,
    ReturnTaskResult,
    SubmitActionPlan,
    TaskCommand,
    VerifyTaskResult,
)
from services.tasks.events import (
    ActionPlanAccepted,
    ActionPlanOverdue,
    ActionPlanSubmitted,
    ResourcesMobilised,
    StandingTaskEnded,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskEvent,
    TaskExtensionDeclined,
    TaskExtensionGranted,
    TaskExtensionRequested,
    TaskObstacleReported,
    TaskObstacleResolved,
    TaskOverdue,
    TaskProgressReported,
    TaskReassigned,
    TaskResultReported,
    TaskResultReturned,
    TaskResultVerified,
)
from services.tasks.task import assignment as task_assignment
from services.tasks.task import deadlines as task_deadlines
from services.tasks.task import plans as task_plans
from services.tasks.task import results as task_results
from services.tasks.task.state import Status, Task
from shared.decider import Decider
from shared.envelope import Act


def decide(command: TaskCommand, act: Act, task: Task) -> list[TaskEvent]:
    match command:
        case AssignTask():
            return task_assignment.assign(command, act, task)
        case ReassignTask():
            return task_assignment.reassign(command, act, task)
        case CancelTask():
            return task_assignment.cancel(command, act, task)
        case EndStandingTask():
            return task_assignment.end_standing(command, act, task)
        case SubmitActionPlan():
            return task_plans.submit_plan(command, act, task)
        case AcceptActionPlan():
            return task_plans.accept_plan(command, act, task)
        case MarkActionPlanOverdue():
            return task_plans.mark_plan_overdue(command, act, task)
        case MobiliseResources():
            return task_plans.mobilise(command, act, task)
        case ReportTaskProgress():
            return task_plans.report_progress(command, act, task)
        case ReportTaskObstacle():
            return task_plans.report_obstacle(command, act, task)
        case ResolveTaskObstacle():
            return task_plans.resolve_obstacle(command, act, task)
        case RequestExtension():
            return task_deadlines.request_extension(command, act, task)
        case GrantExtension():
            return task_deadlines.grant_extension(command, act, task)
        case DeclineExtension():
            return task_deadlines.decline_extension(command, act, task)
        case MarkTaskOverdue():
            return task_deadlines.mark_overdue(command, act, task)
        case ReportTaskResult():
            return task_results.report_result(command, act, task)
        case VerifyTaskResult():
            return task_results.verify_result(command, act, task)
        case ReturnTaskResult():
            return task_results.return_result(command, act, task)
        case _:
            assert_never(command)


def evolve(task: Task, event: TaskEvent) -> Task:
    match event:
        case TaskAssigned():
            return Task(
                status=Status.OPEN,
                origin=event.origin,
                authority=event.authority,
                key=event.key,
                standing=event.standing,
                lead=event.lead,
                with_agencies=event.with_agencies,
                deadline=event.deadline,
                plan_due=event.plan_due,
            )
        case TaskReassigned():
            return replace(task, lead=event.lead, with_agencies=event.with_agencies)
        case TaskCancelled():
            return replace(task, status=Status.CANCELLED)
        case StandingTaskEnded():
            return replace(task, status=Status.ENDED)
        case ActionPlanSubmitted():
            return replace(task, plan=(event.summary, event.document), plan_accepted=False)
        case ActionPlanAccepted():
            return replace(task, plan_accepted=True)
        case ActionPlanOverdue():
            return replace(task, plan_overdue=True)
        case ResourcesMobilised():
            mobilised = (event.people, event.what, event.from_agency)
            return replace(task, resources=task.resources | {mobilised})
        case TaskObstacleReported():
            return replace(task, obstacles=event.number, unresolved=task.unresolved | {event.number})
        case TaskObstacleResolved():
            return replace(task, unresolved=task.unresolved - {event.number})
        case TaskExtensionRequested():
            return replace(task, asked=event.deadline)
        case TaskExtensionGranted():
            return replace(task, deadline=event.deadline, asked=None)
        case TaskExtensionDeclined():
            return replace(task, asked=None)
        case TaskOverdue():
            return replace(task, overdue=event.deadline)
        case TaskResultReported():
            result = (event.result, event.document)
            return replace(task, status=Status.REPORTED, result=result, late=event.late, returned=None)
        case TaskResultReturned():
            return replace(task, status=Status.OPEN, returned=event.missing)
        case TaskCompleted():
            return replace(task, status=Status.COMPLETED)
        case TaskProgressReported() | TaskResultVerified():
            return task
        case _:
            assert_never(event)


decider: Decider[TaskCommand, TaskEvent, Task] = Decider(
    category="task",
    stream_id=lambda command: command.task_id,
    initial=Task(),
    decide=decide,
    evolve=evolve,
)
