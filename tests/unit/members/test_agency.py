"""Agencies: registered once, renamed, merged in one step, dissolved with successors (D1)."""

import pytest
from pydantic import ValidationError

from services.members import agency
from services.members.commands import DissolveAgency, MergeAgencies, RegisterAgency, RenameAgency
from services.members.events import AgencyDissolved, AgencyMerged, AgencyRegistered, AgencyRenamed
from services.members.rules import Rule
from shared.messages import AgencyId
from tests.unit.given import Story, act

ISSUER = act("issuer")
KEEPER = act("record_keeper")
PLAN, FINANCE = AgencyId("so-ke-hoach"), AgencyId("so-tai-chinh")
NEW = AgencyId("so-tai-chinh-2025")
TWO = (
    AgencyRegistered(agency_id=PLAN, name="Sở Kế hoạch"),
    AgencyRegistered(agency_id=FINANCE, name="Sở Tài chính"),
)
MERGE = MergeAgencies(predecessors=(PLAN, FINANCE), successor=NEW, successor_name="Sở Tài chính")


@pytest.fixture
def story() -> Story:
    return Story(agency.decider)


def test_an_agency_is_registered_once(story: Story) -> None:
    register = RegisterAgency(agency_id=PLAN, name="Sở Kế hoạch")
    story.when(register, KEEPER).then(TWO[0])
    story.when(register, KEEPER).then_refused(Rule.AGENCY_IS_NEW)
    story.when(register, act("member")).then_refused(Rule.RIGHT_COMPETENCE)


def test_it_is_renamed(story: Story) -> None:
    rename = RenameAgency(agency_id=PLAN, new_name="Sở Kế hoạch và Đầu tư")
    story.given(*TWO).when(rename, ISSUER)
    story.then(AgencyRenamed(agency_id=PLAN, old_name="Sở Kế hoạch", new_name="Sở Kế hoạch và Đầu tư"))
    story.when(rename, ISSUER).then_nothing()


def test_two_agencies_end_in_one_step_and_name_the_same_successor(story: Story) -> None:
    story.given(*TWO).when(MERGE, ISSUER)
    story.then(
        AgencyRegistered(agency_id=NEW, name="Sở Tài chính"),
        AgencyMerged(agency_id=PLAN, name="Sở Kế hoạch", successor=NEW, successor_name="Sở Tài chính"),
        AgencyMerged(agency_id=FINANCE, name="Sở Tài chính", successor=NEW, successor_name="Sở Tài chính"),
    )
    story.when(MERGE, ISSUER).then_nothing()
    elsewhere = MergeAgencies(predecessors=(PLAN,), successor=AgencyId("so-khac"), successor_name="Sở khác")
    story.when(elsewhere, ISSUER).then_refused(Rule.AGENCY_STANDS)


def test_what_ended_takes_in_nothing_and_a_group_neither(story: Story) -> None:
    communes = AgencyId("65-xa-phuong")
    story.given(*TWO, AgencyRegistered(agency_id=communes, name="65 xã, phường", collective=True))
    story.when(MERGE.model_copy(update={"successor": communes}), ISSUER).then_refused(Rule.AGENCY_STANDS)
    dissolve = DissolveAgency(agency_id=PLAN, successors=(communes,))
    story.when(dissolve, ISSUER).then_happened(AgencyDissolved)
    story.when(dissolve, ISSUER).then_nothing()
    story.when(DissolveAgency(agency_id=PLAN), ISSUER).then_refused(Rule.AGENCY_STANDS)
    into = MergeAgencies(predecessors=(FINANCE,), successor=PLAN, successor_name="Sở Kế hoạch")
    story.when(into, ISSUER).then_refused(Rule.AGENCY_STANDS)


@pytest.mark.parametrize("itself", [PLAN, NEW])
def test_an_agency_is_not_merged_into_itself_alone(story: Story, itself: AgencyId) -> None:
    alone = MergeAgencies(predecessors=(itself,), successor=itself, successor_name="Sở")
    story.given(*TWO).when(alone, ISSUER).then_refused(Rule.AGENCY_STANDS)


@pytest.mark.parametrize("count", [0, 10**6])
def test_a_group_has_a_number_of_agencies_that_can_be(count: int) -> None:
    with pytest.raises(ValidationError):
        RegisterAgency(agency_id=PLAN, name="Sở", collective=True, count=count)
    with pytest.raises(ValidationError):
        RegisterAgency(agency_id=AgencyId(""), name="Sở")


def test_an_agency_that_is_named_twice_ends_once(story: Story) -> None:
    twice = MERGE.model_copy(update={"predecessors": (PLAN, PLAN)})
    story.given(*TWO).when(twice, ISSUER).then_happened(AgencyRegistered, AgencyMerged)


def test_an_agency_may_take_in_another_and_go_on(story: Story) -> None:
    story.given(*TWO)
    story.when(MergeAgencies(predecessors=(PLAN,), successor=FINANCE, successor_name="Sở TC"), ISSUER)
    told = {"agency_id": PLAN, "name": "Sở Kế hoạch", "successor": FINANCE}
    story.then(AgencyMerged(**told, successor_name="Sở Tài chính"))  # as the register names it


def test_a_dissolved_agency_may_have_many_successors(story: Story) -> None:
    story.given(*TWO, AgencyRegistered(agency_id=NEW, name="Sở mới"))
    story.when(DissolveAgency(agency_id=PLAN, successors=(FINANCE, NEW)), ISSUER)
    story.then(AgencyDissolved(agency_id=PLAN, name="Sở Kế hoạch", successors=(FINANCE, NEW)))


def test_one_single_successor_is_named_and_a_group_is_not(story: Story) -> None:
    communes = AgencyId("65-xa-phuong")
    story.given(*TWO, AgencyRegistered(agency_id=communes, name="65 xã, phường", collective=True, count=65))
    story.when(DissolveAgency(agency_id=PLAN, successors=(communes,)), ISSUER)
    story.then(AgencyDissolved(agency_id=PLAN, name="Sở Kế hoạch", successors=(communes,)))
    story.given(TWO[0]).when(DissolveAgency(agency_id=PLAN, successors=(FINANCE,)), ISSUER)
    told = {"agency_id": PLAN, "name": "Sở Kế hoạch", "successors": (FINANCE,)}
    story.then(AgencyDissolved(**told, successor_name="Sở Tài chính"))


def test_an_agency_does_not_come_after_itself(story: Story) -> None:
    story.given(*TWO).when(DissolveAgency(agency_id=PLAN, successors=(PLAN,)), ISSUER)
    story.then_refused(Rule.AGENCY_STANDS)


def test_a_successor_has_to_stand(story: Story) -> None:
    story.given(TWO[0]).when(DissolveAgency(agency_id=PLAN, successors=(NEW,)), ISSUER)
    story.then_refused(Rule.AGENCY_STANDS)


@pytest.mark.parametrize(
    "command", [MERGE, DissolveAgency(agency_id=PLAN), RenameAgency(agency_id=PLAN, new_name="Sở")]
)
def test_only_the_issuing_authority_changes_an_agency(
    story: Story, command: MergeAgencies | DissolveAgency | RenameAgency
) -> None:
    story.given(*TWO).when(command, KEEPER).then_refused(Rule.RIGHT_COMPETENCE)
