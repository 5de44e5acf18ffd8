"""The committee: established once, renamed, one regulation in force, focal points (D1, D7.6)."""

import pytest

from services.members import committee
from services.members.commands import (
    AdoptRegulation,
    DesignateFocalPoint,
    EstablishCommittee,
    RenameCommittee,
)
from services.members.events import (
    CommitteeEstablished,
    CommitteeRenamed,
    Duty,
    FocalPointDesignated,
    RegulationAdopted,
)
from services.members.rules import Rule
from shared.messages import AgencyId, DocumentRef
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
    story.then_refused(Rule.ONE_REGULATION)


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


def test_a_focal_point_needs_a_committee(story: Story) -> None:
    story.when(FOCAL, CHAIR).then_refused(Rule.FOCAL_POINT_STANDS)
    story.when(FOCAL, MEMBER).then_refused(Rule.RIGHT_COMPETENCE)
