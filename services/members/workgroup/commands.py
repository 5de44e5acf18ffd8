"""What the team leader, and the clock, ask of working groups: each may be refused."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.messages import Command, DocumentRef
from shared.personal.marking import OfRecord

Id = Field(min_length=1, max_length=200)
Text = Field(min_length=1, max_length=2_000)
Day = Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))
Named = Annotated[str, Field(min_length=1, max_length=500)]
Several = Field(default=(), max_length=100)


class ConveneWorkingGroup(Command):
    """`members` are seats of the support team; `experts` posts or organisations that are invited."""

    group_id: str = Id
    subject: str = Text
    since: date = Day
    until: date = Day
    members: tuple[Named, ...] = Several
    experts: tuple[Annotated[OfRecord, Field(min_length=1, max_length=500)], ...] = Several
    drafts: tuple[Named, ...] = Field(min_length=1, max_length=100)


class ExtendWorkingGroup(Command):
    group_id: str = Id
    until: date = Day
    reason: str = Text


class DeliverWorkingGroup(Command):
    group_id: str = Id
    product: str = Text
    document: DocumentRef | None = None


class DisbandWorkingGroup(Command):
    group_id: str = Id
    reason: str = Text


class EndWorkingGroup(Command):
    """What the clock asks after the last day."""

    group_id: str = Id
    today: date


WorkingGroupCommand = (
    ConveneWorkingGroup | ExtendWorkingGroup | DeliverWorkingGroup | DisbandWorkingGroup | EndWorkingGroup
)
