"""A directive: issued, acknowledged, overdue, readdressed, withdrawn."""

from datetime import date

import pytest

from services.meetings.directive.commands import (
    AcknowledgeDirective,
    MarkAcknowledgementsOverdue,
    ReaddressDirective,
    WithdrawDirective,
)
from services.meetings.directive.decider import decider
from services.meetings.directive.events import (
    SUPPORT_TEAM_ID,
    AcknowledgementOverdue,
    DirectiveAcknowledged,
    DirectiveIssued,
    DirectiveReaddressed,
)
from services.meetings.rules import Rule
from shared.dates import Deadline
from shared.envelope import Act
from shared.messages import AgencyId, Command
from tests.unit.given import Story
from tests.unit.meetings.examples import (
    BY_MEMBER,
    CHAIR,
    CLOCK,
    DEPUTY,
    FOR_CHAIR,
    OTHER_MEMBER,
    OUTSIDE,
    STANDING,
    TEAM,
    before_regulation,
    on,
    under,
)
from tests.unit.meetings.examples_directive import (
    BUILDING,
    DUE,
    HEAD,
    HEIR,
    ISSUE,
    ISSUED,
    LEADER,
    POLICE,
    TOLD,
    WITHDRAWN,
    D,
)

ACKNOWLEDGE = AcknowledgeDirective(directive_id=D, agency_id=BUILDING, measures=TOLD.measures)
OF_TEAM = ACKNOWLEDGE.model_copy(update={"agency_id": SUPPORT_TEAM_ID})
MOVE = ReaddressDirective(directive_id=D, from_agency=BUILDING, to=(HEIR,), reason="hợp nhất")
WITHDRAW = WithdrawDirective(directive_id=D, reason="đã có văn bản thay thế")


def mark(day: date) -> MarkAcknowledgementsOverdue:
    return MarkAcknowledgementsOverdue(directive_id=D, today=day)


def overdue(*agencies: AgencyId) -> list[AcknowledgementOverdue]:
    return [
        AcknowledgementOverdue(directive_id=D, agency_id=one, due=DUE, seen=date(2022, 10, 6))
        for one in agencies
    ]


def a_directive() -> Story:
    return Story(decider).given(ISSUED)


@pytest.mark.parametrize("who", [CHAIR, STANDING, FOR_CHAIR, DEPUTY])
def test_the_chair_and_the_deputies_direct(who: Act) -> None:
    story = Story(decider).when(ISSUE, who)
    story.then(ISSUED.model_copy(update={"issued_by": who.actor.person}))
    story.when(ISSUE, who).then_refused(Rule.DIRECTIVE_IS_NEW)


@pytest.mark.parametrize("who", [BY_MEMBER, TEAM, LEADER, OUTSIDE])
def test_nobody_else_directs_agencies_or_the_support_team(who: Act) -> None:
    agencies_only = ISSUE.model_copy(update={"to_support_team": False})
    Story(decider).when(agencies_only, who).then_refused(Rule.DIRECTED_BY_LEADERS)
    team_only = ISSUE.model_copy(update={"to": ()})
    Story(decider).when(team_only, who).then_refused(Rule.TEAM_DIRECTED_BY_LEADERS)


def test_a_directive_is_for_somebody() -> None:
    nobody = ISSUE.model_copy(update={"to": (), "to_support_team": False})
    Story(decider).when(nobody, CHAIR).then_refused(Rule.SOMEBODY_IS_DIRECTED)
    Story(decider).when(nobody, before_regulation()).then_happened(DirectiveIssued)
    twice = ISSUE.model_copy(update={"to": (BUILDING, POLICE, SUPPORT_TEAM_ID, BUILDING)})
    Story(decider).when(twice, CHAIR).then(ISSUED)


def test_without_a_day_the_time_limit_of_the_regulation_counts() -> None:
    open_ended = ISSUE.model_copy(update={"acknowledge_by": None})
    [issued] = Story(decider).when(open_ended, CHAIR).outcome
    assert isinstance(issued, DirectiveIssued)
    assert issued.acknowledge_by is not None
    assert issued.acknowledge_by.wording == "5 ngày làm việc"
    assert issued.acknowledge_by.latest == date(2022, 10, 5)
    [issued] = Story(decider).when(open_ended, under(CHAIR, acknowledge_working_days=2)).outcome
    assert isinstance(issued, DirectiveIssued)
    assert issued.acknowledge_by is not None
    assert issued.acknowledge_by.latest == date(2022, 9, 30)


def test_for_a_source_no_day_is_filled_in() -> None:
    open_ended = ISSUE.model_copy(update={"acknowledge_by": None})
    [issued] = Story(decider).when(open_ended, before_regulation()).outcome
    assert isinstance(issued, DirectiveIssued)
    assert issued.acknowledge_by is None


def test_a_day_off_moves_where_the_regulation_says_so() -> None:
    saturday = Deadline(wording="01/10/2022", latest=date(2022, 10, 1))
    command = ISSUE.model_copy(update={"acknowledge_by": saturday})
    [issued] = Story(decider).when(command, under(CHAIR, roll_deadlines=True)).outcome
    assert isinstance(issued, DirectiveIssued)
    assert issued.acknowledge_by is not None
    assert issued.acknowledge_by.latest == date(2022, 10, 3)


@pytest.mark.parametrize("who", [HEAD, BY_MEMBER])
def test_the_head_of_the_agency_acknowledges(who: Act) -> None:
    story = a_directive().when(ACKNOWLEDGE, who).then(TOLD)
    story.when(ACKNOWLEDGE, on("2022-12-01", who)).then_nothing()
    more = ACKNOWLEDGE.model_copy(update={"measures": "Đã gửi thêm 3 đơn vị"})
    story.when(more, on("2022-12-01", who)).then(TOLD.model_copy(update={"measures": more.measures}))


@pytest.mark.parametrize("who", [CHAIR, OTHER_MEMBER, TEAM, LEADER])
def test_nobody_acknowledges_for_another(who: Act) -> None:
    a_directive().when(ACKNOWLEDGE, who).then_refused(Rule.ACKNOWLEDGED_BY_ITS_HEAD)


def test_a_seat_in_the_support_team_does_not_speak_for_the_agency_it_comes_from() -> None:
    of_its_own = ACKNOWLEDGE.model_copy(update={"agency_id": AgencyId("so-khcn")})
    also_there = ISSUED.model_copy(update={"to": (*ISSUED.to, AgencyId("so-khcn"))})
    Story(decider).given(also_there).when(of_its_own, LEADER).then_refused(Rule.ACKNOWLEDGED_BY_ITS_HEAD)


def test_its_leader_acknowledges_for_the_support_team() -> None:
    a_directive().when(OF_TEAM, LEADER).then_happened(DirectiveAcknowledged)
    a_directive().when(OF_TEAM, TEAM).then_refused(Rule.ACKNOWLEDGED_BY_ITS_HEAD)


def test_only_those_whom_it_is_for_acknowledge() -> None:
    stranger = ACKNOWLEDGE.model_copy(update={"agency_id": HEIR})
    a_directive().when(stranger, HEAD).then_refused(Rule.ADDRESSEE_ACKNOWLEDGES)


@pytest.mark.parametrize(("day", "late"), [("2022-10-05", False), ("2022-10-06", True), ("2022-10", False)])
def test_late_is_recorded_never_refused(day: str, late: bool) -> None:
    a_directive().when(ACKNOWLEDGE, on(day, HEAD)).then(TOLD.model_copy(update={"late": late}))


def test_the_clock_marks_each_silent_addressee_once() -> None:
    story = a_directive().given(TOLD).when(mark(date(2022, 10, 5)), CLOCK).then_nothing()
    story.when(mark(date(2022, 10, 6)), CLOCK).then(*overdue(POLICE, SUPPORT_TEAM_ID))
    story.when(mark(date(2022, 10, 7)), TEAM).then_nothing()
    a_directive().given(WITHDRAWN).when(mark(date(2022, 10, 6)), CLOCK).then_nothing()
    no_day = ISSUED.model_copy(update={"acknowledge_by": None})
    Story(decider).given(no_day).when(mark(date(2030, 1, 1)), CLOCK).then_nothing()


def test_the_support_team_looks_at_no_day_that_has_not_come() -> None:
    a_directive().when(mark(date(2030, 1, 1)), TEAM).then_nothing()


def test_who_has_it_again_is_waited_for_again() -> None:
    """What came back from its successor is overdue once more: it was handed on in between."""
    late = mark(date(2022, 10, 6))
    only = ISSUED.model_copy(update={"to": (BUILDING,), "to_support_team": False})
    back = MOVE.model_copy(update={"from_agency": HEIR, "to": (BUILDING,)})
    story = Story(decider).given(only).when(late, CLOCK).when(MOVE, CHAIR).when(back, CHAIR)
    story.when(late, CLOCK).then(*overdue(BUILDING))


@pytest.mark.parametrize("who", [CHAIR, STANDING, FOR_CHAIR])
def test_who_leads_the_committee_heads_an_agency_in_another_capacity(who: Act) -> None:
    mandate = who.actor.mandate.model_copy(update={"agency": BUILDING})
    leader = Act(who.actor.model_copy(update={"mandate": mandate}), who.effective_at)
    a_directive().when(ACKNOWLEDGE, leader).then_refused(Rule.ACKNOWLEDGED_BY_ITS_HEAD)


def test_nobody_else_declares_silence_overdue() -> None:
    a_directive().when(mark(date(2022, 10, 6)), CHAIR).then_refused(Rule.SILENCE_BY_CLOCK)


@pytest.mark.parametrize("who", [CLOCK, CHAIR, DEPUTY])
def test_the_successors_acknowledge_what_an_agency_left(who: Act) -> None:
    story = a_directive().when(MOVE, who)
    moved = DirectiveReaddressed(
        directive_id=D, from_agency=BUILDING, to=(HEIR,), reason="hợp nhất", acknowledge_by=DUE
    )
    story.then(moved).when(MOVE, who).then_nothing()
    story.when(mark(date(2022, 10, 6)), CLOCK).then(*overdue(POLICE, SUPPORT_TEAM_ID, HEIR))
    story.when(ACKNOWLEDGE, HEAD).then_refused(Rule.ADDRESSEE_ACKNOWLEDGES)


def test_what_was_acknowledged_stays_with_who_did() -> None:
    a_directive().given(TOLD).when(MOVE, CLOCK).then_nothing()
    a_directive().given(WITHDRAWN).when(MOVE, CLOCK).then_nothing()


def test_nobody_else_addresses_it_anew() -> None:
    a_directive().when(MOVE, BY_MEMBER).then_refused(Rule.READDRESSED_BY_LEADERS)


@pytest.mark.parametrize("who", [CHAIR, FOR_CHAIR])
def test_it_is_withdrawn_by_the_chair_or_who_issued_it(who: Act) -> None:
    a_directive().when(WITHDRAW, who).then(WITHDRAWN).when(WITHDRAW, who).then_nothing()
    by_deputy = ISSUED.model_copy(update={"issued_by": DEPUTY.actor.person})
    Story(decider).given(by_deputy).when(WITHDRAW, DEPUTY).then(WITHDRAWN)


@pytest.mark.parametrize("who", [DEPUTY, STANDING, TEAM])
def test_nobody_else_withdraws_it(who: Act) -> None:
    a_directive().when(WITHDRAW, who).then_refused(Rule.WITHDRAWN_BY_ISSUER)


@pytest.mark.parametrize("command", [ACKNOWLEDGE, MOVE, WITHDRAW, mark(date(2022, 10, 6))])
def test_nothing_happens_to_a_directive_that_was_not_issued(command: Command) -> None:
    Story(decider).when(command, before_regulation()).then_refused(Rule.DIRECTIVE_STANDS)


@pytest.mark.parametrize("command", [ACKNOWLEDGE, MOVE])
def test_nothing_happens_to_one_that_was_withdrawn(command: Command) -> None:
    a_directive().given(WITHDRAWN).when(command, CHAIR).then_refused(Rule.DIRECTIVE_STANDS)
