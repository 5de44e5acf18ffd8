"""How a task comes to those who carry it out, moves from one to another, and is taken back."""

from datetime import date, timedelta

from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, for_the_chair
from services.members.events import Matter
from services.members.parameters import terms
from services.tasks.commands import AssignTask, CancelTask, EndStandingTask, ReassignTask
from services.tasks.events import (
    StandingTaskEnded,
    TaskAssigned,
    TaskCancelled,
    TaskEvent,
    TaskOrigin,
    TaskReassigned,
)
from services.tasks.rules import Rule
from services.tasks.task.state import (
    Status,
    Task,
    authority_of,
    going_on,
    is_authority,
    names,
    standing,
)
from shared.dates import Deadline
from shared.decider import require
from shared.envelope import Act
from shared.messages import AgencyId


def assign(command: AssignTask, act: Act, task: Task) -> list[TaskEvent]:
    """D4.2, D5.2.c, D8.1: who may assign depends on where the task comes from."""
    match command.origin:
        case TaskOrigin.ASSIGNMENT:
            _by_leaders(act)
        case TaskOrigin.CONCLUSION:
            _from_conclusion(command, act)
        case TaskOrigin.PROGRAMME:
            _from_programme(command, act)
        case TaskOrigin.EXTERNAL:
            _from_outside(act)
    require(
        bool(command.lead) or act.source is not None,
        Rule.TASK_HAS_LEAD,
        "name the agency that leads; only a source may leave it open",
    )
    require(
        not (command.standing and command.deadline) or act.source is not None,
        Rule.STANDING_NEVER_DUE,
        "a standing task has no deadline; only a source may state one",
    )
    require(task.status is Status.NONE, Rule.TASK_IS_NEW, f"{command.task_id} is assigned already")
    found = {
        "deadline": terms(act).settle(command.deadline),
        "plan_due": _plan_due(command, act),
        "authority": authority_of(act) if command.origin is TaskOrigin.EXTERNAL else None,
    }
    return [TaskAssigned.model_validate({**command.model_dump(), **found})]


def _plan_due(command: AssignTask, act: Act) -> date | None:
    """D6.1.e: by when a key task has its action plan; before the regulation nothing asked for one."""
    if not command.key or not act.actor.mandate.bound:
        return None
    limit = terms(act)
    last = act.effective_at.latest + timedelta(days=limit.action_plan_days)
    settled = limit.settle(Deadline(wording=last.isoformat(), latest=last))
    return settled.latest if settled else None


def _by_leaders(act: Act) -> None:
    require(act.in_capacity(*LEADERS), Rule.ASSIGNED_BY_LEADERS, "only the chair or a deputy assigns")


def _from_conclusion(command: AssignTask, act: Act) -> None:
    """D8.1: a conclusion becomes tasks with an assignee. A deadline that it does not name stays open."""
    require(
        act.in_capacity(Capacity.POLICY) or for_the_chair(act, Matter.TASKS),
        Rule.FOLLOWS_CONCLUSION,
        "it follows from the conclusion, or the chair assigns it",
    )
    require(bool(command.origin_ref), Rule.CONCLUSION_CITED, "cite the conclusion that it carries out")
    require(bool(command.lead), Rule.TASK_HAS_LEAD, "a conclusion becomes a task when an agency leads it")


def _from_programme(command: AssignTask, act: Act) -> None:
    """D7.1: what the chair issued is organised by the support team."""
    require(
        act.in_capacity(Capacity.POLICY, *LEADERS, *SUPPORT_TEAM),
        Rule.PROGRAMME_ORGANISED,
        "the support team organises what a programme says, or a leader assigns it",
    )
    require(bool(command.origin_ref), Rule.PROGRAMME_CITED, "cite the programme that it is part of")


def _from_outside(act: Act) -> None:
    require(
        act.in_capacity(Capacity.ISSUER, *SUPPORT_TEAM),
        Rule.EXTERNAL_RECORDED,
        "an outside authority assigns it, or the support team records it",
    )
    documented = act.document is not None or act.source is not None
    require(
        documented or act.in_capacity(*SUPPORT_TEAM),
        Rule.EXTERNAL_BY_DOCUMENT,
        "an outside authority assigns by its document",
    )


def reassign(command: ReassignTask, act: Act, task: Task) -> list[TaskEvent]:
    """D1, D4.2: a task follows its agency to the successors, or a leader moves it."""
    require(
        act.in_capacity(Capacity.POLICY, *LEADERS),
        Rule.REASSIGNED_BY_LEADERS,
        "only the chair or a deputy moves a task, or it follows its agency",
    )
    standing(command.task_id, task)
    holders = (*task.lead, *task.with_agencies)
    held = command.from_agency in holders
    if act.actor.capacity == Capacity.POLICY and not (held and task.going_on):
        return []  # the task ended or moved on by itself while the policy was on its way
    going_on(command.task_id, task)
    given = command.from_agency is None and not task.lead
    if not held and not given and set(command.to) <= set(holders):
        return []  # it was moved there already
    require(held or given, Rule.HELD_BY_WHOM_IT_LEAVES, f"{command.task_id} lies with {names(holders)}")
    lead = command.to if given else _handed_on(task.lead, command)
    others = tuple(agency for agency in _handed_on(task.with_agencies, command) if agency not in lead)
    if (lead, others) == (task.lead, task.with_agencies):
        return []
    return [
        TaskReassigned(
            task_id=command.task_id,
            from_agency=command.from_agency,
            to=command.to,
            reason=command.reason,
            lead=lead,
            with_agencies=others,
        )
    ]


def _handed_on(holders: tuple[AgencyId, ...], command: ReassignTask) -> tuple[AgencyId, ...]:
    """The holders with one replaced by its successors in the same place, nobody twice."""
    after = (
        agency
        for holder in holders
        for agency in (command.to if holder == command.from_agency else (holder,))
    )
    return tuple(dict.fromkeys(after))


def cancel(command: CancelTask, act: Act, task: Task) -> list[TaskEvent]:
    """D4.2: a leader takes a task back; an outside authority only what it assigned itself."""
    require(
        act.in_capacity(*LEADERS) or is_authority(act, task.authority),
        Rule.CANCELLED_BY_LEADERS,
        "only the chair or a deputy cancels, or the outside authority that assigned it",
    )
    if task.status is Status.CANCELLED:
        return []
    going_on(command.task_id, task)
    return [TaskCancelled(task_id=command.task_id, reason=command.reason)]


def end_standing(command: EndStandingTask, act: Act, task: Task) -> list[TaskEvent]:
    """D4.2: what has no end of its own goes on until a leader ends it."""
    require(
        act.in_capacity(*LEADERS),
        Rule.STANDING_ENDED_BY_LEADERS,
        "only the chair or a deputy ends a standing task",
    )
    if task.status is Status.ENDED:
        return []
    going_on(command.task_id, task)
    require(
        task.standing,
        Rule.ONLY_STANDING_ENDS,
        f"{command.task_id} is no standing task: it ends by its result, or a leader cancels it",
    )
    return [StandingTaskEnded(task_id=command.task_id, reason=command.reason)]
