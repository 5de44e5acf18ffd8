"""What a committee knows of those under it: their reports, and nothing else (D12.2). Published language."""

from typing import ClassVar

from services.feedback.activity.events import FigureKind
from shared.messages import CommitteeId, Event, Message


class ChildFigure(Message):
    """A figure of a report from below. Its events stay with the committee whose they are."""

    key: str
    label: str
    kind: FigureKind = FigureKind.COUNT
    value: int = 0
    unit: str | None = None
    remark: str | None = None


class ChildReportReceived(Event):
    """A committee under this one reported on its activity; a correction comes as the next version."""

    clauses: ClassVar[tuple[str, ...]] = ("D12.2",)
    child: CommitteeId
    report_id: str
    version: int
    period: str
    title: str
    figures: tuple[ChildFigure, ...] = ()


ChildEvent = ChildReportReceived
