"""Quarters and other periods: their names, and that they end by the clock."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.meetings.commands import ConveneMeeting
from services.meetings.quarter.commands import EndQuarter
from services.meetings.quarter.decider import decider
from services.meetings.quarter.events import QuarterEnded
from services.meetings.quarter.periods import Period
from services.meetings.rules import Rule
from shared.dates import Moment
from shared.envelope import Act
from tests.unit.given import Story
from tests.unit.meetings.examples import CHAIR, CLOCK, CONVENE, TEAM, under

END = EndQuarter(
    quarter="2026-Q3", today=date(2026, 10, 1), held=("a", "b"), covering=("a",), convened=("c",)
)
ENDED = QuarterEnded(
    quarter="2026-Q3",
    held=("a", "b"),
    next_quarter="2026-Q4",
    covering=("a",),
    convened=("c",),
    seen=date(2026, 10, 1),
)


def test_a_quarter_ends_once_and_names_the_next() -> None:
    story = Story(decider).when(END, CLOCK).then(ENDED)
    story.when(END, CLOCK).then_nothing()


def test_it_does_not_end_before_its_last_day_is_over() -> None:
    early = END.model_copy(update={"today": date(2026, 9, 30)})
    Story(decider).when(early, CLOCK).then_nothing()


def test_the_next_one_is_as_long_as_the_regulation_then_says() -> None:
    [ended] = Story(decider).when(END, under(CLOCK, meeting_interval_months=6)).outcome
    assert isinstance(ended, QuarterEnded)
    assert ended.next_quarter == "2026-07--2026-12"
    [ended] = Story(decider).when(END, under(CLOCK, meeting_interval_months=1)).outcome
    assert isinstance(ended, QuarterEnded)
    assert ended.next_quarter == "2026-10--2026-10"


@pytest.mark.parametrize("who", [CHAIR, TEAM])
def test_nobody_declares_a_quarter_over(who: Act) -> None:
    Story(decider).when(END, who).then_refused(Rule.QUARTER_ENDS_BY_CLOCK)


@pytest.mark.parametrize("name", ["2026", "2026-Q5", "0000-Q1", "2026-07--2026-09", "2026-06--2026-01"])
def test_a_period_has_one_name(name: str) -> None:
    odd = END.model_copy(update={"quarter": name})
    Story(decider).when(odd, CLOCK).then_refused(Rule.QUARTER_IS_NAMED)


@pytest.mark.parametrize(
    ("day", "months", "name", "last"),
    [
        (date(2026, 9, 30), 3, "2026-Q3", date(2026, 9, 30)),
        (date(2024, 2, 29), 1, "2024-02--2024-02", date(2024, 2, 29)),
        (date(2026, 1, 1), 6, "2026-01--2026-06", date(2026, 6, 30)),
        (date(2026, 12, 31), 12, "2026-01--2026-12", date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(day: date, months: int, name: str, last: date) -> None:
    period = Period.of(day, months)
    assert (period.name, period.last) == (name, last)


@given(st.dates(date(1, 1, 1), date(9990, 1, 1)), st.integers(1, 12))
def test_periods_follow_each_other_without_a_gap(day: date, months: int) -> None:
    period = Period.of(day, months)
    assert period.first <= day <= period.last
    assert Period.named(period.name) == period
    assert period.following(months).first == period.day_after


def test_what_is_certain_about_a_period() -> None:
    quarter = Period.of(date(2022, 10, 1))
    assert quarter.holds(Moment("2022-11"))
    assert not quarter.holds(Moment("2022"))
    assert quarter.certainly_before(Moment("2023-01-04"))
    assert not quarter.certainly_before(Moment("2022"))


def test_a_meeting_names_the_period_that_it_covers() -> None:
    told = CONVENE.model_dump(mode="json")
    half = ConveneMeeting.model_validate({**told, "quarter": "2026-01--2026-06"})
    assert half.quarter == "2026-01--2026-06"
    with pytest.raises(ValidationError):
        ConveneMeeting.model_validate({**told, "quarter": "quý III"})
