"""Open obstacles follow their agency (D1, D7.3)."""

from services.feedback.following import Given, follows
from services.feedback.obstacle.commands import TransferObstacle
from services.feedback.obstacle.events import ObstacleReported, ObstacleResolved, ObstacleTransferred
from services.members.succession import Handover
from shared.messages import Event

OBSTACLE = "obstacle"
"""The kind under which `Holdings` keeps open obstacles and the agencies that meet them."""


def _met(event: Event) -> Given | None:
    match event:
        case ObstacleReported() | ObstacleTransferred():
            return event.obstacle_id, event.agencies
        case ObstacleResolved():
            return event.obstacle_id, ()
        case _:
            return None


def _move(move: Handover) -> TransferObstacle:
    return TransferObstacle(obstacle_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason)


POLICIES = (follows("obstacles_follow_their_agency", OBSTACLE, _met, _move),)
