"""What is told of a task while it goes on: action plans, progress, obstacles."""

from services.members.capacity import LEADERS, SUPPORT_TEAM
from services.tasks.commands import (
    AcceptActionPlan,
    ReportTaskObstacle,
    ReportTaskProgress,
    ResolveTaskObstacle,
    SubmitActionPlan,
)
from services.tasks.events import (
    ActionPlanAccepted,
    ActionPlanSubmitted,
    TaskEvent,
    TaskObstacleReported,
    TaskObstacleResolved,
    TaskProgressReported,
)
from services.tasks.rules import Rule
from services.tasks.task_state import Task, going_on, head_of, names
from shared.decider import require
from shared.envelope import Act


def submit_plan(command: SubmitActionPlan, act: Act, task: Task) -> list[TaskEvent]:
    """D6.1.e: the lead of a key task has an action plan made; a new one takes the place of the last."""
    going_on(command.task_id, task)
    require(head_of(act, task.lead), Rule.PLAN_BY_LEAD, f"only the lead submits it: {names(task.lead)}")
    require(task.key, Rule.KEY_TASK_HAS_PLAN, f"{command.task_id} is not a key task")
    if task.plan == (command.summary, command.document):
        return []
    return [ActionPlanSubmitted.model_validate(command.model_dump())]


def accept_plan(command: AcceptActionPlan, act: Act, task: Task) -> list[TaskEvent]:
    going_on(command.task_id, task)
    require(
        act.in_capacity(*LEADERS), Rule.PLAN_ACCEPTED_BY_LEADERS, "only the chair or a deputy accepts a plan"
    )
    require(task.plan is not None, Rule.PLAN_LIES_BEFORE, "no action plan was submitted")
    return [] if task.plan_accepted else [ActionPlanAccepted(task_id=command.task_id)]


def report_progress(command: ReportTaskProgress, act: Act, task: Task) -> list[TaskEvent]:
    """D7.3, D11.3: every report is kept, though it may say the same again."""
    going_on(command.task_id, task)
    _by_holder(act, task)
    return [TaskProgressReported.model_validate(command.model_dump())]


def report_obstacle(command: ReportTaskObstacle, act: Act, task: Task) -> list[TaskEvent]:
    """D6.1.a: problems are reported in time, each with its own number."""
    going_on(command.task_id, task)
    _by_holder(act, task)
    return [
        TaskObstacleReported(
            task_id=command.task_id,
            number=task.obstacles + 1,
            obstacle=command.obstacle,
            proposal=command.proposal,
        )
    ]


def resolve_obstacle(command: ResolveTaskObstacle, act: Act, task: Task) -> list[TaskEvent]:
    """D6.1.a, D7.3: the way out may still be recorded when the task has ended."""
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM) or head_of(act, task.lead),
        Rule.OBSTACLE_RESOLVED_BY,
        "a leader, the support team or the lead agency resolves it",
    )
    require(
        1 <= command.number <= task.obstacles,
        Rule.OBSTACLE_STANDS,
        f"{command.task_id} has {task.obstacles} obstacles",
    )
    if command.number not in task.unresolved:
        return []
    return [TaskObstacleResolved(task_id=command.task_id, number=command.number, how=command.how)]


def _by_holder(act: Act, task: Task) -> None:
    holders = (*task.lead, *task.with_agencies)
    require(
        act.in_capacity(*SUPPORT_TEAM) or head_of(act, holders),
        Rule.REPORTED_BY_HOLDER,
        f"only who carries it out or the support team reports on it: {names(holders)}",
    )
