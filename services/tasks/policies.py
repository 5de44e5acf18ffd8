"""What tasks ask for when something happened: conclusions become tasks, tasks follow their agency."""

from collections.abc import Iterator
from uuid import uuid5

from services.meetings.events import ConclusionIssued
from services.members.events import AgencyDissolved, AgencyMerged
from services.tasks.commands import AssignTask, ReassignTask
from services.tasks.events import TaskAssigned, TaskCancelled, TaskCompleted, TaskOrigin, TaskReassigned
from shared.envelope import Envelope
from shared.messages import AgencyId, Command, CommitteeId, Event
from shared.policies import Asked, Holdings, Policy

TASK, SUCCESSOR = "task", "successor"
"""What is remembered: open tasks and who has them; agencies that ended and who came after them."""


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
    committee = envelope.committee
    match envelope.event:
        case AgencyMerged() as merged:
            heirs = standing(holdings, committee, (merged.successor,))
            yield from _hand_on_all(envelope, holdings, merged.agency_id, heirs)
        case AgencyDissolved() as dissolved:
            heirs = standing(holdings, committee, dissolved.successors)
            yield from _hand_on_all(envelope, holdings, dissolved.agency_id, heirs)
        case TaskAssigned() | TaskReassigned() as given:
            for agency in dict.fromkeys((*given.lead, *given.with_agencies)):
                heirs = standing(holdings, committee, (agency,))
                if heirs not in ((), (agency,)):
                    yield _hand_on(given.task_id, agency, heirs)


def standing(
    holdings: Holdings, committee: CommitteeId, agencies: tuple[AgencyId, ...]
) -> tuple[AgencyId, ...]:
    """These agencies, with each that ended replaced by its successors, theirs, and so on; nobody twice."""
    found: dict[AgencyId, None] = {}
    waiting, seen = list(agencies), set[AgencyId]()
    while waiting:
        agency = waiting.pop(0)
        if agency in seen:
            continue
        seen.add(agency)
        successors = [AgencyId(heir) for heir in holdings.holders(committee, SUCCESSOR, agency)]
        waiting[:0] = successors
        if not successors:
            found[agency] = None
    return tuple(found)


def _hand_on_all(
    envelope: Envelope[Event], holdings: Holdings, ended: AgencyId, heirs: tuple[AgencyId, ...]
) -> Iterator[Asked]:
    """An agency that left no successor keeps its tasks: a leader has to move them."""
    if heirs:
        for task_id in holdings.of(envelope.committee, TASK, ended):
            yield _hand_on(task_id, ended, heirs)


def _hand_on(task_id: str, ended: AgencyId, heirs: tuple[AgencyId, ...]) -> Asked:
    command = ReassignTask(
        task_id=task_id, from_agency=ended, to=heirs, reason=f"{ended} → {', '.join(heirs)}"
    )
    return _ask(command, f"{task_id}:{ended}")


def remember_tasks(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Who has which open task, and who came after which agency."""
    committee = envelope.committee
    match envelope.event:
        case TaskAssigned() | TaskReassigned() as given:
            holdings.let_go(committee, TASK, given.task_id)
            holdings.hold(committee, TASK, given.task_id, (*given.lead, *given.with_agencies))
        case TaskCompleted() | TaskCancelled() as ended:
            holdings.let_go(committee, TASK, ended.task_id)
        case AgencyMerged() as merged:
            holdings.let_go(committee, SUCCESSOR, merged.agency_id)
            holdings.hold(committee, SUCCESSOR, merged.agency_id, (merged.successor,))
        case AgencyDissolved() as dissolved:
            holdings.let_go(committee, SUCCESSOR, dissolved.agency_id)
            holdings.hold(committee, SUCCESSOR, dissolved.agency_id, dissolved.successors)


def _ask(command: Command, key: str) -> Asked:
    return Asked(service="tasks", command=command, key=key)


POLICIES = (
    Policy("tasks_from_conclusions", tasks_from_conclusions),
    Policy("tasks_follow_their_agency", tasks_follow_their_agency, remember_tasks),
)
