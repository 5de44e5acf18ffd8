"""For each command of case files and of the file plan, a moment at which somebody competent may ask it."""

from datetime import date

from services.meetings.casefile import catalogue
from services.meetings.casefile.commands import (
    CaseFileCommand,
    CloseCaseFile,
    DraftFilePlan,
    EndMatter,
    EnterCaseFile,
    ExpectedPaper,
    ExpectInCaseFile,
    HoldBackCaseFile,
    IssueFilePlan,
    MatterKind,
    Paper,
    PlanItem,
    RemoveFromCaseFile,
    ReopenCaseFile,
    ResumeMatter,
    ReviseCaseFile,
    WaiveExpectation,
)
from services.meetings.casefile.decider import decider
from services.meetings.casefile.events import (
    CaseFileClosed,
    CaseFileEvent,
    CaseFileOpened,
    DocumentFiled,
    FilePlanDrafted,
    MatterEnded,
)
from services.meetings.casefile.terms import retention_by
from tests.unit.meetings.casefile_examples import FILE, MINUTES, OPEN, paper
from tests.unit.specimens import Specimen

BEGAN = date(2026, 3, 2)
OPENED = CaseFileOpened.model_validate(
    OPEN.model_dump()
    | {
        "file_id": FILE,
        "year": 2026,
        "began": BEGAN,
        "retention": retention_by(None, OPEN.kind, BEGAN),
    }
)
FILED = DocumentFiled.model_validate(
    paper("giay-moi").model_dump() | {"ordinal": 1, "satisfies": ("invitation_paper",)}
)
ENDED = MatterEnded(file_id=FILE, on=date(2026, 3, 5))
CLOSED = CaseFileClosed(
    file_id=FILE,
    documents=1,
    pages=2,
    start=BEGAN,
    end=ENDED.on,
    by_decree=date(2027, 3, 5),
    by_law=date(2027, 12, 31),
    submit_by=date(2027, 3, 5),
)
PLAN = DraftFilePlan(year=2026, items=(PlanItem(title="Hồ sơ họp quý I", retention_class="meetings"),))
DRAFTED = FilePlanDrafted.model_validate(PLAN.model_dump())
ENTER = EnterCaseFile(year=2026, file_id=FILE, kind=MatterKind.MEETING, subject_id="hop-quy-1")


def of_file(command: CaseFileCommand, *given: CaseFileEvent) -> Specimen:
    return Specimen(command, decider, (OPENED, *given))


SPECIMENS: tuple[Specimen, ...] = (
    Specimen(OPEN, decider),
    of_file(ReviseCaseFile(file_id=FILE, title="Tiêu đề khác")),
    of_file(ExpectInCaseFile(file_id=FILE, expected=(ExpectedPaper(key="bien-ban", what=Paper.MINUTES),))),
    of_file(WaiveExpectation(file_id=FILE, key="invitation_paper", reason="mời qua điện thoại")),
    of_file(paper("giay-moi")),
    of_file(RemoveFromCaseFile(file_id=FILE, ordinal=1, reason="nhầm hồ sơ"), FILED),
    of_file(EndMatter(file_id=FILE)),
    of_file(ResumeMatter(file_id=FILE, reason="họp tiếp"), ENDED),
    of_file(CloseCaseFile(file_id=FILE), FILED, ENDED),
    of_file(ReopenCaseFile(file_id=FILE, reason="bổ sung"), FILED, ENDED, CLOSED),
    of_file(HoldBackCaseFile(file_id=FILE, until=date(2028, 3, 5), consent=MINUTES), FILED, ENDED, CLOSED),
    Specimen(PLAN, catalogue.decider),
    Specimen(IssueFilePlan(year=2026), catalogue.decider, (DRAFTED,)),
    Specimen(ENTER, catalogue.decider),
)
