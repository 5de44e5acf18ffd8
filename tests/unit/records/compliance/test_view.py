"""The compliance view as a whole: every clause in every quarter, with its proof; the rest of the checks."""

from datetime import date
from pathlib import Path

import pytest

from services.feedback.events import (
    DeclineReason,
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackDeclined,
    FeedbackLinked,
    FeedbackReceived,
    FeedbackReopened,
    FeedbackReported,
)
from services.meetings.events import MeetingConvened, MeetingKind
from services.members.events import (
    CommitteeEstablished,
    MemberAppointed,
    MemberReleased,
    ResponsibilityAssigned,
    ResponsibilityReassigned,
    Role,
)
from services.records.answers import Answers
from services.records.compliance.answer import detail, overview
from services.records.compliance.periods import Quarter, a_year_before, quarters
from services.records.compliance.standing import Standing, worst
from services.records.database import Database
from services.regulation.clauses import Breach, clauses
from services.regulation.portfolios import portfolios
from services.tasks.events import ProgrammeIssued, ProgrammeKind, TaskAssigned, TaskOrigin
from shared.catalogue import catalogue
from shared.dates import Moment
from shared.errors import InvalidRequest
from shared.messages import AgencyId, CommitteeId, PersonId
from tests.unit.records.compliance.told import Past
from tests.unit.rows import COMMITTEE

KEPT, BREACHED, AT_RISK = Standing.KEPT, Standing.BREACHED, Standing.AT_RISK
NO_EVIDENCE, NO_OCCASION = Standing.NO_EVIDENCE, Standing.NO_OCCASION


def test_every_clause_stands_somehow_in_every_quarter() -> None:
    cells = Past().regulated().cells("2026-08-15")
    assert {cell.clause for cell in cells} == {leaf.id for leaf in clauses().leaves}
    assert [str(one.quarter) for one in cells if one.clause == "D8.1"] == ["2026-Q1", "2026-Q2", "2026-Q3"]


def test_without_any_event_nothing_is_claimed() -> None:
    assert {cell.standing for cell in Past().cells("2026-08-15")} == {NO_OCCASION}


def test_a_clause_that_forbids_is_kept_by_the_acts_that_were_let_through() -> None:
    past = Past().regulated()
    cells = {one.clause: one for one in past.cells("2026-02-15")}
    adopted = "committee-langson.charter@0"
    assert (cells["D12.1"].standing, cells["D12.1"].evidence[:1]) == (AT_RISK, (adopted,))
    assert cells["D2.1"].evidence == (adopted,)  # every event names who acted, and why
    defines = [leaf.id for leaf in clauses().leaves if leaf.breach is Breach.NONE]
    assert {cells[clause].standing for clause in defines} <= {NO_OCCASION, KEPT}


def test_the_chair_answers_for_every_breach() -> None:
    cells = {(one.clause, str(one.quarter)): one for one in Past().regulated().cells("2026-04-01")}
    assert cells["D8.1", "2026-Q1"].standing is BREACHED
    responsible = cells["D12.1", "2026-Q1"]
    assert responsible.standing is AT_RISK
    assert "D8.1" in responsible.occasions[0].values["clauses"]


def test_the_eight_portfolios() -> None:
    past = Past().regulated()
    assert past.said("D6.2.a", "2026-02-01") == [("portfolio_open", AT_RISK)]
    first = portfolios()[0]
    given = ResponsibilityAssigned(seat_id="ghe-cong-an", field=first.field, documents=first.documents)
    past.tell("member.roster", given, at="2026-02-01")
    assert past.said(first.clause, "2026-02-02") == [("portfolio_held", KEPT)]
    assert past.said(portfolios()[1].clause, "2026-02-02") == [("portfolio_open", AT_RISK)]


def test_portfolios_that_a_source_does_not_tell_of() -> None:
    past = Past().regulated(from_source=True)
    assert past.said("D6.2.h", "2026-02-01") == [("portfolio_unknown", NO_EVIDENCE)]


def test_each_year_has_its_programme() -> None:
    past = Past().regulated(at="2025-06-01")
    assert past.said("D7.1", "2025-12-31") == []  # the regulation came in mid-year
    assert past.said("D7.1", "2026-02-01") == [("programme_missing", AT_RISK)]
    whole = Past().regulated(at="2025-01-06")
    assert whole.said("D7.1", "2026-02-01") == [("programme_missing", BREACHED)]
    assert past.said("D7.1", "2026-04-01")[-1] == ("programme_due", AT_RISK)
    issued = ProgrammeIssued(programme_id="p", title="Chương trình 2026", year=2026)
    past.tell("programme.p", issued, at="2026-04-02")
    assert past.said("D4.1", "2026-04-03")[-1] == ("programme_issued", KEPT)


def test_an_inspection_plan_is_no_programme() -> None:
    past = Past().regulated(at="2025-01-06")
    plan = ProgrammeIssued(programme_id="kt", title="Kế hoạch", year=2025, kind=ProgrammeKind.INSPECTION_PLAN)
    past.tell("programme.kt", plan, at="2025-02-01")
    assert past.said("D4.1", "2026-02-01") == [("programme_missing", BREACHED)]


def test_a_committee_below_has_no_portfolios_of_the_province() -> None:
    past = Past()
    founded = CommitteeEstablished(name="Ban huyện", parent=CommitteeId("tinh"))
    past.tell("committee.charter", founded, at="2026-01-01")
    past.regulated()
    assert past.said("D6.2.a", "2026-02-01") == []


def test_a_portfolio_of_a_vacant_seat_is_at_risk_until_it_is_given_to_another() -> None:
    past, first = Past().regulated(), portfolios()[0]
    for seat in ("ghe-a", "ghe-b"):
        held = MemberAppointed(seat_id=seat, post=seat, role=Role.MEMBER, holder=PersonId(seat))
        past.tell("member.roster", held, at="2026-01-02")
    given = ResponsibilityAssigned(seat_id="ghe-a", field=first.field, clause=first.clause)
    past.tell("member.roster", given, at="2026-01-02")
    assert past.said(first.clause, "2026-02-01") == [("portfolio_held", KEPT)]
    past.tell("member.roster", MemberReleased(seat_id="ghe-a", reason="nghỉ"), at="2026-02-02")
    assert past.said(first.clause, "2026-02-03") == [("portfolio_vacant", AT_RISK)]
    moved = ResponsibilityReassigned(
        from_seat="ghe-a", to_seat="ghe-b", field=first.field, clause=first.clause
    )
    past.tell("member.roster", moved, at="2026-02-04")
    assert past.said(first.clause, "2026-02-05") == [("portfolio_held", KEPT)]


def test_before_the_regulation_was_in_force_nothing_was_to_be_kept() -> None:
    past = Past()
    issued = ProgrammeIssued(programme_id="p", title="Chương trình 2025", year=2025)
    past.tell("programme.p", issued, at="2025-02-01")
    past.regulated(at="2025-05-01")
    before = {one.standing for one in past.cells("2025-06-01") if str(one.quarter) == "2025-Q1"}
    assert before == {NO_OCCASION}


def test_an_act_of_one_kind_is_no_proof_of_another() -> None:
    past = Past().regulated()
    met = MeetingConvened(
        meeting_id="m",
        kind=MeetingKind.PERIODIC,
        title="Họp",
        held=Moment("2026-02-02"),
        presiding=PersonId("x"),
    )
    past.tell("meeting.m", met, at="2026-01-20")
    task = TaskAssigned(task_id="t", title="Việc", lead=(AgencyId("so-a"),), origin=TaskOrigin.EXTERNAL)
    past.tell("task.t", task, at="2026-01-20")
    cells = {one.clause: one for one in past.cells("2026-02-15")}
    assert cells["D3"].evidence == ("meeting-langson.m@0",)
    assert "meeting-langson.m@0" in cells["D8.1"].evidence
    assert not {"meeting-langson.m@0", "task-langson.t@0"} & {
        *(reference for clause in ("D8.2", "D9.2", "D7.9", "D5.2.c") for reference in cells[clause].evidence)
    }


def test_the_chairs_own_clause_cites_what_the_others_are_proven_by() -> None:
    past = Past().regulated(at="2025-01-06")
    (own,) = (
        one
        for one in past.cells("2026-01-15", "2025-12-31")
        if one.clause == "D12.1" and str(one.quarter) == "2025-Q4"
    )
    assert own.occasions[0].evidence == ("committee-langson.charter@0",)


def received(past: Past, about_regulation: bool = False, at: str = "2026-03-02") -> None:
    came = FeedbackReceived(feedback_id="f", subject="Vướng mắc", about_regulation=about_regulation)
    past.tell("feedback.f", came, at=at)


def test_feedback_is_taken_up_answered_and_reported() -> None:
    past = Past().regulated()
    received(past)  # Monday: five working days end on Monday 9, fifteen on Monday 23
    assert past.said("D7.6", "2026-03-06") == [("feedback_taken_up_due", AT_RISK)]
    assert past.said("D7.6", "2026-03-10") == [("feedback_taken_up_missing", BREACHED)]
    past.tell("feedback.f", FeedbackClassified(feedback_id="f", field="hạ tầng"), at="2026-03-09")
    assert past.said("D7.6", "2026-03-10") == [("feedback_taken_up_done", KEPT)]
    assert past.said("D7.6", "2026-03-24")[-1] == ("feedback_answered_missing", BREACHED)
    past.tell("feedback.f", FeedbackAnswered(feedback_id="f", answer="Đã xử lý"), at="2026-03-20")
    past.tell("feedback.f", FeedbackReported(feedback_id="f", report="Báo cáo"), at="2026-04-01")
    assert past.said("D7.6", "2026-07-01") == [
        ("feedback_taken_up_done", KEPT),
        ("feedback_answered_done", KEPT),
        ("feedback_reported_done", KEPT),
    ]


def test_what_was_reopened_needs_a_new_answer() -> None:
    past = Past().regulated()
    received(past)
    past.tell("feedback.f", FeedbackAnswered(feedback_id="f", answer="Đã xử lý"), at="2026-03-05")
    reopened = FeedbackReopened(feedback_id="f", reason="chưa rõ", lies_with=())
    past.tell("feedback.f", reopened, at="2026-04-01")
    assert ("feedback_answered_missing", BREACHED) in past.said("D7.6", "2026-05-10")


def test_a_late_answer_stays_late_when_it_is_opened_again() -> None:
    past = Past().regulated()
    received(past)
    past.tell("feedback.f", FeedbackAnswered(feedback_id="f", answer="Đã xử lý"), at="2026-03-30")
    past.tell("feedback.f", FeedbackReopened(feedback_id="f", reason="?", lies_with=()), at="2026-04-01")
    past.tell("feedback.f", FeedbackAnswered(feedback_id="f", answer="Rồi"), at="2026-04-03")
    said = past.said("D7.6", "2026-05-10")
    assert ("feedback_answered_late", BREACHED) in said
    assert ("feedback_answered_done", KEPT) in said


def test_what_was_declined_and_opened_again_needs_an_answer() -> None:
    past = Past().regulated()
    received(past)
    declined = FeedbackDeclined(feedback_id="f", reason=DeclineReason.UNCLEAR)
    past.tell("feedback.f", declined, at="2026-03-05")
    assert past.said("D7.6", "2026-05-10") == [("feedback_taken_up_done", KEPT)]
    past.tell("feedback.f", FeedbackReopened(feedback_id="f", reason="?", lies_with=()), at="2026-04-01")
    assert ("feedback_answered_missing", BREACHED) in past.said("D7.6", "2026-05-10")


def test_what_says_the_same_is_reported_with_the_other() -> None:
    past = Past().regulated()
    received(past)
    past.tell("feedback.f", FeedbackReported(feedback_id="f", report="Báo cáo"), at="2026-04-01")
    same = FeedbackReceived(feedback_id="g", subject="Vướng mắc")
    past.tell("feedback.g", same, FeedbackLinked(feedback_id="g", duplicate_of="f"), at="2026-03-03")
    said = [one for one in past.said("D7.6", "2026-07-01") if one[0].startswith("feedback_reported")]
    assert said == [("feedback_reported_done", KEPT)] * 2


def test_a_difficulty_with_the_regulation_goes_to_the_chair() -> None:
    past = Past().regulated()
    received(past, about_regulation=True)
    assert past.said("D12.3", "2026-07-01") == [("feedback_reported_to_chair_missing", AT_RISK)]


def test_every_occasion_has_its_sentence() -> None:
    past = Past().regulated(at="2025-01-01")
    received(past)
    cells = past.cells("2026-12-31")
    told = overview(cells)
    assert told["quarters"] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert sum(told["totals"].values()) == len(cells)
    leaf = next(one for one in clauses().leaves if one.id == "D8.1")
    shown = detail(leaf, [cell for cell in cells if cell.clause == "D8.1"])
    assert shown["text"] == leaf.text
    assert shown["occasions"][0]["text"] == "Đã hết quý I/2026 mà không họp định kỳ."
    assert {f"standing.{one}" for one in Standing} <= catalogue().keys()


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-01-01", "2026-Q1"), ("2026-06-30", "2026-Q2"), ("2026-12-31", "2026-Q4")]
)
def test_quarters(day: str, quarter: str) -> None:
    on = date.fromisoformat(day)
    assert str(Quarter.of(on)) == quarter
    assert on in Quarter.of(on)
    assert Quarter.named(quarter) == Quarter.of(on)
    assert Quarter.named("Q1/2026") is None


def test_the_quarters_between_two_days() -> None:
    found = [str(one) for one in quarters(date(2025, 11, 5), date(2026, 4, 1))]
    assert found == ["2025-Q4", "2026-Q1", "2026-Q2"]


def test_the_four_quarters_up_to_a_day() -> None:
    assert a_year_before(date(2026, 4, 1)) == date(2025, 7, 1)
    assert a_year_before(date(2026, 12, 31)) == date(2026, 1, 1)


@pytest.mark.parametrize(("clause", "told"), [("D8", "D8.1, D8.2"), ("D99", "D6.1.dd")])
def test_what_is_no_clause_is_told_with_what_there_is(clause: str, told: str, tmp_path: Path) -> None:
    answers = Answers(Database(f"sqlite:///{tmp_path / 'x.sqlite'}"))
    question = {"committee": COMMITTEE, "as_of": "2026-04-01", "clause": clause}
    with pytest.raises(InvalidRequest, match=told):
        answers.answer("compliance", question)


def test_the_worst_counts() -> None:
    assert worst([KEPT, AT_RISK, BREACHED, NO_EVIDENCE]) is BREACHED
    assert worst([KEPT, NO_EVIDENCE]) is NO_EVIDENCE
    assert worst([]) is NO_OCCASION
