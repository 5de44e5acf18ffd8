"""What happened to inspections and their findings: published language."""

from datetime import date
from typing import ClassVar

from shared.dates import Deadline, Moment
from shared.messages import AgencyId, DocumentRef, Event
from shared.personal.marking import OfRecord


class InspectionScheduled(Event):
    """An agency is to be inspected: by the yearly plan, `plan` is the id of that programme, or a decision."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D11.1")
    inspection_id: str
    agency_id: AgencyId
    subject: str
    plan: str | None = None
    decision: DocumentRef | None = None
    on: Deadline | None = None


class InspectionTransferred(Event):
    """The inspected agency ended: `agencies` answer for the inspection and its findings from here on."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D11.1")
    inspection_id: str
    from_agency: AgencyId
    to: tuple[AgencyId, ...]
    agencies: tuple[AgencyId, ...]
    reason: str = ""


class InspectionConducted(Event):
    """It took place; `by` are those who inspected, in words."""

    clauses: ClassVar[tuple[str, ...]] = ("D11.1",)
    inspection_id: str
    on: Moment
    by: OfRecord


class FindingRecorded(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D11.1",)
    inspection_id: str
    finding_id: str
    finding: str
    remedy_by: Deadline | None = None


class FindingRemedied(Event):
    """The head of the inspected agency says how it was put right; `late` by the deadline of that day."""

    clauses: ClassVar[tuple[str, ...]] = ("D11.1",)
    inspection_id: str
    finding_id: str
    how: str
    document: DocumentRef | None = None
    agency: AgencyId | None = None
    late: bool = False


class RemedyConfirmed(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.3", "D11.1")
    inspection_id: str
    finding_id: str
    remark: str = ""


class FindingReopened(Event):
    """The remedy is not enough, or the fault came back; with another deadline where one was set."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.3", "D11.1")
    inspection_id: str
    finding_id: str
    reason: str
    remedy_by: Deadline | None = None


class FindingOverdue(Event):
    """A deadline for a remedy passed without one (D7.3): once per deadline."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.3", "D11.1")
    inspection_id: str
    finding_id: str
    remedy_by: Deadline
    noticed_on: date


class InspectionClosed(Event):
    """The conclusion; `left_open` are the findings that it says stay open."""

    clauses: ClassVar[tuple[str, ...]] = ("D11.1",)
    inspection_id: str
    conclusion: str
    document: DocumentRef | None = None
    left_open: tuple[str, ...] = ()


class InspectionCancelled(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D11.1")
    inspection_id: str
    reason: str


InspectionEvent = (
    InspectionScheduled
    | InspectionTransferred
    | InspectionConducted
    | FindingRecorded
    | FindingRemedied
    | RemedyConfirmed
    | FindingReopened
    | FindingOverdue
    | InspectionClosed
    | InspectionCancelled
)
