"""Members: seats by decision, one chair, and seats that follow their agency."""

import pytest
from pydantic import ValidationError

from services.members.commands import (
    AppointMember,
    ChangeMemberRole,
    DecideComposition,
    LapseSeats,
    ReleaseMember,
    ReportHeadCount,
    Seat,
    TransferSeats,
)
from services.members.events import (
    CompositionDecided,
    HeadCountReported,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    Role,
    SeatFolded,
    SeatTransferred,
)
from services.members.roster import decider as member
from services.members.rules import Rule
from shared.messages import AgencyId, Command, DocumentRef, PersonId
from tests.unit.given import DECISION, Story, act

ISSUER = act("issuer", document=DECISION)
CHAIR = act("chair")
POLICY = act("policy")


def seat(seat_id: str, role: Role, agency: str | None = None, post: str | None = None) -> Seat:
    return Seat(
        seat_id=seat_id,
        post=post or f"Giám đốc {agency}",
        role=role,
        holder=PersonId(seat_id),
        agency_id=AgencyId(agency) if agency else None,
    )


def appointed(given: Seat) -> MemberAppointed:
    return MemberAppointed.model_validate(given.model_dump())


CHAIR_SEAT = seat("truong", Role.CHAIR)
STANDING = seat("thuong-truc", Role.STANDING_DEPUTY)
DEPUTY = seat("tttt", Role.DEPUTY, "so-tttt")
SCIENCE = seat("khcn", Role.MEMBER, "so-khcn")
LIST = (CHAIR_SEAT, STANDING, DEPUTY, SCIENCE)


@pytest.fixture
def story() -> Story:
    return Story(member.decider)


@pytest.fixture
def full(story: Story) -> Story:
    return story.given(*(appointed(one) for one in LIST))


def test_a_post_takes_a_seat_by_decision(story: Story) -> None:
    story.when(AppointMember(seat=CHAIR_SEAT), ISSUER).then(appointed(CHAIR_SEAT))
    story.when(AppointMember(seat=CHAIR_SEAT), ISSUER).then_refused(Rule.SEAT_IS_NEW)


def test_a_decision_has_a_number(story: Story) -> None:
    unnumbered = act("issuer", document=DocumentRef(number=" "))
    story.when(AppointMember(seat=CHAIR_SEAT), unnumbered).then_refused(Rule.BY_DECISION)


def test_no_seat_without_a_decision(story: Story) -> None:
    story.when(AppointMember(seat=CHAIR_SEAT), act("issuer")).then_refused(Rule.BY_DECISION)
    story.when(AppointMember(seat=CHAIR_SEAT), CHAIR).then_refused(Rule.RIGHT_COMPETENCE)


def test_one_chair_and_one_standing_deputy_at_a_time(full: Story) -> None:
    full.when(AppointMember(seat=seat("hai", Role.CHAIR)), ISSUER).then_refused(Rule.ONE_CHAIR)
    full.when(AppointMember(seat=seat("hai", Role.STANDING_DEPUTY)), ISSUER)
    full.then_refused(Rule.ONE_STANDING_DEPUTY)
    full.when(ChangeMemberRole(seat_id="khcn", new_role=Role.CHAIR), ISSUER).then_refused(Rule.ONE_CHAIR)
    full.given(appointed(seat("to-truong", Role.TEAM_LEADER)))
    full.when(AppointMember(seat=seat("hai", Role.TEAM_LEADER)), ISSUER).then_refused(Rule.ONE_TEAM_LEADER)
    second = DecideComposition(seats=(CHAIR_SEAT, seat("hai", Role.TEAM_LEADER)))
    full.when(second, ISSUER).then_refused(Rule.ONE_TEAM_LEADER)


def test_a_new_decision_replaces_the_whole_list(full: Story) -> None:
    leader = seat("to-truong", Role.TEAM_LEADER)
    full.given(appointed(leader))
    full.when(DecideComposition(seats=(CHAIR_SEAT, SCIENCE)), ISSUER)
    full.then(
        *(MemberReleased(seat_id=one.seat_id, reason="Thay theo 2041/QĐ-UBND") for one in LIST),
        CompositionDecided(seats=2),
        appointed(CHAIR_SEAT),
        appointed(SCIENCE),
    )
    assert set(full.state.seats) == {"truong", "khcn", "to-truong"}


def test_the_same_list_asked_for_again_ends_nothing(story: Story) -> None:
    decide = DecideComposition(seats=LIST)
    story.when(decide, ISSUER).then_happened(CompositionDecided, *[MemberAppointed] * 4)
    story.when(decide, ISSUER).then_nothing()
    other = DecideComposition(seats=LIST, replaces=DECISION)  # another decision, of the same list
    story.when(other, ISSUER).then_happened(*[MemberReleased] * 4, CompositionDecided, *[MemberAppointed] * 4)


@pytest.mark.parametrize("count", [-1, 10**10])
def test_a_reported_count_is_one_of_people(count: int) -> None:
    with pytest.raises(ValidationError):
        ReportHeadCount(counts={"theo_tin": count})


def test_a_list_has_each_seat_once(story: Story) -> None:
    story.when(DecideComposition(seats=(SCIENCE, SCIENCE)), ISSUER).then_refused(Rule.SEAT_IS_NEW)


def test_a_role_changes_and_a_member_is_released(full: Story) -> None:
    change = ChangeMemberRole(seat_id="khcn", new_role=Role.DEPUTY)
    full.when(change, ISSUER).then(
        MemberRoleChanged(seat_id="khcn", old_role=Role.MEMBER, new_role=Role.DEPUTY)
    )
    full.when(change, ISSUER).then_nothing()
    full.when(ReleaseMember(seat_id="khcn", reason="chuyển công tác"), ISSUER)
    full.then(MemberReleased(seat_id="khcn", reason="chuyển công tác"))
    full.when(ReleaseMember(seat_id="khcn", reason="chuyển công tác"), ISSUER).then_refused(Rule.SEAT_STANDS)


def test_a_role_changes_within_the_committee_or_within_the_support_team(full: Story) -> None:
    full.given(appointed(seat("to", Role.TEAM_MEMBER)))
    change = ChangeMemberRole(seat_id="to", new_role=Role.MEMBER)
    full.when(change, ISSUER).then_refused(Rule.SEAT_STANDS)
    full.when(change.model_copy(update={"new_role": Role.TEAM_LEADER}), ISSUER)
    full.then_happened(MemberRoleChanged)


def test_a_reported_count_stays_beside_the_list(full: Story) -> None:
    full.when(ReportHeadCount(counts={"theo_tin": 19}), act("record_keeper"))
    full.then(HeadCountReported(counts={"theo_tin": 19}))
    full.when(ReportHeadCount(counts={"theo_tin": 19}), act("member")).then_refused(Rule.RIGHT_COMPETENCE)


def transfer(predecessor: str, name: str) -> TransferSeats:
    return TransferSeats(
        predecessor=AgencyId(predecessor),
        predecessor_name=name,
        successor=AgencyId("so-moi"),
        successor_name="Sở mới",
    )


def test_two_seats_that_come_to_one_agency_become_one_of_the_higher_role(full: Story) -> None:
    full.when(transfer("so-khcn", "so-khcn"), POLICY).then_happened(SeatTransferred)
    full.when(transfer("so-tttt", "so-tttt"), POLICY).then_happened(SeatTransferred, SeatFolded)
    kept = full.state.seats
    assert set(kept) == {"truong", "thuong-truc", "tttt"}
    assert (kept["tttt"].role, kept["tttt"].agency_id, kept["tttt"].post) == (
        Role.DEPUTY,
        "so-moi",
        "Giám đốc Sở mới",
    )


def test_the_lower_seat_folds_into_the_higher_in_either_order(full: Story) -> None:
    full.when(transfer("so-tttt", "so-tttt"), POLICY).then_happened(SeatTransferred)
    full.when(transfer("so-khcn", "so-khcn"), POLICY).then_happened(SeatFolded)
    full.when(transfer("so-khcn", "so-khcn"), POLICY).then_nothing()


def test_an_agency_that_comes_after_itself_keeps_its_seats(full: Story) -> None:
    full.when(transfer("so-moi", "Sở mới"), POLICY).then_nothing()
    same = transfer("so-khcn", "so-khcn").model_copy(update={"successor": "so-khcn"})
    full.when(same, POLICY).then_nothing()


def test_seats_without_a_successor_lapse(full: Story) -> None:
    full.when(LapseSeats(agency_id=AgencyId("so-khcn"), reason="giải thể"), POLICY)
    full.then(MemberReleased(seat_id="khcn", reason="giải thể"))


@pytest.mark.parametrize(
    "command", [transfer("so-tttt", "so-tttt"), LapseSeats(agency_id=AgencyId("so-tttt"), reason="x")]
)
def test_nobody_moves_seats_at_will(full: Story, command: Command) -> None:
    full.when(command, CHAIR).then_refused(Rule.RIGHT_COMPETENCE)
