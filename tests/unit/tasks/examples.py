"""Agencies, people and a task that the tests of this context share."""

from datetime import date

from services.members.capacity import Capacity
from services.tasks.commands import AssignTask
from services.tasks.events import TaskAssigned, TaskOrigin, TaskResultReported
from services.tasks.task.decider import decider
from shared.dates import Deadline
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef, Event
from tests.unit.given import DECISION, SOURCE, Story, act

TASK = "nhiem-vu-ma-qr"
BUILDING, TRANSPORT, SCIENCE = AgencyId("so-xay-dung"), AgencyId("so-giao-thong"), AgencyId("so-khcn")
DISTRICT = AgencyId("ubnd-huyen-chi-lang")

CHAIR = act(Capacity.CHAIR, person="truong-ban")
FOR_CHAIR = act(Capacity.STANDING_DEPUTY, person="pho-truong-ban-tt", acts_for="truong-ban")
DEPUTY = act(Capacity.DEPUTY, person="pho-truong-ban")
TEAM = act(Capacity.TEAM_MEMBER, person="thanh-vien-to", agency=BUILDING)
KEEPER = act(Capacity.RECORD_KEEPER, person="thanh-vien-to", source=SOURCE)
POLICY = act(Capacity.POLICY, person="policy:x")
OUTSIDE = act(Capacity.ISSUER, person="ubnd-tinh", document=DECISION)
UNDOCUMENTED = act(Capacity.ISSUER, person="ubnd-tinh")
BEFORE = act(Capacity.RECORD_KEEPER, at="2021-07-20", bound=False, source=SOURCE)


def head(agency: AgencyId, at: str = "2022-09-28") -> Act:
    return act(Capacity.AGENCY, person=f"agency:{agency}", agency=agency, at=at)


LEAD, PARTNER, STRANGER = head(BUILDING), head(DISTRICT), head(SCIENCE)
SEPTEMBER = Deadline(wording="tháng 9/2022", latest=date(2022, 9, 30))
DECEMBER = Deadline(wording="quý IV/2022", latest=date(2022, 12, 31))
PLAN = DocumentRef(number="15/KH-SXD", issuer="Sở Xây dựng")

ASSIGN = AssignTask(
    task_id=TASK,
    title="Gắn mã QR biển tên đường phố",
    lead=(BUILDING,),
    with_agencies=(DISTRICT,),
    deadline=SEPTEMBER,
    origin=TaskOrigin.ASSIGNMENT,
    key=True,
)
PLAN_DUE = date(2022, 10, 28)  # 30 days after the act
ASSIGNED = TaskAssigned.model_validate({**ASSIGN.model_dump(), "plan_due": PLAN_DUE})
REPORTED = TaskResultReported(task_id=TASK, result="Đã gắn 120 biển", agency=BUILDING)


def story(*events: Event) -> Story:
    return Story(decider).given(*events)
