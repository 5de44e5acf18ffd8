"""What happened to proposals for the chair (D7.2, D11.2): part of this context's published language."""

from enum import StrEnum
from typing import ClassVar

from shared.messages import AgencyId, DocumentRef, Event


class ProposalKind(StrEnum):
    """What is proposed, by the words of D7.2."""

    POLICY = "policy"
    STRATEGY = "strategy"
    MECHANISM = "mechanism"
    FINANCIAL_MECHANISM = "financial_mechanism"
    SOLUTION = "solution"


class Decision(StrEnum):
    """What becomes of a proposal; forwarded where another body is competent."""

    APPROVED = "approved"
    REJECTED = "rejected"
    FORWARDED = "forwarded"


class ProposalDrafted(Event):
    """A proposal was drafted, or drafted anew (`version`), by the support team or by an agency."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.2", "D11.2")
    proposal_id: str
    title: str
    kind: ProposalKind
    content: str
    with_agencies: tuple[AgencyId, ...] = ()
    drafted_by: AgencyId | None = None
    """The agency that drafted it; None: the support team."""
    version: int = 1


class ProposalSubmitted(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.2", "D11.2")
    proposal_id: str
    version: int = 1


class ProposalReturned(Event):
    """The draft goes back to who made it, with what is asked of it."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.2",)
    proposal_id: str
    reasons: str


class ProposalDecided(Event):
    """The chair decided; `document` is the paper that says so, or that went to the other body."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.2", "D11.2")
    proposal_id: str
    decision: Decision
    reason: str = ""
    document: DocumentRef | None = None


ProposalEvent = ProposalDrafted | ProposalSubmitted | ProposalReturned | ProposalDecided
