"""An inspection of the building agency that the tests of this context share."""

from datetime import date

from services.tasks.inspection.commands import (
    CloseInspection,
    ConductInspection,
    ConfirmRemedy,
    RecordFinding,
    RemedyFinding,
    ReopenFinding,
    ScheduleInspection,
)
from services.tasks.inspection.decider import decider
from services.tasks.inspection.events import (
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    InspectionClosed,
    InspectionConducted,
    InspectionScheduled,
    RemedyConfirmed,
)
from shared.dates import Deadline, Moment
from shared.messages import DocumentRef, Event
from tests.unit.given import Story
from tests.unit.tasks.examples import BUILDING

VISIT = "kiem-tra-so-xay-dung"
F, G = "ph-1", "ph-2"
PLAN = "ke-hoach-kiem-tra-2022"
DECIDED = DocumentRef(number="12/QĐ-BCĐ", date=date(2022, 9, 1))
OCTOBER = Deadline(wording="tháng 10/2022", latest=date(2022, 10, 31))
NOVEMBER = Deadline(wording="tháng 11/2022", latest=date(2022, 11, 30))

SCHEDULE = ScheduleInspection(
    inspection_id=VISIT, agency_id=BUILDING, subject="Chuyển đổi số ngành xây dựng", plan=PLAN, on=OCTOBER
)
SCHEDULED = InspectionScheduled.model_validate(SCHEDULE.model_dump())
CONDUCT = ConductInspection(inspection_id=VISIT, on=Moment("2022-09-20"), by="Tổ trưởng và hai thành viên")
CONDUCTED = InspectionConducted.model_validate(CONDUCT.model_dump())
RECORD = RecordFinding(inspection_id=VISIT, finding_id=F, finding="Chưa có kế hoạch năm", remedy_by=OCTOBER)
FOUND = FindingRecorded.model_validate(RECORD.model_dump())
ALSO_FOUND = FindingRecorded(inspection_id=VISIT, finding_id=G, finding="Thiếu cán bộ chuyên trách")
REMEDY = RemedyFinding(inspection_id=VISIT, finding_id=F, how="Đã ban hành kế hoạch")
REMEDIED = FindingRemedied(inspection_id=VISIT, finding_id=F, how="Đã ban hành kế hoạch", agency=BUILDING)
CONFIRM = ConfirmRemedy(inspection_id=VISIT, finding_id=F)
CONFIRMED = RemedyConfirmed(inspection_id=VISIT, finding_id=F)
REOPEN = ReopenFinding(inspection_id=VISIT, finding_id=F, reason="thiếu phụ lục")
REOPENED = FindingReopened(inspection_id=VISIT, finding_id=F, reason="thiếu phụ lục")
CLOSE = CloseInspection(inspection_id=VISIT, conclusion="Cơ bản thực hiện tốt")
CLOSED = InspectionClosed(inspection_id=VISIT, conclusion="Cơ bản thực hiện tốt")
RUNNING = (SCHEDULED, CONDUCTED, FOUND)


def story(*events: Event) -> Story:
    return Story(decider).given(*events)
