"""Who may act as what on a day: a pure fold of this context's events, and the mandate that follows from it.

Published language, like `events.py`: every context proves its callers' claims with it.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from services.members.capacity import SUPPORT_TEAM, Capacity
from services.members.events import (
    AgencyDissolved,
    AgencyMerged,
    AgencyRegistered,
    AuthorityDelegated,
    ChairAbsenceDeclared,
    ChairAbsenceEnded,
    CommitteeEstablished,
    DelegationEnded,
    Duty,
    FocalPointDesignated,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    RegulationAdopted,
    RegulationAmended,
    Role,
    SeatFolded,
    SeatTransferred,
)
from services.members.parameters import STANDARD, Parameters
from services.members.roster.staff_events import (
    SupportStaffAssigned,
    SupportStaffReleased,
    SupportStaffReplaced,
)
from services.members.rules import Rule
from shared.decider import require
from shared.envelope import Claim, Envelope, Mandate, Request
from shared.messages import AgencyId, CommitteeId, Event, PersonId

STREAMS = ("committee-{}.charter", "agency-{}.register", "member-{}.roster")
"""The streams of a committee from which authority follows."""

FAR = date.max
ACTING = " (acting)"
"""Ends the ground of a mandate from a seat that is held in an acting capacity."""


@dataclass(frozen=True)
class Held:
    """A seat as one person held it in one role, from a day until before another.

    `ground` is the event that says so; `begun` the one by which the seat was filled, whatever changed since.
    """

    seat_id: str
    person: PersonId
    role: Role
    agency: AgencyId | None
    since: date
    until: date
    ground: str
    begun: str
    acting: bool = False


@dataclass(frozen=True)
class Period:
    """The days, the last among them, on which a seat may act for the chair; every standing deputy's where no
    seat is named, for everything where no matters are."""

    since: date
    until: date
    ground: str
    seat_id: str | None = None
    matters: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        return self.since <= day <= self.until


@dataclass(frozen=True)
class Registered:
    """An agency from the day on which it was registered until before the day on which it ended."""

    since: date
    until: date
    ground: str

    def stands(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True)
class Authority:
    """All that the events of `members` say about who may act, on any day."""

    in_force_from: date | None = None
    parent: CommitteeId | None = None
    parameters: tuple[tuple[date, Parameters], ...] = ()
    held: tuple[Held, ...] = ()
    acting_for_chair: dict[str, Period] = field(default_factory=dict)
    agencies: dict[AgencyId, Registered] = field(default_factory=dict)
    focal_points: tuple[tuple[Duty, AgencyId, date, str], ...] = ()

    def binds(self, day: date) -> bool:
        """Whether the regulation was in force on that day."""
        return self.in_force_from is not None and day >= self.in_force_from

    def parameters_on(self, day: date) -> Parameters | None:
        """What the regulation set for that day; the last one told of the same day counts."""
        known = [
            (since, n, parameters) for n, (since, parameters) in enumerate(self.parameters) if since <= day
        ]
        return max(known, key=lambda one: one[:2])[2] if known else None

    def seats(self, person: str, day: date) -> list[Held]:
        return [seat for seat in self.held if seat.person == person and seat.since <= day < seat.until]

    def focal_point(self, duty: Duty, day: date) -> tuple[AgencyId, str] | None:
        """The agency that is the focal point on that day, and the event that says so."""
        known = [
            (since, n, agency, ref)
            for n, (d, agency, since, ref) in enumerate(self.focal_points)
            if d is duty
        ]
        in_time = sorted(entry for entry in known if entry[0] <= day)
        return (in_time[-1][2], in_time[-1][3]) if in_time else None


def mandate(request: Request, day: date, authority: Authority) -> Mandate:
    """Prove the claim of a request, or refuse it and say what would be needed.

    An act from before the regulation, recorded from a source, is taken at its word: nothing bound it.
    """
    claim = request.actor
    capacity = _capacity(claim)
    if capacity is Capacity.POLICY:
        require(claim.evidence is not None, Rule.CLAIM_IS_PROVEN, "a policy names the event that it follows")
        return Mandate(capacity=capacity, ground="follows from an event", evidence=(str(claim.evidence),))
    if capacity is Capacity.ISSUER:
        cited = request.document is not None and bool(request.document.number.strip())
        require(
            cited or request.source is not None,
            Rule.CLAIM_IS_PROVEN,
            "an outside authority acts by its document: name number and date",
        )
        return Mandate(
            capacity=capacity, ground=str(request.document or (request.source and request.source.reference))
        )
    if request.source is not None and not authority.binds(day):
        return Mandate(capacity=capacity, ground=f"no regulation bound on {day}", bound=False)
    if capacity is Capacity.RECORD_KEEPER and request.source is not None:
        return Mandate(capacity=capacity, ground=f"D7.8: recorded from {request.source.reference}")
    return _proven(claim, capacity, day, authority)


def _capacity(claim: Claim) -> Capacity:
    known = ", ".join(Capacity)
    require(claim.capacity in list(Capacity), Rule.CLAIM_IS_PROVEN, f"{claim.capacity!r} is none of: {known}")
    return Capacity(claim.capacity)


def _proven(claim: Claim, capacity: Capacity, day: date, authority: Authority) -> Mandate:
    if capacity in (Capacity.AGENCY, Capacity.FOCAL_POINT):
        return _as_agency(claim, capacity, day, authority)
    seats = authority.seats(claim.person, day)
    wanted = [*SUPPORT_TEAM[:2]] if capacity is Capacity.RECORD_KEEPER else [capacity]
    seat = next((seat for seat in seats if seat.role.value in wanted), None)
    if seat is None:
        roles = ", ".join(seat.role.value for seat in seats) or "no seat"
        require(
            False,
            Rule.CLAIM_IS_PROVEN,
            f"{claim.person} holds {roles} on {day}, and would need to be {capacity.value}",
        )
    assert seat is not None
    acting = _acting_for_chair(seat, day, authority)
    unlimited = any(not period.matters for period in acting)
    return Mandate(
        capacity=capacity,
        ground=f"{seat.role.value} since {seat.since}{ACTING if seat.acting else ''}",
        evidence=(seat.ground, *(period.ground for period in acting)),
        acts_for=_chair(day, authority) if acting else None,
        matters=() if unlimited else tuple(dict.fromkeys(m for period in acting for m in period.matters)),
        seat=seat.seat_id,
        agency=seat.agency,
    )


def _acting_for_chair(seat: Held, day: date, authority: Authority) -> list[Period]:
    """The absences and delegations by which a seat stands in for the chair on that day."""
    if seat.role is not Role.STANDING_DEPUTY:
        return []
    in_force = (period for period in authority.acting_for_chair.values() if period.covers(day))
    return [period for period in in_force if period.seat_id in (None, seat.seat_id)]


def _chair(day: date, authority: Authority) -> PersonId:
    return next(
        (
            seat.person
            for seat in authority.held
            if seat.role is Role.CHAIR and seat.since <= day < seat.until
        ),
        PersonId("chair"),
    )


def _as_agency(claim: Claim, capacity: Capacity, day: date, authority: Authority) -> Mandate:
    """The head of an agency acts for it: by the agency's own id, or from the seat that it holds.

    A seat in the committee is its head's; in the support team serve others whom the agency sent.
    """
    agency = AgencyId(claim.person.removeprefix("agency:")) if claim.person.startswith("agency:") else None
    if agency is None:
        heads = (seat for seat in authority.seats(claim.person, day) if seat.role.in_committee)
        agency = next((seat.agency for seat in heads if seat.agency), None)
    standing = authority.agencies.get(agency) if agency else None
    if agency is None or standing is None or not standing.stands(day):
        require(False, Rule.CLAIM_IS_PROVEN, f"{claim.person} heads no agency that stands on {day}")
    assert agency is not None
    assert standing is not None
    evidence: tuple[str, ...] = (standing.ground,)
    if capacity is Capacity.FOCAL_POINT:
        focal = authority.focal_point(Duty.FEEDBACK, day)
        if focal is None or focal[0] != agency:
            who = focal[0] if focal else "nobody yet"
            require(False, Rule.FOCAL_POINT_STANDS, f"the focal point on {day} is {who}, not {agency}")
        assert focal is not None
        evidence = (*evidence, focal[1])
    return Mandate(capacity=capacity, ground=f"head of {agency}", evidence=evidence, agency=agency)


def evolve(authority: Authority, envelope: Envelope[Event]) -> Authority:
    """Fold one event; events that say nothing about authority leave it as it is."""
    day, ref, event = envelope.meta.effective_at.earliest, envelope.reference, envelope.event
    match event:
        case CommitteeEstablished():
            return replace(authority, parent=event.parent)
        case RegulationAdopted():
            first = min(day, authority.in_force_from or day)
            return _with_parameters(
                replace(authority, in_force_from=first), day, event.parameters or STANDARD
            )
        case RegulationAmended():
            return _with_parameters(authority, day, event.parameters)
        case FocalPointDesignated():
            return replace(
                authority, focal_points=(*authority.focal_points, (event.duty, event.agency_id, day, ref))
            )
        case AgencyRegistered():
            registered = Registered(day, FAR, ref)
            return replace(authority, agencies={**authority.agencies, event.agency_id: registered})
        case AgencyMerged() | AgencyDissolved():
            return _agency_ended(authority, event.agency_id, day)
        case MemberAppointed():
            return _seated(authority, event.seat_id, event, day, ref, event.acting)
        case SupportStaffAssigned():
            return _seated(authority, event.seat_id, event, day, ref)
        case SupportStaffReplaced():
            left = replace(authority, held=_ended(authority.held, event.seat_id, day))
            return _seated(left, event.new_seat_id, event, day, ref)
        case MemberReleased() | SeatFolded() | SupportStaffReleased():
            return replace(authority, held=_ended(authority.held, event.seat_id, day))
        case MemberRoleChanged():
            return _continued(authority, event.seat_id, day, ref, role=event.new_role)
        case SeatTransferred():
            return _continued(
                authority, event.seat_id, day, ref, person=event.new_holder, agency=event.to_agency
            )
        case ChairAbsenceDeclared():
            period = Period(event.since, event.until, ref)
            return replace(
                authority, acting_for_chair={**authority.acting_for_chair, event.absence_id: period}
            )
        case AuthorityDelegated():
            period = Period(event.since, event.until, ref, event.delegate_seat, event.matters)
            return replace(
                authority, acting_for_chair={**authority.acting_for_chair, event.delegation_id: period}
            )
        case DelegationEnded():
            return _early(authority, event.delegation_id, day)
        case ChairAbsenceEnded():
            return _early(authority, event.absence_id, day)
        case _:
            return authority


def _with_parameters(authority: Authority, day: date, parameters: Parameters | None) -> Authority:
    if parameters is None:
        return authority
    return replace(authority, parameters=(*authority.parameters, (day, parameters)))


def _early(authority: Authority, item: str, day: date) -> Authority:
    """An absence or a delegation that ended on this day, if it had not ended by then."""
    known = authority.acting_for_chair[item]
    ended = replace(known, until=min(known.until, day))
    return replace(authority, acting_for_chair={**authority.acting_for_chair, item: ended})


def _agency_ended(authority: Authority, agency_id: AgencyId, day: date) -> Authority:
    standing = authority.agencies[agency_id]
    ended = replace(standing, until=day)
    return replace(authority, agencies={**authority.agencies, agency_id: ended})


def _seated(
    authority: Authority,
    seat_id: str,
    seat: MemberAppointed | SupportStaffAssigned | SupportStaffReplaced,
    day: date,
    ref: str,
    acting: bool = False,
) -> Authority:
    held = Held(seat_id, seat.holder, seat.role, seat.agency_id, day, FAR, ref, ref, acting)
    return replace(authority, held=(*authority.held, held))


def _now(held: tuple[Held, ...], seat_id: str) -> Held:
    """The seat as it is held last."""
    return next(one for one in reversed(held) if one.seat_id == seat_id)


def _ended(held: tuple[Held, ...], seat_id: str, day: date) -> tuple[Held, ...]:
    """Nobody holds the seat as it was filled last from this day on, even where it is told late."""
    begun = _now(held, seat_id).begun
    return tuple(replace(one, until=min(one.until, day)) if one.begun == begun else one for one in held)


def _continued(
    authority: Authority,
    seat_id: str,
    day: date,
    ref: str,
    role: Role | None = None,
    person: PersonId | None = None,
    agency: AgencyId | None = None,
) -> Authority:
    """The seat goes on from this day with another role, holder or agency."""
    now = _now(authority.held, seat_id)
    then = replace(
        now,
        role=role or now.role,
        person=person or now.person,
        agency=agency or now.agency,
        since=day,
        ground=ref,
    )
    return replace(authority, held=(*_ended(authority.held, seat_id, day), then))
