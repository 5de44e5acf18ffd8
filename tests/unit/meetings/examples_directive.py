"""A directive to two agencies and the support team, and who acts on it."""

from datetime import date

from services.meetings.directive.commands import IssueDirective
from services.meetings.directive.events import DirectiveAcknowledged, DirectiveIssued, DirectiveWithdrawn
from services.members.capacity import Capacity
from shared.dates import Deadline
from shared.messages import AgencyId
from tests.unit.given import act

D = "don-doc-ma-qr"
BUILDING, POLICE, HEIR = AgencyId("so-xay-dung"), AgencyId("cong-an"), AgencyId("so-xay-dung-moi")
LEADER = act(Capacity.TEAM_LEADER, person="to-truong", agency="so-khcn")
HEAD = act(Capacity.AGENCY, person="agency:so-xay-dung", agency="so-xay-dung")
DUE = Deadline(wording="ngày 05/10/2022", latest=date(2022, 10, 5))

ISSUE = IssueDirective(
    directive_id=D,
    text="Đẩy nhanh việc gắn mã QR biển tên đường.",
    to=(BUILDING, POLICE),
    to_support_team=True,
    about="meeting:hop-quy-3-2022",
    acknowledge_by=DUE,
)
ISSUED = DirectiveIssued.model_validate(ISSUE.model_dump() | {"issued_by": "truong-ban"})
TOLD = DirectiveAcknowledged(directive_id=D, agency_id=BUILDING, measures="Họp giao ban, gửi 12 đơn vị")
WITHDRAWN = DirectiveWithdrawn(directive_id=D, reason="đã có văn bản thay thế")
