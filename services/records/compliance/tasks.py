"""What the regulation asks of tasks: done by their day, watched, checked, with a plan where they are key."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.records.compliance.course import Course, History, every, first, last
from services.records.compliance.standing import Occasion, Recorded, Standing, judged, references, told
from services.tasks.events import (
    ActionPlanSubmitted,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskExtensionGranted,
    TaskOverdue,
    TaskReassigned,
    TaskResultReported,
    TaskResultReturned,
    TaskResultVerified,
)


@dataclass(frozen=True)
class _Task:
    """A task with its history; `due` as it stands now."""

    history: History
    assigned: Recorded
    what: TaskAssigned
    lead: tuple[str, ...]
    due: date | None

    @property
    def cancelled(self) -> bool:
        return first(self.history, TaskCancelled) is not None

    def occasion(
        self, clauses: tuple[str, ...], said: str, standing: Standing, day: date, *proof: Recorded | None
    ) -> Occasion:
        return Occasion(
            clauses=clauses,
            said=said,
            standing=standing,
            day=day,
            whose=", ".join(self.lead) or None,
            record=("tasks", self.what.task_id),
            values={"title": self.what.title},
            evidence=references(self.assigned, *proof),
        )


def _tasks(course: Course) -> Iterator[_Task]:
    for history in course.histories("task"):
        assigned = first(history, TaskAssigned)
        if assigned is None or not isinstance(assigned.event, TaskAssigned):
            continue
        deadline, lead = assigned.event.deadline, assigned.event.lead
        for one in history:
            match one.event:
                case TaskExtensionGranted() as granted:
                    deadline = granted.deadline
                case TaskReassigned() as moved:
                    lead = moved.lead
        due = deadline.latest if deadline and not assigned.event.standing else None
        yield _Task(history, assigned, assigned.event, lead, due)


def tasks_are_done_by_their_day(course: Course) -> Iterator[Occasion]:
    """D9.3, D11.3: the lead reports the result by the deadline that stands."""
    for task in _tasks(course):
        if task.cancelled:
            continue
        result = last(task.history, TaskResultReported) or last(task.history, TaskCompleted)
        returned = last(task.history, TaskResultReturned)
        if result and returned and returned.revision > result.revision:
            result = None
        standing = judged(task.due, task.assigned, result, course.on)
        if standing is None:
            continue
        day = task.due or (result or task.assigned).meta.effective_at.latest
        moved = last(task.history, TaskExtensionGranted)
        overdue = last(task.history, TaskOverdue)
        said = told("task", standing, result)
        yield task.occasion(("D9.3", "D11.3"), said, standing, day, moved, overdue, result)


def overdue_tasks_are_noticed(course: Course) -> Iterator[Occasion]:
    """D7.3: what is past its day is seen, and urged."""
    for task in _tasks(course):
        if task.cancelled or task.due is None or course.on <= task.due + timedelta(days=1):
            continue
        if not _lay_open(task, task.due, course.on):
            continue
        noticed = [
            one
            for one in every(task.history, TaskOverdue)
            if isinstance(one.event, TaskOverdue) and one.event.deadline.latest == task.due
        ]
        if noticed:
            standing, said = Standing.KEPT, "overdue_noticed"
        elif task.assigned.meta.source is not None:
            standing, said = Standing.NO_EVIDENCE, "overdue_unknown"
        else:
            standing, said = Standing.BREACHED, "overdue_unnoticed"
        yield task.occasion(("D7.3",), said, standing, task.due, *noticed)


def _lay_open(task: _Task, due: date, on: date) -> bool:
    """Whether it lay without a result beyond the day on which it could be noticed."""
    since: date | None = due
    for one in task.history:
        day = one.meta.effective_at
        match one.event:
            case TaskResultReported() | TaskCompleted():
                if since is not None and day.earliest > since + timedelta(days=1):
                    return True
                since = None
            case TaskResultReturned():
                since = max(due, day.latest)
    return since is not None and on > since + timedelta(days=1)


def key_tasks_have_plans(course: Course) -> Iterator[Occasion]:
    """D6.1.e: a key task has its action plan within the days that the regulation sets."""
    for task in _tasks(course):
        if task.cancelled or not task.what.key:
            continue
        began = task.assigned.meta.effective_at.latest
        if not course.authority.binds(began):
            continue  # nothing asked for one
        due = task.what.plan_due or began + timedelta(days=course.terms(began).action_plan_days)
        plan = first(task.history, ActionPlanSubmitted)
        standing = judged(due, task.assigned, plan, course.on)
        if standing is None:
            continue
        said = told("plan", standing, plan)
        yield task.occasion(("D6.1.e",), said, standing, due, plan)


def results_are_checked(course: Course) -> Iterator[Occasion]:
    """D7.4: the support team checks what an agency reports as done, in the time that the regulation sets."""
    for task in _tasks(course):
        for result in every(task.history, TaskResultReported):
            reported = result.meta.effective_at.latest
            terms = course.terms(reported)
            due = terms.due(reported, terms.result_check_working_days)
            after = [one for one in task.history if one.revision > result.revision]
            checked = first(after, TaskResultVerified, TaskResultReturned, TaskResultReported, TaskCancelled)
            if checked is not None and isinstance(checked.event, TaskResultReported | TaskCancelled):
                continue  # another took its place, or nothing is waited for any more
            standing = judged(due, result, checked, course.on)
            if standing is None:
                continue
            said = told("check", standing, checked)
            yield task.occasion(("D7.4",), said, standing, due, result, checked)
