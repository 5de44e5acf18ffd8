"""A proposal: drafted, submitted, returned, decided."""

import pytest

from services.meetings.proposal.commands import (
    DecideProposal,
    Decision,
    DraftProposal,
    ProposalKind,
    ReturnProposal,
    SubmitProposal,
)
from services.meetings.proposal.decider import decider
from services.meetings.proposal.events import (
    ProposalDecided,
    ProposalDrafted,
    ProposalReturned,
    ProposalSubmitted,
)
from services.meetings.rules import Rule
from services.members.capacity import Capacity
from services.members.events import Matter
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef
from tests.unit.given import DECISION, Story, act
from tests.unit.meetings.examples import (
    BY_MEMBER,
    CHAIR,
    DEPUTY,
    FOR_CHAIR,
    OUTSIDE,
    STANDING,
    TEAM,
    before_regulation,
)
from tests.unit.meetings.examples_directive import HEAD, LEADER

P = "co-che-ho-tro-ma-qr"
DRAFT = DraftProposal(
    proposal_id=P,
    title="Cơ chế hỗ trợ gắn mã QR",
    kind=ProposalKind.MECHANISM,
    content="Hỗ trợ các xã khó khăn gắn mã QR biển tên đường.",
    with_agencies=(AgencyId("so-tai-chinh"),),
)
DRAFTED = ProposalDrafted.model_validate(DRAFT.model_dump())
OF_AGENCY = DRAFTED.model_copy(update={"drafted_by": AgencyId("so-xay-dung")})
SUBMIT = SubmitProposal(proposal_id=P)
SUBMITTED = ProposalSubmitted(proposal_id=P)
RETURN = ReturnProposal(proposal_id=P, reasons="chưa rõ nguồn kinh phí")
RETURNED = ProposalReturned(proposal_id=P, reasons="chưa rõ nguồn kinh phí")
DECIDE = DecideProposal(proposal_id=P, decision=Decision.APPROVED, reason="phù hợp chương trình năm")
DECIDED = ProposalDecided.model_validate(DECIDE.model_dump())
BETTER = DRAFT.model_copy(update={"content": "Hỗ trợ từ nguồn sự nghiệp khoa học và công nghệ."})
OTHER_HEAD = act(Capacity.AGENCY, person="agency:cong-an", agency="cong-an")


def limited(*matters: Matter) -> Act:
    """The standing deputy, authorised by the chair for these matters only."""
    mandate = FOR_CHAIR.actor.mandate.model_copy(update={"matters": matters})
    return Act(FOR_CHAIR.actor.model_copy(update={"mandate": mandate}), FOR_CHAIR.effective_at)


def a_proposal() -> Story:
    return Story(decider).given(DRAFTED)


@pytest.mark.parametrize("who", [TEAM, LEADER])
def test_the_support_team_drafts(who: Act) -> None:
    story = Story(decider).when(DRAFT, who).then(DRAFTED)
    story.when(DRAFT, who).then_nothing()
    story.when(BETTER, who).then(DRAFTED.model_copy(update={"content": BETTER.content, "version": 2}))


@pytest.mark.parametrize("who", [HEAD, BY_MEMBER])
def test_the_head_of_an_agency_drafts_for_it(who: Act) -> None:
    story = Story(decider).when(DRAFT, who).then(OF_AGENCY)
    story.when(SUBMIT, who).then(SUBMITTED).when(SUBMIT, who).then_nothing()


@pytest.mark.parametrize("who", [OUTSIDE, CHAIR, act(Capacity.MEMBER, person="khong-co-quan")])
def test_nobody_else_drafts(who: Act) -> None:
    Story(decider).when(DRAFT, who).then_refused(Rule.PROPOSED_FROM_BELOW)


def test_before_the_regulation_anybody_did() -> None:
    Story(decider).when(DRAFT, before_regulation()).then(DRAFTED)
    Story(decider).when(DRAFT, before_regulation(person="agency:so-xay-dung")).then(OF_AGENCY)


@pytest.mark.parametrize("who", [OTHER_HEAD, TEAM])
def test_only_its_drafter_submits_it_or_drafts_it_anew(who: Act) -> None:
    story = Story(decider).given(OF_AGENCY).when(SUBMIT, who).then_refused(Rule.SUBMITTED_BY_ITS_DRAFTER)
    story.when(BETTER, who).then_refused(Rule.SUBMITTED_BY_ITS_DRAFTER)
    a_proposal().when(SUBMIT, HEAD).then_refused(Rule.SUBMITTED_BY_ITS_DRAFTER)


def test_what_was_returned_is_drafted_anew_before_it_is_submitted() -> None:
    story = a_proposal().given(SUBMITTED).when(RETURN, DEPUTY).then(RETURNED)
    story.when(RETURN, DEPUTY).then_nothing()
    story.when(SUBMIT, TEAM).then_refused(Rule.DRAFTED_BEFORE_SUBMITTED)
    story.when(BETTER, TEAM).then_happened(ProposalDrafted)
    story.when(SUBMIT, TEAM).then(ProposalSubmitted(proposal_id=P, version=2))


@pytest.mark.parametrize("history", [(DRAFTED, SUBMITTED), (DRAFTED, SUBMITTED, DECIDED)])
def test_what_lies_before_the_chair_is_not_drafted(history: tuple[ProposalDrafted, ...]) -> None:
    story = Story(decider).given(*history).when(BETTER, TEAM).then_refused(Rule.PROPOSAL_IS_OPEN_TO_DRAFT)
    story.when(DRAFT, TEAM).then_nothing()


def test_the_leaders_return_what_was_submitted() -> None:
    a_proposal().given(SUBMITTED).when(RETURN, TEAM).then_refused(Rule.PROPOSAL_RETURNED_BY_LEADERS)
    a_proposal().when(RETURN, CHAIR).then_refused(Rule.PROPOSAL_LIES_BEFORE_CHAIR)


@pytest.mark.parametrize("who", [CHAIR, FOR_CHAIR, limited(Matter.PROGRAMMES)])
def test_the_chair_decides(who: Act) -> None:
    story = a_proposal().given(SUBMITTED).when(DECIDE, who).then(DECIDED)
    story.when(DECIDE, who).then_nothing()
    story.when(DECIDE.model_copy(update={"decision": Decision.REJECTED}), who)
    story.then_refused(Rule.PROPOSAL_LIES_BEFORE_CHAIR)


@pytest.mark.parametrize("who", [STANDING, DEPUTY, TEAM, limited(Matter.MEETINGS)])
def test_nobody_else_decides(who: Act) -> None:
    a_proposal().given(SUBMITTED).when(DECIDE, who).then_refused(Rule.PROPOSAL_DECIDED_FOR_CHAIR)


def test_money_is_a_matter_of_its_own() -> None:
    of_money = DRAFTED.model_copy(update={"kind": ProposalKind.FINANCIAL_MECHANISM})
    story = Story(decider).given(of_money, SUBMITTED)
    story.when(DECIDE, limited(Matter.PROGRAMMES)).then_refused(Rule.PROPOSAL_DECIDED_FOR_CHAIR)
    story.when(DECIDE, limited(Matter.FUNDS)).then(DECIDED)


def test_only_what_was_submitted_is_decided() -> None:
    a_proposal().when(DECIDE, CHAIR).then_refused(Rule.PROPOSAL_LIES_BEFORE_CHAIR)
    Story(decider).when(DECIDE, CHAIR).then_refused(Rule.PROPOSAL_LIES_BEFORE_CHAIR)
    Story(decider).when(SUBMIT, TEAM).then_refused(Rule.DRAFTED_BEFORE_SUBMITTED)


def test_the_paper_of_the_decision_is_the_one_named_or_the_acts_own() -> None:
    by_paper = act(Capacity.CHAIR, person="truong-ban", document=DECISION)
    story = a_proposal().given(SUBMITTED).when(DECIDE, by_paper)
    story.then(DECIDED.model_copy(update={"document": DECISION}))
    sent = DocumentRef(number="88/TTr-BCĐ")
    forwarded = DECIDE.model_copy(update={"decision": Decision.FORWARDED, "document": sent})
    [decided] = a_proposal().given(SUBMITTED).when(forwarded, by_paper).outcome
    assert isinstance(decided, ProposalDecided)
    assert decided.document == sent
