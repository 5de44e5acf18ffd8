"""A proposal of a policy, a mechanism or another solution: drafted, submitted, decided (D7.2, D11.2)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, assert_never

from services.meetings.proposal.commands import (
    DecideProposal,
    DraftProposal,
    ProposalCommand,
    ReturnProposal,
    SubmitProposal,
)
from services.meetings.proposal.events import (
    ProposalDecided,
    ProposalDrafted,
    ProposalEvent,
    ProposalKind,
    ProposalReturned,
    ProposalSubmitted,
)
from services.meetings.rules import Rule
from services.meetings.speaking import HEADS, heads
from services.members.capacity import LEADERS, SUPPORT_TEAM, agency_person, for_the_chair
from services.members.events import Matter
from shared.decider import Decider, require
from shared.envelope import Act
from shared.messages import AgencyId

OF_AGENCY: Final = agency_person("")
"""How the person id of whoever heads an agency begins."""


class Status(StrEnum):
    NONE = "none"
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECIDED = "decided"


@dataclass(frozen=True)
class Proposal:
    """What a decision needs to know about a proposal."""

    status: Status = Status.NONE
    drafted: ProposalDrafted | None = None
    returned: ProposalReturned | None = None
    decided: ProposalDecided | None = None


def draft(command: DraftProposal, act: Act, proposal: Proposal) -> list[ProposalEvent]:
    """D7.2, D11.2: the support team drafts, or the head of an agency; also anew what is not submitted."""
    agency = _agency_of(act)
    require(
        act.in_capacity(*SUPPORT_TEAM) or agency is not None,
        Rule.PROPOSED_FROM_BELOW,
        "the support team proposes, or the head of an agency does",
    )
    before = proposal.drafted
    drafted = ProposalDrafted.model_validate(
        {**command.model_dump(), "drafted_by": agency, "version": before.version + 1 if before else 1}
    )
    same = before is not None and before == drafted.model_copy(update={"version": before.version})
    if same and proposal.status is not Status.RETURNED:
        return []
    require(
        proposal.status in (Status.NONE, Status.DRAFTED, Status.RETURNED),
        Rule.PROPOSAL_IS_OPEN_TO_DRAFT,
        f"it is {proposal.status}: wait for its return, or draft another one",
    )
    if before is not None:
        _its_drafter(act, before)
    return [drafted]


def _agency_of(act: Act) -> AgencyId | None:
    """The agency for which the actor speaks; the support team speaks for none. An act before the regulation
    has no proven agency, but may name it as the person."""
    mandate = act.actor.mandate
    if not mandate.bound and act.actor.person.startswith(OF_AGENCY):
        return AgencyId(act.actor.person.removeprefix(OF_AGENCY))
    return mandate.agency if mandate.capacity in HEADS else None


def _its_drafter(act: Act, drafted: ProposalDrafted) -> None:
    by_team = drafted.drafted_by is None
    require(
        act.in_capacity(*SUPPORT_TEAM) if by_team else heads(act, drafted.drafted_by),
        Rule.SUBMITTED_BY_ITS_DRAFTER,
        f"{drafted.drafted_by or 'the support team'} made the draft, and alone drafts it anew or submits it",
    )


def submit(command: SubmitProposal, act: Act, proposal: Proposal) -> list[ProposalEvent]:
    """D7.2, D11.2: who drafted it submits it; what was returned is drafted anew first."""
    if proposal.drafted is not None:
        _its_drafter(act, proposal.drafted)
    if proposal.status is Status.SUBMITTED:
        return []
    require(
        proposal.status is Status.DRAFTED,
        Rule.DRAFTED_BEFORE_SUBMITTED,
        f"it is {proposal.status}, and only a draft is submitted",
    )
    assert proposal.drafted is not None
    return [ProposalSubmitted(proposal_id=command.proposal_id, version=proposal.drafted.version)]


def send_back(command: ReturnProposal, act: Act, proposal: Proposal) -> list[ProposalEvent]:
    """D5.2.a, D7.2: the chair or a deputy returns with reasons what is not ready to be decided."""
    require(
        act.in_capacity(*LEADERS),
        Rule.PROPOSAL_RETURNED_BY_LEADERS,
        "only the chair or a deputy returns a proposal",
    )
    returned = ProposalReturned(proposal_id=command.proposal_id, reasons=command.reasons)
    if proposal.status is Status.RETURNED and proposal.returned == returned:
        return []
    _submitted(proposal)
    return [returned]


def settle(command: DecideProposal, act: Act, proposal: Proposal) -> list[ProposalEvent]:
    """D7.2: the chair decides, or who acts for the chair; once."""
    money = proposal.drafted is not None and proposal.drafted.kind is ProposalKind.FINANCIAL_MECHANISM
    require(
        for_the_chair(act, Matter.FUNDS if money else Matter.PROGRAMMES),
        Rule.PROPOSAL_DECIDED_FOR_CHAIR,
        "only the chair, or who acts for the chair in this matter, decides on a proposal",
    )
    decided = ProposalDecided.model_validate(
        {**command.model_dump(), "document": command.document or act.document}
    )
    if proposal.decided == decided:
        return []
    _submitted(proposal)
    return [decided]


def _submitted(proposal: Proposal) -> None:
    require(
        proposal.status is Status.SUBMITTED,
        Rule.PROPOSAL_LIES_BEFORE_CHAIR,
        f"it is {proposal.status}, and only what was submitted is returned or decided",
    )


def decide(command: ProposalCommand, act: Act, proposal: Proposal) -> list[ProposalEvent]:
    match command:
        case DraftProposal():
            return draft(command, act, proposal)
        case SubmitProposal():
            return submit(command, act, proposal)
        case ReturnProposal():
            return send_back(command, act, proposal)
        case DecideProposal():
            return settle(command, act, proposal)
        case _:
            assert_never(command)


def evolve(proposal: Proposal, event: ProposalEvent) -> Proposal:
    match event:
        case ProposalDrafted():
            return Proposal(status=Status.DRAFTED, drafted=event)
        case ProposalSubmitted():
            return replace(proposal, status=Status.SUBMITTED)
        case ProposalReturned():
            return replace(proposal, status=Status.RETURNED, returned=event)
        case ProposalDecided():
            return replace(proposal, status=Status.DECIDED, decided=event)
        case _:
            assert_never(event)


decider: Decider[ProposalCommand, ProposalEvent, Proposal] = Decider(
    category="proposal",
    stream_id=lambda command: command.proposal_id,
    initial=Proposal(),
    decide=decide,
    evolve=evolve,
)
