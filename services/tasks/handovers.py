"""What lies with an agency that ended goes to its successors: open tasks, inspections, findings (D1)."""

from collections.abc import Iterator
from typing import Final

from services.members.succession import handovers, remember_succession
from services.tasks.commands import ReassignTask
from services.tasks.events import (
    StandingTaskEnded,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskReassigned,
)
from services.tasks.inspection.commands import TransferInspection
from services.tasks.inspection.events import (
    InspectionCancelled,
    InspectionClosed,
    InspectionScheduled,
    InspectionTransferred,
)
from shared.envelope import Envelope
from shared.messages import AgencyId, Event
from shared.policies import Asked, Holdings, Policy

TASK: Final = "task"
"""The kind under which `Holdings` keeps open tasks and who has them."""
INSPECTION: Final = "inspection"
"""The kind under which `Holdings` keeps inspections and who answers for them."""


def tasks_follow_their_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1: open tasks of an agency that ended go to its successors, at once or when they are recorded late."""
    for move in handovers(envelope, holdings, TASK, _given(envelope.event)):
        command = ReassignTask(task_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason)
        yield Asked(service="tasks", command=command, key=move.key)


def inspections_follow_their_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1, D11.1: who comes after an inspected agency answers for what was found there."""
    for move in handovers(envelope, holdings, INSPECTION, _inspected(envelope.event)):
        command = TransferInspection(
            inspection_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason
        )
        yield Asked(service="tasks", command=command, key=move.key)


def remember_tasks(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Who has which open task, and who came after which agency."""
    remember_succession(envelope, holdings)
    if given := _given(envelope.event):
        holdings.let_go(envelope.committee, TASK, given[0])
        holdings.hold(envelope.committee, TASK, *given)
    match envelope.event:
        case TaskCompleted() | TaskCancelled() | StandingTaskEnded() as ended:
            holdings.let_go(envelope.committee, TASK, ended.task_id)


def remember_inspections(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Who answers for which inspection: beyond its conclusion too, where that leaves findings open."""
    remember_succession(envelope, holdings)
    if inspected := _inspected(envelope.event):
        holdings.let_go(envelope.committee, INSPECTION, inspected[0])
        holdings.hold(envelope.committee, INSPECTION, *inspected)
    match envelope.event:
        case InspectionCancelled() | InspectionClosed(left_open=()) as over:
            holdings.let_go(envelope.committee, INSPECTION, over.inspection_id)


def _given(event: Event) -> tuple[str, tuple[AgencyId, ...]] | None:
    """The task that was just given to agencies, and to which."""
    match event:
        case TaskAssigned() | TaskReassigned():
            return event.task_id, (*event.lead, *event.with_agencies)
        case _:
            return None


def _inspected(event: Event) -> tuple[str, tuple[AgencyId, ...]] | None:
    """The inspection that some agencies answer for from now on."""
    match event:
        case InspectionScheduled():
            return event.inspection_id, (event.agency_id,)
        case InspectionTransferred():
            return event.inspection_id, event.agencies
        case _:
            return None


POLICIES: Final = (
    Policy("tasks_follow_their_agency", tasks_follow_their_agency, remember_tasks),
    Policy("inspections_follow_their_agency", inspections_follow_their_agency, remember_inspections),
)
