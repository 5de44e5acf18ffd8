"""What falls overdue by the clock: tasks, action plans, remedies of findings (D7.3)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.tasks.commands import MarkActionPlanOverdue, MarkTaskOverdue
from services.tasks.events import (
    ActionPlanSubmitted,
    StandingTaskEnded,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskExtensionGranted,
    TaskReassigned,
    TaskResultReported,
    TaskResultReturned,
)
from services.tasks.inspection.commands import MarkFindingsOverdue
from services.tasks.inspection.events import (
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    RemedyConfirmed,
)
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import Command, CommitteeId, Event
from shared.policies import Alarm, Asked, Holdings, Policy, day_after

TASKS: Final = "tasks_overdue"
PLANS: Final = "action_plans_overdue"
FINDINGS: Final = "findings_overdue"
LAST_DAY: Final = "last_day"
"""The kind under which `Holdings` keeps the last day of a task or of a finding, where there is one."""


def remember_task_deadlines(envelope: Envelope[Event], holdings: Holdings) -> None:
    """The day after the last one; none while a result is being checked, nor when the task has ended."""
    match envelope.event:
        case TaskAssigned(task_id=task, deadline=deadline, standing=standing):
            keep_last_day(holdings, envelope.committee, task, None if standing else deadline)
            _wake(envelope, holdings, TASKS, task)
        case TaskExtensionGranted(task_id=task, deadline=deadline):
            keep_last_day(holdings, envelope.committee, task, deadline)
            _wake(envelope, holdings, TASKS, task)
        case TaskResultReturned(task_id=task):
            _wake(envelope, holdings, TASKS, task)
        case TaskReassigned(task_id=task) if envelope.meta.source is None:  # moved by a source, it rings on
            _wake(envelope, holdings, TASKS, task)
        case TaskResultReported(task_id=task):
            holdings.let_sleep(envelope.committee, TASKS, task)
        case TaskCompleted(task_id=task) | TaskCancelled(task_id=task) | StandingTaskEnded(task_id=task):
            holdings.let_go(envelope.committee, LAST_DAY, task)
            holdings.let_sleep(envelope.committee, TASKS, task)


def remember_plan_days(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case TaskAssigned(task_id=task, plan_due=due) if due is not None:
            holdings.wake(envelope, PLANS, task, day_after(due, envelope))
        case (
            ActionPlanSubmitted(task_id=task)
            | TaskCompleted(task_id=task)
            | TaskCancelled(task_id=task)
            | StandingTaskEnded(task_id=task)
        ):
            holdings.let_sleep(envelope.committee, PLANS, task)


def remember_remedy_days(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case FindingRecorded(remedy_by=due) as found:
            keep_last_day(holdings, envelope.committee, finding_item(found), due)
            _wake(envelope, holdings, FINDINGS, finding_item(found))
        case FindingReopened(remedy_by=due) as again:
            if due is not None:
                keep_last_day(holdings, envelope.committee, finding_item(again), due)
            _wake(envelope, holdings, FINDINGS, finding_item(again))
        case FindingRemedied() | RemedyConfirmed() as done:
            holdings.let_sleep(envelope.committee, FINDINGS, finding_item(done))


def tasks_overdue(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    yield _ask(MarkTaskOverdue(task_id=alarm.item, today=alarm.day), alarm.item)


def action_plans_overdue(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    yield _ask(MarkActionPlanOverdue(task_id=alarm.item, today=alarm.day), alarm.item)


def findings_overdue(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    match alarm.because.event:
        case FindingRecorded(inspection_id=inspection) | FindingReopened(inspection_id=inspection):
            yield _ask(MarkFindingsOverdue(inspection_id=inspection, today=alarm.day), alarm.item)


def finding_item(event: FindingRecorded | FindingRemedied | FindingReopened | RemedyConfirmed) -> str:
    """How policies call a finding: an id is its own only within its inspection."""
    return f"{event.inspection_id}/{event.finding_id}"


def keep_last_day(holdings: Holdings, committee: CommitteeId, item: str, deadline: Deadline | None) -> None:
    holdings.let_go(committee, LAST_DAY, item)
    if deadline is not None and deadline.latest is not None:
        holdings.hold(committee, LAST_DAY, item, (deadline.latest.isoformat(),))


def _wake(envelope: Envelope[Event], holdings: Holdings, policy: str, item: str) -> None:
    known = holdings.holders(envelope.committee, LAST_DAY, item)
    days = [day for last in known for day in day_after(date.fromisoformat(last), envelope)]
    holdings.wake(envelope, policy, item, days)


def _ask(command: Command, key: str) -> Asked:
    return Asked(service="tasks", command=command, key=key)


POLICIES: Final = (
    Policy(TASKS, remember=remember_task_deadlines, ring=tasks_overdue),
    Policy(PLANS, remember=remember_plan_days, ring=action_plans_overdue),
    Policy(FINDINGS, remember=remember_remedy_days, ring=findings_overdue),
)
