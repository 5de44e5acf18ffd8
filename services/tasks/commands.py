"""What people ask of programmes and tasks: each may be refused."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from services.tasks.events import Figures, ProgrammeKind, TaskOrigin
from shared.dates import Deadline, Moment
from shared.messages import AgencyId, Command, DocumentRef

Id = Field(min_length=1, max_length=200)
Text = Field(min_length=1, max_length=10_000)
Year = Field(default=None, ge=1900, le=2200)
Words = Field(default=None, max_length=10_000)
Reference = Field(default=None, max_length=400)
Many = Field(default=(), max_length=1000)
Point = Annotated[str, Field(min_length=1, max_length=10_000)]
Reasons = Field(min_length=1, max_length=100)


class ProgrammeItem(Command):
    """One line of a programme; strict, so that a misspelt deadline is not lost."""

    what: str = Text
    number: str | None = Reference
    lead: tuple[AgencyId, ...] = Many
    lead_wording: str | None = Words
    with_agencies: tuple[AgencyId, ...] = Many
    deadline: Deadline | None = None
    key: bool = False


class DraftProgramme(Command):
    programme_id: str = Id
    title: str = Text
    year: int | None = Year
    items: tuple[ProgrammeItem, ...] = Many
    kind: ProgrammeKind | None = None


class SubmitProgramme(Command):
    programme_id: str = Id


class ReturnProgramme(Command):
    programme_id: str = Id
    reasons: tuple[Point, ...] = Reasons


class IssueProgramme(Command):
    programme_id: str = Id


class AmendProgramme(Command):
    """The whole list of items as it stands from now on; `title` only where it changes too."""

    programme_id: str = Id
    items: tuple[ProgrammeItem, ...] = Field(max_length=1000)
    reason: str = Text
    title: str | None = Words


class RegisterProgramme(Command):
    programme_id: str = Id
    title: str = Text
    year: int | None = Year
    document: DocumentRef | None = None
    figures: Figures = Field(default_factory=dict, max_length=1000)
    basis: tuple[DocumentRef, ...] = Many


class ReportProgress(Command):
    programme_id: str = Id
    summary: str = Field(max_length=10_000)
    figures: Figures = Field(max_length=1000)
    as_of: Moment
    estimated: bool = False


ProgrammeCommand = (
    DraftProgramme
    | SubmitProgramme
    | ReturnProgramme
    | IssueProgramme
    | AmendProgramme
    | RegisterProgramme
    | ReportProgress
)


class AssignTask(Command):
    task_id: str = Id
    title: str = Text
    lead: tuple[AgencyId, ...] = Many
    lead_wording: str | None = Words
    with_agencies: tuple[AgencyId, ...] = Many
    start: Deadline | None = None
    deadline: Deadline | None = None
    origin: TaskOrigin
    origin_ref: str | None = Reference
    key: bool = False
    standing: bool = False


class ReassignTask(Command):
    """`from_agency` is None only where a task without a lead gets one."""

    task_id: str = Id
    from_agency: AgencyId | None = None
    to: tuple[AgencyId, ...] = Field(min_length=1, max_length=1000)
    reason: str = Text


class CancelTask(Command):
    task_id: str = Id
    reason: str = Text


class EndStandingTask(Command):
    task_id: str = Id
    reason: str = Text


class SubmitActionPlan(Command):
    task_id: str = Id
    summary: str = Text
    document: DocumentRef | None = None


class AcceptActionPlan(Command):
    task_id: str = Id


class MarkActionPlanOverdue(Command):
    task_id: str = Id
    today: date


class ReportTaskProgress(Command):
    """`period` is a year, a quarter or a month: `2026`, `2026-Q3`, `2026-06`."""

    task_id: str = Id
    percent: int | None = Field(default=None, ge=0, le=100)
    text: str | None = Field(default=None, max_length=10_000)
    period: str | None = Field(default=None, pattern=r"^\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.percent is None and not self.text:
            raise ValueError("give a percentage or a text")
        return self


class MobiliseResources(Command):
    """`people` may be none: a lead may put means to a task without staff."""

    task_id: str = Id
    people: int = Field(ge=0, le=100_000)
    what: str = Text
    from_agency: AgencyId = Id


class ReportTaskObstacle(Command):
    task_id: str = Id
    obstacle: str = Text
    proposal: str | None = Words


class ResolveTaskObstacle(Command):
    task_id: str = Id
    number: int = Field(ge=1)
    how: str = Text


class RequestExtension(Command):
    task_id: str = Id
    deadline: Deadline
    reason: str = Text


class GrantExtension(Command):
    """Grants what was asked; another day only where `deadline` says so."""

    task_id: str = Id
    deadline: Deadline | None = None


class DeclineExtension(Command):
    task_id: str = Id
    reason: str = Text


class MarkTaskOverdue(Command):
    task_id: str = Id
    today: date


class ReportTaskResult(Command):
    task_id: str = Id
    result: str = Text
    document: DocumentRef | None = None


class VerifyTaskResult(Command):
    task_id: str = Id
    finding: str = Field(default="", max_length=10_000)


class ReturnTaskResult(Command):
    task_id: str = Id
    missing: tuple[Point, ...] = Reasons


TaskCommand = (
    AssignTask
    | ReassignTask
    | CancelTask
    | EndStandingTask
    | SubmitActionPlan
    | AcceptActionPlan
    | MarkActionPlanOverdue
    | ReportTaskProgress
    | MobiliseResources
    | ReportTaskObstacle
    | ResolveTaskObstacle
    | RequestExtension
    | GrantExtension
    | DeclineExtension
    | MarkTaskOverdue
    | ReportTaskResult
    | VerifyTaskResult
    | ReturnTaskResult
)


class NoteContext(Command):
    context_id: str = Id
    kind: str = Text
    title: str = Text
    figures: Figures = Field(default_factory=dict, max_length=1000)
    agencies: tuple[str, ...] = Many
    positions: tuple[str, ...] = Many
    because: str = Text


ContextCommand = NoteContext
