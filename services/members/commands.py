"""What people ask of the committee's constitution: each may be refused."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from services.members.events import Duty, Matter, Role
from services.members.parameters import Parameters
from shared.messages import AgencyId, Command, CommitteeId, DocumentRef, PersonId
from shared.personal.marking import OfSeat
from shared.workdays import UnknownCalendar

Id = Field(min_length=1, max_length=200)
Name = Field(min_length=1, max_length=500)
Agency = Annotated[AgencyId, Id]
Agencies = Annotated[tuple[Agency, ...], Field(max_length=200)]
Documents = Annotated[tuple[DocumentRef, ...], Field(max_length=100)]
Count = Annotated[int, Field(ge=0, le=100_000)]


def _by_a_known_calendar(parameters: Parameters) -> Parameters:
    try:
        _ = parameters.work
    except UnknownCalendar as unknown:
        raise ValueError(str(unknown)) from unknown
    return parameters


Figures = Annotated[Parameters, AfterValidator(_by_a_known_calendar)]
"""Parameters by which deadlines can be counted."""


class EstablishCommittee(Command):
    name: str = Name
    parent: Annotated[CommitteeId, Id] | None = None


class RenameCommittee(Command):
    new_name: str = Name


class AdoptRegulation(Command):
    regulation: DocumentRef
    title: str = Name
    parameters: Figures | None = None


class AmendRegulation(Command):
    """The regulation in force gets other words or parameters; `parameters` are the whole set from then on."""

    regulation: DocumentRef
    amendment: DocumentRef
    summary: str = Name
    parameters: Figures | None = None


class DesignateFocalPoint(Command):
    """`predecessor` where the duty moves on from it alone: nothing is asked where another has it by then."""

    agency_id: Agency
    duty: Duty
    predecessor: Agency | None = None


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
    agency_id: Agency
    name: str = Name
    collective: bool = False
    count: Annotated[Count, Field(ge=1)] | None = None


class RenameAgency(Command):
    agency_id: Agency
    new_name: str = Name


class MergeAgencies(Command):
    """Some agencies become one; the successor is registered where it does not stand yet."""

    predecessors: Agencies = Field(min_length=1)
    successor: Agency
    successor_name: str = Name


class DissolveAgency(Command):
    agency_id: Agency
    successors: Agencies = ()


AgencyCommand = RegisterAgency | RenameAgency | MergeAgencies | DissolveAgency


class Seat(Command):
    """A place on the list: a post in a role. The holder is the post itself where no holder is known."""

    seat_id: str = Name
    post: str = Name
    role: Role
    holder: PersonId = Name
    agency_id: Agency | None = None
    acting: bool = False


class AppointMember(Command):
    seat: Seat


class DecideComposition(Command):
    """A decision with a whole new list: it ends every seat of the old one."""

    seats: tuple[Seat, ...] = Field(min_length=1, max_length=200)
    replaces: DocumentRef | None = None


class ChangeMemberRole(Command):
    seat_id: str = Name
    new_role: Role


class ReleaseMember(Command):
    seat_id: str = Name
    reason: OfSeat = Name


class ReportHeadCount(Command):
    counts: dict[Annotated[str, Id], Count] = Field(min_length=1, max_length=50)
    remark: str = Field(default="", max_length=2_000)


class AssignResponsibility(Command):
    seat_id: str = Name
    field: str = Name
    documents: Documents = ()
    coordinate_with: Agencies = ()


class AssignStandardPortfolios(Command):
    """The responsibilities that the regulation itself gives (D6.2): by clause, such as D6.2.a, the seat."""

    seats: dict[str, Annotated[str, Id]] = Field(min_length=1, max_length=50)


class TransferSeats(Command):
    """The seats of an agency that ceased to exist go to its successor."""

    predecessor: Agency
    predecessor_name: str = Name
    successor: Agency
    successor_name: str = Name


class LapseSeats(Command):
    """The seats of an agency that was dissolved without a single successor come to an end."""

    agency_id: Agency
    reason: str = Name


class DeclareChairAbsence(Command):
    absence_id: str = Name
    since: date
    until: date


class DelegateAuthority(Command):
    delegation_id: str = Name
    delegate_seat: str = Name
    scope: str = Name
    since: date
    until: date
    matters: tuple[Matter, ...] = Field(default=(), max_length=len(Matter))


class EndDelegation(Command):
    delegation_id: str = Name


class EndChairAbsence(Command):
    """The chair is back early."""

    absence_id: str = Name


class NoteDelegationExpired(Command):
    """The clock says that the last day of a delegation, or of an absence, has passed."""

    delegation_id: str = Name
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
