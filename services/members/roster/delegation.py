"""When the standing deputy acts for the chair: absences, delegations, and their end (D5.1)."""

from services.members.capacity import LEADERS, Capacity
from services.members.commands import (
    DeclareChairAbsence,
    DelegateAuthority,
    EndChairAbsence,
    EndDelegation,
    NoteDelegationExpired,
)
from services.members.events import (
    AuthorityDelegated,
    ChairAbsenceDeclared,
    ChairAbsenceEnded,
    DelegationEnded,
    DelegationExpired,
    Role,
    RosterEvent,
)
from services.members.roster.state import Roster, Standing, held
from services.members.rules import Rule
from shared.decider import require
from shared.envelope import Act


def declare_absence(command: DeclareChairAbsence, act: Act, roster: Roster) -> list[RosterEvent]:
    """D5.1: while the chair is away the standing deputy acts."""
    _by_leaders(act)
    _period(command)
    absence = ChairAbsenceDeclared(absence_id=command.absence_id, since=command.since, until=command.until)
    return [absence] if _is_new(command.absence_id, absence, roster) else []


def end_absence(command: EndChairAbsence, act: Act, roster: Roster) -> list[RosterEvent]:
    """D5.1: the chair is back, and acts in person again."""
    _by_leaders(act)
    known = _recorded(command.absence_id, ChairAbsenceDeclared, roster)
    return [] if known.over else [ChairAbsenceEnded(absence_id=command.absence_id)]


def delegate(command: DelegateAuthority, act: Act, roster: Roster) -> list[RosterEvent]:
    """D5.1: the chair authorises the standing deputy, for a scope and a period."""
    seat = held(command.delegate_seat, roster)
    require(
        act.in_capacity(Capacity.CHAIR) and seat.role is Role.STANDING_DEPUTY,
        Rule.DELEGATED_BY_CHAIR,
        "only the chair delegates, and only to the standing deputy",
    )
    _period(command)
    delegated = AuthorityDelegated(
        delegation_id=command.delegation_id,
        delegate_seat=seat.seat_id,
        scope=command.scope,
        since=command.since,
        until=command.until,
        matters=command.matters,
    )
    return [delegated] if _is_new(command.delegation_id, delegated, roster) else []


def end_delegation(command: EndDelegation, act: Act, roster: Roster) -> list[RosterEvent]:
    require(act.in_capacity(Capacity.CHAIR), Rule.DELEGATED_BY_CHAIR, "only the chair ends a delegation")
    known = _recorded(command.delegation_id, AuthorityDelegated, roster)
    return [] if known.over else [DelegationEnded(delegation_id=command.delegation_id)]


def note_expired(command: NoteDelegationExpired, act: Act, roster: Roster) -> list[RosterEvent]:
    """D5.1: what was for a period ends with it. A clock that comes late, or for nothing, notes nothing."""
    require(
        act.in_capacity(Capacity.POLICY),
        Rule.RIGHT_COMPETENCE,
        "the clock alone notes that a period has passed",
    )
    known = roster.for_chair.get(command.delegation_id)
    if known is None or known.over or command.today <= known.told.until:
        return []
    return [DelegationExpired(delegation_id=command.delegation_id, last_day=known.told.until)]


def _by_leaders(act: Act) -> None:
    require(
        act.in_capacity(*LEADERS), Rule.RIGHT_COMPETENCE, "the chair or a deputy tells of the chair's absence"
    )


def _period(command: DeclareChairAbsence | DelegateAuthority) -> None:
    require(command.since <= command.until, Rule.DELEGATION_HAS_A_PERIOD, "it ends before it begins")


def _is_new(item: str, told: ChairAbsenceDeclared | AuthorityDelegated, roster: Roster) -> bool:
    """Whether there is something to record; refuses an id that stands for another period."""
    known = roster.for_chair.get(item)
    if known == Standing(told):
        return False
    require(known is None, Rule.DELEGATION_IS_NEW, f"{item} stands for another period: take another id")
    return True


def _recorded(item: str, kind: type[ChairAbsenceDeclared | AuthorityDelegated], roster: Roster) -> Standing:
    known = roster.for_chair.get(item)
    require(
        known is not None and isinstance(known.told, kind), Rule.DELEGATION_STANDS, f"{item} was not recorded"
    )
    assert known is not None
    return known
