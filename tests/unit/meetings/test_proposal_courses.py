"""Random courses of commands, valid and not: what holds of a proposal after each."""

from typing import Any

from hypothesis import strategies as st

from services.meetings.proposal import commands as proposing
from services.meetings.proposal import decider as proposal
from services.meetings.proposal.events import (
    ProposalDecided,
    ProposalDrafted,
    ProposalReturned,
    ProposalSubmitted,
)
from shared.messages import Event
from tests.unit.histories import machine
from tests.unit.meetings.courses import AGENCIES, FEW, bound, some_acts

P = "de-xuat"
PROPOSAL_COMMANDS = st.one_of(
    st.builds(
        proposing.DraftProposal,
        proposal_id=st.just(P),
        title=st.just("Cơ chế"),
        kind=st.sampled_from(proposing.ProposalKind),
        content=st.sampled_from(["bản một", "bản hai"]),
    ),
    st.builds(proposing.SubmitProposal, proposal_id=st.just(P)),
    st.builds(proposing.SubmitProposal, proposal_id=st.just(P)),
    st.builds(proposing.ReturnProposal, proposal_id=st.just(P), reasons=st.just("chưa rõ")),
    st.builds(
        proposing.DecideProposal,
        proposal_id=st.just(P),
        decision=st.sampled_from(proposing.Decision),
        reason=st.just("đúng thẩm quyền"),
    ),
)
BEFORE: dict[type[Event], tuple[type[Event] | None, ...]] = {
    ProposalDrafted: (None, ProposalDrafted, ProposalReturned),
    ProposalSubmitted: (ProposalDrafted,),
    ProposalReturned: (ProposalSubmitted,),
    ProposalDecided: (ProposalSubmitted,),
}
"""What may come right before each event of a proposal."""


def a_proposal_is_in_order(events: list[Event], state: Any) -> None:
    version = 0
    for before, event in zip([None, *events], events, strict=False):
        assert (type(before) if before else None) in BEFORE[type(event)]
        if isinstance(event, ProposalDrafted):
            assert event.version == version + 1
            version = event.version
        if isinstance(event, ProposalSubmitted):
            assert event.version == version


def a_bound_proposal_is_in_order(events: list[Event], state: Any) -> None:
    """Besides: it stays with who drafted it."""
    a_proposal_is_in_order(events, state)
    assert len({one.drafted_by for one in events if isinstance(one, ProposalDrafted)}) <= 1


AGENCY_ACTS = some_acts(agencies=(None, *AGENCIES))
TestAProposal = machine(proposal.decider, PROPOSAL_COMMANDS, AGENCY_ACTS, a_proposal_is_in_order, FEW)
TestABoundProposal = machine(
    proposal.decider, PROPOSAL_COMMANDS, AGENCY_ACTS.map(bound), a_bound_proposal_is_in_order, FEW
)
