"""Requests for information and obstacles follow their agency; the clock notes what was not answered."""

from collections.abc import Iterator
from datetime import timedelta

from services.feedback.information.commands import MarkInformationOverdue, TransferInformationRequest
from services.feedback.information.events import (
    InformationProvided,
    InformationRequestClosed,
    InformationRequested,
    InformationRequestTransferred,
)
from services.feedback.obstacle.commands import TransferObstacle
from services.feedback.obstacle.events import ObstacleReported, ObstacleResolved, ObstacleTransferred
from services.members.succession import handovers, remember_succession
from shared.envelope import Envelope
from shared.messages import AgencyId, Event
from shared.policies import Alarm, Asked, Holdings, Policy

INFORMATION = "information"
"""The kind under which `Holdings` keeps requests and the agencies that still have to answer."""
OBSTACLE = "obstacle"
"""The kind under which `Holdings` keeps open obstacles and the agencies that meet them."""
OVERDUE = "information_overdue"

Given = tuple[str, tuple[AgencyId, ...]]


def information_follows_its_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1, D7.5: what an agency that ended still owed is asked of its successors, also when recorded late."""
    for move in handovers(envelope, holdings, INFORMATION, _owed(envelope.event)):
        command = TransferInformationRequest(
            request_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason
        )
        yield Asked(service="feedback", command=command, key=move.key)


def obstacles_follow_their_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1, D7.3: the open obstacles of an agency that ended are its successors', also when recorded late."""
    for move in handovers(envelope, holdings, OBSTACLE, _met(envelope.event)):
        command = TransferObstacle(
            obstacle_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason
        )
        yield Asked(service="feedback", command=command, key=move.key)


def _owed(event: Event) -> Given | None:
    match event:
        case InformationRequested():
            return event.request_id, (event.to,)
        case InformationProvided() | InformationRequestTransferred():
            return event.request_id, event.owing
        case InformationRequestClosed():
            return event.request_id, ()
        case _:
            return None


def _met(event: Event) -> Given | None:
    match event:
        case ObstacleReported() | ObstacleTransferred():
            return event.obstacle_id, event.agencies
        case ObstacleResolved():
            return event.obstacle_id, ()
        case _:
            return None


def remember_information(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Who still has to answer, until when, and who came after which agency."""
    remember_succession(envelope, holdings)
    if owed := _owed(envelope.event):
        request_id, owing = owed
        _hold(envelope, holdings, INFORMATION, owed)
        if not owing:
            holdings.let_sleep(envelope.committee, OVERDUE, request_id)
    match envelope.event:
        case InformationRequested(due=due) as asked:
            days = (due.latest + timedelta(days=1),) if due and due.latest else ()
            holdings.wake(envelope, OVERDUE, asked.request_id, days)


def remember_obstacles(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Who meets which open obstacle, and who came after which agency."""
    remember_succession(envelope, holdings)
    if met := _met(envelope.event):
        _hold(envelope, holdings, OBSTACLE, met)


def _hold(envelope: Envelope[Event], holdings: Holdings, kind: str, given: Given) -> None:
    holdings.let_go(envelope.committee, kind, given[0])
    holdings.hold(envelope.committee, kind, *given)


def information_overdue(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D7.5: the deadline passed, and somebody has not answered."""
    command = MarkInformationOverdue(request_id=alarm.item, today=alarm.day)
    yield Asked(service="feedback", command=command, key=alarm.item)


POLICIES = (
    Policy("information_follows_its_agency", information_follows_its_agency, remember_information),
    Policy(OVERDUE, ring=information_overdue),
    Policy("obstacles_follow_their_agency", obstacles_follow_their_agency, remember_obstacles),
)
