"""The result of a task: reported by the lead agency, checked by the support team (D9.3, D7.4)."""

from services.members.capacity import LEADERS, SUPPORT_TEAM
from services.tasks.commands import ReportTaskResult, ReturnTaskResult, VerifyTaskResult
from services.tasks.events import (
    TaskCompleted,
    TaskEvent,
    TaskResultReported,
    TaskResultReturned,
    TaskResultVerified,
)
from services.tasks.rules import Rule
from services.tasks.task.state import TEAM, Status, Task, going_on, head_of, names, standing
from shared.decider import require
from shared.envelope import Act


def report_result(command: ReportTaskResult, act: Act, task: Task) -> list[TaskEvent]:
    """D9.3: only the lead agency; a later report before verification takes the place of the last."""
    going_on(command.task_id, task)
    require(head_of(act, task.lead), Rule.RESULT_BY_LEAD, f"only the lead reports it: {names(task.lead)}")
    require(
        not task.standing or act.source is not None,
        Rule.STANDING_HAS_NO_RESULT,
        f"{command.task_id} has no end: report its progress by period; a leader ends it",
    )
    if task.status is Status.REPORTED and task.result == (command.result, command.document):
        return []
    return [
        TaskResultReported(
            task_id=command.task_id,
            result=command.result,
            document=command.document,
            agency=act.actor.mandate.agency,
            late=task.deadline is not None and task.deadline.passed(act.effective_at.earliest),
        )
    ]


def verify_result(command: VerifyTaskResult, act: Act, task: Task) -> list[TaskEvent]:
    """D9.3, D7.4, D7.9: a task is complete only when its result is verified."""
    _checks(act, task)
    if task.status is Status.COMPLETED:
        return []
    _reported(command.task_id, task)
    return [
        TaskResultVerified(task_id=command.task_id, finding=command.finding),
        TaskCompleted(task_id=command.task_id, late=task.late),
    ]


def return_result(command: ReturnTaskResult, act: Act, task: Task) -> list[TaskEvent]:
    """D7.4: returned with what is missing; the task goes on."""
    _checks(act, task)
    if task.status is Status.OPEN and task.returned == command.missing:
        return []
    _reported(command.task_id, task)
    return [TaskResultReturned(task_id=command.task_id, missing=command.missing)]


def _checks(act: Act, task: Task) -> None:
    """D7.4: the support team checks; D7.9: what the chair or a deputy gave to the team itself, they check."""
    if TEAM in task.lead:
        require(
            act.in_capacity(*LEADERS),
            Rule.TEAM_ANSWERS_TO_LEADERS,
            "the support team does not check its own result: the chair or a deputy does",
        )
        return
    require(act.in_capacity(*SUPPORT_TEAM), Rule.VERIFIED_BY_TEAM, "only the support team checks results")


def _reported(task_id: str, task: Task) -> None:
    standing(task_id, task)
    require(task.status is Status.REPORTED, Rule.RESULT_LIES_BEFORE, f"{task_id} is {task.status}: no result")
