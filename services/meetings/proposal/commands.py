"""What people ask of proposals: each may be refused."""

from pydantic import Field

from services.meetings.commands import Id, Name, Text
from services.meetings.proposal.events import Decision as Decision
from services.meetings.proposal.events import ProposalKind as ProposalKind
from shared.messages import AgencyId, Command, DocumentRef


class DraftProposal(Command):
    """Drafted by the agency whose head asks, or by the support team."""

    proposal_id: str = Id
    title: str = Name
    kind: ProposalKind
    content: str = Text
    with_agencies: tuple[AgencyId, ...] = Field(default=(), max_length=500)


class SubmitProposal(Command):
    proposal_id: str = Id


class ReturnProposal(Command):
    proposal_id: str = Id
    reasons: str = Text


class DecideProposal(Command):
    proposal_id: str = Id
    decision: Decision
    reason: str = Text
    document: DocumentRef | None = None


ProposalCommand = DraftProposal | SubmitProposal | ReturnProposal | DecideProposal
