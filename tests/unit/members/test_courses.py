"""Any course of commands on a committee, its agencies and its list keeps what must hold."""

from datetime import date
from typing import Any, Final

from hypothesis import strategies as st

from services.members import agency, committee
from services.members.agency import Agencies
from services.members.authority import FAR, Authority, evolve
from services.members.commands import (
    AdoptRegulation,
    AmendRegulation,
    AppointMember,
    AssignResponsibility,
    AssignStandardPortfolios,
    ChangeMemberRole,
    DecideComposition,
    DeclareChairAbsence,
    DelegateAuthority,
    DesignateFocalPoint,
    DissolveAgency,
    EndChairAbsence,
    EndDelegation,
    EstablishCommittee,
    LapseSeats,
    MergeAgencies,
    NoteDelegationExpired,
    RegisterAgency,
    RegisterChildCommittee,
    ReleaseMember,
    RenameAgency,
    RenameCommittee,
    ReportHeadCount,
    Seat,
    TransferSeats,
)
from services.members.committee import Committee
from services.members.events import (
    AgencyDissolved,
    AgencyMerged,
    AgencyRegistered,
    CommitteeEstablished,
    Duty,
    MemberReleased,
    RegulationAdopted,
    RegulationAmended,
    ResponsibilityAssigned,
    ResponsibilityReassigned,
    Role,
    SeatFolded,
)
from services.members.roster import decider as member
from services.members.roster.staff_commands import (
    AssignSupportStaff,
    NominateSupportStaff,
    ProposeStaffReplacement,
    ReleaseSupportStaff,
    ReplaceSupportStaff,
)
from services.members.roster.staff_events import SupportStaffReleased, SupportStaffReplaced
from services.members.roster.state import Roster
from shared.messages import AgencyId, CommitteeId, DocumentRef, Event, PersonId
from tests.unit.given import DECISION, act
from tests.unit.histories import acts, machine
from tests.unit.rows import envelopes

WORDS: Final = st.sampled_from(["Ban mẫu", "Sở mẫu"])
AGENCIES: Final = st.sampled_from([AgencyId(one) for one in ("so-a", "so-b", "so-c")])
SEATS: Final = st.sampled_from(["s1", "s2", "s3", "s4"])
PEOPLE: Final = st.sampled_from([PersonId("p1"), PersonId("p2")])
PERIODS: Final = st.sampled_from(["d1", "d2"])
DAYS: Final = st.sampled_from([date(2026, 1, 5), date(2026, 6, 30), date(2026, 12, 31)])
DOCUMENTS: Final = st.sampled_from([DocumentRef(number=one) for one in ("1/QĐ", "2/QĐ", "3/QĐ")])
CLAUSES: Final = st.sampled_from(["D6.2.a", "D6.2.c", "D6.2.i"])


def authority_of(decider: Any, stream_id: str, events: list[Event]) -> Authority:
    """What these events say of authority; raises where the fold cannot read a history that was decided."""
    known = Authority()
    registered: list[Event] = [AgencyRegistered(agency_id=AgencyId(one), name=one) for one in "xyz"]
    for envelope in envelopes(decider, stream_id, [*registered, *events], act("issuer", document=DECISION)):
        known = evolve(known, envelope)
    return known


# The committee


def committee_holds(events: list[Event], state: Committee) -> None:
    established = [event for event in events if isinstance(event, CommitteeEstablished)]
    assert len(established) <= 1
    in_force: DocumentRef | None = None
    for event in events:
        if isinstance(event, RegulationAdopted):
            assert (event.replaces, event.regulation != in_force) == (in_force, True)
            in_force = event.regulation
        if isinstance(event, RegulationAmended):
            assert event.regulation == in_force
    assert state.regulation == in_force
    assert authority_of(committee.decider, "charter", events).binds(date.max) is (in_force is not None)


COMMITTEE_COMMANDS = st.one_of(
    st.builds(EstablishCommittee, name=WORDS, parent=st.none()),
    st.builds(RenameCommittee, new_name=WORDS),
    st.builds(AdoptRegulation, regulation=DOCUMENTS, title=WORDS),
    st.builds(AmendRegulation, regulation=DOCUMENTS, amendment=DOCUMENTS, summary=WORDS),
    st.builds(DesignateFocalPoint, agency_id=AGENCIES, duty=st.sampled_from(Duty)),
    st.builds(RegisterChildCommittee, child=st.just(CommitteeId("huyen")), name=WORDS),
)
TestCommittee = machine(committee.decider, COMMITTEE_COMMANDS, acts(), committee_holds, examples=25)


# Agencies


def agencies_hold(events: list[Event], state: Agencies) -> None:
    assert set(state.ended).isdisjoint(state.standing)
    registered = [event.agency_id for event in events if isinstance(event, AgencyRegistered)]
    ended = [event.agency_id for event in events if isinstance(event, AgencyMerged | AgencyDissolved)]
    assert len(set(registered)) == len(registered)
    assert len(set(ended)) == len(ended)
    assert {*state.standing, *state.ended} == set(registered)
    for event in events:
        if isinstance(event, AgencyDissolved) and event.successor_name is not None:
            assert len(set(event.successors)) == 1
    standing = authority_of(agency.decider, "register", events).agencies
    assert {key for key, period in standing.items() if period.until == FAR and len(key) > 1} == set(
        state.standing
    )


AGENCY_COMMANDS = st.one_of(
    st.builds(RegisterAgency, agency_id=AGENCIES, name=WORDS, collective=st.booleans()),
    st.builds(RenameAgency, agency_id=AGENCIES, new_name=WORDS),
    st.builds(
        MergeAgencies,
        predecessors=st.lists(AGENCIES, min_size=1, max_size=3).map(tuple),
        successor=AGENCIES,
        successor_name=WORDS,
    ),
    st.builds(DissolveAgency, agency_id=AGENCIES, successors=st.lists(AGENCIES, max_size=2).map(tuple)),
)
TestAgencies = machine(agency.decider, AGENCY_COMMANDS, acts(), agencies_hold, examples=25)


# The list of members and the support team


def roster_holds(events: list[Event], state: Roster) -> None:
    roles = state.roles()
    assert max(roles.count(one) for one in (Role.CHAIR, Role.STANDING_DEPUTY, Role.TEAM_LEADER)) <= 1
    assert {duty.seat_id for duty in state.duties} <= set(state.seats)
    by_clause = [duty.clause for duty in state.duties if duty.clause]
    assert len(set(by_clause)) == len(by_clause)
    assert state.staff.to_replace <= set(state.seats)
    assert state.staff.used <= set(state.staff.nominated)
    held = [seat for seat in authority_of(member.decider, "roster", events).held if seat.until == FAR]
    assert {(seat.seat_id, seat.person, seat.role, seat.agency) for seat in held} == {
        (seat.seat_id, seat.holder, seat.role, seat.agency_id) for seat in state.seats.values()
    }
    assert len(held) == len(state.seats)
    assert _duties(events) == [(duty.seat_id, duty.field, duty.clause) for duty in state.duties]


def _duties(events: list[Event]) -> list[tuple[str, str, str | None]]:
    """What is answered for by whom, told by the events alone."""
    found: list[tuple[str, str, str | None]] = []
    for event in events:
        match event:
            case ResponsibilityAssigned():
                found.append((event.seat_id, event.field, event.clause))
            case ResponsibilityReassigned():
                before = (event.from_seat, event.field, event.clause)
                assert before in found
                found = [(event.to_seat, *one[1:]) if one == before else one for one in found]
            case MemberReleased() | SupportStaffReleased() | SupportStaffReplaced():
                found = [one for one in found if one[0] != event.seat_id]
            case SeatFolded():
                assert event.into != event.seat_id
    return found


SEAT = st.builds(
    Seat,
    seat_id=SEATS,
    post=WORDS,
    role=st.sampled_from(Role),
    holder=PEOPLE,
    agency_id=st.none() | AGENCIES,
    acting=st.booleans(),
)
ROSTER_COMMANDS = st.one_of(
    st.builds(AppointMember, seat=SEAT),
    st.builds(DecideComposition, seats=st.lists(SEAT, min_size=1, max_size=4).map(tuple)),
    st.builds(ChangeMemberRole, seat_id=SEATS, new_role=st.sampled_from(Role)),
    st.builds(ReleaseMember, seat_id=SEATS, reason=WORDS),
    st.builds(ReportHeadCount, counts=st.just({"theo_tin": 19})),
    st.builds(AssignResponsibility, seat_id=SEATS, field=WORDS),
    st.builds(AssignStandardPortfolios, seats=st.dictionaries(CLAUSES, SEATS, min_size=1, max_size=2)),
    st.builds(
        TransferSeats,
        predecessor=AGENCIES,
        predecessor_name=WORDS,
        successor=AGENCIES,
        successor_name=WORDS,
    ),
    st.builds(LapseSeats, agency_id=AGENCIES, reason=WORDS),
    st.builds(DeclareChairAbsence, absence_id=PERIODS, since=DAYS, until=DAYS),
    st.builds(EndChairAbsence, absence_id=PERIODS),
    st.builds(
        DelegateAuthority, delegation_id=PERIODS, delegate_seat=SEATS, scope=WORDS, since=DAYS, until=DAYS
    ),
    st.builds(EndDelegation, delegation_id=PERIODS),
    st.builds(NoteDelegationExpired, delegation_id=PERIODS, today=DAYS),
    st.builds(NominateSupportStaff, nomination_id=PERIODS, agency_id=AGENCIES, nominee=PEOPLE, post=WORDS),
    st.builds(
        AssignSupportStaff,
        seat_id=SEATS,
        nomination_id=st.none() | PERIODS,
        post=WORDS,
        role=st.sampled_from([Role.TEAM_LEADER, Role.TEAM_MEMBER]),
        holder=PEOPLE,
        agency_id=st.none() | AGENCIES,
    ),
    st.builds(ProposeStaffReplacement, seat_id=SEATS, reason=WORDS),
    st.builds(ReplaceSupportStaff, seat_id=SEATS, new_seat_id=SEATS, post=WORDS, holder=PEOPLE),
    st.builds(ReleaseSupportStaff, seat_id=SEATS, reason=WORDS),
)
TestRoster = machine(
    member.decider, ROSTER_COMMANDS, acts(agencies=("so-a", "so-b")), roster_holds, examples=30
)
