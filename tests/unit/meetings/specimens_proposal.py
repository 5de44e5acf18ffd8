"""For each command of proposals, and for the end of a quarter, a moment at which somebody may ask it."""

from datetime import date

from services.meetings.proposal import decider as proposal
from services.meetings.proposal.commands import (
    DecideProposal,
    Decision,
    DraftProposal,
    ProposalKind,
    ReturnProposal,
    SubmitProposal,
)
from services.meetings.proposal.events import ProposalDrafted, ProposalSubmitted
from services.meetings.quarter import decider as quarter
from services.meetings.quarter.commands import EndQuarter
from shared.messages import AgencyId
from tests.unit.specimens import Specimen

P, AGENCY = "de-xuat-mau", AgencyId("so-mau")
DRAFT = DraftProposal(proposal_id=P, title="Cơ chế mẫu", kind=ProposalKind.MECHANISM, content="Nội dung mẫu")
BY_TEAM = ProposalDrafted.model_validate(DRAFT.model_dump())
BY_AGENCY = BY_TEAM.model_copy(update={"drafted_by": AGENCY})
SUBMITTED = ProposalSubmitted(proposal_id=P)
DECIDE = DecideProposal(proposal_id=P, decision=Decision.APPROVED, reason="phù hợp")

SPECIMENS: tuple[Specimen, ...] = (
    Specimen(DRAFT, proposal.decider, agency=AGENCY),
    Specimen(SubmitProposal(proposal_id=P), proposal.decider, (BY_TEAM,)),
    Specimen(SubmitProposal(proposal_id=P), proposal.decider, (BY_AGENCY,), agency=AGENCY),
    Specimen(ReturnProposal(proposal_id=P, reasons="chưa rõ"), proposal.decider, (BY_TEAM, SUBMITTED)),
    Specimen(DECIDE, proposal.decider, (BY_TEAM, SUBMITTED)),
    Specimen(EndQuarter(quarter="2026-Q1", today=date(2026, 4, 1)), quarter.decider),
)
