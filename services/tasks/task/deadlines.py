"""Deadlines of a task: asked to move, moved or not, and passed. None is ever overwritten."""

from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, noticed
from services.members.parameters import terms
from services.tasks.commands import DeclineExtension, GrantExtension, MarkTaskOverdue, RequestExtension
from services.tasks.events import (
    TaskEvent,
    TaskExtensionDeclined,
    TaskExtensionGranted,
    TaskExtensionRequested,
    TaskOverdue,
)
from services.tasks.rules import Rule
from services.tasks.task.state import (
    Status,
    Task,
    going_on,
    head_of,
    is_authority,
    names,
    standing,
)
from shared.dates import Deadline
from shared.decider import require
from shared.envelope import Act


def request_extension(command: RequestExtension, act: Act, task: Task) -> list[TaskEvent]:
    """D9.3: the lead agency asks, with a reason; one request lies open at a time."""
    going_on(command.task_id, task)
    require(head_of(act, task.lead), Rule.EXTENSION_BY_LEAD, f"only the lead asks for it: {names(task.lead)}")
    require(not task.standing, Rule.STANDING_NEVER_DUE, f"{command.task_id} has no deadline to extend")
    deadline = terms(act).settle(command.deadline) or command.deadline
    if deadline in (task.asked, task.deadline):
        return []
    require(task.asked is None, Rule.ONE_EXTENSION_AT_A_TIME, "an extension was asked for and is undecided")
    return [TaskExtensionRequested(task_id=command.task_id, deadline=deadline, reason=command.reason)]


def grant_extension(command: GrantExtension, act: Act, task: Task) -> list[TaskEvent]:
    _decides(command, act, task)
    other = terms(act).settle(command.deadline)
    if task.asked is None and other is not None and other == task.deadline:
        return []
    asked = _asked(task)
    return [
        TaskExtensionGranted(task_id=command.task_id, old_deadline=task.deadline, deadline=other or asked)
    ]


def decline_extension(command: DeclineExtension, act: Act, task: Task) -> list[TaskEvent]:
    _decides(command, act, task)
    return [TaskExtensionDeclined(task_id=command.task_id, deadline=_asked(task), reason=command.reason)]


def _decides(command: GrantExtension | DeclineExtension, act: Act, task: Task) -> None:
    """D5.2.b: who sees that deadlines are kept decides; of its own task, the outside authority."""
    going_on(command.task_id, task)
    require(
        act.in_capacity(*LEADERS) or is_authority(act, task.authority),
        Rule.EXTENSION_DECIDED_BY,
        "only the chair or a deputy decides, or the outside authority that assigned the task",
    )


def _asked(task: Task) -> Deadline:
    """The deadline that the lead asked for; refuses where it did not ask."""
    require(task.asked is not None, Rule.EXTENSION_ASKED, "no extension was asked for")
    assert task.asked is not None
    return task.asked


def mark_overdue(command: MarkTaskOverdue, act: Act, task: Task) -> list[TaskEvent]:
    """D7.3: a task falls overdue by the clock, once per deadline; not while its result is being checked.

    A clock that comes too late or too early notes nothing; a person who is mistaken is told so.
    """
    require(
        act.in_capacity(Capacity.POLICY, *SUPPORT_TEAM),
        Rule.OVERDUE_BY_CLOCK,
        "it follows from the clock, or the support team notices it",
    )
    standing(command.task_id, task)
    if task.status is not Status.OPEN or task.standing or task.overdue == task.deadline is not None:
        return []
    today = noticed(act, command.today)
    passed = task.deadline is not None and task.deadline.passed(today)
    if not passed and act.actor.mandate.capacity == Capacity.POLICY:
        return []
    require(
        passed,
        Rule.DEADLINE_PASSED,
        f"{task.deadline.wording if task.deadline else 'no deadline'}: not passed on {today}",
    )
    assert task.deadline is not None
    return [TaskOverdue(task_id=command.task_id, deadline=task.deadline, noticed_on=today)]
