"""What happens to commitments by themselves: they fall overdue, and they follow their seat."""

from collections.abc import Iterator
from typing import Final

from services.members.commitment.commands import MarkCommitmentOverdue, ReassignCommitment
from services.members.commitment.events import (
    CommitmentFulfilled,
    CommitmentReassigned,
    CommitmentRecorded,
    CommitmentWithdrawn,
)
from services.members.events import SeatFolded
from shared.envelope import Envelope
from shared.messages import Event
from shared.policies import Alarm, Asked, Holdings, Policy, day_after

OVERDUE: Final = "commitments_overdue"
COMMITMENT: Final = "commitment"
"""The kind under which `Holdings` keeps open commitments and the seat that answers for each."""


def remember_deadlines(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case CommitmentRecorded() as recorded:
            last = recorded.deadline.latest if recorded.deadline else None
            holdings.wake(envelope, OVERDUE, recorded.commitment_id, day_after(last, envelope))
        case CommitmentFulfilled(commitment_id=ended) | CommitmentWithdrawn(commitment_id=ended):
            holdings.let_sleep(envelope.committee, OVERDUE, ended)


def mark_overdue(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D6.1.b: the day after its deadline an open commitment is overdue."""
    command = MarkCommitmentOverdue(commitment_id=alarm.item, today=alarm.day)
    yield Asked(service="members", command=command, key=alarm.item)


def commitments_follow_their_seat(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1.2: open commitments of a seat that was folded into another go along."""
    match envelope.event:
        case SeatFolded() as folded:
            for item in holdings.of(envelope.committee, COMMITMENT, folded.seat_id):
                command = ReassignCommitment(
                    commitment_id=item, from_seat=folded.seat_id, to_seat=folded.into
                )
                yield Asked(service="members", command=command, key=f"{item}:{folded.seat_id}")


def remember_seats(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case (
            CommitmentRecorded(commitment_id=item, seat_id=seat)
            | CommitmentReassigned(commitment_id=item, to_seat=seat)
        ):
            holdings.let_go(envelope.committee, COMMITMENT, item)
            holdings.hold(envelope.committee, COMMITMENT, item, (seat,))
        case CommitmentFulfilled(commitment_id=item) | CommitmentWithdrawn(commitment_id=item):
            holdings.let_go(envelope.committee, COMMITMENT, item)
        case SeatFolded(seat_id=ended, into=seat):  # known at once: the next event may fold that one too
            for item in holdings.of(envelope.committee, COMMITMENT, ended):
                holdings.let_go(envelope.committee, COMMITMENT, item)
                holdings.hold(envelope.committee, COMMITMENT, item, (seat,))


POLICIES = (
    Policy(OVERDUE, remember=remember_deadlines, ring=mark_overdue),
    Policy("commitments_follow_their_seat", commitments_follow_their_seat, remember_seats),
)
