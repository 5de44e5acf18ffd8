"""What follows a merger, or an end with one successor: seats and focal points go to the successor.

The policies of `members` see to it, in their own time. Where a later entry of the file relies on it, the
import asks for it too, together with the end: whoever comes second finds it done, and the same file
gives the same result however fast the policies are.
"""

from collections.abc import Iterable

from services.cli.importer.plan import Ask, Plan
from services.members.capacity import Capacity
from services.members.commands import (
    AppointMember,
    ChangeMemberRole,
    DesignateFocalPoint,
    ReleaseMember,
    Seat,
    TransferSeats,
)
from services.members.events import Duty, MemberAppointed
from services.members.roster.seats import transfer_seats
from services.members.roster.state import Roster, evolve
from shared.messages import AgencyId

_HELD = (
    Capacity.CHAIR,
    Capacity.STANDING_DEPUTY,
    Capacity.DEPUTY,
    Capacity.MEMBER,
    Capacity.FOCAL_POINT,
)
_CHANGES = (AppointMember, ChangeMemberRole, ReleaseMember)


def handover(
    ending: Ask,
    ended: Iterable[tuple[AgencyId, str]],
    successor: tuple[AgencyId, str],
    duties: dict[Duty, AgencyId],
) -> list[Ask]:
    """The commands that hand on what agencies held that ended by `ending`; agencies by id and name."""
    successor_id, successor_name = successor
    asks: list[Ask] = []
    for agency_id, name in ended:
        seats = TransferSeats(
            predecessor=agency_id,
            predecessor_name=name,
            successor=successor_id,
            successor_name=successor_name,
        )
        asks.append(_with(ending, seats, f"seats-{agency_id}"))
        for duty, held_by in duties.items():
            if held_by == agency_id:
                designate = DesignateFocalPoint(agency_id=successor_id, duty=duty)
                asks.append(_with(ending, designate, f"{duty.value}-{agency_id}"))
    return asks


def _with(ending: Ask, command: TransferSeats | DesignateFocalPoint, key: str) -> Ask:
    inferred = ("theo cơ quan được hợp nhất (Điều 1, Điều 7.6)",)
    return Ask(
        "members",
        command,
        ending.person,
        ending.capacity,
        ending.at,
        key,
        ending.document,
        inferred,
        with_new_only=True,
    )


def relies(plan: Plan) -> bool:
    """Whether a plan stands on who holds which seat or duty."""
    return any(ask.capacity in _HELD or isinstance(ask.command, _CHANGES) for ask in plan.asks)


def seats_after(seats: list[Seat], command: TransferSeats) -> list[Seat]:
    """The seats once those of an agency went to its successor, by the rule of `members` itself."""
    roster = Roster({seat.seat_id: MemberAppointed.model_validate(seat.model_dump()) for seat in seats})
    for event in transfer_seats(command, roster.seats.values()):
        roster = evolve(roster, event)
    return [Seat.model_validate(seat.model_dump()) for seat in roster.seats.values()]
