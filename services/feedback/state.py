"""Feedback as decisions see it, and the questions that several of them ask."""

from dataclasses import dataclass

from services.feedback.rules import Rule
from services.members.capacity import LEADERS, Capacity, speaks_for
from shared.decider import require
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef

HEADS = (Capacity.AGENCY, Capacity.FOCAL_POINT, Capacity.MEMBER, *LEADERS)
"""Who may speak for an agency. A seat in the support team does not, though its holder comes from one."""


@dataclass(frozen=True)
class Feedback:
    """What a decision needs to know about one piece of feedback.

    `lies_with` are the directed agencies, or the receiving one until it is directed.
    """

    received: bool = False
    about_regulation: bool = False
    sender: AgencyId | None = None
    lies_with: tuple[AgencyId, ...] = ()
    directed: bool = False
    instructions: frozenset[tuple[AgencyId, str]] = frozenset()
    field: str | None = None
    summary: str | None = None
    report: tuple[str, DocumentRef | None] | None = None
    remedies: frozenset[tuple[AgencyId | None, str]] = frozenset()
    answer: tuple[str, DocumentRef | None] | None = None
    closed: bool = False
    duplicate_of: str | None = None


def received(feedback_id: str, feedback: Feedback) -> None:
    require(feedback.received, Rule.FEEDBACK_STANDS, f"{feedback_id} was never received")


def still_open(feedback_id: str, feedback: Feedback) -> None:
    received(feedback_id, feedback)
    require(not feedback.closed, Rule.FEEDBACK_IS_OPEN, f"{feedback_id} is closed: reopen it first")


def by_focal_point(act: Act) -> None:
    require(
        act.in_capacity(Capacity.FOCAL_POINT), Rule.HANDLED_BY_FOCAL_POINT, "only the focal point does this"
    )


def head_of(act: Act, agencies: tuple[AgencyId, ...]) -> bool:
    """Whether the head of one of these agencies acts; an act before the regulation is taken at its word."""
    return act.in_capacity(*HEADS) and any(speaks_for(act, agency) for agency in (*agencies, None))


def directed_head(act: Act, feedback: Feedback) -> bool:
    """Whether an agency acts that was told to remedy."""
    return head_of(act, feedback.lies_with if feedback.directed else ())
