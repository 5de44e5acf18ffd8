"""What people ask of inspections and their findings: each may be refused."""

from datetime import date

from pydantic import Field

from services.tasks.commands import Id, Text
from shared.dates import Deadline, Moment
from shared.messages import AgencyId, Command, DocumentRef
from shared.personal.marking import OfRecord


class ScheduleInspection(Command):
    """`plan` is the id of the inspection plan that it belongs to; `decision` where it does not."""

    inspection_id: str = Id
    agency_id: AgencyId = Id
    subject: str = Text
    plan: str | None = Field(default=None, min_length=1, max_length=200)
    decision: DocumentRef | None = None
    on: Deadline | None = None


class TransferInspection(Command):
    """The inspected agency ended; its successors answer from now on."""

    inspection_id: str = Id
    from_agency: AgencyId = Id
    to: tuple[AgencyId, ...] = Field(min_length=1, max_length=1000)
    reason: str = Text


class ConductInspection(Command):
    inspection_id: str = Id
    on: Moment
    by: OfRecord = Field(min_length=1, max_length=1000)


class RecordFinding(Command):
    inspection_id: str = Id
    finding_id: str = Id
    finding: str = Text
    remedy_by: Deadline | None = None


class RemedyFinding(Command):
    inspection_id: str = Id
    finding_id: str = Id
    how: str = Text
    document: DocumentRef | None = None


class ConfirmRemedy(Command):
    inspection_id: str = Id
    finding_id: str = Id
    remark: str = Field(default="", max_length=10_000)


class ReopenFinding(Command):
    """`remedy_by` only where another deadline is set; the old one stands otherwise."""

    inspection_id: str = Id
    finding_id: str = Id
    reason: str = Text
    remedy_by: Deadline | None = None


class MarkFindingsOverdue(Command):
    inspection_id: str = Id
    today: date


class CloseInspection(Command):
    """`left_open` names every finding that is not remedied and confirmed."""

    inspection_id: str = Id
    conclusion: str = Text
    document: DocumentRef | None = None
    left_open: tuple[str, ...] = Field(default=(), max_length=1000)


class CancelInspection(Command):
    inspection_id: str = Id
    reason: str = Text


InspectionCommand = (
    ScheduleInspection
    | TransferInspection
    | ConductInspection
    | RecordFinding
    | RemedyFinding
    | ConfirmRemedy
    | ReopenFinding
    | MarkFindingsOverdue
    | CloseInspection
    | CancelInspection
)
