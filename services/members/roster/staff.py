"""Who serves in the support team: sent by an agency, assigned by the chair (D6.1.dd)."""

from services.members.capacity import Capacity, for_the_chair, speaks_for
from services.members.events import Matter, MemberAppointed
from services.members.roster.staff_commands import (
    AssignSupportStaff,
    NominateSupportStaff,
    ProposeStaffReplacement,
    ReleaseSupportStaff,
    ReplaceSupportStaff,
)
from services.members.roster.staff_events import (
    StaffEvent,
    SupportStaffAssigned,
    SupportStaffNominated,
    SupportStaffReleased,
    SupportStaffReplaced,
    SupportStaffReplacementProposed,
)
from services.members.roster.state import Roster, by_decision, held, one_of_each
from services.members.rules import Rule
from shared.decider import require
from shared.envelope import Act
from shared.messages import AgencyId


def nominate(command: NominateSupportStaff, act: Act, roster: Roster) -> list[StaffEvent]:
    """D6.1.dd: a member sends good staff of the own agency."""
    _by_head(command.agency_id, act)
    nominated = SupportStaffNominated.model_validate(command.model_dump())
    if roster.staff.nominated.get(command.nomination_id) == nominated:
        return []
    require(
        command.nomination_id not in roster.staff.nominated,
        Rule.STAFF_AS_NOMINATED,
        f"nomination {command.nomination_id} is of somebody else: take another id",
    )
    return [nominated]


def assign(command: AssignSupportStaff, act: Act, roster: Roster) -> list[StaffEvent]:
    """D6.1.dd: the chair decides who serves; on a nomination it is the person nominated, once."""
    _by_chair(act)
    assigned = SupportStaffAssigned.model_validate(command.model_dump())
    known = roster.seats.get(command.seat_id)
    if known is not None and _same(known, assigned):
        return []
    require(known is None, Rule.SEAT_IS_NEW, f"seat {command.seat_id} is held")
    if command.nomination_id is not None:
        _as_nominated(command, command.nomination_id, roster)
    one_of_each([*roster.roles(), command.role])
    return [assigned]


def propose_replacement(command: ProposeStaffReplacement, act: Act, roster: Roster) -> list[StaffEvent]:
    """D6.1.dd: the team leader says who does not meet what the work needs."""
    require(
        act.in_capacity(Capacity.TEAM_LEADER),
        Rule.PROPOSED_BY_TEAM_LEADER,
        "only the leader of the support team proposes it",
    )
    seat = _of_the_team(command.seat_id, roster)
    if seat.seat_id in roster.staff.to_replace:
        return []
    return [SupportStaffReplacementProposed(seat_id=seat.seat_id, reason=command.reason)]


def replace_staff(command: ReplaceSupportStaff, act: Act, roster: Roster) -> list[StaffEvent]:
    """D6.1.dd: the agency that sent somebody sends another, once the team leader proposed it."""
    if command.seat_id not in roster.seats and _replaced_so(command, roster):
        _by_head(roster.seats[command.new_seat_id].agency_id, act)
        return []
    seat = _of_the_team(command.seat_id, roster)
    _by_head(seat.agency_id, act)
    require(
        seat.seat_id in roster.staff.to_replace,
        Rule.REPLACED_ON_PROPOSAL,
        f"the leader of the support team has not proposed to replace {seat.seat_id}",
    )
    require(command.new_seat_id not in roster.seats, Rule.SEAT_IS_NEW, f"seat {command.new_seat_id} is held")
    return [
        SupportStaffReplaced(
            seat_id=seat.seat_id,
            new_seat_id=command.new_seat_id,
            post=command.post,
            role=seat.role,
            holder=command.holder,
            agency_id=seat.agency_id,
        )
    ]


def release_staff(command: ReleaseSupportStaff, act: Act, roster: Roster) -> list[StaffEvent]:
    """D6.1.dd: the chair decides who leaves the team."""
    _by_chair(act)
    if command.seat_id not in roster.seats and command.seat_id in roster.staff.former:
        return []
    seat = _of_the_team(command.seat_id, roster)
    return [SupportStaffReleased(seat_id=seat.seat_id, reason=command.reason)]


def _by_head(agency_id: AgencyId | None, act: Act) -> None:
    require(
        speaks_for(act, agency_id),
        Rule.STAFF_SENT_BY_AGENCY,
        f"only the head of {agency_id or 'the agency'} sends its staff, and replaces them",
    )


def _by_chair(act: Act) -> None:
    require(
        for_the_chair(act, Matter.MEMBERS),
        Rule.STAFF_BY_CHAIR,
        "only the chair, or who acts for the chair, decides on the support team",
    )
    by_decision(act)


def _as_nominated(command: AssignSupportStaff, nomination_id: str, roster: Roster) -> None:
    nominated = roster.staff.nominated.get(nomination_id)
    require(
        nominated is not None
        and nomination_id not in roster.staff.used
        and (nominated.nominee, nominated.agency_id) == (command.holder, command.agency_id),
        Rule.STAFF_AS_NOMINATED,
        f"no agency nominated {command.holder} of {command.agency_id} as {nomination_id}, or it was used",
    )


def _of_the_team(seat_id: str, roster: Roster) -> MemberAppointed:
    seat = held(seat_id, roster)
    require(not seat.role.in_committee, Rule.SEAT_STANDS, f"{seat_id} is no seat of the support team")
    return seat


def _same(seat: MemberAppointed, assigned: SupportStaffAssigned) -> bool:
    told = (assigned.post, assigned.role, assigned.holder, assigned.agency_id)
    return (seat.post, seat.role, seat.holder, seat.agency_id) == told


def _replaced_so(command: ReplaceSupportStaff, roster: Roster) -> bool:
    """Whether the very seat that is asked for took the place of this one, and stands."""
    there = roster.staff.former.get(command.seat_id) == command.new_seat_id
    return there and command.new_seat_id in roster.seats
