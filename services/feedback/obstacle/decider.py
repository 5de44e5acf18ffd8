"""An obstacle that agencies meet: reported, put before the chair, resolved (D6.1.a, D7.3)."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.feedback.obstacle.commands import (
    EscalateObstacle,
    ObstacleCommand,
    ReportObstacle,
    ResolveObstacle,
    TransferObstacle,
)
from services.feedback.obstacle.events import (
    ObstacleEscalated,
    ObstacleEvent,
    ObstacleReported,
    ObstacleResolved,
    ObstacleTransferred,
)
from services.feedback.rules import Rule
from services.feedback.state import HEADS, handed_on, head_of, own_seat
from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity
from shared.decider import Decider, require
from shared.envelope import Act
from shared.messages import AgencyId


@dataclass(frozen=True)
class Obstacle:
    """What a decision needs to know about an obstacle; `seat` is the one that reported it."""

    reported: bool = False
    seat: str | None = None
    agencies: tuple[AgencyId, ...] = ()
    escalated: bool = False
    resolved: ObstacleResolved | None = None


def report(command: ReportObstacle, act: Act, obstacle: Obstacle) -> list[ObstacleEvent]:
    """D6.1.a, D7.3: a member, an agency or the support team."""
    require(
        act.in_capacity(*HEADS, *SUPPORT_TEAM),
        Rule.OBSTACLE_FROM_WITHIN,
        "a member, an agency or the support team reports it",
    )
    require(not obstacle.reported, Rule.OBSTACLE_IS_NEW, f"{command.obstacle_id} was reported already")
    mandate = act.actor.mandate
    own = (mandate.agency,) if mandate.agency and not act.in_capacity(*SUPPORT_TEAM) else ()
    agencies = tuple(dict.fromkeys(command.agencies)) or own
    return [
        ObstacleReported.model_validate(
            {
                **command.model_dump(),
                "agencies": agencies,
                "seat_id": mandate.seat,
                "agency_id": mandate.agency,
            }
        )
    ]


def escalate(command: EscalateObstacle, act: Act, obstacle: Obstacle) -> list[ObstacleEvent]:
    """D6.1.a: what cannot be resolved in place goes to the chair; once is enough."""
    _standing(command.obstacle_id, obstacle)
    require(
        _concerned(act, obstacle),
        Rule.ESCALATED_BY_CONCERNED,
        "the member who reported it, an agency that meets it, the support team or a leader puts it before "
        "the chair",
    )
    require(obstacle.resolved is None, Rule.OBSTACLE_IS_OPEN, f"{command.obstacle_id} is resolved")
    if obstacle.escalated:
        return []
    return [ObstacleEscalated(obstacle_id=command.obstacle_id, reason=command.reason)]


def resolve(command: ResolveObstacle, act: Act, obstacle: Obstacle) -> list[ObstacleEvent]:
    """D6.1.a, D7.3: a leader, the support team or an agency that meets it says how."""
    _standing(command.obstacle_id, obstacle)
    require(
        _concerned(act, obstacle),
        Rule.RESOLVED_BY_COMPETENT,
        "a leader, the support team, the member who reported it or an agency that meets it resolves it",
    )
    resolved = ObstacleResolved.model_validate(command.model_dump())
    if resolved == obstacle.resolved:
        return []
    require(obstacle.resolved is None, Rule.OBSTACLE_IS_OPEN, f"{command.obstacle_id} is resolved already")
    return [resolved]


def transfer(command: TransferObstacle, act: Act, obstacle: Obstacle) -> list[ObstacleEvent]:
    """D1: an open obstacle follows its agency."""
    require(act.in_capacity(Capacity.POLICY), Rule.FOLLOWS_ITS_AGENCY, "it follows its agency by itself")
    _standing(command.obstacle_id, obstacle)
    agencies = handed_on(obstacle.agencies, command.from_agency, command.to)
    if obstacle.resolved is not None or agencies == obstacle.agencies:
        return []
    return [ObstacleTransferred.model_validate({**command.model_dump(), "agencies": agencies})]


def _concerned(act: Act, obstacle: Obstacle) -> bool:
    """Whether a leader acts, the support team, the seat that reported it, or an agency that meets it."""
    own = own_seat(act, obstacle.seat) or head_of(act, obstacle.agencies)
    return act.in_capacity(*LEADERS, *SUPPORT_TEAM) or own


def _standing(obstacle_id: str, obstacle: Obstacle) -> None:
    require(obstacle.reported, Rule.OBSTACLE_STANDS, f"{obstacle_id} was never reported")


def decide(command: ObstacleCommand, act: Act, obstacle: Obstacle) -> list[ObstacleEvent]:
    match command:
        case ReportObstacle():
            return report(command, act, obstacle)
        case EscalateObstacle():
            return escalate(command, act, obstacle)
        case ResolveObstacle():
            return resolve(command, act, obstacle)
        case TransferObstacle():
            return transfer(command, act, obstacle)
        case _:
            assert_never(command)


def evolve(obstacle: Obstacle, event: ObstacleEvent) -> Obstacle:
    match event:
        case ObstacleReported():
            return Obstacle(reported=True, seat=event.seat_id, agencies=event.agencies)
        case ObstacleEscalated():
            return replace(obstacle, escalated=True)
        case ObstacleResolved():
            return replace(obstacle, resolved=event)
        case ObstacleTransferred():
            return replace(obstacle, agencies=event.agencies)
        case _:
            assert_never(event)


decider: Decider[ObstacleCommand, ObstacleEvent, Obstacle] = Decider(
    category="obstacle",
    stream_id=lambda command: command.obstacle_id,
    initial=Obstacle(),
    decide=decide,
    evolve=evolve,
)
