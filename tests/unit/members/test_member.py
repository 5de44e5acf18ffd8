"""Members: seats by decision, one chair, duties, delegation, and seats that follow their agency."""

from datetime import date

import pytest

from services.members import member
from services.members.commands import (
    AppointMember,
    AssignResponsibility,
    ChangeMemberRole,
    DecideComposition,
    DeclareChairAbsence,
    DelegateAuthority,
    EndDelegation,
    LapseSeats,
    ReleaseMember,
    ReportHeadCount,
    Seat,
    TransferSeats,
)
from services.members.events import (
    AuthorityDelegated,
    ChairAbsenceDeclared,
    CompositionDecided,
    DelegationEnded,
    HeadCountReported,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    ResponsibilityAssigned,
    Role,
    SeatFolded,
    SeatTransferred,
)
from services.members.rules import Rule
from shared.messages import AgencyId, Command, PersonId
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


def test_no_seat_without_a_decision(story: Story) -> None:
    story.when(AppointMember(seat=CHAIR_SEAT), act("issuer")).then_refused(Rule.BY_DECISION)
    story.when(AppointMember(seat=CHAIR_SEAT), CHAIR).then_refused(Rule.RIGHT_COMPETENCE)


def test_one_chair_and_one_standing_deputy_at_a_time(full: Story) -> None:
    full.when(AppointMember(seat=seat("hai", Role.CHAIR)), ISSUER).then_refused(Rule.ONE_CHAIR)
    full.when(AppointMember(seat=seat("hai", Role.STANDING_DEPUTY)), ISSUER)
    full.then_refused(Rule.ONE_STANDING_DEPUTY)
    full.when(ChangeMemberRole(seat_id="khcn", new_role=Role.CHAIR), ISSUER).then_refused(Rule.ONE_CHAIR)


def test_a_new_decision_replaces_the_whole_list(full: Story) -> None:
    leader = seat("to-truong", Role.TEAM_LEADER)
    full.given(appointed(leader))
    full.when(DecideComposition(seats=(CHAIR_SEAT, SCIENCE)), ISSUER)
    full.then(
        *(MemberReleased(seat_id=one.seat_id, reason="replaced by 2041/QĐ-UBND") for one in LIST),
        CompositionDecided(seats=2),
        appointed(CHAIR_SEAT),
        appointed(SCIENCE),
    )
    assert set(full.state.seats) == {"truong", "khcn", "to-truong"}


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


def test_a_reported_count_stays_beside_the_list(full: Story) -> None:
    full.when(ReportHeadCount(counts={"theo_tin": 19}), act("record_keeper"))
    full.then(HeadCountReported(counts={"theo_tin": 19}))
    full.when(ReportHeadCount(counts={"theo_tin": 19}), act("member")).then_refused(Rule.RIGHT_COMPETENCE)


def test_the_chair_assigns_duties(full: Story) -> None:
    assign = AssignResponsibility(seat_id="khcn", field="Theo dõi Kế hoạch 131/KH-UBND")
    full.when(assign, CHAIR).then(ResponsibilityAssigned(seat_id="khcn", field=assign.field))
    full.when(assign, act("deputy")).then_refused(Rule.CHAIR_ASSIGNS)
    full.when(AssignResponsibility(seat_id="khong-co", field="x"), CHAIR).then_refused(Rule.SEAT_STANDS)


def test_the_chair_authorises_the_standing_deputy_for_a_period(full: Story) -> None:
    period = {"since": date(2023, 1, 4), "until": date(2023, 1, 4)}
    delegate = DelegateAuthority(
        delegation_id="d1", delegate_seat="thuong-truc", scope="chủ trì họp", **period
    )
    full.when(delegate, CHAIR)
    full.then(
        AuthorityDelegated(delegation_id="d1", delegate_seat="thuong-truc", scope="chủ trì họp", **period)
    )
    full.when(delegate, act("deputy")).then_refused(Rule.DELEGATED_BY_CHAIR)
    full.when(delegate.model_copy(update={"delegate_seat": "tttt"}), CHAIR).then_refused(
        Rule.DELEGATED_BY_CHAIR
    )
    backwards = delegate.model_copy(update={"until": date(2023, 1, 3)})
    full.when(backwards, CHAIR).then_refused(Rule.DELEGATION_HAS_A_PERIOD)
    full.when(EndDelegation(delegation_id="d1"), CHAIR).then(DelegationEnded(delegation_id="d1"))
    full.when(EndDelegation(delegation_id="d1"), CHAIR).then_refused(Rule.DELEGATION_STANDS)


def test_the_absence_of_the_chair_is_declared(full: Story) -> None:
    declare = DeclareChairAbsence(absence_id="a1", since=date(2023, 5, 1), until=date(2023, 5, 9))
    full.when(declare, act("deputy"))
    full.then(ChairAbsenceDeclared(absence_id="a1", since=declare.since, until=declare.until))
    full.when(declare, act("member")).then_refused(Rule.RIGHT_COMPETENCE)


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


def test_seats_without_a_successor_lapse(full: Story) -> None:
    full.when(LapseSeats(agency_id=AgencyId("so-khcn"), reason="giải thể"), POLICY)
    full.then(MemberReleased(seat_id="khcn", reason="giải thể"))


@pytest.mark.parametrize(
    "command", [transfer("so-tttt", "so-tttt"), LapseSeats(agency_id=AgencyId("so-tttt"), reason="x")]
)
def test_nobody_moves_seats_at_will(full: Story, command: Command) -> None:
    full.when(command, CHAIR).then_refused(Rule.RIGHT_COMPETENCE)
