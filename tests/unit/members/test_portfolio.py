"""What each seat answers for: assigned by the chair, as the text has it, and carried along (D4.1, D6.2)."""

import pytest

from services.members.commands import AssignResponsibility, AssignStandardPortfolios, TransferSeats
from services.members.events import (
    MemberAppointed,
    MemberReleased,
    ResponsibilityAssigned,
    ResponsibilityReassigned,
    Role,
    SeatFolded,
    SeatTransferred,
)
from services.members.roster import decider as member
from services.members.rules import Rule
from services.regulation.portfolios import portfolios
from shared.messages import AgencyId, PersonId
from tests.unit.given import DECISION, Story, act

CHAIR, POLICY = act("chair"), act("policy")
ASSIGN = AssignResponsibility(seat_id="khcn", field="Theo dõi Kế hoạch 131/KH-UBND", documents=(DECISION,))
ASSIGNED = ResponsibilityAssigned(seat_id="khcn", field=ASSIGN.field, documents=(DECISION,))
BY_CLAUSE = {one.clause: one for one in portfolios()}


def seated(seat_id: str, role: Role = Role.MEMBER) -> MemberAppointed:
    agency = AgencyId(f"so-{seat_id}")
    return MemberAppointed(
        seat_id=seat_id, post=f"Giám đốc {agency}", role=role, holder=PersonId(seat_id), agency_id=agency
    )


def standard(clause: str, seat_id: str) -> ResponsibilityAssigned:
    one = BY_CLAUSE[clause]
    return ResponsibilityAssigned(
        seat_id=seat_id,
        field=one.field,
        documents=one.documents,
        clause=clause,
        coordinate_wording=one.coordinate_with,
    )


def gone_over(duty: ResponsibilityAssigned, to_seat: str) -> ResponsibilityReassigned:
    told = {**duty.model_dump(), "from_seat": duty.seat_id, "to_seat": to_seat}
    return ResponsibilityReassigned.model_validate(told)


@pytest.fixture
def story() -> Story:
    return Story(member.decider).given(seated("khcn"), seated("ct"), seated("tttt", Role.DEPUTY))


def test_the_chair_assigns_duties(story: Story) -> None:
    story.when(ASSIGN, CHAIR).then(ASSIGNED)
    story.when(ASSIGN, CHAIR).then_nothing()
    story.when(ASSIGN, act("deputy")).then_refused(Rule.CHAIR_ASSIGNS)
    story.when(AssignResponsibility(seat_id="khong-co", field="x"), CHAIR).then_refused(Rule.SEAT_STANDS)


def test_what_the_regulation_gives_is_assigned_word_for_word(story: Story) -> None:
    assign = AssignStandardPortfolios(seats={"D6.2.dd": "ct", "D6.2.c": "khcn"})
    story.when(assign, CHAIR).then(standard("D6.2.c", "khcn"), standard("D6.2.dd", "ct"))
    [science, trade] = story.outcome
    assert isinstance(science, ResponsibilityAssigned)
    assert isinstance(trade, ResponsibilityAssigned)
    assert [ref.number for ref in science.documents] == [
        "131/KH-UBND",
        "52-NQ/TW",
        "50/NQ-CP",
        "153-CTr/TU",
    ]
    assert trade.coordinate_wording == ("Sở Thông tin và Truyền thông",)
    story.when(assign, CHAIR).then_nothing()
    story.when(assign, act("deputy")).then_refused(Rule.CHAIR_ASSIGNS)


def test_what_another_seat_has_goes_over(story: Story) -> None:
    story.given(standard("D6.2.c", "khcn"))
    story.when(AssignStandardPortfolios(seats={"D6.2.c": "tttt"}), CHAIR)
    story.then(gone_over(standard("D6.2.c", "khcn"), "tttt"))
    story.when(AssignStandardPortfolios(seats={"D6.2.c": "tttt"}), CHAIR).then_nothing()


def test_only_what_the_text_has_and_only_to_a_seat_that_is_held(story: Story) -> None:
    for clause in ("D6.2.k", "D6.2", "D6.1.a"):
        story.when(AssignStandardPortfolios(seats={clause: "khcn"}), CHAIR)
        story.then_refused(Rule.PORTFOLIO_OF_THE_TEXT)
    story.when(AssignStandardPortfolios(seats={"D6.2.c": "khong-co"}), CHAIR).then_refused(Rule.SEAT_STANDS)


def test_the_general_duties_are_assigned_to_nobody_in_particular(story: Story) -> None:
    story.when(AssignStandardPortfolios(seats={"D6.2.i": "khcn"}), CHAIR)
    story.then_refused(Rule.GENERAL_DUTIES_ARE_EVERYONES)


def to_new(predecessor: str) -> TransferSeats:
    return TransferSeats(
        predecessor=AgencyId(predecessor),
        predecessor_name=predecessor,
        successor=AgencyId("so-moi"),
        successor_name="Sở mới",
    )


def test_the_duties_of_a_seat_that_was_folded_go_along(story: Story) -> None:
    story.given(ASSIGNED, standard("D6.2.c", "khcn"), standard("D6.2.dd", "ct"))
    story.when(to_new("so-tttt"), POLICY).then_happened(SeatTransferred)
    story.when(to_new("so-khcn"), POLICY)
    story.then(
        SeatFolded(seat_id="khcn", into="tttt", role_kept=Role.DEPUTY),
        gone_over(ASSIGNED, "tttt"),
        gone_over(standard("D6.2.c", "khcn"), "tttt"),
    )
    assert {(duty.clause, duty.seat_id) for duty in story.state.duties} == {
        (None, "tttt"),
        ("D6.2.c", "tttt"),
        ("D6.2.dd", "ct"),
    }


def test_duties_go_along_from_seat_to_seat_where_three_become_one(story: Story) -> None:
    together = AgencyId("so-chung")
    low, high = (
        seated(one, role).model_copy(update={"agency_id": together})
        for one, role in (("thap", Role.MEMBER), ("cao", Role.DEPUTY))
    )
    at_successor = seated("cu").model_copy(update={"agency_id": AgencyId("so-moi")})
    story.given(at_successor, low, high, standard("D6.2.a", "cu"), standard("D6.2.b", "thap"))
    story.when(to_new(together), POLICY)
    story.then_happened(SeatFolded, SeatTransferred, SeatFolded, *[ResponsibilityReassigned] * 3)
    assert {duty.seat_id for duty in story.state.duties} == {"cao"}


def test_duties_end_with_their_seat(story: Story) -> None:
    story.given(standard("D6.2.c", "khcn"), MemberReleased(seat_id="khcn", reason="chuyển công tác"))
    assert story.state.duties == ()
    story.when(AssignStandardPortfolios(seats={"D6.2.c": "tttt"}), CHAIR)
    story.then(standard("D6.2.c", "tttt"))


def test_the_support_team_has_no_portfolio_of_members(story: Story) -> None:
    story.given(seated("to", Role.TEAM_LEADER))
    story.when(AssignStandardPortfolios(seats={"D6.2.c": "to"}), CHAIR).then_refused(Rule.SEAT_STANDS)
    story.when(AssignResponsibility(seat_id="to", field="x"), CHAIR).then_refused(Rule.SEAT_STANDS)
