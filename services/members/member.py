"""The members: which post holds which seat in which role, what it answers for, who acts for the chair.

One stream for the whole list of a committee, because its invariants bind the list: one chair, one standing
deputy, one seat for two agencies that became one.
"""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, for_the_chair
from services.members.commands import (
    AppointMember,
    AssignResponsibility,
    ChangeMemberRole,
    DecideComposition,
    DeclareChairAbsence,
    DelegateAuthority,
    EndDelegation,
    LapseSeats,
    ReleaseMember,
    ReportHeadCount,
    RosterCommand,
    Seat,
    TransferSeats,
)
from services.members.events import (
    AuthorityDelegated,
    ChairAbsenceDeclared,
    CompositionDecided,
    DelegationEnded,
    HeadCountReported,
    Matter,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    ResponsibilityAssigned,
    Role,
    RosterEvent,
    SeatFolded,
    SeatTransferred,
)
from services.members.rules import Rule
from services.members.seats import transfer_seats
from shared.decider import Decider, require
from shared.envelope import Act


@dataclass(frozen=True)
class Roster:
    """The seats that are held now, in order of appointment, and the delegations in force."""

    seats: dict[str, MemberAppointed] = field(default_factory=dict)
    delegations: frozenset[str] = frozenset()

    def with_role(self, role: Role) -> list[MemberAppointed]:
        return [seat for seat in self.seats.values() if seat.role is role]


def appoint(command: AppointMember, act: Act, roster: Roster) -> list[RosterEvent]:
    """A post takes a seat by a decision; there is one chair and one standing deputy at a time."""
    _by_decision(act)
    require(
        command.seat.seat_id not in roster.seats, Rule.SEAT_IS_NEW, f"seat {command.seat.seat_id} is held"
    )
    _one_of_each([*(seat.role for seat in roster.seats.values()), command.seat.role])
    return [_appointed(command.seat)]


def decide_composition(command: DecideComposition, act: Act, roster: Roster) -> list[RosterEvent]:
    """A new decision replaces the whole committee list in one step; the support team stays."""
    _by_decision(act)
    _one_of_each([seat.role for seat in command.seats])
    ids = [seat.seat_id for seat in command.seats]
    require(len(set(ids)) == len(ids), Rule.SEAT_IS_NEW, "a seat stands twice on the list")
    leaving = [seat for seat in roster.seats.values() if seat.role.in_committee]
    kept = {seat.seat_id for seat in roster.seats.values()} - {seat.seat_id for seat in leaving}
    require(kept.isdisjoint(ids), Rule.SEAT_IS_NEW, "a seat on the list is held in the support team")
    decision = str(act.document)
    return [
        *(MemberReleased(seat_id=seat.seat_id, reason=f"replaced by {decision}") for seat in leaving),
        CompositionDecided(seats=len(command.seats), replaces=command.replaces),
        *(_appointed(seat) for seat in command.seats),
    ]


def change_role(command: ChangeMemberRole, act: Act, roster: Roster) -> list[RosterEvent]:
    _by_decision(act)
    seat = _held(command.seat_id, roster)
    if seat.role is command.new_role:
        return []
    others = [other.role for other in roster.seats.values() if other.seat_id != command.seat_id]
    _one_of_each([*others, command.new_role])
    return [MemberRoleChanged(seat_id=seat.seat_id, old_role=seat.role, new_role=command.new_role)]


def release(command: ReleaseMember, act: Act, roster: Roster) -> list[RosterEvent]:
    _by_decision(act)
    return [MemberReleased(seat_id=_held(command.seat_id, roster).seat_id, reason=command.reason)]


def report_head_count(command: ReportHeadCount, act: Act, roster: Roster) -> list[RosterEvent]:
    """A reported number is kept beside the list, never forced upon it."""
    require(
        act.in_capacity(Capacity.ISSUER, *SUPPORT_TEAM),
        Rule.RIGHT_COMPETENCE,
        "the support team keeps the counts",
    )
    return [HeadCountReported(counts=command.counts, remark=command.remark)]


def assign_responsibility(command: AssignResponsibility, act: Act, roster: Roster) -> list[RosterEvent]:
    """D4.1: the chair assigns the members' duties."""
    require(
        for_the_chair(act, Matter.MEMBERS),
        Rule.CHAIR_ASSIGNS,
        "only the chair, or who acts for the chair, assigns duties",
    )
    return [
        ResponsibilityAssigned(
            seat_id=_held(command.seat_id, roster).seat_id,
            field=command.field,
            documents=command.documents,
            coordinate_with=command.coordinate_with,
        )
    ]


def transfer(command: TransferSeats, act: Act, roster: Roster) -> list[RosterEvent]:
    require(act.in_capacity(Capacity.POLICY, Capacity.ISSUER), Rule.RIGHT_COMPETENCE, "seats follow a merger")
    return transfer_seats(command, roster.seats.values())


def lapse(command: LapseSeats, act: Act, roster: Roster) -> list[RosterEvent]:
    require(
        act.in_capacity(Capacity.POLICY, Capacity.ISSUER), Rule.RIGHT_COMPETENCE, "seats follow a dissolution"
    )
    return [
        MemberReleased(seat_id=seat.seat_id, reason=command.reason)
        for seat in roster.seats.values()
        if seat.agency_id == command.agency_id
    ]


def declare_absence(command: DeclareChairAbsence, act: Act, roster: Roster) -> list[RosterEvent]:
    """D5.1: while the chair is away the standing deputy acts."""
    require(
        act.in_capacity(*LEADERS), Rule.RIGHT_COMPETENCE, "the chair or a deputy declares the chair's absence"
    )
    _period(command)
    return [ChairAbsenceDeclared(absence_id=command.absence_id, since=command.since, until=command.until)]


def delegate(command: DelegateAuthority, act: Act, roster: Roster) -> list[RosterEvent]:
    """D5.1: the chair authorises the standing deputy, for a scope and a period."""
    seat = _held(command.delegate_seat, roster)
    require(
        act.in_capacity(Capacity.CHAIR) and seat.role is Role.STANDING_DEPUTY,
        Rule.DELEGATED_BY_CHAIR,
        "only the chair delegates, and only to the standing deputy",
    )
    _period(command)
    return [
        AuthorityDelegated(
            delegation_id=command.delegation_id,
            delegate_seat=seat.seat_id,
            scope=command.scope,
            since=command.since,
            until=command.until,
            matters=command.matters,
        )
    ]


def end_delegation(command: EndDelegation, act: Act, roster: Roster) -> list[RosterEvent]:
    require(act.in_capacity(Capacity.CHAIR), Rule.DELEGATED_BY_CHAIR, "only the chair ends a delegation")
    require(
        command.delegation_id in roster.delegations,
        Rule.DELEGATION_STANDS,
        f"delegation {command.delegation_id} is not in force",
    )
    return [DelegationEnded(delegation_id=command.delegation_id)]


def _by_decision(act: Act) -> None:
    require(
        act.in_capacity(Capacity.ISSUER),
        Rule.RIGHT_COMPETENCE,
        "only the issuing authority decides on members",
    )
    require(act.document is not None, Rule.BY_DECISION, "the number of the decision is missing")


def _one_of_each(roles: list[Role]) -> None:
    require(roles.count(Role.CHAIR) <= 1, Rule.ONE_CHAIR, "there would be two chairs")
    require(
        roles.count(Role.STANDING_DEPUTY) <= 1,
        Rule.ONE_STANDING_DEPUTY,
        "there would be two standing deputies",
    )


def _held(seat_id: str, roster: Roster) -> MemberAppointed:
    require(seat_id in roster.seats, Rule.SEAT_STANDS, f"nobody holds the seat {seat_id}")
    return roster.seats[seat_id]


def _period(command: DeclareChairAbsence | DelegateAuthority) -> None:
    require(command.since <= command.until, Rule.DELEGATION_HAS_A_PERIOD, "it ends before it begins")


def _appointed(seat: Seat) -> MemberAppointed:
    return MemberAppointed.model_validate(seat.model_dump())


def decide(command: RosterCommand, act: Act, roster: Roster) -> list[RosterEvent]:
    match command:
        case AppointMember():
            return appoint(command, act, roster)
        case DecideComposition():
            return decide_composition(command, act, roster)
        case ChangeMemberRole():
            return change_role(command, act, roster)
        case ReleaseMember():
            return release(command, act, roster)
        case ReportHeadCount():
            return report_head_count(command, act, roster)
        case AssignResponsibility():
            return assign_responsibility(command, act, roster)
        case TransferSeats():
            return transfer(command, act, roster)
        case LapseSeats():
            return lapse(command, act, roster)
        case DeclareChairAbsence():
            return declare_absence(command, act, roster)
        case DelegateAuthority():
            return delegate(command, act, roster)
        case EndDelegation():
            return end_delegation(command, act, roster)
        case _:
            assert_never(command)


def evolve(roster: Roster, event: RosterEvent) -> Roster:
    match event:
        case MemberAppointed():
            return replace(roster, seats={**roster.seats, event.seat_id: event})
        case MemberReleased():
            return replace(roster, seats={k: s for k, s in roster.seats.items() if k != event.seat_id})
        case MemberRoleChanged():
            changed = roster.seats[event.seat_id].model_copy(update={"role": event.new_role})
            return replace(roster, seats={**roster.seats, event.seat_id: changed})
        case SeatTransferred():
            moved = roster.seats[event.seat_id].model_copy(
                update={"post": event.new_post, "agency_id": event.to_agency, "holder": event.new_holder}
            )
            return replace(roster, seats={**roster.seats, event.seat_id: moved})
        case SeatFolded():
            return replace(roster, seats={k: s for k, s in roster.seats.items() if k != event.seat_id})
        case AuthorityDelegated():
            return replace(roster, delegations=roster.delegations | {event.delegation_id})
        case DelegationEnded():
            return replace(roster, delegations=roster.delegations - {event.delegation_id})
        case CompositionDecided() | HeadCountReported() | ResponsibilityAssigned() | ChairAbsenceDeclared():
            return roster
        case _:
            assert_never(event)


decider: Decider[RosterCommand, RosterEvent, Roster] = Decider(
    category="member",
    stream_id=lambda command: "roster",
    initial=Roster(),
    decide=decide,
    evolve=evolve,
)
