"""What the committee reported of its own activity: published language."""

from enum import StrEnum
from typing import ClassVar

from shared.messages import DocumentRef, Event, Message


class FigureKind(StrEnum):
    """A count is as many as its events; a sum is added up from what they say."""

    COUNT = "count"
    SUM = "sum"


class ReportFigure(Message):
    """A figure with every event that it rests on, each as `stream@revision`."""

    key: str
    label: str
    kind: FigureKind = FigureKind.COUNT
    value: int = 0
    unit: str | None = None
    evidence: tuple[str, ...] = ()
    remark: str | None = None


class ActivityReportIssued(Event):
    """The support team reports to the chair, the deputies and the members what the committee and the team
    did in a period (D7.7)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.1", "D7.7")
    report_id: str
    period: str
    title: str
    figures: tuple[ReportFigure, ...] = ()
    text: str = ""
    document: DocumentRef | None = None


class ActivityReportCorrected(Event):
    """Other figures stand from here on; the report as it was issued stays in the history. `figures` are all
    of them, `corrected` the keys of those that differ."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.7", "D7.8")
    report_id: str
    period: str
    title: str
    figures: tuple[ReportFigure, ...] = ()
    corrected: tuple[str, ...] = ()
    reason: str = ""


ActivityEvent = ActivityReportIssued | ActivityReportCorrected
