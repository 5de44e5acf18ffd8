"""What happened to the committee, its agencies and its members: the published language of this context."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.members.parameters import Parameters
from shared.messages import AgencyId, CommitteeId, DocumentRef, Event, PersonId
from shared.personal.marking import OfSeat


class Role(StrEnum):
    """A place in the committee or in its support team."""

    CHAIR = "chair"
    STANDING_DEPUTY = "standing_deputy"
    DEPUTY = "deputy"
    MEMBER = "member"
    TEAM_LEADER = "team_leader"
    TEAM_MEMBER = "team_member"

    @property
    def in_committee(self) -> bool:
        return self not in (Role.TEAM_LEADER, Role.TEAM_MEMBER)

    @property
    def rank(self) -> int:
        """The order of roles, the chair first."""
        return list(Role).index(self)


class Duty(StrEnum):
    """What an agency is the focal point for."""

    STANDING_OFFICE = "standing_office"
    FEEDBACK = "feedback"


class Matter(StrEnum):
    """What the chair may delegate (D5.1). A delegation that names none is for everything."""

    MEETINGS = "meetings"
    CONCLUSIONS = "conclusions"
    PROGRAMMES = "programmes"
    TASKS = "tasks"
    DIRECTIVES = "directives"
    DOCUMENTS = "documents"
    MEMBERS = "members"
    REGULATION = "regulation"
    FEEDBACK = "feedback"
    FUNDS = "funds"


class CommitteeEstablished(Event):
    """A committee exists from here on (D1); a district's has a `parent` (D12.2)."""

    clauses: ClassVar[tuple[str, ...]] = ("D1", "D12.2")
    name: str
    parent: CommitteeId | None = None


class CommitteeRenamed(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D1",)
    old_name: str
    new_name: str


class RegulationAdopted(Event):
    """The regulation binds every act from its effective day; it replaces the one before."""

    clauses: ClassVar[tuple[str, ...]] = ("D1", "D12.1")
    regulation: DocumentRef
    title: str
    replaces: DocumentRef | None = None
    parameters: Parameters | None = None


class RegulationAmended(Event):
    """The regulation in force goes on with other words or parameters from its effective day (D1.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.1", "D12.1")
    regulation: DocumentRef
    amendment: DocumentRef
    summary: str
    parameters: Parameters | None = None


class FocalPointDesignated(Event):
    """An agency becomes the focal point for a duty (D7.6); it replaces the one before."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6", "D12.3")
    agency_id: AgencyId
    duty: Duty
    predecessor: AgencyId | None = None


class ChildCommitteeRegistered(Event):
    """A committee stands under this one, under this name (D12.2): recorded with the committee above."""

    clauses: ClassVar[tuple[str, ...]] = ("D12.2",)
    child: CommitteeId
    name: str


CommitteeEvent = (
    CommitteeEstablished
    | CommitteeRenamed
    | RegulationAdopted
    | RegulationAmended
    | FocalPointDesignated
    | ChildCommitteeRegistered
)


class AgencyRegistered(Event):
    """An agency, or a group of agencies that a document addresses as one (`collective`)."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2",)
    agency_id: AgencyId
    name: str
    collective: bool = False
    count: int | None = None


class AgencyRenamed(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D1.2",)
    agency_id: AgencyId
    old_name: str
    new_name: str


class AgencyMerged(Event):
    """An agency ceased to exist and passes seats, tasks and open feedback to its successor."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2",)
    agency_id: AgencyId
    name: str
    successor: AgencyId
    successor_name: str


class AgencyDissolved(Event):
    """An agency ceased to exist; its work goes to one or many successors.

    `successor_name` is there where one single agency, and no group of agencies, comes after it: its seats go
    there.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D1.2",)
    agency_id: AgencyId
    name: str
    successors: tuple[AgencyId, ...] = ()
    successor_name: str | None = None


AgencyEvent = AgencyRegistered | AgencyRenamed | AgencyMerged | AgencyDissolved


class MemberAppointed(Event):
    """A post takes a seat. `holder` is who fills the post; `acting` where only in charge for the time."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1", "D6.2.i")
    seat_id: str
    post: str
    role: Role
    holder: PersonId
    agency_id: AgencyId | None = None
    acting: bool = False


class MemberRoleChanged(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D6.1",)
    seat_id: str
    old_role: Role
    new_role: Role


class MemberReleased(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D6.1",)
    seat_id: str
    reason: OfSeat


class CompositionDecided(Event):
    """A decision replaced the whole list of members; `seats` is the length of the new list."""

    clauses: ClassVar[tuple[str, ...]] = ("D1", "D6.1")
    seats: int
    replaces: DocumentRef | None = None


class HeadCountReported(Event):
    """A number of members that a source reports, kept apart from the list; both may be wrong."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    counts: dict[str, int]
    remark: str = ""


class ResponsibilityAssigned(Event):
    """A seat answers to the chair for a field (D4.1, D6.2), without end where none is stated.

    `clause` is the point of D6.2 from which the field comes word for word, and `coordinate_wording` whom that
    text calls to coordinate, as it names them.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D6.2")
    seat_id: str
    field: str
    documents: tuple[DocumentRef, ...] = ()
    coordinate_with: tuple[AgencyId, ...] = ()
    clause: str | None = None
    coordinate_wording: tuple[str, ...] = ()


class ResponsibilityReassigned(Event):
    """What one seat answered for goes to another: by the chair, or because the seats became one."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D6.2")
    from_seat: str
    to_seat: str
    field: str
    documents: tuple[DocumentRef, ...] = ()
    coordinate_with: tuple[AgencyId, ...] = ()
    clause: str | None = None
    coordinate_wording: tuple[str, ...] = ()


class SeatTransferred(Event):
    """A seat follows its agency to the successor; the post is named after it."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D6.1")
    seat_id: str
    old_post: str
    new_post: str
    old_holder: PersonId
    new_holder: PersonId
    from_agency: AgencyId
    to_agency: AgencyId


class SeatFolded(Event):
    """Two seats came to the same agency: this one ends, the one of higher role stays."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D6.1")
    seat_id: str
    into: str
    role_kept: Role


class ChairAbsenceDeclared(Event):
    """The chair is away on these days; the standing deputy acts in the chair's place (D5.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.1",)
    absence_id: str
    since: date
    until: date


class AuthorityDelegated(Event):
    """The chair authorised the standing deputy (D5.1), in writing where `document` is on the event.

    `scope` is in the words of the chair; `matters` are what it covers, everything where none is named.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D5.1",)
    delegation_id: str
    delegate_seat: str
    scope: str
    since: date
    until: date
    matters: tuple[Matter, ...] = ()


class DelegationEnded(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D5.1",)
    delegation_id: str


class ChairAbsenceEnded(Event):
    """The chair is back before the last day that was declared."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.1",)
    absence_id: str


class DelegationExpired(Event):
    """The last day of a delegation, or of the chair's absence, has passed; nobody acts by it any more."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.1",)
    delegation_id: str
    last_day: date


RosterEvent = (
    MemberAppointed
    | MemberRoleChanged
    | MemberReleased
    | CompositionDecided
    | HeadCountReported
    | ResponsibilityAssigned
    | ResponsibilityReassigned
    | SeatTransferred
    | SeatFolded
    | ChairAbsenceDeclared
    | AuthorityDelegated
    | DelegationEnded
    | ChairAbsenceEnded
    | DelegationExpired
)
