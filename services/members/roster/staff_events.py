"""What happened to those who serve in the support team (D6.1.dd): published language, like `events.py`."""

from typing import ClassVar

from services.members.events import Role
from shared.messages import AgencyId, Event, PersonId
from shared.personal.marking import OfSeat


class SupportStaffNominated(Event):
    """An agency sends somebody to serve in the support team; the chair has still to decide."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.dd",)
    nomination_id: str
    agency_id: AgencyId
    nominee: PersonId
    post: str


class SupportStaffAssigned(Event):
    """By the chair's decision somebody takes a seat in the support team."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.dd",)
    seat_id: str
    post: str
    role: Role
    holder: PersonId
    agency_id: AgencyId | None = None
    nomination_id: str | None = None


class SupportStaffReplacementProposed(Event):
    """The team leader found that somebody does not meet what the work needs."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.dd",)
    seat_id: str
    reason: OfSeat


class SupportStaffReplaced(Event):
    """On the team leader's proposal the agency sent another in the place of the first: one seat ends, and the
    new one begins in the same role."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.dd",)
    seat_id: str
    new_seat_id: str
    post: str
    role: Role
    holder: PersonId
    agency_id: AgencyId | None = None


class SupportStaffReleased(Event):
    """By the chair's decision somebody leaves the support team."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.dd",)
    seat_id: str
    reason: OfSeat


StaffEvent = (
    SupportStaffNominated
    | SupportStaffAssigned
    | SupportStaffReplacementProposed
    | SupportStaffReplaced
    | SupportStaffReleased
)
