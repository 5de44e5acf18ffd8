"""For each command on the support team's staff a moment at which somebody competent may ask."""

from services.members.events import Role
from services.members.roster import decider as member
from services.members.roster.staff_commands import (
    AssignSupportStaff,
    NominateSupportStaff,
    ProposeStaffReplacement,
    ReleaseSupportStaff,
    ReplaceSupportStaff,
)
from services.members.roster.staff_events import SupportStaffAssigned, SupportStaffReplacementProposed
from shared.messages import AgencyId, PersonId
from tests.unit.specimens import Specimen

SENT_BY = AgencyId("so-mau-a")
PERSON = PersonId("chuyen-vien-mau")
ASSIGNED = SupportStaffAssigned(
    seat_id="to-mau", post="Chuyên viên", role=Role.TEAM_MEMBER, holder=PERSON, agency_id=SENT_BY
)
PROPOSED = SupportStaffReplacementProposed(seat_id="to-mau", reason="không đáp ứng yêu cầu")

SPECIMENS: tuple[Specimen, ...] = (
    Specimen(
        NominateSupportStaff(nomination_id="de-cu-1", agency_id=SENT_BY, nominee=PERSON, post="Chuyên viên"),
        member.decider,
        agency=SENT_BY,
    ),
    Specimen(
        AssignSupportStaff(seat_id="to-mau", post="Chuyên viên", role=Role.TEAM_MEMBER, holder=PERSON),
        member.decider,
        document=True,
    ),
    Specimen(
        ProposeStaffReplacement(seat_id="to-mau", reason="không đáp ứng yêu cầu"), member.decider, (ASSIGNED,)
    ),
    Specimen(
        ReplaceSupportStaff(
            seat_id="to-mau", new_seat_id="to-mau-2", post="Chuyên viên", holder=PersonId("nguoi-khac")
        ),
        member.decider,
        (ASSIGNED, PROPOSED),
        agency=SENT_BY,
    ),
    Specimen(
        ReleaseSupportStaff(seat_id="to-mau", reason="hoàn thành nhiệm vụ"),
        member.decider,
        (ASSIGNED,),
        document=True,
    ),
)
