"""The members: which post holds which seat in which role, by the decision of who appoints them (D6.1).

One stream for the whole list of a committee, because its invariants bind the list: one chair, one standing
deputy, one seat for two agencies that became one. What is remembered of it is in `state.py`. The same
stream has the duties (`portfolio.py`), who acts for the chair (`delegation.py`), and the staff (`staff.py`).
"""

from typing import assert_never

from services.members.capacity import SUPPORT_TEAM, Capacity
from services.members.commands import (
    AppointMember,
    AssignResponsibility,
    AssignStandardPortfolios,
    ChangeMemberRole,
    DecideComposition,
    DeclareChairAbsence,
    DelegateAuthority,
    EndChairAbsence,
    EndDelegation,
    LapseSeats,
    NoteDelegationExpired,
    ReleaseMember,
    ReportHeadCount,
    RosterCommand,
    Seat,
    TransferSeats,
)
from services.members.events import (
    CompositionDecided,
    HeadCountReported,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    RosterEvent,
)
from services.members.roster.delegation import (
    declare_absence,
    delegate,
    end_absence,
    end_delegation,
    note_expired,
)
from services.members.roster.portfolio import assign_responsibility, assign_standard
from services.members.roster.seats import transfer_seats
from services.members.roster.staff import assign, nominate, propose_replacement, release_staff, replace_staff
from services.members.roster.staff_commands import (
    AssignSupportStaff,
    NominateSupportStaff,
    ProposeStaffReplacement,
    ReleaseSupportStaff,
    ReplaceSupportStaff,
    StaffCommand,
)
from services.members.roster.staff_events import StaffEvent
from services.members.roster.state import Roster, by_decision, evolve, held, one_of_each
from services.members.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act


def appoint(command: AppointMember, act: Act, roster: Roster) -> list[RosterEvent]:
    """A post takes a seat by a decision; there is one chair and one standing deputy at a time."""
    _by_issuer(act)
    require(
        command.seat.seat_id not in roster.seats, Rule.SEAT_IS_NEW, f"seat {command.seat.seat_id} is held"
    )
    one_of_each([*roster.roles(), command.seat.role])
    return [_appointed(command.seat)]


def decide_composition(command: DecideComposition, act: Act, roster: Roster) -> list[RosterEvent]:
    """A new decision replaces the whole committee list in one step; the support team stays."""
    _by_issuer(act)
    ids = [seat.seat_id for seat in command.seats]
    require(len(set(ids)) == len(ids), Rule.SEAT_IS_NEW, "a seat stands twice on the list")
    leaving = [seat for seat in roster.seats.values() if seat.role.in_committee]
    kept = {seat.seat_id for seat in roster.seats.values()} - {seat.seat_id for seat in leaving}
    require(kept.isdisjoint(ids), Rule.SEAT_IS_NEW, "a seat on the list is held in the support team")
    one_of_each([*(roster.seats[seat_id].role for seat_id in kept), *(seat.role for seat in command.seats)])
    decided = CompositionDecided(seats=len(command.seats), replaces=command.replaces)
    appointed = [_appointed(seat) for seat in command.seats]
    if (roster.composition, leaving) == (decided, appointed):
        return []
    decision = str(act.document)
    return [
        *(MemberReleased(seat_id=seat.seat_id, reason=f"Thay theo {decision}") for seat in leaving),
        decided,
        *appointed,
    ]


def change_role(command: ChangeMemberRole, act: Act, roster: Roster) -> list[RosterEvent]:
    """Another role in the same body: who goes from the committee to its support team, or back, takes a seat
    there."""
    _by_issuer(act)
    seat = held(command.seat_id, roster)
    if seat.role is command.new_role:
        return []
    require(
        seat.role.in_committee is command.new_role.in_committee,
        Rule.SEAT_STANDS,
        f"{seat.seat_id} is a seat of {'the committee' if seat.role.in_committee else 'the support team'}: "
        "release it, and appoint to another",
    )
    one_of_each([*roster.roles(but=seat.seat_id), command.new_role])
    return [MemberRoleChanged(seat_id=seat.seat_id, old_role=seat.role, new_role=command.new_role)]


def release(command: ReleaseMember, act: Act, roster: Roster) -> list[RosterEvent]:
    _by_issuer(act)
    return [MemberReleased(seat_id=held(command.seat_id, roster).seat_id, reason=command.reason)]


def report_head_count(command: ReportHeadCount, act: Act, roster: Roster) -> list[RosterEvent]:
    """A reported number is kept beside the list, never forced upon it."""
    require(
        act.in_capacity(Capacity.ISSUER, *SUPPORT_TEAM),
        Rule.RIGHT_COMPETENCE,
        "the support team keeps the counts",
    )
    return [HeadCountReported(counts=command.counts, remark=command.remark)]


def transfer(command: TransferSeats, act: Act, roster: Roster) -> list[RosterEvent]:
    require(act.in_capacity(Capacity.POLICY, Capacity.ISSUER), Rule.RIGHT_COMPETENCE, "seats follow a merger")
    return transfer_seats(command, roster.seats.values(), roster.duties)


def lapse(command: LapseSeats, act: Act, roster: Roster) -> list[RosterEvent]:
    require(
        act.in_capacity(Capacity.POLICY, Capacity.ISSUER), Rule.RIGHT_COMPETENCE, "seats follow a dissolution"
    )
    return [
        MemberReleased(seat_id=seat.seat_id, reason=command.reason)
        for seat in roster.seats.values()
        if seat.agency_id == command.agency_id
    ]


def _by_issuer(act: Act) -> None:
    require(
        act.in_capacity(Capacity.ISSUER),
        Rule.RIGHT_COMPETENCE,
        "only the issuing authority decides on members",
    )
    by_decision(act)


def _appointed(seat: Seat) -> MemberAppointed:
    return MemberAppointed.model_validate(seat.model_dump())


def decide(command: RosterCommand | StaffCommand, act: Act, roster: Roster) -> list[RosterEvent | StaffEvent]:
    match command:
        case (
            NominateSupportStaff()
            | AssignSupportStaff()
            | ProposeStaffReplacement()
            | ReplaceSupportStaff()
            | ReleaseSupportStaff()
        ):
            return [*_decide_staff(command, act, roster)]
        case _:
            return [*_decide_list(command, act, roster)]


def _decide_list(command: RosterCommand, act: Act, roster: Roster) -> list[RosterEvent]:
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
        case AssignStandardPortfolios():
            return assign_standard(command, act, roster)
        case TransferSeats():
            return transfer(command, act, roster)
        case LapseSeats():
            return lapse(command, act, roster)
        case DeclareChairAbsence():
            return declare_absence(command, act, roster)
        case EndChairAbsence():
            return end_absence(command, act, roster)
        case DelegateAuthority():
            return delegate(command, act, roster)
        case EndDelegation():
            return end_delegation(command, act, roster)
        case NoteDelegationExpired():
            return note_expired(command, act, roster)
        case _:
            assert_never(command)


def _decide_staff(command: StaffCommand, act: Act, roster: Roster) -> list[StaffEvent]:
    match command:
        case NominateSupportStaff():
            return nominate(command, act, roster)
        case AssignSupportStaff():
            return assign(command, act, roster)
        case ProposeStaffReplacement():
            return propose_replacement(command, act, roster)
        case ReplaceSupportStaff():
            return replace_staff(command, act, roster)
        case ReleaseSupportStaff():
            return release_staff(command, act, roster)
        case _:
            assert_never(command)


decider: Decider[RosterCommand | StaffCommand, RosterEvent | StaffEvent, Roster] = Decider(
    category="member",
    stream_id=lambda command: "roster",
    initial=Roster(),
    decide=decide,
    evolve=evolve,
)
