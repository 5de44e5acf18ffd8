"""Seats that follow their agency: transfer to the successor, and two that become one (D1)."""

from collections.abc import Iterable

from services.members.commands import TransferSeats
from services.members.events import (
    MemberAppointed,
    ResponsibilityAssigned,
    RosterEvent,
    SeatFolded,
    SeatTransferred,
)
from services.members.roster.portfolio import reassigned
from shared.messages import PersonId
from shared.text import slug


def transfer_seats(
    command: TransferSeats,
    seats: Iterable[MemberAppointed],
    duties: Iterable[ResponsibilityAssigned] = (),
) -> list[RosterEvent]:
    """What happens to the seats of an agency that ended: each moves, or folds into a seat that the successor
    holds already; the seat of the higher role stays, and what the other answered for goes along."""
    if command.predecessor == command.successor:
        return []
    held = list(seats)
    events: list[RosterEvent] = []
    at_successor = next(
        (seat for seat in held if seat.agency_id == command.successor and seat.role.in_committee), None
    )
    folded: list[tuple[str, str]] = []
    for seat in held:
        if seat.agency_id != command.predecessor:
            continue
        if at_successor is None or not seat.role.in_committee:
            events.append(_moved(seat, command))
            at_successor = at_successor or (seat if seat.role.in_committee else None)
        elif seat.role.rank < at_successor.role.rank:
            events += [
                _moved(seat, command),
                SeatFolded(seat_id=at_successor.seat_id, into=seat.seat_id, role_kept=seat.role),
            ]
            folded.append((at_successor.seat_id, seat.seat_id))
            at_successor = seat
        else:
            events.append(
                SeatFolded(seat_id=seat.seat_id, into=at_successor.seat_id, role_kept=at_successor.role)
            )
            folded.append((seat.seat_id, at_successor.seat_id))
    return [*events, *_duties_of(folded, list(duties))]


def _duties_of(folded: list[tuple[str, str]], duties: list[ResponsibilityAssigned]) -> list[RosterEvent]:
    """What the seats that ended answered for, gone over to those that stayed, step by step."""
    events: list[RosterEvent] = []
    for ended, into in folded:
        events += reassigned(ended, into, duties)
        duties = [
            duty.model_copy(update={"seat_id": into}) if duty.seat_id == ended else duty for duty in duties
        ]
    return events


def _moved(seat: MemberAppointed, command: TransferSeats) -> SeatTransferred:
    new_post = seat.post.replace(command.predecessor_name, command.successor_name)
    unnamed = seat.holder == slug(seat.post)  # nobody is known to fill the post but the post itself
    return SeatTransferred(
        seat_id=seat.seat_id,
        old_post=seat.post,
        new_post=new_post,
        old_holder=seat.holder,
        new_holder=PersonId(slug(new_post)) if unnamed else seat.holder,
        from_agency=command.predecessor,
        to_agency=command.successor,
    )
