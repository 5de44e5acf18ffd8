"""What surrounds an event: who acted, by which mandate, when, on which document, from which source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.dates import Moment
from shared.messages import AgencyId, CommitteeId, DocumentRef, Event, Message, PersonId


class Source(Message):
    """Where an imported fact comes from, and how sure it is. Nothing in it was filled in by guess."""

    reference: str
    entry: str | None = None
    stated: bool = True
    inferred: tuple[str, ...] = ()
    conflict: str | None = None
    missing: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    documents: tuple[DocumentRef, ...] = ()
    notes: dict[str, Any] = Field(default_factory=dict)


class Claim(Message):
    """Who says to act, and in which capacity; still to be proven from the events of `members`."""

    person: PersonId
    capacity: str
    evidence: str | None = None
    """For a policy: the recorded event, as `stream@revision`, that it follows."""


class Mandate(Message):
    """Why a person may act in a capacity, provable again from the events that it names.

    `acts_for` is the person on whose behalf it is done ("KT."); `seat` is the seat from which
    one acts and `agency` the agency that one heads. `matters` limit what is done on another's behalf; without
    any it is everything. `bound` is False for an act that the regulation did
    not yet bind, because it was not in force on that day.
    """

    capacity: str
    ground: str
    evidence: tuple[str, ...] = ()
    acts_for: PersonId | None = None
    matters: tuple[str, ...] = ()
    seat: str | None = None
    agency: AgencyId | None = None
    bound: bool = True


class Actor(Message):
    """The responsible person of an event (D2.1), with capacity and mandate."""

    person: PersonId
    capacity: str
    mandate: Mandate


@dataclass(frozen=True)
class Act:
    """The circumstances under which a command is decided.

    `terms` are the parameters of the regulation in force at that moment; `services.members.parameters` reads
    them.
    """

    actor: Actor
    effective_at: Moment
    document: DocumentRef | None = None
    source: Source | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)

    def in_capacity(self, *capacities: str) -> bool:
        """Whether the actor may count as one of these; an act before the regulation counts as any."""
        return not self.actor.mandate.bound or self.actor.mandate.capacity in capacities


class Request(BaseModel):
    """A command on its way to a service: the question, who asks, and how it can be asked twice safely.

    `command_id` makes repetition safe: the second time the first answer comes back. `effective_at` is
    when the act takes effect; left out, it is the moment of receipt. `entered_by` is the clerk who
    records on behalf of the actor.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    command_id: UUID
    committee: CommitteeId = Field(pattern=r"^[a-z0-9]+$")
    actor: Claim
    data: dict[str, Any]
    effective_at: Moment | None = None
    document: DocumentRef | None = None
    source: Source | None = None
    entered_by: PersonId | None = None
    correlation_id: UUID | None = None
    causation_id: UUID | None = None


class Metadata(BaseModel):
    """The metadata of a recorded event, as architecture §5 lists it."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, extra="ignore")

    correlation_id: UUID = Field(alias="$correlationId")
    causation_id: UUID = Field(alias="$causationId")
    command_id: UUID
    command_digest: str
    schema_number: int = Field(alias="schema")
    committee: CommitteeId
    actor: Actor
    clauses: tuple[str, ...]
    effective_at: Moment
    entered_by: PersonId | None = None
    document: DocumentRef | None = None
    source: Source | None = None


E = TypeVar("E", bound=Event, covariant=True)


@dataclass(frozen=True)
class Envelope(Generic[E]):
    """A recorded event with all that is known of it; `recorded_at` (UTC) and `position` are the store's."""

    event: E
    event_id: UUID
    stream: str
    revision: int
    position: int
    recorded_at: datetime
    meta: Metadata

    def __hash__(self) -> int:
        return hash(self.event_id)

    @property
    def committee(self) -> CommitteeId:
        return self.meta.committee

    @property
    def type(self) -> str:
        return type(self.event).__name__

    @property
    def reference(self) -> str:
        """How evidence is cited: `stream@revision`."""
        return f"{self.stream}@{self.revision}"
