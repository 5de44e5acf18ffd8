"""What happened to programmes and tasks: the published language of this context."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.dates import Deadline, Moment
from shared.messages import AgencyId, DocumentRef, Event, Message

Figure = int | Annotated[float, Field(allow_inf_nan=False)] | str
"""A value as its source gives it; words such as "trên 1000" stay words."""
Figures = dict[str, Figure]


class ProgrammeKind(StrEnum):
    """What the chair issues (D4.1)."""

    WORK_PROGRAMME = "work_programme"
    WORK_PLAN = "work_plan"
    INSPECTION_PLAN = "inspection_plan"


class PlannedItem(Message):
    """One line of a programme: what, who leads, with whom, until when; unknown parts stay empty."""

    what: str
    number: str | None = None
    lead: tuple[AgencyId, ...] = ()
    lead_wording: str | None = None
    with_agencies: tuple[AgencyId, ...] = ()
    deadline: Deadline | None = None
    key: bool = False


class ProgrammeDrafted(Event):
    """The support team drafted a programme, or drafted it anew (D7.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.1",)
    programme_id: str
    title: str
    year: int | None = None
    items: tuple[PlannedItem, ...] = ()
    kind: ProgrammeKind | None = None


class ProgrammeSubmitted(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.1",)
    programme_id: str


class ProgrammeReturned(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D7.1")
    programme_id: str
    reasons: tuple[str, ...]


class ProgrammeIssued(Event):
    """The chair issued what was submitted (D4.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D6.1.e", "D7.1")
    programme_id: str
    title: str
    year: int | None = None
    items: tuple[PlannedItem, ...] = ()
    kind: ProgrammeKind | None = None


class ProgrammeAmended(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D4.1",)
    programme_id: str
    title: str
    items: tuple[PlannedItem, ...]
    reason: str


class ProgrammeRegistered(Event):
    """A programme of an outside authority, which the committee follows (D7.3); `figures` are its targets."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.3",)
    programme_id: str
    title: str
    year: int | None = None
    document: DocumentRef | None = None
    figures: Figures = Field(default_factory=dict)
    basis: tuple[DocumentRef, ...] = ()


class ProgressReported(Event):
    """Figures as of a day, confirmed or estimated; they stand beside all earlier ones (D7.1, D7.3)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.1", "D7.3")
    programme_id: str
    summary: str
    figures: Figures
    as_of: Moment
    estimated: bool = False


ProgrammeEvent = (
    ProgrammeDrafted
    | ProgrammeSubmitted
    | ProgrammeReturned
    | ProgrammeIssued
    | ProgrammeAmended
    | ProgrammeRegistered
    | ProgressReported
)


class TaskOrigin(StrEnum):
    """Where a task comes from."""

    CONCLUSION = "conclusion"
    PROGRAMME = "programme"
    ASSIGNMENT = "assignment"
    EXTERNAL = "external"


class TaskAssigned(Event):
    """Someone is to do something. A lead or a deadline that was not stated is not filled in.

    A `standing` task never falls due; `plan_due` is the day by which a key task has its action plan (D6.1.e);
    `authority` is who assigned it from outside, by its id or as its document names it.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D4.2", "D5.2.c", "D7.4", "D7.9", "D8.1")
    task_id: str
    title: str
    lead: tuple[AgencyId, ...] = ()
    lead_wording: str | None = None
    with_agencies: tuple[AgencyId, ...] = ()
    start: Deadline | None = None
    deadline: Deadline | None = None
    origin: TaskOrigin
    origin_ref: str | None = None
    key: bool = False
    standing: bool = False
    plan_due: date | None = None
    authority: str | None = None


class TaskReassigned(Event):
    """A task left one agency for one or many; `lead` and `with_agencies` are who has it from here on."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D4.2")
    task_id: str
    from_agency: AgencyId | None
    to: tuple[AgencyId, ...]
    reason: str
    lead: tuple[AgencyId, ...]
    with_agencies: tuple[AgencyId, ...]


class TaskCancelled(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D4.2",)
    task_id: str
    reason: str


class StandingTaskEnded(Event):
    """A leader says that a task without end is over (D4.2)."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.2", "D5.2.c")
    task_id: str
    reason: str


class ActionPlanSubmitted(Event):
    """The plan of a key task; `late` where it is the first one and its day had certainly passed (D6.1.e)."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.e",)
    task_id: str
    summary: str
    document: DocumentRef | None = None
    late: bool = False


class ActionPlanAccepted(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D6.1.e",)
    task_id: str


class ActionPlanOverdue(Event):
    """A key task has no action plan, and the day for it passed (D6.1.e): once."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.e", "D7.3")
    task_id: str
    due: date
    noticed_on: date


class TaskProgressReported(Event):
    """How far it is; of a standing task, in which period, such as `2026-Q3`."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.3", "D11.3")
    task_id: str
    percent: int | None = None
    text: str | None = None
    period: str | None = None


class ResourcesMobilised(Event):
    """The lead agency put its own people and means to the task (D9.3)."""

    clauses: ClassVar[tuple[str, ...]] = ("D9.3",)
    task_id: str
    people: int
    what: str
    from_agency: AgencyId


class TaskObstacleReported(Event):
    """The n-th obstacle of a task, and the way out that its reporter proposes (D6.1.a)."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.a", "D7.3")
    task_id: str
    number: int
    obstacle: str
    proposal: str | None = None


class TaskObstacleResolved(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D6.1.a", "D7.3")
    task_id: str
    number: int
    how: str


class TaskExtensionRequested(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D9.3")
    task_id: str
    deadline: Deadline
    reason: str


class TaskExtensionGranted(Event):
    """The deadline moved; the old one stays in the history (D5.2.b)."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b",)
    task_id: str
    old_deadline: Deadline | None
    deadline: Deadline


class TaskExtensionDeclined(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b",)
    task_id: str
    deadline: Deadline
    reason: str


class TaskOverdue(Event):
    """A deadline passed without a result (D7.3): once per deadline."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D7.3")
    task_id: str
    deadline: Deadline
    noticed_on: date


class TaskResultReported(Event):
    """The lead agency says that it is done (D9.3); `late` by the deadline of that day."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.d", "D9.3")
    task_id: str
    result: str
    document: DocumentRef | None = None
    agency: AgencyId | None = None
    late: bool = False


class TaskResultVerified(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.4", "D9.3")
    task_id: str
    finding: str = ""


class TaskResultReturned(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.4", "D9.3")
    task_id: str
    missing: tuple[str, ...]


class TaskCompleted(Event):
    """The task is done: its result was verified (D9.3)."""

    clauses: ClassVar[tuple[str, ...]] = ("D9.3",)
    task_id: str
    late: bool = False


TaskEvent = (
    TaskAssigned
    | TaskReassigned
    | TaskCancelled
    | StandingTaskEnded
    | ActionPlanSubmitted
    | ActionPlanAccepted
    | ActionPlanOverdue
    | TaskProgressReported
    | ResourcesMobilised
    | TaskObstacleReported
    | TaskObstacleResolved
    | TaskExtensionRequested
    | TaskExtensionGranted
    | TaskExtensionDeclined
    | TaskOverdue
    | TaskResultReported
    | TaskResultVerified
    | TaskResultReturned
    | TaskCompleted
)


class ContextNoted(Event):
    """A fact about digital transformation that is no act of this committee (D7.3, D7.8)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.3", "D7.8")
    context_id: str
    kind: str
    title: str
    figures: Figures = Field(default_factory=dict)
    agencies: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    because: str


ContextEvent = ContextNoted
