"""What people ask of sets of targets: each may be refused."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from services.tasks.commands import Id, Text
from services.tasks.target.events import Direction, Outcome
from shared.dates import Moment
from shared.messages import AgencyId, Command

Wording = Field(default=None, min_length=1, max_length=1000)


class ListedTarget(Command):
    """One line of a set; strict, so that a misspelt value is not lost."""

    target_id: str = Id
    name: str = Text
    unit: str | None = Field(default=None, min_length=1, max_length=200)
    value: str | None = Wording
    direction: Direction | None = None
    lead: tuple[AgencyId, ...] = ()


def _each_once(targets: tuple[ListedTarget, ...]) -> tuple[ListedTarget, ...]:
    if len({target.target_id for target in targets}) < len(targets):
        raise ValueError("a target_id stands twice: each target counts once")
    return targets


Listed = Annotated[tuple[ListedTarget, ...], Field(min_length=1, max_length=1000), AfterValidator(_each_once)]


class SetTargets(Command):
    """`period` is a year or a range of years: `2025`, `2021-2025`."""

    set_id: str = Id
    title: str = Text
    period: str = Field(pattern=r"^\d{4}(-\d{4})?$")
    targets: Listed

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        first, _, last = self.period.partition("-")
        if last and last < first:
            raise ValueError(f"{self.period}: the last year is before the first")
        return self


class AssessTarget(Command):
    """`source_wording` says where the outcome is known from, in its words."""

    set_id: str = Id
    target_id: str = Id
    outcome: Outcome
    as_of: Moment
    value: str | None = Wording
    estimated: bool = False
    source_wording: str | None = Wording


class ReviseTargets(Command):
    """The whole list from now on; `title` only where it changes too."""

    set_id: str = Id
    targets: Listed
    reason: str = Text
    title: str | None = Field(default=None, min_length=1, max_length=10_000)


TargetCommand = SetTargets | AssessTarget | ReviseTargets
