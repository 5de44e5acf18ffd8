"""Reporting regimes and the periods they are for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.feedback.report.commands import EndReportRegime, SetReportRegime
from services.feedback.report.events import ReportRegimeEnded, ReportRegimeSet, Rhythm, TemplateField
from services.feedback.report.periods import Period
from services.feedback.report.regime import decider
from services.feedback.rules import Rule
from shared.envelope import Act
from shared.messages import Event
from tests.unit.feedback.report_examples import (
    ALL,
    BEFORE,
    DEPUTY,
    FIELDS,
    FROM_SOURCE,
    MEMBER,
    TEAM,
    TEAM_BY_PAPER,
    A,
)
from tests.unit.given import Story

SET = SetReportRegime(
    regime_id="quy",
    title="Báo cáo chuyển đổi số",
    rhythm=Rhythm.QUARTERLY,
    to=(*ALL, A),
    due_days=10,
    fields=FIELDS,
    from_conclusion="meeting-langson.hop-24-6@5",
)
IN_FORCE = ReportRegimeSet(
    **{
        **SET.model_dump(exclude={"to", "fields", "since"}),
        "to": ALL,
        "fields": tuple(TemplateField.model_validate(one.model_dump()) for one in FIELDS),
        "since": date(2026, 7, 1),
    }
)
END = EndReportRegime(regime_id="quy", reason="theo kết luận mới")
ENDED = ReportRegimeEnded(regime_id="quy", reason="theo kết luận mới")


def story(*events: Event) -> Story:
    return Story(decider).given(*events)


@pytest.mark.parametrize("who", [DEPUTY, TEAM_BY_PAPER, FROM_SOURCE])
def test_a_leader_sets_it_or_the_team_by_a_paper(who: Act) -> None:
    story().when(SET, who).then(IN_FORCE).when(SET, who).then_nothing()


def test_before_the_regulation_it_is_taken_as_it_was() -> None:
    story().when(SET, BEFORE).then(IN_FORCE.model_copy(update={"since": date(2021, 7, 1)}))


def test_who_may_not() -> None:
    for who in (TEAM, MEMBER):
        story().when(SET, who).then_refused(Rule.REPORT_ASKED_BY_DEPUTIES)
        story(IN_FORCE).when(END, who).then_refused(Rule.REPORT_ASKED_BY_DEPUTIES)


def test_it_names_agencies_and_fields() -> None:
    story().when(SET.model_copy(update={"to": ()}), DEPUTY).then_refused(Rule.REPORT_NAMES_AGENCIES)
    story().when(SET.model_copy(update={"fields": ()}), DEPUTY).then_refused(Rule.TEMPLATE_NAMES_FIELDS)


def test_another_rhythm_goes_on_from_the_same_day_or_a_new_one() -> None:
    weekly = SET.model_copy(update={"rhythm": Rhythm.WEEKLY})
    later = weekly.model_copy(update={"since": date(2026, 8, 3)})
    course = story(IN_FORCE).when(weekly, DEPUTY)
    course.then(IN_FORCE.model_copy(update={"rhythm": Rhythm.WEEKLY}))
    course.when(later, DEPUTY).then_happened(ReportRegimeSet)


def test_it_ends_once_and_may_begin_again() -> None:
    course = story(IN_FORCE).when(END, DEPUTY).then(ENDED)
    course.when(END, DEPUTY).then_nothing()
    course.when(SET, DEPUTY).then(IN_FORCE)


def test_it_runs_from_a_day_that_the_clock_can_count_from() -> None:
    for since in (date.min, date.max):
        with pytest.raises(ValidationError):
            SetReportRegime.model_validate({**SET.model_dump(), "since": since})


def test_only_what_was_set_ends() -> None:
    story().when(END, DEPUTY).then_refused(Rule.REPORT_REGIME_STANDS)


def test_begun_again_it_runs_from_the_day_of_the_act_and_not_from_before() -> None:
    since = IN_FORCE.model_copy(update={"since": date(2026, 1, 1)})
    story(since, ENDED).when(SET, DEPUTY).then(IN_FORCE)
    story(since).when(SET, DEPUTY).then_nothing()


@pytest.mark.parametrize(
    ("label", "first", "last", "wording"),
    [
        ("2026", "2026-01-01", "2026-12-31", "năm 2026"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "quý I/2026"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "quý IV/2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "tháng 2/2024"),
        ("2026-W53", "2026-12-28", "2027-01-03", "tuần 53/2026"),
    ],
)
def test_periods(label: str, first: str, last: str, wording: str) -> None:
    period = Period.named(label)
    assert (str(period.first), str(period.last), period.wording) == (first, last, wording)


@pytest.mark.parametrize(
    "label", ["", "26", "2026-Q5", "2026-13", "2026-W54", "2026-1", "0000", "9999", "quý III"]
)
def test_what_is_no_period(label: str) -> None:
    with pytest.raises(ValueError, match=r"period|week|year"):
        Period.named(label)


@given(st.sampled_from(Rhythm), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_day_lies_in_one_period_and_the_next_follows_without_a_gap(rhythm: Rhythm, day: date) -> None:
    period = Period.containing(rhythm, day)
    assert period.first <= day <= period.last
    assert Period.named(period.label) == period
    after = Period.containing(rhythm, period.next_begins)
    assert after.first == period.last + timedelta(days=1)
