"""The task tracker and the obstacles register (D6.1.a, D7.3, D9.3)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

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
    TaskOrigin,
    TaskOverdue,
    TaskProgressReported,
    TaskReassigned,
    TaskResultReported,
    TaskResultReturned,
    TaskResultVerified,
)
from services.tasks.trails import entry, grown
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

tasks = Table(
    "tasks",
    metadata,
    Column("committee", String, primary_key=True),
    Column("task", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("lead", JSON, nullable=False),
    Column("lead_wording", String),
    Column("lead_missing", Boolean, nullable=False),
    Column("with_agencies", JSON, nullable=False),
    Column("start_wording", String),
    Column("start_latest", String),
    Column("deadline_wording", String),
    Column("deadline_latest", String),
    Column("deadline_missing", Boolean, nullable=False),
    Column("origin", String, nullable=False),
    Column("origin_ref", String),
    Column("programme", String),  # of which it is an item
    Column("key_task", Boolean, nullable=False),
    Column("standing", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("late", Boolean),  # whether the reported result came after the deadline
    Column("action_plan", String),  # of a key task: missing, overdue, submitted, accepted
    Column("plan_due", String),
    Column("plan_late", Boolean),
    Column("percent", Integer),
    Column("result", String),
    Column("completed", String),
    Column("deadlines", JSON, nullable=False),
    Column("holders", JSON, nullable=False),
    Column("resources", JSON, nullable=False),  # what its leads put to it, of their own
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
)

obstacles = Table(
    "task_obstacles",
    metadata,
    Column("committee", String, primary_key=True),
    Column("task", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("obstacle", String, nullable=False),
    Column("proposal", String),
    Column("resolved", String),
    Column("how", String),
    *provenance_columns(),
)


def task_tracker(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a task as it stands, with the trails of its deadlines, its holders and its steps."""
    match envelope.event:
        case TaskAssigned() as assigned:
            db.put(tasks, _task(envelope, assigned.task_id), _fresh(envelope, assigned))
        case TaskReassigned() as moved:
            key, held = _task(envelope, moved.task_id), _held(moved)
            trail = entry(envelope, **held, from_agency=moved.from_agency, reason=moved.reason)
            holders = grown(db, tasks, tasks.c.holders, key, trail)
            _step(db, envelope, moved.task_id, {**held, "lead_missing": False, "holders": holders})
        case TaskExtensionGranted() as granted:
            key = _task(envelope, granted.task_id)
            trail = entry(envelope, **_deadline(granted.deadline))
            deadlines = grown(db, tasks, tasks.c.deadlines, key, trail)
            values = {**_deadline(granted.deadline), "deadline_missing": False, "overdue": False}
            _step(db, envelope, granted.task_id, {**values, "deadlines": deadlines})
        case TaskExtensionRequested() as asked:
            _step(db, envelope, asked.task_id, {}, asked=asked.deadline.wording, reason=asked.reason)
        case TaskExtensionDeclined() as declined:
            _step(db, envelope, declined.task_id, {}, reason=declined.reason)
        case TaskOverdue() as overdue:
            _step(db, envelope, overdue.task_id, {"overdue": True}, deadline=overdue.deadline.wording)
        case ActionPlanSubmitted() as plan:
            late = {"plan_late": True} if plan.late else {}
            _step(db, envelope, plan.task_id, {"action_plan": "submitted", **late}, summary=plan.summary)
        case ActionPlanAccepted() as accepted:
            _step(db, envelope, accepted.task_id, {"action_plan": "accepted"})
        case ActionPlanOverdue() as unplanned:
            due = unplanned.due.isoformat()
            _step(db, envelope, unplanned.task_id, {"action_plan": "overdue"}, due=due)
        case ResourcesMobilised() as mobilised:
            key, put = _task(envelope, mobilised.task_id), _put(mobilised)
            resources = grown(db, tasks, tasks.c.resources, key, entry(envelope, **put))
            _step(db, envelope, mobilised.task_id, {"resources": resources}, **put)
        case TaskProgressReported() as progress:
            percent = {} if progress.percent is None else {"percent": progress.percent}
            told = {"percent": progress.percent, "text": progress.text, "period": progress.period}
            _step(db, envelope, progress.task_id, percent, **told)
        case TaskObstacleReported() as met:
            _step(db, envelope, met.task_id, {}, number=met.number, obstacle=met.obstacle)
        case TaskObstacleResolved() as resolved:
            _step(db, envelope, resolved.task_id, {}, number=resolved.number, how=resolved.how)
        case TaskResultReported() as result:
            values = {"state": "reported", "result": result.result, "late": result.late}
            _step(db, envelope, result.task_id, values, result=result.result, agency=result.agency)
        case TaskResultReturned() as returned:
            values = {"state": "open", "result": None, "late": None}  # it was none; the steps keep it
            _step(db, envelope, returned.task_id, values, missing=list(returned.missing))
        case TaskResultVerified() as verified:
            _step(db, envelope, verified.task_id, {}, finding=verified.finding)
        case TaskCompleted() as completed:
            values = {"state": "completed", "overdue": False, "completed": str(envelope.meta.effective_at)}
            _step(db, envelope, completed.task_id, values)
        case TaskCancelled() as cancelled:
            values = {"state": "cancelled", "overdue": False}
            _step(db, envelope, cancelled.task_id, values, reason=cancelled.reason)
        case StandingTaskEnded() as over:
            _step(db, envelope, over.task_id, {"state": "ended", "overdue": False}, reason=over.reason)


def obstacle_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row an obstacle, until it is resolved and after."""
    match envelope.event:
        case TaskObstacleReported() as met:
            key = {**_task(envelope, met.task_id), "number": met.number}
            values = {"obstacle": met.obstacle, "proposal": met.proposal, "resolved": None, "how": None}
            db.put(obstacles, key, {**values, **provenance(envelope)})
        case TaskObstacleResolved() as resolved:
            key = {**_task(envelope, resolved.task_id), "number": resolved.number}
            db.change(obstacles, key, {"resolved": str(envelope.meta.effective_at), "how": resolved.how})


def _fresh(envelope: Envelope[Event], assigned: TaskAssigned) -> dict[str, Any]:
    """The row of a task on the day that it was assigned."""
    deadline = _deadline(assigned.deadline)
    return {
        "title": assigned.title,
        **_held(assigned),
        "lead_wording": assigned.lead_wording,
        "lead_missing": not assigned.lead,
        "start_wording": assigned.start.wording if assigned.start else None,
        "start_latest": _day(assigned.start),
        **deadline,
        "deadline_missing": assigned.deadline is None and not assigned.standing,
        "origin": assigned.origin.value,
        "origin_ref": assigned.origin_ref,
        "programme": _programme(assigned),
        "key_task": assigned.key,
        "standing": assigned.standing,
        "state": "open",
        "overdue": False,
        "late": None,
        "action_plan": "missing" if assigned.key else None,
        "plan_due": assigned.plan_due.isoformat() if assigned.plan_due else None,
        "plan_late": None,
        "percent": None,
        "result": None,
        "completed": None,
        "deadlines": [entry(envelope, **deadline)] if assigned.deadline else [],
        "holders": [entry(envelope, **_held(assigned))],
        "resources": [],
        "steps": [entry(envelope)],
        **provenance(envelope),
    }


def _step(db: Rows, envelope: Envelope[Event], task_id: str, values: Mapping[str, Any], **said: Any) -> None:
    key = _task(envelope, task_id)
    steps = grown(db, tasks, tasks.c.steps, key, entry(envelope, **said))
    db.change(tasks, key, {**values, "steps": steps})


def _held(event: TaskAssigned | TaskReassigned) -> dict[str, list[str]]:
    return {"lead": list(event.lead), "with_agencies": list(event.with_agencies)}


def _programme(assigned: TaskAssigned) -> str | None:
    """The id of the programme, of which the reference may name an item: `<programme>#<number>`."""
    of_one = assigned.origin is TaskOrigin.PROGRAMME and assigned.origin_ref
    return of_one.partition("#")[0] if of_one else None


def _put(event: ResourcesMobilised) -> dict[str, Any]:
    return {"people": event.people, "what": event.what, "agency": event.from_agency}


def _deadline(deadline: Deadline | None) -> dict[str, str | None]:
    wording = deadline.wording if deadline else None
    return {"deadline_wording": wording, "deadline_latest": _day(deadline)}


def _day(deadline: Deadline | None) -> str | None:
    return deadline.latest.isoformat() if deadline and deadline.latest else None


def _task(envelope: Envelope[Event], task_id: str) -> dict[str, Any]:
    return {"committee": envelope.committee, "task": task_id}


READ_MODELS = (
    ReadModel("tasks", (tasks,), task_tracker, TaskEvent),
    ReadModel("task_obstacles", (obstacles,), obstacle_register, TaskEvent),
)
