"""What is told of a task while it goes on: action plans, resources, progress, obstacles."""

from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, noticed
from services.tasks.commands import (
    AcceptActionPlan,
    MarkActionPlanOverdue,
    MobiliseResources,
    ReportTaskObstacle,
    ReportTaskProgress,
    ResolveTaskObstacle,
    SubmitActionPlan,
)
from services.tasks.events import (
    ActionPlanAccepted,
    ActionPlanOverdue,
    ActionPlanSubmitted,
    ResourcesMobilised,
    TaskEvent,
    TaskObstacleReported,
    TaskObstacleResolved,
    TaskProgressReported,
)
from services.tasks.rules import Rule
from services.tasks.task.state import Task, going_on, head_of, names, standing
from shared.decider import require
from shared.envelope import Act


def submit_plan(command: SubmitActionPlan, act: Act, task: Task) -> list[TaskEvent]:
    """D6.1.e: the lead of a key task has an action plan made; a new one takes the place of the last."""
    going_on(command.task_id, task)
    require(head_of(act, task.lead), Rule.PLAN_BY_LEAD, f"only the lead submits it: {names(task.lead)}")
    require(task.key, Rule.KEY_TASK_HAS_PLAN, f"{command.task_id} is not a key task")
    if task.plan == (command.summary, command.document):
        return []
    first, due = task.plan is None, task.plan_due
    late = first and due is not None and act.effective_at.earliest > due
    return [ActionPlanSubmitted.model_validate({**command.model_dump(), "late": late})]


def accept_plan(command: AcceptActionPlan, act: Act, task: Task) -> list[TaskEvent]:
    going_on(command.task_id, task)
    require(
        act.in_capacity(*LEADERS), Rule.PLAN_ACCEPTED_BY_LEADERS, "only the chair or a deputy accepts a plan"
    )
    require(task.plan is not None, Rule.PLAN_LIES_BEFORE, "no action plan was submitted")
    return [] if task.plan_accepted else [ActionPlanAccepted(task_id=command.task_id)]


def mark_plan_overdue(command: MarkActionPlanOverdue, act: Act, task: Task) -> list[TaskEvent]:
    """D6.1.e: a key task whose plan does not come in time falls overdue by the clock, once."""
    require(
        act.in_capacity(Capacity.POLICY, *SUPPORT_TEAM),
        Rule.PLAN_OVERDUE_BY_CLOCK,
        "it follows from the clock, or the support team notices it",
    )
    standing(command.task_id, task)
    if not task.going_on or task.plan is not None or task.plan_overdue:
        return []
    today = noticed(act, command.today)
    passed = task.plan_due is not None and today > task.plan_due
    if not passed and act.actor.mandate.capacity == Capacity.POLICY:
        return []
    require(passed, Rule.PLAN_DAY_PASSED, f"the plan is due on {task.plan_due}: not passed on {today}")
    assert task.plan_due is not None
    return [ActionPlanOverdue(task_id=command.task_id, due=task.plan_due, noticed_on=today)]


def mobilise(command: MobiliseResources, act: Act, task: Task) -> list[TaskEvent]:
    """D9.3: the lead agency puts its own people and means to the task; the same again is no news."""
    going_on(command.task_id, task)
    require(
        head_of(act, task.lead), Rule.RESOURCES_BY_LEAD, f"only the lead mobilises for it: {names(task.lead)}"
    )
    require(
        head_of(act, (command.from_agency,)),
        Rule.OWN_RESOURCES,
        f"who heads {command.from_agency} mobilises what it has",
    )
    if (command.people, command.what, command.from_agency) in task.resources:
        return []
    return [ResourcesMobilised.model_validate(command.model_dump())]


def report_progress(command: ReportTaskProgress, act: Act, task: Task) -> list[TaskEvent]:
    """D7.3, D11.3: every report is kept, though it may say the same again."""
    going_on(command.task_id, task)
    _by_holder(act, task)
    require(
        not task.standing or command.period is not None or act.source is not None,
        Rule.STANDING_BY_PERIOD,
        "of a standing task, say for which year, quarter or month",
    )
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
