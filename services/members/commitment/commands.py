"""What members, and the clock, ask of commitments: each may be refused."""

from datetime import date

from pydantic import Field

from shared.dates import Deadline
from shared.messages import Command, DocumentRef

Id = Field(min_length=1, max_length=200)
Text = Field(min_length=1, max_length=2_000)


class RecordCommitment(Command):
    """`into` names the strategy, programme or project of the sector that takes the content up."""

    commitment_id: str = Id
    seat_id: str = Id
    content: str = Text
    into: str = Text
    document: DocumentRef | None = None
    field: str | None = Field(default=None, min_length=1, max_length=2_000)
    deadline: Deadline | None = None


class FulfilCommitment(Command):
    commitment_id: str = Id
    evidence: str = Text
    document: DocumentRef | None = None


class WithdrawCommitment(Command):
    commitment_id: str = Id
    reason: str = Text


class MarkCommitmentOverdue(Command):
    commitment_id: str = Id
    today: date


class ReassignCommitment(Command):
    """A seat that was folded into another hands on what it committed itself to."""

    commitment_id: str = Id
    from_seat: str = Id
    to_seat: str = Id


CommitmentCommand = (
    RecordCommitment | FulfilCommitment | WithdrawCommitment | MarkCommitmentOverdue | ReassignCommitment
)
