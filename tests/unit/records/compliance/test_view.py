"""The compliance view as a whole: every clause in every quarter, with its proof; the rest of the checks."""

from datetime import date

import pytest

from services.feedback.events import (
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackReceived,
    FeedbackReopened,
    FeedbackReported,
)
from services.members.events import ResponsibilityAssigned
from services.records.compliance.answer import detail, overview
from services.records.compliance.periods import Quarter, a_year_before, quarters
from services.records.compliance.standing import Standing, worst
from services.regulation.clauses import Breach, clauses
from services.regulation.portfolios import portfolios
from services.tasks.events import ProgrammeIssued
from shared.catalogue import catalogue
from tests.unit.records.compliance.told import Past

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
    assert past.said("D7.1", "2026-02-01") == [("programme_missing", BREACHED)]
    assert past.said("D7.1", "2026-04-01")[-1] == ("programme_due", AT_RISK)
    issued = ProgrammeIssued(programme_id="p", title="Chương trình 2026", year=2026)
    past.tell("programme.p", issued, at="2026-04-02")
    assert past.said("D4.1", "2026-04-03")[-1] == ("programme_issued", KEPT)


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


def test_a_difficulty_with_the_regulation_goes_to_the_chair() -> None:
    past = Past().regulated()
    received(past, about_regulation=True)
    assert past.said("D12.3", "2026-07-01") == [("feedback_reported_to_chair_missing", BREACHED)]


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
    assert shown["occasions"][0]["text"] == "2026-Q1 đã hết mà không họp định kỳ."
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


def test_the_worst_counts() -> None:
    assert worst([KEPT, AT_RISK, BREACHED, NO_EVIDENCE]) is BREACHED
    assert worst([KEPT, NO_EVIDENCE]) is NO_EVIDENCE
    assert worst([]) is NO_OCCASION
