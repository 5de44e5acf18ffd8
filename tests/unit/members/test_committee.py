"""The committee: established once, renamed, one regulation in force, focal points (D1, D7.6)."""

import pytest
from pydantic import ValidationError

from services.members import committee
from services.members.commands import (
    AdoptRegulation,
    AmendRegulation,
    DesignateFocalPoint,
    EstablishCommittee,
    RegisterChildCommittee,
    RenameCommittee,
)
from services.members.events import (
    ChildCommitteeRegistered,
    CommitteeEstablished,
    CommitteeRenamed,
    Duty,
    FocalPointDesignated,
    RegulationAdopted,
    RegulationAmended,
)
from services.members.parameters import Parameters
from services.members.rules import Rule
from shared.messages import AgencyId, CommitteeId, DocumentRef
from tests.unit.given import Story, act

ISSUER = act("issuer")
CHAIR = act("chair")
MEMBER = act("member")
E_GOVERNMENT = CommitteeEstablished(name="Ban Chỉ đạo chính quyền điện tử")
REGULATION = DocumentRef(number="64/QĐ-BCĐ")
NEWER = DocumentRef(number="70/QĐ-BCĐ")
ADOPTED = RegulationAdopted(regulation=REGULATION, title="Quy chế")
FOCAL = DesignateFocalPoint(agency_id=AgencyId("so-a"), duty=Duty.FEEDBACK)


@pytest.fixture
def story() -> Story:
    return Story(committee.decider)


def test_the_issuing_authority_establishes_it_once(story: Story) -> None:
    establish = EstablishCommittee(name="Ban Chỉ đạo chính quyền điện tử")
    story.when(establish, ISSUER).then(E_GOVERNMENT)
    story.when(establish, ISSUER).then_refused(Rule.ESTABLISHED_ONCE)


def test_a_member_establishes_nothing(story: Story) -> None:
    story.when(EstablishCommittee(name="Ban"), MEMBER).then_refused(Rule.RIGHT_COMPETENCE)


def test_it_is_renamed_and_stays_quiet_when_asked_twice(story: Story) -> None:
    rename = RenameCommittee(new_name="Ban Chỉ đạo về chuyển đổi số tỉnh")
    story.given(E_GOVERNMENT).when(rename, ISSUER)
    story.then(CommitteeRenamed(old_name=E_GOVERNMENT.name, new_name=rename.new_name))
    story.when(rename, ISSUER).then_nothing()
    story.when(rename, MEMBER).then_refused(Rule.RIGHT_COMPETENCE)


def test_what_was_not_established_cannot_be_renamed(story: Story) -> None:
    story.when(RenameCommittee(new_name="Ban"), ISSUER).then_refused(Rule.ESTABLISHED_ONCE)


def test_the_chair_adopts_the_regulation_and_a_new_one_replaces_it(story: Story) -> None:
    story.given(E_GOVERNMENT).when(AdoptRegulation(regulation=REGULATION, title="Quy chế"), CHAIR).then(
        ADOPTED
    )
    story.when(AdoptRegulation(regulation=NEWER, title="Quy chế"), CHAIR)
    story.then(RegulationAdopted(regulation=NEWER, title="Quy chế", replaces=REGULATION))


def test_the_regulation_in_force_is_not_adopted_again(story: Story) -> None:
    story.given(E_GOVERNMENT, ADOPTED).when(AdoptRegulation(regulation=REGULATION, title="Quy chế"), CHAIR)
    story.then_nothing()
    story.when(AdoptRegulation(regulation=REGULATION, title="Quy chế khác"), CHAIR)
    story.then_refused(Rule.ONE_REGULATION)
    weekly = AdoptRegulation(regulation=REGULATION, title="Quy chế", parameters=WEEKLY)
    story.when(weekly, CHAIR).then_refused(Rule.ONE_REGULATION)


def test_a_duty_that_moved_on_meanwhile_does_not_follow_its_agency_any_more(story: Story) -> None:
    """The chair designated another before the merger was followed."""
    follow = DesignateFocalPoint(agency_id=AgencyId("so-b"), duty=Duty.FEEDBACK, predecessor=AgencyId("so-a"))
    there = FocalPointDesignated(agency_id=AgencyId("so-c"), duty=Duty.FEEDBACK)
    story.given(E_GOVERNMENT, there).when(follow, act("policy")).then_nothing()
    story.given(FocalPointDesignated(agency_id=AgencyId("so-a"), duty=Duty.FEEDBACK))
    story.when(follow, act("policy")).then_happened(FocalPointDesignated)


def test_deadlines_are_counted_by_a_calendar_that_is_known() -> None:
    unknown = Parameters(calendar="lich-khong-co", roll_deadlines=True)
    for asked in (AdoptRegulation, AmendRegulation):
        told = {"title": "Quy chế"} if asked is AdoptRegulation else {"amendment": NEWER, "summary": "Sửa"}
        with pytest.raises(ValidationError, match="lich-khong-co"):
            asked(regulation=REGULATION, parameters=unknown, **told)


@pytest.mark.parametrize("days", [(-1,), (10**9,)])
def test_reminders_go_out_within_a_year(days: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError):
        Parameters(remind_after_days=days)


@pytest.mark.parametrize("capacity", ["member", "deputy", "standing_deputy", "issuer"])
def test_nobody_but_the_chair_adopts_it(story: Story, capacity: str) -> None:
    story.given(E_GOVERNMENT).when(AdoptRegulation(regulation=REGULATION, title="Quy chế"), act(capacity))
    story.then_refused(Rule.REGULATION_BY_CHAIR)


def test_the_standing_deputy_adopts_it_in_the_place_of_the_chair(story: Story) -> None:
    acting = act("standing_deputy", acts_for="truong-ban")
    story.given(E_GOVERNMENT).when(AdoptRegulation(regulation=REGULATION, title="Quy chế"), acting).then(
        ADOPTED
    )


def test_a_focal_point_is_designated_and_replaced(story: Story) -> None:
    story.given(E_GOVERNMENT).when(FOCAL, CHAIR)
    story.then(FocalPointDesignated(agency_id=AgencyId("so-a"), duty=Duty.FEEDBACK))
    story.when(FOCAL, CHAIR).then_nothing()
    story.when(DesignateFocalPoint(agency_id=AgencyId("so-b"), duty=Duty.FEEDBACK), act("policy"))
    story.then(
        FocalPointDesignated(agency_id=AgencyId("so-b"), duty=Duty.FEEDBACK, predecessor=AgencyId("so-a"))
    )


AMENDMENT = DocumentRef(number="72/QĐ-BCĐ")
WEEKLY = Parameters(feedback_answer_working_days=7)
AMEND = AmendRegulation(
    regulation=DocumentRef(number="64/QĐ-BCĐ", issuer="Ban Chỉ đạo"),
    amendment=AMENDMENT,
    summary="Rút ngắn thời hạn trả lời",
    parameters=WEEKLY,
)


def test_the_regulation_sets_parameters_and_an_amendment_sets_others(story: Story) -> None:
    adopt = AdoptRegulation(regulation=REGULATION, title="Quy chế", parameters=Parameters())
    story.given(E_GOVERNMENT).when(adopt, CHAIR)
    story.then(ADOPTED.model_copy(update={"parameters": Parameters()}))
    story.when(AMEND, CHAIR)
    story.then(
        RegulationAmended(
            regulation=REGULATION,
            amendment=AMENDMENT,
            summary="Rút ngắn thời hạn trả lời",
            parameters=WEEKLY,
        )
    )
    story.when(AMEND, CHAIR).then_nothing()
    other = AMEND.model_copy(update={"parameters": Parameters(feedback_answer_working_days=9)})
    story.when(other, CHAIR).then_refused(Rule.AMENDMENT_IS_NEW)


def test_only_what_is_in_force_is_amended(story: Story) -> None:
    story.given(E_GOVERNMENT).when(AMEND, CHAIR).then_refused(Rule.AMENDS_WHAT_IS_IN_FORCE)
    story.given(ADOPTED, RegulationAdopted(regulation=NEWER, title="Quy chế", replaces=REGULATION))
    story.when(AMEND, CHAIR).then_refused(Rule.AMENDS_WHAT_IS_IN_FORCE)


@pytest.mark.parametrize("capacity", ["member", "deputy", "standing_deputy", "issuer", "policy"])
def test_nobody_but_the_chair_amends_it(story: Story, capacity: str) -> None:
    story.given(E_GOVERNMENT, ADOPTED).when(AMEND, act(capacity)).then_refused(Rule.AMENDED_BY_CHAIR)


BELOW = RegisterChildCommittee(child=CommitteeId("huyenmau"), name="Ban Chỉ đạo huyện")


def test_a_committee_knows_those_under_it(story: Story) -> None:
    story.given(E_GOVERNMENT).when(BELOW, act("policy"))
    story.then(ChildCommitteeRegistered(child=BELOW.child, name=BELOW.name))
    story.when(BELOW, act("policy")).then_nothing()
    story.when(BELOW.model_copy(update={"name": "Ban mới"}), act("policy"))
    story.then(ChildCommitteeRegistered(child=BELOW.child, name="Ban mới"))
    story.when(BELOW, CHAIR).then_refused(Rule.RIGHT_COMPETENCE)


def test_a_committee_stands_only_under_one_that_was_established(story: Story) -> None:
    story.when(BELOW, act("policy")).then_refused(Rule.PARENT_STANDS)


def test_a_focal_point_needs_a_committee(story: Story) -> None:
    story.when(FOCAL, CHAIR).then_refused(Rule.FOCAL_POINT_STANDS)
    story.when(FOCAL, MEMBER).then_refused(Rule.RIGHT_COMPETENCE)
