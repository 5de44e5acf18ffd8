"""What each seat answers for, assigned by the chair: word for word where the regulation says it."""

from collections.abc import Iterable
from typing import Final

from services.members.capacity import for_the_chair
from services.members.commands import AssignResponsibility, AssignStandardPortfolios
from services.members.events import Matter, ResponsibilityAssigned, ResponsibilityReassigned, RosterEvent
from services.members.roster.state import Roster, held
from services.members.rules import Rule
from services.regulation.portfolios import Portfolio, portfolios
from shared.decider import require
from shared.envelope import Act

GENERAL: Final = "D6.2.i"
"""The point by which all other members have the general duties, and no field of their own."""


def assign_responsibility(command: AssignResponsibility, act: Act, roster: Roster) -> list[RosterEvent]:
    """D4.1: the chair assigns the members' duties."""
    _by_chair(act)
    assigned = ResponsibilityAssigned(
        seat_id=_of_a_member(command.seat_id, roster),
        field=command.field,
        documents=command.documents,
        coordinate_with=command.coordinate_with,
    )
    return [] if assigned in roster.duties else [assigned]


def assign_standard(command: AssignStandardPortfolios, act: Act, roster: Roster) -> list[RosterEvent]:
    """D6.2: the specific responsibilities as the text has them; what another seat had goes over."""
    _by_chair(act)
    require(
        GENERAL not in command.seats,
        Rule.GENERAL_DUTIES_ARE_EVERYONES,
        "every member has the general duties of D6.1 without being assigned them",
    )
    unknown = sorted(command.seats.keys() - {one.clause for one in portfolios()})
    require(
        not unknown,
        Rule.PORTFOLIO_OF_THE_TEXT,
        f"the regulation gives no responsibility in {', '.join(unknown)}",
    )
    events: list[RosterEvent] = []
    for one in portfolios():
        if one.clause in command.seats:
            events += _given(one, _of_a_member(command.seats[one.clause], roster), roster)
    return events


def reassigned(from_seat: str, to_seat: str, duties: Iterable[ResponsibilityAssigned]) -> list[RosterEvent]:
    """All that one seat answers for, gone over to another."""
    return [_over(duty, to_seat) for duty in duties if duty.seat_id == from_seat]


def _given(one: Portfolio, seat_id: str, roster: Roster) -> list[RosterEvent]:
    now = next((duty for duty in roster.duties if duty.clause == one.clause), None)
    if now is None:
        return [
            ResponsibilityAssigned(
                seat_id=seat_id,
                field=one.field,
                documents=one.documents,
                clause=one.clause,
                coordinate_wording=one.coordinate_with,
            )
        ]
    return [] if now.seat_id == seat_id else [_over(now, seat_id)]


def _over(duty: ResponsibilityAssigned, to_seat: str) -> ResponsibilityReassigned:
    return ResponsibilityReassigned(
        from_seat=duty.seat_id,
        to_seat=to_seat,
        field=duty.field,
        documents=duty.documents,
        coordinate_with=duty.coordinate_with,
        clause=duty.clause,
        coordinate_wording=duty.coordinate_wording,
    )


def _of_a_member(seat_id: str, roster: Roster) -> str:
    """A seat of the committee; refuses for one of the support team, which works by D7 and by assignment."""
    seat = held(seat_id, roster)
    require(seat.role.in_committee, Rule.SEAT_STANDS, f"{seat_id} is no seat of the committee")
    return seat_id


def _by_chair(act: Act) -> None:
    require(
        for_the_chair(act, Matter.MEMBERS),
        Rule.CHAIR_ASSIGNS,
        "only the chair, or who acts for the chair, assigns duties",
    )
