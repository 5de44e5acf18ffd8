"""A commitment of a member: content that goes into the strategies and programmes of the sector (D6.1.b)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from services.members.capacity import SUPPORT_TEAM, Capacity, answers_for, for_the_chair
from services.members.commitment.commands import (
    CommitmentCommand,
    FulfilCommitment,
    MarkCommitmentOverdue,
    ReassignCommitment,
    RecordCommitment,
    WithdrawCommitment,
)
from services.members.commitment.events import (
    CommitmentEvent,
    CommitmentFulfilled,
    CommitmentOverdue,
    CommitmentReassigned,
    CommitmentRecorded,
    CommitmentWithdrawn,
)
from services.members.events import Matter
from services.members.parameters import terms
from services.members.rules import Rule
from shared.dates import Deadline
from shared.decider import Decider, require
from shared.envelope import Act
from shared.messages import DocumentRef


class Course(StrEnum):
    """How far a commitment has come."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Commitment:
    """Which seat answers for it (None before it was recorded), by when, and how it went."""

    seat: str | None = None
    deadline: Deadline | None = None
    course: Course = Course.OPEN
    evidence: tuple[str, DocumentRef | None] | None = None
    overdue: bool = False


def record(command: RecordCommitment, act: Act, commitment: Commitment) -> list[CommitmentEvent]:
    """D6.1.b: a member commits the own seat; the support team may note it."""
    _by_member(act, command.seat_id)
    require(commitment.seat is None, Rule.COMMITMENT_IS_NEW, f"{command.commitment_id} is on record already")
    settled = terms(act).settle(command.deadline)
    return [CommitmentRecorded.model_validate({**command.model_dump(), "deadline": settled})]


def fulfil(command: FulfilCommitment, act: Act, commitment: Commitment) -> list[CommitmentEvent]:
    """Late is recorded, never hidden, and counts as late only where it certainly is."""
    _by_member(act, _on_record(command.commitment_id, commitment))
    if commitment.evidence == (command.evidence, command.document):
        return []
    _open(commitment)
    late = commitment.deadline is not None and commitment.deadline.passed(act.effective_at.earliest)
    return [CommitmentFulfilled.model_validate({**command.model_dump(), "late": late})]


def withdraw(command: WithdrawCommitment, act: Act, commitment: Commitment) -> list[CommitmentEvent]:
    _by_member(act, _on_record(command.commitment_id, commitment))
    if commitment.course is Course.WITHDRAWN:
        return []
    _open(commitment)
    return [CommitmentWithdrawn(commitment_id=command.commitment_id, reason=command.reason)]


def mark_overdue(command: MarkCommitmentOverdue, act: Act, commitment: Commitment) -> list[CommitmentEvent]:
    """Once, when the deadline passed; there is nothing to say of what is not, or no longer, due, nor of a day
    that is still to come."""
    require(
        act.in_capacity(Capacity.POLICY, *SUPPORT_TEAM),
        Rule.COMMITMENT_OVERDUE_BY_CLOCK,
        "it follows from the clock, or the support team notices it",
    )
    deadline = commitment.deadline
    due = commitment.course is Course.OPEN and not commitment.overdue
    seen = min(command.today, act.effective_at.latest)
    if not due or deadline is None or not deadline.passed(seen):
        return []
    overdue = CommitmentOverdue(commitment_id=command.commitment_id, deadline=deadline, noticed_on=seen)
    return [overdue]


def reassign(command: ReassignCommitment, act: Act, commitment: Commitment) -> list[CommitmentEvent]:
    """D1.2: what a seat answers for goes along when the seat is folded into another; what follows by itself
    has nothing to say where there is nothing to move, the chair is told why."""
    require(
        act.in_capacity(Capacity.POLICY) or for_the_chair(act, Matter.MEMBERS),
        Rule.COMMITMENT_FOLLOWS_SEAT,
        "it follows its seat, or the chair gives it to another",
    )
    if commitment.seat == command.to_seat:
        return []
    if act.in_capacity(Capacity.POLICY):
        if commitment.seat != command.from_seat or commitment.course is not Course.OPEN:
            return []
    else:
        seat = _on_record(command.commitment_id, commitment)
        _open(commitment)
        require(
            seat == command.from_seat,
            Rule.COMMITMENT_FOLLOWS_SEAT,
            f"the seat {seat} answers for it, not {command.from_seat}",
        )
    return [CommitmentReassigned.model_validate(command.model_dump())]


def _by_member(act: Act, seat_id: str) -> None:
    require(
        answers_for(act, seat_id),
        Rule.COMMITMENT_BY_MEMBER,
        f"only the member in the seat {seat_id} answers for it, or the support team notes it",
    )


def _on_record(commitment_id: str, commitment: Commitment) -> str:
    """The seat that answers for a commitment; refuses where there is none."""
    require(commitment.seat is not None, Rule.COMMITMENT_STANDS, f"{commitment_id} is not on record")
    assert commitment.seat is not None
    return commitment.seat


def _open(commitment: Commitment) -> None:
    require(
        commitment.course is Course.OPEN, Rule.COMMITMENT_IS_OPEN, f"it was {commitment.course.value} already"
    )


def decide(command: CommitmentCommand, act: Act, commitment: Commitment) -> list[CommitmentEvent]:
    match command:
        case RecordCommitment():
            return record(command, act, commitment)
        case FulfilCommitment():
            return fulfil(command, act, commitment)
        case WithdrawCommitment():
            return withdraw(command, act, commitment)
        case MarkCommitmentOverdue():
            return mark_overdue(command, act, commitment)
        case ReassignCommitment():
            return reassign(command, act, commitment)
        case _:
            assert_never(command)


def evolve(commitment: Commitment, event: CommitmentEvent) -> Commitment:
    match event:
        case CommitmentRecorded():
            return Commitment(seat=event.seat_id, deadline=event.deadline)
        case CommitmentFulfilled():
            evidence = (event.evidence, event.document)
            return replace(commitment, course=Course.FULFILLED, evidence=evidence)
        case CommitmentWithdrawn():
            return replace(commitment, course=Course.WITHDRAWN)
        case CommitmentOverdue():
            return replace(commitment, overdue=True)
        case CommitmentReassigned():
            return replace(commitment, seat=event.to_seat)
        case _:
            assert_never(event)


decider: Decider[CommitmentCommand, CommitmentEvent, Commitment] = Decider(
    category="commitment",
    stream_id=lambda command: command.commitment_id,
    initial=Commitment(),
    decide=decide,
    evolve=evolve,
)
