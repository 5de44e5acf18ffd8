"""What people ask of commendations: each may be refused."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from shared.messages import AgencyId, Command, DocumentRef
from shared.personal.marking import OfRecord

Id = Field(min_length=1, max_length=200)
Text = Field(min_length=1, max_length=2_000)
Name = Field(min_length=1, max_length=500)
Ids = Field(default=(), max_length=200)
One = Annotated[str, Field(min_length=1, max_length=200)]


class ProposeCommendation(Command):
    """`tasks` are completed tasks, by their ids; `other_merit` what else was done well."""

    commendation_id: str = Id
    seats: tuple[One, ...] = Ids
    agencies: tuple[AgencyId, ...] = Ids
    form: str = Name
    reasons: str = Text
    tasks: tuple[One, ...] = Ids
    other_merit: str | None = Field(default=None, min_length=1, max_length=2_000)
    document: DocumentRef | None = None

    @model_validator(mode="after")
    def _for_somebody(self) -> Self:
        if not (self.seats or self.agencies):
            raise ValueError("name the seats or the agencies that are to be commended")
        return self


class DecideCommendation(Command):
    commendation_id: str = Id
    granted: bool
    reason: str = Text
    document: DocumentRef | None = None


class NoteCommendation(Command):
    """`recipient` are the words for one who is neither a seat nor an agency; `given_by` is who commended."""

    commendation_id: str = Id
    seats: tuple[One, ...] = Ids
    agencies: tuple[AgencyId, ...] = Ids
    recipient: OfRecord | None = Field(default=None, min_length=1, max_length=500)
    form: str = Name
    reasons: str = Field(default="", max_length=2_000)
    given_by: str = Name
    document: DocumentRef | None = None

    @model_validator(mode="after")
    def _to_somebody(self) -> Self:
        if not (self.seats or self.agencies or self.recipient):
            raise ValueError("name the seats, the agencies or the recipient")
        return self


CommendationCommand = ProposeCommendation | DecideCommendation | NoteCommendation
