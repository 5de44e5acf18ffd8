"""For each command about programmes, tasks and context a moment at which somebody competent may ask it."""

from datetime import date

from services.tasks import context_fact
from services.tasks.commands import (
    AcceptActionPlan,
    AmendProgramme,
    CancelTask,
    DeclineExtension,
    DraftProgramme,
    EndStandingTask,
    GrantExtension,
    IssueProgramme,
    MarkActionPlanOverdue,
    MarkTaskOverdue,
    MobiliseResources,
    NoteContext,
    ProgrammeItem,
    ReassignTask,
    RegisterProgramme,
    ReportProgress,
    ReportTaskObstacle,
    ReportTaskProgress,
    ReportTaskResult,
    RequestExtension,
    ResolveTaskObstacle,
    ReturnProgramme,
    ReturnTaskResult,
    SubmitActionPlan,
    SubmitProgramme,
    VerifyTaskResult,
)
from services.tasks.events import (
    ActionPlanSubmitted,
    PlannedItem,
    ProgrammeDrafted,
    ProgrammeIssued,
    ProgrammeKind,
    ProgrammeSubmitted,
    TaskExtensionRequested,
    TaskObstacleReported,
)
from services.tasks.programme import decider as programme
from services.tasks.task import decider as task
from shared.dates import Moment
from shared.messages import Command, DocumentRef, Event
from tests.unit.specimens import Specimen
from tests.unit.tasks.examples import ASSIGN, ASSIGNED, BUILDING, DECEMBER, REPORTED, SCIENCE, TASK

P, Q = "chuong-trinh-2026", "ke-hoach-ngoai-2026"
TITLE = "Chương trình công tác năm 2026"
DRAFTED = ProgrammeDrafted(
    programme_id=P,
    title=TITLE,
    year=2026,
    kind=ProgrammeKind.WORK_PROGRAMME,
    items=(PlannedItem(what="Tập huấn", lead=(BUILDING,)),),
)
SUBMITTED = ProgrammeSubmitted(programme_id=P)
ISSUED = ProgrammeIssued.model_validate(DRAFTED.model_dump())
STANDING = ASSIGNED.model_copy(
    update={"task_id": "truc", "standing": True, "deadline": None, "key": False, "plan_due": None}
)
ASKED = TaskExtensionRequested(task_id=TASK, deadline=DECEMBER, reason="chờ kinh phí")
PLANNED = ActionPlanSubmitted(task_id=TASK, summary="Ba bước")
MET = TaskObstacleReported(task_id=TASK, number=1, obstacle="Thiếu kinh phí")
LONG_AFTER = date(2026, 6, 15)


def _programme(command: Command, *given: Event, document: bool = False) -> Specimen:
    return Specimen(command, programme.decider, given, agency=BUILDING, document=document)


def _task(command: Command, *given: Event, document: bool = False) -> Specimen:
    return Specimen(command, task.decider, given, agency=BUILDING, document=document)


SPECIMENS: tuple[Specimen, ...] = (
    _programme(
        DraftProgramme(programme_id=P, title=TITLE, year=2026, items=(ProgrammeItem(what="Tập huấn"),))
    ),
    _programme(SubmitProgramme(programme_id=P), DRAFTED),
    _programme(ReturnProgramme(programme_id=P, reasons=("thiếu thời hạn",)), DRAFTED, SUBMITTED),
    _programme(IssueProgramme(programme_id=P), DRAFTED, SUBMITTED, document=True),
    _programme(AmendProgramme(programme_id=P, items=(), reason="rút bớt"), ISSUED, document=True),
    _programme(
        RegisterProgramme(
            programme_id=Q,
            title="Kế hoạch của UBND tỉnh",
            document=DocumentRef(number="247/KH-UBND"),
            figures={"muc_tieu": 80},
        ),
        document=True,
    ),
    _programme(
        ReportProgress(programme_id=P, summary="Đạt 19/30", figures={"dat": 19}, as_of=Moment("2026-05")),
        ISSUED,
    ),
    _task(ASSIGN),
    _task(ReassignTask(task_id=TASK, from_agency=BUILDING, to=(SCIENCE,), reason="phù hợp hơn"), ASSIGNED),
    _task(CancelTask(task_id=TASK, reason="không còn phù hợp"), ASSIGNED),
    _task(EndStandingTask(task_id="truc", reason="hết đợt trực"), STANDING),
    _task(SubmitActionPlan(task_id=TASK, summary="Ba bước"), ASSIGNED),
    _task(AcceptActionPlan(task_id=TASK), ASSIGNED, PLANNED),
    _task(MarkActionPlanOverdue(task_id=TASK, today=LONG_AFTER), ASSIGNED),
    _task(ReportTaskProgress(task_id=TASK, percent=40), ASSIGNED),
    _task(MobiliseResources(task_id=TASK, people=5, what="Tổ kỹ thuật", from_agency=BUILDING), ASSIGNED),
    _task(ReportTaskObstacle(task_id=TASK, obstacle="Thiếu kinh phí"), ASSIGNED),
    _task(ResolveTaskObstacle(task_id=TASK, number=1, how="Đã bổ sung"), ASSIGNED, MET),
    _task(RequestExtension(task_id=TASK, deadline=DECEMBER, reason="chờ kinh phí"), ASSIGNED),
    _task(GrantExtension(task_id=TASK), ASSIGNED, ASKED),
    _task(DeclineExtension(task_id=TASK, reason="đủ thời gian"), ASSIGNED, ASKED),
    _task(MarkTaskOverdue(task_id=TASK, today=LONG_AFTER), ASSIGNED),
    _task(ReportTaskResult(task_id=TASK, result="Đã gắn 120 biển"), ASSIGNED),
    _task(VerifyTaskResult(task_id=TASK), ASSIGNED, REPORTED),
    _task(ReturnTaskResult(task_id=TASK, missing=("ảnh chụp",)), ASSIGNED, REPORTED),
    Specimen(
        NoteContext(
            context_id="dti-2025",
            kind="report",
            title="Xếp hạng DTI",
            figures={"hang": 6},
            because="do bộ công bố",
        ),
        context_fact.decider,
    ),
)
