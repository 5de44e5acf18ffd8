"""What people ask of the support team's staff (D6.1.dd): each may be refused."""

from typing import Literal

from services.members.commands import Id, Name
from services.members.events import Role
from shared.messages import AgencyId, Command, PersonId
from shared.personal.marking import OfSeat


class NominateSupportStaff(Command):
    nomination_id: str = Id
    agency_id: AgencyId = Id
    nominee: PersonId = Id
    post: str = Name


class AssignSupportStaff(Command):
    """`nomination_id` where an agency nominated the holder; some are assigned without, such as the leader."""

    seat_id: str = Id
    nomination_id: str | None = None
    post: str = Name
    role: Literal[Role.TEAM_LEADER, Role.TEAM_MEMBER]
    holder: PersonId = Id
    agency_id: AgencyId | None = None


class ProposeStaffReplacement(Command):
    seat_id: str = Id
    reason: OfSeat = Name


class ReplaceSupportStaff(Command):
    seat_id: str = Id
    new_seat_id: str = Id
    post: str = Name
    holder: PersonId = Id


class ReleaseSupportStaff(Command):
    seat_id: str = Id
    reason: OfSeat = Name


StaffCommand = (
    NominateSupportStaff
    | AssignSupportStaff
    | ProposeStaffReplacement
    | ReplaceSupportStaff
    | ReleaseSupportStaff
)
