"""What people ask of the committee's constitution: each may be refused."""

from datetime import date
from typing import Annotated

from pydantic import Field

from services.members.events import Duty, Matter, Role
from services.members.parameters import Parameters
from shared.messages import AgencyId, Command, CommitteeId, DocumentRef, PersonId

Id = Field(min_length=1, max_length=200)
Name = Field(min_length=1, max_length=500)


class EstablishCommittee(Command):
    name: str = Name
    parent: CommitteeId | None = None


class RenameCommittee(Command):
    new_name: str = Name


class AdoptRegulation(Command):
    regulation: DocumentRef
    title: str = Name
    parameters: Parameters | None = None


class AmendRegulation(Command):
    """The regulation in force gets other words or parameters; `parameters` are the whole set from then on."""

    regulation: DocumentRef
    amendment: DocumentRef
    summary: str = Name
    parameters: Parameters | None = None


class DesignateFocalPoint(Command):
    agency_id: AgencyId
    duty: Duty


class RegisterChildCommittee(Command):
    """A committee was established under this one, or has another name by now."""

    child: CommitteeId = Id
    name: str = Name


CommitteeCommand = (
    EstablishCommittee
    | RenameCommittee
    | AdoptRegulation
    | AmendRegulation
    | DesignateFocalPoint
    | RegisterChildCommittee
)


class RegisterAgency(Command):
    agency_id: AgencyId
    name: str = Name
    collective: bool = False
    count: int | None = Field(default=None, ge=1)


class RenameAgency(Command):
    agency_id: AgencyId
    new_name: str = Name


class MergeAgencies(Command):
    """Some agencies become one; the successor is registered where it does not stand yet."""

    predecessors: tuple[AgencyId, ...] = Field(min_length=1)
    successor: AgencyId
    successor_name: str = Name


class DissolveAgency(Command):
    agency_id: AgencyId
    successors: tuple[AgencyId, ...] = ()


AgencyCommand = RegisterAgency | RenameAgency | MergeAgencies | DissolveAgency


class Seat(Command):
    """A place on the list: a post in a role. The holder is the post itself where no holder is known."""

    seat_id: str = Name
    post: str = Name
    role: Role
    holder: PersonId
    agency_id: AgencyId | None = None
    acting: bool = False


class AppointMember(Command):
    seat: Seat


class DecideComposition(Command):
    """A decision with a whole new list: it ends every seat of the old one."""

    seats: tuple[Seat, ...] = Field(min_length=1)
    replaces: DocumentRef | None = None


class ChangeMemberRole(Command):
    seat_id: str
    new_role: Role


class ReleaseMember(Command):
    seat_id: str
    reason: str = Name


class ReportHeadCount(Command):
    counts: dict[str, int] = Field(min_length=1)
    remark: str = ""


class AssignResponsibility(Command):
    seat_id: str
    field: str = Name
    documents: tuple[DocumentRef, ...] = ()
    coordinate_with: tuple[AgencyId, ...] = ()


class AssignStandardPortfolios(Command):
    """The responsibilities that the regulation itself gives (D6.2): by clause, such as D6.2.a, the seat."""

    seats: dict[str, Annotated[str, Id]] = Field(min_length=1, max_length=50)


class TransferSeats(Command):
    """The seats of an agency that ceased to exist go to its successor."""

    predecessor: AgencyId
    predecessor_name: str
    successor: AgencyId
    successor_name: str


class LapseSeats(Command):
    """The seats of an agency that was dissolved without a single successor come to an end."""

    agency_id: AgencyId
    reason: str = Name


class DeclareChairAbsence(Command):
    absence_id: str = Name
    since: date
    until: date


class DelegateAuthority(Command):
    delegation_id: str = Name
    delegate_seat: str
    scope: str = Name
    since: date
    until: date
    matters: tuple[Matter, ...] = ()


class EndDelegation(Command):
    delegation_id: str


class EndChairAbsence(Command):
    """The chair is back early."""

    absence_id: str = Id


class NoteDelegationExpired(Command):
    """The clock says that the last day of a delegation, or of an absence, has passed."""

    delegation_id: str = Id
    today: date


RosterCommand = (
    AppointMember
    | DecideComposition
    | ChangeMemberRole
    | ReleaseMember
    | ReportHeadCount
    | AssignResponsibility
    | AssignStandardPortfolios
    | TransferSeats
    | LapseSeats
    | DeclareChairAbsence
    | DelegateAuthority
    | EndDelegation
    | EndChairAbsence
    | NoteDelegationExpired
)
