"""A quarter, or another period in which the committee is to meet: that it ended, what was held (D8.1)."""

from dataclasses import dataclass
from typing import assert_never

from services.meetings.quarter.commands import EndQuarter, QuarterCommand
from services.meetings.quarter.events import QuarterEnded, QuarterEvent
from services.meetings.quarter.periods import require_named
from services.meetings.rules import Rule
from services.members.capacity import Capacity
from services.members.parameters import terms
from shared.decider import Decider, require
from shared.envelope import Act


@dataclass(frozen=True)
class Quarter:
    ended: bool = False


def end(command: EndQuarter, act: Act, quarter: Quarter) -> list[QuarterEvent]:
    """D8.1: once for each quarter, when it is over; the next one is as long as the regulation then says."""
    require(
        act.in_capacity(Capacity.POLICY),
        Rule.QUARTER_ENDS_BY_CLOCK,
        "that a quarter is over follows from the clock",
    )
    period = require_named(command.quarter)
    if quarter.ended or command.today <= period.last:
        return []
    following = period.following(terms(act).meeting_interval_months)
    return [
        QuarterEnded(
            quarter=period.name,
            held=command.held,
            next_quarter=following.name,
            covering=command.covering,
            convened=command.convened,
            seen=command.today,
        )
    ]


def decide(command: QuarterCommand, act: Act, quarter: Quarter) -> list[QuarterEvent]:
    match command:
        case EndQuarter():
            return end(command, act, quarter)
        case _:
            assert_never(command)


def evolve(quarter: Quarter, event: QuarterEvent) -> Quarter:
    match event:
        case QuarterEnded():
            return Quarter(ended=True)
        case _:
            assert_never(event)


decider: Decider[QuarterCommand, QuarterEvent, Quarter] = Decider(
    category="quarter",
    stream_id=lambda command: command.quarter,
    initial=Quarter(),
    decide=decide,
    evolve=evolve,
)
