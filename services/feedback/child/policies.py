"""What crosses from a committee to the one above it: that it reported, with the figures (D12.2)."""

from collections.abc import Iterator

from services.feedback.activity.events import ActivityReportCorrected, ActivityReportIssued
from services.feedback.child.commands import ReceiveChildReport
from services.feedback.child.events import ChildFigure
from services.members.events import CommitteeEstablished
from shared.envelope import Envelope
from shared.messages import CommitteeId, Event
from shared.policies import Asked, Holdings, Policy

PARENT = "parent"
"""The kind, and the item, under which `Holdings` keeps the committee above."""


def reports_go_to_the_parent(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D12.2: the committee above sees a report without the events behind it; nothing else crosses."""
    match envelope.event:
        case ActivityReportIssued() | ActivityReportCorrected() as report:
            for parent in holdings.holders(envelope.committee, PARENT, PARENT):
                command = ReceiveChildReport(
                    child=envelope.committee,
                    report_id=report.report_id,
                    period=report.period,
                    title=report.title,
                    figures=tuple(
                        ChildFigure.model_validate(one.model_dump(exclude={"evidence"}))
                        for one in report.figures
                    ),
                )
                yield Asked("feedback", command, report.report_id, committee=CommitteeId(parent))


def remember_parent(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Keep which committee stands above."""
    match envelope.event:
        case CommitteeEstablished(parent=parent) if parent:
            holdings.let_go(envelope.committee, PARENT, PARENT)
            holdings.hold(envelope.committee, PARENT, PARENT, (parent,))


POLICIES = (Policy("reports_go_to_the_parent", reports_go_to_the_parent, remember_parent),)
