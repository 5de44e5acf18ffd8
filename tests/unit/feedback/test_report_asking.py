"""Who asks for reports, gives more time, closes; what the clock and the end of an agency bring."""

from datetime import date

import pytest
from pydantic import ValidationError

from services.feedback.report.asking import tally
from services.feedback.report.commands import (
    CloseReportRequest,
    ExtendReport,
    MarkReportsOverdue,
    TransferReport,
)
from services.feedback.report.events import (
    ReportOverdue,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportTally,
)
from services.feedback.rules import Rule
from services.members.parameters import Parameters
from shared.dates import Deadline
from shared.envelope import Act
from shared.messages import AgencyId
from tests.unit.feedback.report_examples import (
    ALL,
    ASK,
    BEFORE,
    CHAIR,
    CLOCK,
    DEPUTY,
    DUE,
    FOR_CHAIR,
    FROM_SOURCE,
    LATER,
    MEMBER,
    OTHER_DEPUTY,
    POLICY,
    REQUESTED,
    TEAM,
    TEAM_BY_PAPER,
    A,
    B,
    C,
    R,
    accepted,
    returned,
    sent,
    story,
)

EXTEND = ExtendReport(request_id=R, due=LATER, reason="mưa lũ")
EXTENDED = ReportRequestExtended(request_id=R, due=LATER, due_before=DUE, reason="mưa lũ")
CLOSE = CloseReportRequest(request_id=R)
CLOSED = ReportRequestClosed(request_id=R, tally=ReportTally(asked=3, silent=3))
COMMUNES = (AgencyId("xa-mot"), AgencyId("xa-hai"))
MOVE = TransferReport(request_id=R, from_agency=C, to=COMMUNES, reason="hết cấp huyện")
MOVED = ReportRequestTransferred(
    request_id=R, from_agency=C, to=COMMUNES, asked=(A, B, *COMMUNES), reason="hết cấp huyện"
)


def overdue(agency: AgencyId, due: Deadline = DUE, seen: date = date(2026, 7, 26)) -> ReportOverdue:
    return ReportOverdue(request_id=R, agency_id=agency, due=due, seen=seen)


def mark(day: date) -> MarkReportsOverdue:
    return MarkReportsOverdue(request_id=R, today=day)


@pytest.mark.parametrize("who", [DEPUTY, CHAIR, TEAM_BY_PAPER, FROM_SOURCE, BEFORE])
def test_leaders_ask_and_the_team_notes_it_by_a_paper(who: Act) -> None:
    story().when(ASK, who).then(REQUESTED.model_copy(update={"requested_by": who.actor.person}))


@pytest.mark.parametrize("who", [TEAM, MEMBER])
def test_nobody_else_asks(who: Act) -> None:
    story().when(ASK, who).then_refused(Rule.REPORT_ASKED_BY_DEPUTIES)


def test_a_request_names_agencies_and_fields() -> None:
    nobody = ASK.model_copy(update={"to": ()})
    story().when(nobody, DEPUTY).then_refused(Rule.REPORT_NAMES_AGENCIES)
    story().when(nobody, FROM_SOURCE).then_happened(ReportRequested)
    bare = ASK.model_copy(update={"fields": ()})
    story().when(bare, DEPUTY).then_refused(Rule.TEMPLATE_NAMES_FIELDS)
    story().when(bare, FROM_SOURCE).then_happened(ReportRequested)


def test_a_request_is_made_once() -> None:
    story(REQUESTED).when(ASK, DEPUTY).then_refused(Rule.REPORT_REQUEST_IS_NEW)


def test_a_regime_that_asks_again_for_a_period_is_quiet() -> None:
    by_regime = ASK.model_copy(update={"regime_id": "quy"})
    asked = story().when(by_regime, POLICY).then_happened(ReportRequested)
    asked.when(by_regime, POLICY).then_nothing()
    other = by_regime.model_copy(update={"period": "2026-Q3"})
    asked.when(other, POLICY).then_refused(Rule.REPORT_REQUEST_IS_NEW)


def test_a_deadline_on_a_day_of_rest_settles_where_the_regulation_says_so() -> None:
    terms = Parameters(roll_deadlines=True).model_dump(mode="json")
    who = Act(DEPUTY.actor, DEPUTY.effective_at, terms=terms)
    [asked] = story().when(ASK, who).outcome
    assert isinstance(asked, ReportRequested)
    assert asked.due.latest == date(2026, 7, 27)  # the 25th is a Saturday
    assert (asked.due.wording, asked.due.calendar is not None) == (DUE.wording, True)


@pytest.mark.parametrize("who", [DEPUTY, CHAIR, FOR_CHAIR])
def test_who_asked_gives_more_time_or_the_chair(who: Act) -> None:
    story(REQUESTED).when(EXTEND, who).then(EXTENDED)


@pytest.mark.parametrize("who", [OTHER_DEPUTY, TEAM, TEAM_BY_PAPER, MEMBER])
def test_nobody_else_gives_more_time(who: Act) -> None:
    story(REQUESTED).when(EXTEND, who).then_refused(Rule.REPORT_EXTENDED_BY_ASKER)


def test_what_a_regime_asked_any_leader_extends() -> None:
    by_regime = REQUESTED.model_copy(update={"regime_id": "quy", "requested_by": "policy:reports_by_regime"})
    story(by_regime).when(EXTEND, OTHER_DEPUTY).then(EXTENDED)
    story(by_regime).when(EXTEND, TEAM).then_refused(Rule.REPORT_EXTENDED_BY_ASKER)


def test_more_time_is_later() -> None:
    earlier = EXTEND.model_copy(update={"due": Deadline.parse("2026-07-01")})
    story(REQUESTED).when(earlier, DEPUTY).then_refused(Rule.REPORT_EXTENSION_IS_LATER)
    vague = EXTEND.model_copy(update={"due": Deadline.parse("sau khi tổng kết")})
    story(REQUESTED).when(vague, DEPUTY).then_refused(Rule.REPORT_EXTENSION_IS_LATER)
    story(REQUESTED, EXTENDED).when(EXTEND, DEPUTY).then_nothing()
    story(REQUESTED, CLOSED).when(EXTEND, DEPUTY).then_refused(Rule.REPORT_REQUEST_IS_OPEN)
    story().when(EXTEND, DEPUTY).then_refused(Rule.REPORT_REQUEST_IS_OPEN)


def test_the_clock_marks_the_silent_once_per_deadline() -> None:
    course = story(REQUESTED, sent(A), accepted(A))
    course.when(mark(date(2026, 7, 25)), CLOCK).then_nothing()
    course.when(mark(date(2026, 7, 26)), CLOCK).then(overdue(B), overdue(C))
    course.when(mark(date(2026, 7, 27)), CLOCK).then_nothing()
    course.when(EXTEND, DEPUTY).when(mark(date(2026, 7, 28)), CLOCK).then_nothing()
    day = date(2026, 8, 11)
    course.when(mark(day), CLOCK).then(overdue(B, LATER, day), overdue(C, LATER, day))


def test_a_late_clock_is_no_error_and_nobody_else_marks() -> None:
    day = mark(date(2026, 9, 1))
    story().when(day, CLOCK).then_nothing()
    story(REQUESTED, CLOSED).when(day, CLOCK).then_nothing()
    wordy = REQUESTED.model_copy(update={"due": Deadline.parse("theo quy định")})
    story(wordy).when(day, CLOCK).then_nothing()
    story(REQUESTED).when(day, DEPUTY).then_refused(Rule.REPORT_OVERDUE_BY_CLOCK)
    story(REQUESTED).when(day, TEAM).then_refused(Rule.REPORT_OVERDUE_BY_CLOCK)


def test_after_a_deadline_there_is_a_day_on_which_it_has_passed() -> None:
    never = Deadline(wording="mãi mãi", latest=date.max)
    for command in (ASK, EXTEND):
        with pytest.raises(ValidationError):
            type(command).model_validate({**command.model_dump(), "due": never})


def test_a_regime_asks_by_itself_and_nobody_in_its_name() -> None:
    of_a_regime = ASK.model_copy(update={"regime_id": "quy"})
    for who in (CHAIR, DEPUTY, TEAM_BY_PAPER):
        story().when(of_a_regime, who).then_refused(Rule.REPORT_REGIME_ASKS_BY_ITSELF)
    for who in (POLICY, FROM_SOURCE, BEFORE):
        story().when(of_a_regime, who).then_happened(ReportRequested)


def test_what_is_owed_goes_to_one_or_many_successors() -> None:
    story(REQUESTED).when(MOVE, POLICY).then(MOVED)
    story(REQUESTED, sent(C, kinh_phi=1), returned(C)).when(MOVE, POLICY).then(MOVED)
    story(REQUESTED, MOVED).when(MOVE, POLICY).then_nothing()
    into_one = MOVE.model_copy(update={"to": (B,)})
    story(REQUESTED).when(into_one, POLICY).then(MOVED.model_copy(update={"to": (B,), "asked": (A, B)}))


def test_what_was_sent_or_is_over_stays() -> None:
    story(REQUESTED, sent(C), accepted(C)).when(MOVE, POLICY).then_nothing()
    story(REQUESTED, CLOSED).when(MOVE, POLICY).then_nothing()
    story(REQUESTED).when(MOVE, DEPUTY).then_refused(Rule.REPORT_FOLLOWS_AGENCY)
    story().when(MOVE, POLICY).then_refused(Rule.REPORT_REQUEST_IS_OPEN)


def test_the_tally_counts_who_is_asked_at_the_end() -> None:
    """One on time, one returned; of the two communes in the place of the district one is late."""
    late = sent(COMMUNES[0], days_late=2)
    events = (REQUESTED, sent(A), accepted(A), sent(B, kinh_phi=1), returned(B), MOVED, late)
    closed = story(*events, accepted(COMMUNES[0])).when(CLOSE, TEAM)
    closed.then(
        ReportRequestClosed(request_id=R, tally=ReportTally(asked=4, on_time=1, late=1, returned=1, silent=1))
    )
    closed.when(CLOSE, TEAM).then_nothing()


def test_late_is_not_forgiven_by_what_comes_after() -> None:
    """Late and returned, then complete by the new deadline: it came late all the same."""
    course = story(REQUESTED, sent(A, days_late=1, kinh_phi=1), returned(A), EXTENDED)
    course.given(sent(A, 2), accepted(A, 2))
    assert tally(course.state) == ReportTally(asked=3, late=1, silent=2)
    on_time = story(REQUESTED, sent(A), accepted(A), sent(A, 2, days_late=3), accepted(A, 2))
    assert tally(on_time.state) == ReportTally(asked=3, on_time=1, silent=2)


def test_who_closes() -> None:
    story(REQUESTED).when(CLOSE, DEPUTY).then(CLOSED)
    story(REQUESTED).when(CLOSE, MEMBER).then_refused(Rule.REPORT_CLOSED_FROM_WITHIN)
    story().when(CLOSE, DEPUTY).then_refused(Rule.REPORT_REQUEST_IS_OPEN)
    assert len(ALL) == CLOSED.tally.asked
