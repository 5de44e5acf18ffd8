"""What tasks ask for when something happened: conclusions become tasks, tasks follow their agency."""

from collections.abc import Iterator
from uuid import uuid5

from services.meetings.events import ConclusionIssued
from services.members.succession import handovers, remember_succession
from services.tasks.commands import AssignTask, ReassignTask
from services.tasks.events import TaskAssigned, TaskCancelled, TaskCompleted, TaskOrigin, TaskReassigned
from shared.envelope import Envelope
from shared.messages import AgencyId, Command, Event
from shared.policies import Asked, Holdings, Policy

TASK = "task"
"""The kind under which `Holdings` keeps open tasks and who has them."""


def tasks_from_conclusions(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D8.1, D7.4: every duty of a conclusion that an agency leads becomes a task; nothing is filled in."""
    match envelope.event:
        case ConclusionIssued() as conclusion:
            for n, duty in enumerate(conclusion.duties, start=1):
                if duty.lead:
                    key = f"duty-{n}"
                    command = AssignTask(
                        task_id=str(uuid5(envelope.event_id, key)),
                        title=duty.what,
                        lead=duty.lead,
                        lead_wording=duty.lead_wording,
                        deadline=duty.deadline,
                        origin=TaskOrigin.CONCLUSION,
                        origin_ref=envelope.reference,
                    )
                    yield _ask(command, key)


def tasks_follow_their_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1: open tasks of an agency that ended go to its successors, at once or when they are recorded late."""
    for move in handovers(envelope, holdings, TASK, _given(envelope.event)):
        command = ReassignTask(task_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason)
        yield _ask(command, move.key)


def _given(event: Event) -> tuple[str, tuple[AgencyId, ...]] | None:
    """The task that was just given to agencies, and to which."""
    match event:
        case TaskAssigned() | TaskReassigned():
            return event.task_id, (*event.lead, *event.with_agencies)
        case _:
            return None


def remember_tasks(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Who has which open task, and who came after which agency."""
    remember_succession(envelope, holdings)
    if given := _given(envelope.event):
        holdings.let_go(envelope.committee, TASK, given[0])
        holdings.hold(envelope.committee, TASK, *given)
    match envelope.event:
        case TaskCompleted() | TaskCancelled() as ended:
            holdings.let_go(envelope.committee, TASK, ended.task_id)


def _ask(command: Command, key: str) -> Asked:
    return Asked(service="tasks", command=command, key=key)


POLICIES = (
    Policy("tasks_from_conclusions", tasks_from_conclusions),
    Policy("tasks_follow_their_agency", tasks_follow_their_agency, remember_tasks),
)
