"""Random courses of commands, valid and not: what holds of a quarter after each."""

from typing import Any

from hypothesis import strategies as st

from services.meetings.quarter import decider as quarter
from services.meetings.quarter.commands import EndQuarter
from services.meetings.quarter.events import QuarterEnded
from services.meetings.quarter.periods import Period
from shared.messages import Event
from tests.unit.histories import machine
from tests.unit.meetings.courses import DAYS, FEW, some_acts

QUARTER_COMMANDS = st.builds(
    EndQuarter,
    quarter=st.sampled_from(["2026-Q1", "2026-Q1", "2026", "2026-01--2026-03"]),
    today=DAYS,
    held=st.sampled_from([(), ("hop",)]),
)


def a_quarter_is_in_order(events: list[Event], state: Any) -> None:
    assert len(events) <= 1
    for event in events:
        assert isinstance(event, QuarterEnded)
        period, following = Period.named(event.quarter), Period.named(event.next_quarter or "")
        assert period is not None
        assert following is not None
        assert event.seen is not None
        assert event.seen > period.last
        assert following.first == period.day_after


TestAQuarter = machine(quarter.decider, QUARTER_COMMANDS, some_acts(), a_quarter_is_in_order, FEW)
