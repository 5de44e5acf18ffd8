"""What follows a merger: seats and focal points go to the successor.

The policies of `members` see to it, in their own time. Where a later entry of the file relies on it, the
import asks for it too, together with the merger: whoever comes second finds it done, and the same file
gives the same result however fast the policies are.
"""

from services.cli.importer.plan import Ask, Plan
from services.members.capacity import Capacity
from services.members.commands import (
    AppointMember,
    ChangeMemberRole,
    DesignateFocalPoint,
    MergeAgencies,
    ReleaseMember,
    Seat,
    TransferSeats,
)
from services.members.events import Duty, MemberAppointed
from services.members.member import Roster, evolve
from services.members.seats import transfer_seats
from shared.messages import AgencyId

_HELD = (
    Capacity.CHAIR,
    Capacity.STANDING_DEPUTY,
    Capacity.DEPUTY,
    Capacity.MEMBER,
    Capacity.FOCAL_POINT,
)
_CHANGES = (AppointMember, ChangeMemberRole, ReleaseMember)


def handover(merger: Ask, names: list[str], duties: dict[Duty, AgencyId]) -> list[Ask]:
    """The commands that hand on what the predecessors of a merger held."""
    command = merger.command
    assert isinstance(command, MergeAgencies)
    asks: list[Ask] = []
    for agency_id, name in zip(command.predecessors, names, strict=True):
        seats = TransferSeats(
            predecessor=agency_id,
            predecessor_name=name,
            successor=command.successor,
            successor_name=command.successor_name,
        )
        asks.append(_with(merger, seats, f"seats-{agency_id}"))
        for duty, held_by in duties.items():
            if held_by == agency_id:
                designate = DesignateFocalPoint(agency_id=command.successor, duty=duty)
                asks.append(_with(merger, designate, f"{duty.value}-{agency_id}"))
    return asks


def _with(merger: Ask, command: TransferSeats | DesignateFocalPoint, key: str) -> Ask:
    inferred = ("theo cơ quan được hợp nhất (Điều 1, Điều 7.6)",)
    return Ask(
        "members",
        command,
        merger.person,
        merger.capacity,
        merger.at,
        key,
        merger.document,
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
