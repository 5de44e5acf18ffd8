"""A task as decisions see it, and the questions that several of them ask."""

from dataclasses import dataclass, field
from enum import StrEnum

from services.members.capacity import LEADERS, Capacity, speaks_for
from services.tasks.events import TaskOrigin
from services.tasks.rules import Rule
from shared.dates import Deadline
from shared.decider import require
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef

HEADS = (Capacity.AGENCY, Capacity.FOCAL_POINT, Capacity.MEMBER, *LEADERS)
"""Who may speak for an agency. A seat in the support team does not, though its holder comes from one."""


class Status(StrEnum):
    NONE = "none"
    OPEN = "open"
    REPORTED = "reported"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Task:
    """What a decision needs to know about a task."""

    status: Status = Status.NONE
    origin: TaskOrigin | None = None
    key: bool = False
    lead: tuple[AgencyId, ...] = ()
    with_agencies: tuple[AgencyId, ...] = ()
    deadline: Deadline | None = None
    overdue: Deadline | None = None
    asked: Deadline | None = None
    plan: tuple[str, DocumentRef | None] | None = None
    plan_accepted: bool = False
    obstacles: int = 0
    unresolved: frozenset[int] = field(default_factory=frozenset)
    result: tuple[str, DocumentRef | None] | None = None
    late: bool = False

    @property
    def going_on(self) -> bool:
        return self.status in (Status.OPEN, Status.REPORTED)


def standing(task_id: str, task: Task) -> None:
    require(task.status is not Status.NONE, Rule.TASK_STANDS, f"{task_id} was never assigned")


def going_on(task_id: str, task: Task) -> None:
    standing(task_id, task)
    require(task.going_on, Rule.TASK_IS_OPEN, f"{task_id} is {task.status}")


def head_of(act: Act, agencies: tuple[AgencyId, ...]) -> bool:
    """Whether the head of one of these agencies acts; an act before the regulation is taken at its word."""
    return act.in_capacity(*HEADS) and any(speaks_for(act, agency) for agency in (*agencies, None))


def names(agencies: tuple[AgencyId, ...]) -> str:
    return ", ".join(agencies) or "nobody yet"
