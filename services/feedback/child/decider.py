"""Reports of the committees below: received by nobody's will, when they were issued there (D12.2)."""

from services.feedback.child.commands import ChildCommand, ReceiveChildReport
from services.feedback.child.events import ChildEvent, ChildReportReceived
from services.feedback.rules import Rule
from services.members.capacity import Capacity
from shared.decider import Decider, require
from shared.envelope import Act

Received = ChildReportReceived | None
"""The version that came last."""


def decide(command: ChildCommand, act: Act, received: Received) -> list[ChildEvent]:
    """D12.2: the report as it was issued, and each correction; the same again is nothing new."""
    require(
        act.in_capacity(Capacity.POLICY),
        Rule.CHILD_REPORT_BY_ITSELF,
        "a report of a committee below comes by itself when it is issued there",
    )
    version = received.version + 1 if received else 1
    happened = ChildReportReceived.model_validate({**command.model_dump(), "version": version})
    if received and happened == received.model_copy(update={"version": version}):
        return []
    return [happened]


def evolve(received: Received, event: ChildEvent) -> Received:
    return event


decider: Decider[ReceiveChildReport, ChildEvent, Received] = Decider(
    category="childreport",
    stream_id=lambda command: f"{command.child}-{command.report_id}",
    initial=None,
    decide=decide,
    evolve=evolve,
)
