"""Feedback as decisions see it, and the questions that several of them ask."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.feedback.events import DeclineReason, Step
from services.feedback.rules import Rule
from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, speaks_for
from shared.decider import require
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef

HEADS = (Capacity.AGENCY, Capacity.FOCAL_POINT, Capacity.MEMBER, *LEADERS)
"""Who may speak for an agency. A seat in the support team does not, though its holder comes from one."""


class End(StrEnum):
    """How feedback ends: in exactly one way, until it is opened again."""

    CLOSED = "closed"
    DECLINED = "declined"
    FORWARDED = "forwarded"


@dataclass(frozen=True)
class Feedback:
    """What a decision needs to know about one piece of feedback.

    `lies_with` are the directed agencies, or the receiving one until it is directed. The limits and what was
    noted as `overdue` are those since it was last opened. `decided_by_chair` where it concerns the regulation
    and the chair directed what becomes of it (D12.3).
    """

    received: bool = False
    about_regulation: bool = False
    sender: AgencyId | None = None
    anonymous: bool = False
    sender_known: bool = False
    forward_by: date | None = None
    answer_by: date | None = None
    overdue: frozenset[Step] = frozenset()
    lies_with: tuple[AgencyId, ...] = ()
    directed: bool = False
    instructions: frozenset[tuple[AgencyId, str]] = frozenset()
    field: str | None = None
    summary: str | None = None
    report: tuple[str, DocumentRef | None, bool] | None = None
    remedies: frozenset[tuple[AgencyId | None, str]] = frozenset()
    answer: tuple[str, DocumentRef | None] | None = None
    end: End | None = None
    ended_as: tuple[DeclineReason | str, str | None, DocumentRef | None] | None = None
    decided_by_chair: bool = False
    duplicate_of: str | None = None

    @property
    def taken_up(self) -> bool:
        """Whether it is known to be the committee's; who answers or directs it has taken it for that."""
        return self.field is not None or self.directed or self.answer is not None

    def due(self, step: Step) -> date | None:
        return self.forward_by if step is Step.CLASSIFICATION else self.answer_by

    def done(self, step: Step) -> bool:
        if step is Step.CLASSIFICATION:
            return self.end is not None or self.taken_up
        return self.end is not None or self.answer is not None


def received(feedback_id: str, feedback: Feedback) -> None:
    require(feedback.received, Rule.FEEDBACK_STANDS, f"{feedback_id} was never received")


def still_open(feedback_id: str, feedback: Feedback) -> None:
    received(feedback_id, feedback)
    require(feedback.end is None, Rule.FEEDBACK_IS_OPEN, f"{feedback_id} is {feedback.end}: reopen it first")


def by_focal_point(act: Act) -> None:
    require(
        act.in_capacity(Capacity.FOCAL_POINT), Rule.HANDLED_BY_FOCAL_POINT, "only the focal point does this"
    )


def by_clock(act: Act, today: date, rule: Rule) -> None:
    """Overdue follows from a day that has come, on the day on which it is noted; nobody declares it."""
    require(
        act.in_capacity(Capacity.POLICY, *SUPPORT_TEAM),
        rule,
        "overdue follows from the clock; the support team may look at it",
    )
    require(
        today <= act.effective_at.latest,
        rule,
        f"{today} has not come on {act.effective_at.latest}: look at it when it has",
    )


def head_of(act: Act, agencies: tuple[AgencyId, ...]) -> bool:
    """Whether the head of one of these agencies acts; an act before the regulation is taken at its word."""
    return act.in_capacity(*HEADS) and any(speaks_for(act, agency) for agency in (*agencies, None))


def own_seat(act: Act, seat: str | None) -> bool:
    """Whether the holder of this seat of the committee acts."""
    return act.in_capacity(*HEADS) and seat is not None and act.actor.mandate.seat == seat


def directed_head(act: Act, feedback: Feedback) -> bool:
    """Whether an agency acts that was told to remedy."""
    return head_of(act, feedback.lies_with if feedback.directed else ())


def handed_on(
    holders: tuple[AgencyId, ...], ended: AgencyId, heirs: tuple[AgencyId, ...]
) -> tuple[AgencyId, ...]:
    """The holders with the one that ended replaced by its heirs, nobody twice."""
    after = (agency for holder in holders for agency in (heirs if holder == ended else (holder,)))
    return tuple(dict.fromkeys(after))
