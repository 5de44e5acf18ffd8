"""A task as decisions see it, and the questions that several of them ask."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from services.members.capacity import LEADERS, Capacity, speaks_for
from services.tasks.events import TaskOrigin
from services.tasks.rules import Rule
from shared.dates import Deadline
from shared.decider import require
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef

HEADS = (Capacity.AGENCY, Capacity.FOCAL_POINT, Capacity.MEMBER, *LEADERS)
"""Who may speak for an agency. A seat in the support team does not, though its holder comes from one."""


TEAM: Final = AgencyId("to-giup-viec")
"""The support team, where a task is its own (D7.9): its leader speaks for it."""


class Status(StrEnum):
    NONE = "none"
    OPEN = "open"
    REPORTED = "reported"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    ENDED = "ended"


@dataclass(frozen=True)
class Task:
    """What a decision needs to know about a task."""

    status: Status = Status.NONE
    origin: TaskOrigin | None = None
    authority: str | None = None
    key: bool = False
    standing: bool = False
    lead: tuple[AgencyId, ...] = ()
    with_agencies: tuple[AgencyId, ...] = ()
    deadline: Deadline | None = None
    overdue: Deadline | None = None
    asked: Deadline | None = None
    plan: tuple[str, DocumentRef | None] | None = None
    plan_accepted: bool = False
    plan_due: date | None = None
    plan_overdue: bool = False
    resources: frozenset[tuple[int, str, AgencyId]] = field(default_factory=frozenset)
    obstacles: int = 0
    unresolved: frozenset[int] = field(default_factory=frozenset)
    result: tuple[str, DocumentRef | None] | None = None
    returned: tuple[str, ...] | None = None
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
    """Whether the head of one of these agencies acts, or the team leader where it is the support team.

    An act before the regulation is taken at its word.
    """
    if TEAM in agencies and act.in_capacity(Capacity.TEAM_LEADER):
        return True
    return act.in_capacity(*HEADS) and any(speaks_for(act, agency) for agency in (*agencies, None))


def authority_of(act: Act) -> str | None:
    """The outside authority behind an act: who acts for it, or as the document that is recorded names it."""
    if act.actor.mandate.capacity == Capacity.ISSUER:
        return act.actor.person
    return act.document.issuer if act.document else None


def is_authority(act: Act, authority: str | None) -> bool:
    """Whether the outside authority of this name itself acts, and not another one."""
    named = (act.actor.person, act.document.issuer if act.document else None)
    return act.in_capacity(Capacity.ISSUER) and authority is not None and authority in named


def names(agencies: tuple[AgencyId, ...]) -> str:
    return ", ".join(agencies) or "nobody yet"
