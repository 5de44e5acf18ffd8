"""Staff of the support team: sent by agencies, assigned by the chair, replaced on proposal (D6.1.dd)."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.members.authority import Authority, evolve, mandate
from services.members.commands import TransferSeats
from services.members.events import AgencyRegistered, MemberAppointed, Role, SeatTransferred
from services.members.roster import decider as member
from services.members.roster.staff_commands import (
    AssignSupportStaff,
    NominateSupportStaff,
    ProposeStaffReplacement,
    ReleaseSupportStaff,
    ReplaceSupportStaff,
)
from services.members.roster.staff_events import (
    SupportStaffAssigned,
    SupportStaffNominated,
    SupportStaffReleased,
    SupportStaffReplaced,
    SupportStaffReplacementProposed,
)
from services.members.rules import Rule
from shared.dates import Moment
from shared.envelope import Claim, Request
from shared.messages import AgencyId, Event, PersonId
from tests.unit.given import DECISION, SOURCE, Story, act, refused
from tests.unit.rows import COMMITTEE, ROOT, envelopes

BUILD, TRADE = AgencyId("so-xd"), AgencyId("so-ct")
CHAIR = act("chair", document=DECISION)
LEADER = act("team_leader", seat="to-truong")
HEAD = act("agency", agency=BUILD)
MEMBER = act("member", agency=BUILD, seat="xd")

NOMINATE = NominateSupportStaff(
    nomination_id="dc1", agency_id=BUILD, nominee=PersonId("chuyen-vien-1"), post="Chuyên viên Sở Xây dựng"
)
NOMINATED = SupportStaffNominated.model_validate(NOMINATE.model_dump())
ASSIGN = AssignSupportStaff(
    seat_id="to-1",
    nomination_id="dc1",
    post="Chuyên viên Sở Xây dựng",
    role=Role.TEAM_MEMBER,
    holder=PersonId("chuyen-vien-1"),
    agency_id=BUILD,
)
ASSIGNED = SupportStaffAssigned.model_validate(ASSIGN.model_dump())
LEAD = AssignSupportStaff(
    seat_id="to-truong", post="Phó Giám đốc", role=Role.TEAM_LEADER, holder=PersonId("to-truong")
)
LEADING = SupportStaffAssigned.model_validate(LEAD.model_dump())
PROPOSE = ProposeStaffReplacement(seat_id="to-1", reason="không đáp ứng yêu cầu")
PROPOSED = SupportStaffReplacementProposed(seat_id="to-1", reason=PROPOSE.reason)
REPLACE = ReplaceSupportStaff(
    seat_id="to-1", new_seat_id="to-2", post="Chuyên viên chính", holder=PersonId("chuyen-vien-2")
)
REPLACED = SupportStaffReplaced(
    seat_id="to-1",
    new_seat_id="to-2",
    post="Chuyên viên chính",
    role=Role.TEAM_MEMBER,
    holder=PersonId("chuyen-vien-2"),
    agency_id=BUILD,
)
RELEASE = ReleaseSupportStaff(seat_id="to-1", reason="hoàn thành nhiệm vụ")
RELEASED = SupportStaffReleased(seat_id="to-1", reason=RELEASE.reason)


@pytest.fixture
def story() -> Story:
    return Story(member.decider)


@pytest.fixture
def team(story: Story) -> Story:
    return story.given(LEADING, NOMINATED, ASSIGNED)


def changed(command: Any, **fields: object) -> Any:
    return command.model_copy(update=fields)


@pytest.mark.parametrize("head", [HEAD, MEMBER, act("deputy", agency=BUILD)])
def test_who_heads_the_agency_sends_its_staff(story: Story, head: Any) -> None:
    story.when(NOMINATE, head).then(NOMINATED)
    story.when(NOMINATE, head).then_nothing()
    story.when(changed(NOMINATE, nominee="nguoi-khac"), head).then_refused(Rule.STAFF_AS_NOMINATED)


@pytest.mark.parametrize(
    "other",
    [
        act("agency", agency=TRADE),
        act("member", agency=TRADE),
        act("chair"),
        act("team_leader", agency=BUILD),  # serves in the team for the agency, and does not head it
        act("team_member", agency=BUILD),
        act("record_keeper", agency=BUILD),
        act("issuer", document=DECISION),
    ],
)
def test_nobody_else_sends_or_replaces_it(story: Story, other: Any) -> None:
    story.when(NOMINATE, other).then_refused(Rule.STAFF_SENT_BY_AGENCY)
    story.given(LEADING, ASSIGNED, PROPOSED).when(REPLACE, other).then_refused(Rule.STAFF_SENT_BY_AGENCY)


def test_the_chair_assigns_whom_the_agency_nominated(story: Story) -> None:
    story.given(NOMINATED).when(ASSIGN, CHAIR).then(ASSIGNED)
    story.when(ASSIGN, CHAIR).then_nothing()
    story.when(changed(ASSIGN, seat_id="to-9"), CHAIR).then_refused(Rule.STAFF_AS_NOMINATED)
    story.when(changed(ASSIGN, holder="nguoi-khac"), CHAIR).then_refused(Rule.SEAT_IS_NEW)
    assert story.state.seats["to-1"].role is Role.TEAM_MEMBER


@pytest.mark.parametrize(
    "other", [{"holder": "nguoi-khac"}, {"agency_id": TRADE}, {"nomination_id": "dc9"}, {"agency_id": None}]
)
def test_an_assignment_is_as_nominated(story: Story, other: dict[str, Any]) -> None:
    story.given(NOMINATED).when(changed(ASSIGN, **other), CHAIR).then_refused(Rule.STAFF_AS_NOMINATED)


def test_an_assignment_is_by_the_chairs_decision(story: Story) -> None:
    story.given(NOMINATED).when(ASSIGN, act("chair")).then_refused(Rule.BY_DECISION)
    story.when(ASSIGN, act("deputy", document=DECISION)).then_refused(Rule.STAFF_BY_CHAIR)
    story.when(ASSIGN, act("standing_deputy", document=DECISION)).then_refused(Rule.STAFF_BY_CHAIR)
    acting = act("standing_deputy", acts_for="truong-ban", document=DECISION)
    story.when(ASSIGN, acting).then(ASSIGNED)


def test_there_is_one_team_leader(story: Story) -> None:
    story.when(LEAD, CHAIR).then(LEADING)
    story.when(changed(LEAD, seat_id="to-truong-2"), CHAIR).then_refused(Rule.ONE_TEAM_LEADER)


def test_a_seat_of_the_committee_is_not_assigned() -> None:
    with pytest.raises(ValidationError):
        AssignSupportStaff.model_validate({**ASSIGN.model_dump(), "role": Role.MEMBER})


def test_the_team_leader_proposes_and_then_the_agency_replaces(team: Story) -> None:
    team.when(REPLACE, HEAD).then_refused(Rule.REPLACED_ON_PROPOSAL)
    team.when(PROPOSE, HEAD).then_refused(Rule.PROPOSED_BY_TEAM_LEADER)
    team.when(PROPOSE, LEADER).then(PROPOSED)
    team.when(PROPOSE, LEADER).then_nothing()
    team.when(changed(REPLACE, new_seat_id="to-truong"), HEAD).then_refused(Rule.SEAT_IS_NEW)
    team.when(REPLACE, MEMBER).then(REPLACED)
    team.when(REPLACE, MEMBER).then_nothing()
    team.when(REPLACE, act("agency", agency=TRADE)).then_refused(Rule.STAFF_SENT_BY_AGENCY)
    team.when(changed(REPLACE, new_seat_id="to-3"), HEAD).then_refused(Rule.SEAT_STANDS)
    assert set(team.state.seats) == {"to-truong", "to-2"}
    assert team.state.staff.to_replace == frozenset()


def test_only_seats_of_the_team_are_replaced_or_released(team: Story) -> None:
    team.given(
        MemberAppointed(
            seat_id="xd", post="Giám đốc", role=Role.MEMBER, holder=PersonId("xd"), agency_id=BUILD
        )
    )
    for seat_id in ("xd", "khong-co"):
        team.when(changed(PROPOSE, seat_id=seat_id), LEADER).then_refused(Rule.SEAT_STANDS)
        team.when(changed(REPLACE, seat_id=seat_id), HEAD).then_refused(Rule.SEAT_STANDS)
        team.when(changed(RELEASE, seat_id=seat_id), CHAIR).then_refused(Rule.SEAT_STANDS)


def test_the_chair_releases(team: Story) -> None:
    team.when(RELEASE, LEADER).then_refused(Rule.STAFF_BY_CHAIR)
    team.when(RELEASE, act("chair")).then_refused(Rule.BY_DECISION)
    team.when(RELEASE, CHAIR).then(RELEASED)
    team.when(RELEASE, CHAIR).then_nothing()
    assert set(team.state.seats) == {"to-truong"}


def test_seats_of_the_team_follow_their_agency_and_none_is_folded(team: Story) -> None:
    move = TransferSeats(
        predecessor=BUILD, predecessor_name="Sở Xây dựng", successor=TRADE, successor_name="Sở mới"
    )
    team.when(move, act("policy")).then_happened(SeatTransferred)
    assert (team.state.seats["to-1"].post, team.state.seats["to-1"].agency_id) == (
        "Chuyên viên Sở mới",
        TRADE,
    )
    team.given(PROPOSED).when(REPLACE, act("agency", agency=TRADE)).then_happened(SupportStaffReplaced)


def test_before_the_regulation_who_acted_is_taken_at_its_word(story: Story) -> None:
    before = act("record_keeper", bound=False, source=SOURCE, document=DECISION)
    story.when(NOMINATE, before).then(NOMINATED)
    story.when(ASSIGN, before).then(ASSIGNED)


def held(person: str, capacity: str, *events: Event) -> str:
    """The seat from which a person acts by these events, or a refusal."""
    authority, registered = Authority(), AgencyRegistered(agency_id=BUILD, name="Sở Xây dựng")
    by = act("issuer", at="2026-01-05", document=DECISION)
    for envelope in (
        *envelopes(member.decider, "roster", events, by),
        *envelopes(member.decider, "register", [registered], by),
    ):
        authority = evolve(authority, envelope)
    claim = Claim(person=PersonId(person), capacity=capacity)
    request = Request(command_id=ROOT, committee=COMMITTEE, actor=claim, data={})
    return mandate(request, Moment("2026-06-01").latest, authority).seat or ""


def test_who_serves_acts_as_such_and_for_nobody_else() -> None:
    assert held("to-truong", "team_leader", LEADING) == "to-truong"
    assert held("chuyen-vien-1", "record_keeper", ASSIGNED) == "to-1"
    assert held("chuyen-vien-2", "team_member", ASSIGNED, REPLACED) == "to-2"
    for gone in (REPLACED, RELEASED):
        with refused(Rule.CLAIM_IS_PROVEN):
            held("chuyen-vien-1", "team_member", ASSIGNED, gone)


def test_who_was_sent_does_not_head_the_agency() -> None:
    with refused(Rule.CLAIM_IS_PROVEN):
        held("chuyen-vien-1", "agency", ASSIGNED)
