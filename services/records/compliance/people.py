"""What the regulation asks of members for their own field: commitments, staff for the support team, funds."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from services.members.budget.events import (
    AllocationAmended,
    BudgetAllocated,
    BudgetEstimated,
    ExpenditureRecorded,
)
from services.members.commitment.events import (
    CommitmentFulfilled,
    CommitmentReassigned,
    CommitmentRecorded,
    CommitmentWithdrawn,
)
from services.members.roster.staff_events import (
    SupportStaffReleased,
    SupportStaffReplaced,
    SupportStaffReplacementProposed,
)
from services.records.compliance.course import Course, first, last
from services.records.compliance.standing import Occasion, Standing, judged, references, told

REPLACED_WITHIN: Final = timedelta(days=30)
"""The regulation says "in time"; after so many days a replacement that was proposed is at risk."""


def commitments_are_kept(course: Course) -> Iterator[Occasion]:
    """D6.1.b: what a member put into the plans of the own sector is carried out by its day."""
    for history in course.histories("commitment"):
        recorded = first(history, CommitmentRecorded)
        if recorded is None or first(history, CommitmentWithdrawn):
            continue
        event = recorded.event
        assert isinstance(event, CommitmentRecorded)
        done, moved = first(history, CommitmentFulfilled), last(history, CommitmentReassigned)
        due = event.deadline.latest if event.deadline else None
        standing = judged(due, recorded, done, course.on)
        if standing is None:
            continue
        seat = (
            moved.event.to_seat if moved and isinstance(moved.event, CommitmentReassigned) else event.seat_id
        )
        yield Occasion(
            clauses=("D6.1.b",),
            said=told("commitment", standing, done),
            standing=standing,
            day=due or (done or recorded).meta.effective_at.latest,
            whose=seat,
            record=("commitments", event.commitment_id),
            values={"content": event.content[:120]},
            evidence=references(recorded, moved, done),
        )


def staff_is_replaced_when_asked(course: Course) -> Iterator[Occasion]:
    """D6.1.dd: whom the team leader proposes to replace is replaced in time, or leaves."""
    settled = [*course.of(SupportStaffReplaced, SupportStaffReleased)]
    for proposed in course.of(SupportStaffReplacementProposed):
        assert isinstance(proposed.event, SupportStaffReplacementProposed)
        seat, asked = proposed.event.seat_id, proposed.position
        after = (one for one in settled if one.position > asked)
        done = next((one for one in after if getattr(one.event, "seat_id", None) == seat), None)
        due = proposed.meta.effective_at.latest + REPLACED_WITHIN
        if done is None and course.on <= due:
            continue
        silent = done is None and proposed.meta.source is not None
        missing = Standing.NO_EVIDENCE if silent else Standing.AT_RISK
        yield Occasion(
            clauses=("D6.1.dd",),
            said="staff_replaced" if done else "staff_not_replaced",
            standing=Standing.KEPT if done else missing,
            day=min(due, course.on),
            whose=proposed.event.seat_id,
            evidence=references(proposed, done),
        )


def funds_are_estimated_and_kept(course: Course) -> Iterator[Occasion]:
    """D10: the focal point estimates each year; nothing is spent beyond the allocation, which is refused."""
    for history in course.histories("budget"):
        estimated = first(history, BudgetEstimated)
        allocated = last(history, BudgetAllocated, AllocationAmended)
        spent = last(history, ExpenditureRecorded)
        year = int(getattr(history[0].event, "year", 0))
        if estimated is None and allocated is None:
            continue
        silent = estimated is None and allocated is not None and allocated.meta.source is not None
        missing = Standing.NO_EVIDENCE if silent else Standing.AT_RISK
        standing = Standing.KEPT if estimated else missing
        yield Occasion(
            clauses=("D10",),
            said="funds_kept" if estimated else "funds_not_estimated",
            standing=standing,
            day=history[0].meta.effective_at.latest,
            record=("budgets", str(year)),
            values={"year": year},
            evidence=references(estimated, allocated, spent),
        )
