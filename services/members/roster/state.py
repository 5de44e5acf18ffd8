"""What is remembered of a committee's list: who holds which seat, its duties, who acts for the chair."""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.members.events import (
    AuthorityDelegated,
    ChairAbsenceDeclared,
    ChairAbsenceEnded,
    CompositionDecided,
    DelegationEnded,
    DelegationExpired,
    HeadCountReported,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    ResponsibilityAssigned,
    ResponsibilityReassigned,
    Role,
    RosterEvent,
    SeatFolded,
    SeatTransferred,
)
from services.members.roster.staff_events import (
    StaffEvent,
    SupportStaffAssigned,
    SupportStaffNominated,
    SupportStaffReleased,
    SupportStaffReplaced,
    SupportStaffReplacementProposed,
)
from services.members.rules import Rule
from shared.decider import require
from shared.envelope import Act


@dataclass(frozen=True)
class Standing:
    """An absence of the chair or a delegation; `over` once it ended or its last day was noted."""

    told: ChairAbsenceDeclared | AuthorityDelegated
    over: bool = False


@dataclass(frozen=True)
class Staff:
    """The support team's coming and going: nominations, and those that were used; seats that the leader wants
    replaced; seats that ended, each with the one that took its place."""

    nominated: dict[str, SupportStaffNominated] = field(default_factory=dict)
    used: frozenset[str] = frozenset()
    to_replace: frozenset[str] = frozenset()
    former: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Roster:
    """The seats that are held now, in order of appointment, the last decision on the whole list, the duties,
    and who may act for the chair."""

    seats: dict[str, MemberAppointed] = field(default_factory=dict)
    composition: CompositionDecided | None = None
    duties: tuple[ResponsibilityAssigned, ...] = ()
    for_chair: dict[str, Standing] = field(default_factory=dict)
    staff: Staff = Staff()

    def roles(self, but: str | None = None) -> list[Role]:
        """The roles of all seats, or of all but one."""
        return [seat.role for seat in self.seats.values() if seat.seat_id != but]


def held(seat_id: str, roster: Roster) -> MemberAppointed:
    """The seat, or a refusal where nobody holds it."""
    require(seat_id in roster.seats, Rule.SEAT_STANDS, f"nobody holds the seat {seat_id}")
    return roster.seats[seat_id]


def by_decision(act: Act) -> None:
    """D2.1: who comes, goes or changes does so by a decision that can be cited."""
    numbered = act.document is not None and bool(act.document.number.strip())
    require(numbered, Rule.BY_DECISION, "the number of the decision is missing")


def one_of_each(roles: list[Role]) -> None:
    """One chair, one standing deputy, one leader of the support team at a time."""
    require(roles.count(Role.CHAIR) <= 1, Rule.ONE_CHAIR, "there would be two chairs")
    require(
        roles.count(Role.STANDING_DEPUTY) <= 1,
        Rule.ONE_STANDING_DEPUTY,
        "there would be two standing deputies",
    )
    require(roles.count(Role.TEAM_LEADER) <= 1, Rule.ONE_TEAM_LEADER, "there would be two team leaders")


def evolve(roster: Roster, event: RosterEvent | StaffEvent) -> Roster:
    match event:
        case MemberAppointed():
            return _seated(roster, event)
        case MemberReleased():
            return _ended(roster, event.seat_id)
        case SeatFolded():
            return replace(_ended(roster, event.seat_id), duties=roster.duties)  # they are moved one by one
        case MemberRoleChanged():
            return _changed(roster, event.seat_id, role=event.new_role)
        case SeatTransferred():
            return _changed(
                roster,
                event.seat_id,
                post=event.new_post,
                agency_id=event.to_agency,
                holder=event.new_holder,
            )
        case ResponsibilityAssigned():
            return replace(roster, duties=(*roster.duties, event))
        case ResponsibilityReassigned():
            return replace(roster, duties=tuple(_moved(duty, event) for duty in roster.duties))
        case ChairAbsenceDeclared():
            return replace(roster, for_chair={**roster.for_chair, event.absence_id: Standing(event)})
        case AuthorityDelegated():
            return replace(roster, for_chair={**roster.for_chair, event.delegation_id: Standing(event)})
        case DelegationEnded() | DelegationExpired():
            return _over(roster, event.delegation_id)
        case ChairAbsenceEnded():
            return _over(roster, event.absence_id)
        case SupportStaffNominated():
            nominated = {**roster.staff.nominated, event.nomination_id: event}
            return replace(roster, staff=replace(roster.staff, nominated=nominated))
        case SupportStaffAssigned():
            used = roster.staff.used | ({event.nomination_id} if event.nomination_id else set())
            return _seated(
                replace(roster, staff=replace(roster.staff, used=used)), _seat(event.seat_id, event)
            )
        case SupportStaffReplacementProposed():
            wanted = roster.staff.to_replace | {event.seat_id}
            return replace(roster, staff=replace(roster.staff, to_replace=wanted))
        case SupportStaffReplaced():
            return _seated(_left(roster, event.seat_id, event.new_seat_id), _seat(event.new_seat_id, event))
        case SupportStaffReleased():
            return _left(roster, event.seat_id, None)
        case CompositionDecided():
            return replace(roster, composition=event)
        case HeadCountReported():
            return roster
        case _:
            assert_never(event)


def _seat(seat_id: str, event: SupportStaffAssigned | SupportStaffReplaced) -> MemberAppointed:
    return MemberAppointed(
        seat_id=seat_id, post=event.post, role=event.role, holder=event.holder, agency_id=event.agency_id
    )


def _seated(roster: Roster, seat: MemberAppointed) -> Roster:
    return replace(roster, seats={**roster.seats, seat.seat_id: seat})


def _changed(roster: Roster, seat_id: str, **change: object) -> Roster:
    return _seated(roster, roster.seats[seat_id].model_copy(update=change))


def _ended(roster: Roster, seat_id: str) -> Roster:
    """Without the seat; what it answered for ends with it."""
    return replace(
        roster,
        seats={key: seat for key, seat in roster.seats.items() if key != seat_id},
        duties=tuple(duty for duty in roster.duties if duty.seat_id != seat_id),
        staff=replace(roster.staff, to_replace=roster.staff.to_replace - {seat_id}),
    )


def _left(roster: Roster, seat_id: str, successor: str | None) -> Roster:
    gone = _ended(roster, seat_id)
    return replace(gone, staff=replace(gone.staff, former={**gone.staff.former, seat_id: successor}))


def _moved(duty: ResponsibilityAssigned, event: ResponsibilityReassigned) -> ResponsibilityAssigned:
    same = (duty.seat_id, duty.field, duty.clause) == (event.from_seat, event.field, event.clause)
    return duty.model_copy(update={"seat_id": event.to_seat}) if same else duty


def _over(roster: Roster, item: str) -> Roster:
    return replace(roster, for_chair={**roster.for_chair, item: replace(roster.for_chair[item], over=True)})
