"""What members commit themselves to in their own sectors: part of the published language of this context."""

from datetime import date
from typing import ClassVar

from shared.dates import Deadline
from shared.messages import DocumentRef, Event


class CommitmentRecorded(Event):
    """A member puts content into a strategy, programme or project of the own sector (D6.1.b).

    `into` names that strategy, programme or project; `field` is that of the member's portfolio (D6.2).
    """

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.b",)
    commitment_id: str
    seat_id: str
    content: str
    into: str
    document: DocumentRef | None = None
    field: str | None = None
    deadline: Deadline | None = None


class CommitmentFulfilled(Event):
    """It was carried out; `late` where its deadline had certainly passed."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.b",)
    commitment_id: str
    evidence: str
    document: DocumentRef | None = None
    late: bool = False


class CommitmentWithdrawn(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D6.1.b",)
    commitment_id: str
    reason: str


class CommitmentOverdue(Event):
    """Its deadline passed, as was noticed on this day; once, and the commitment stands."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.b",)
    commitment_id: str
    deadline: Deadline
    noticed_on: date


class CommitmentReassigned(Event):
    """The seat that answers for it was folded into another, which answers from now on."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D6.1.b")
    commitment_id: str
    from_seat: str
    to_seat: str


CommitmentEvent = (
    CommitmentRecorded | CommitmentFulfilled | CommitmentWithdrawn | CommitmentOverdue | CommitmentReassigned
)
