"""Findings of an inspection: recorded, remedied by the inspected agency, checked, overdue (D11.1)."""

from services.members.capacity import SUPPORT_TEAM, Capacity, noticed
from services.members.parameters import terms
from services.tasks.inspection.commands import (
    ConfirmRemedy,
    MarkFindingsOverdue,
    RecordFinding,
    RemedyFinding,
    ReopenFinding,
)
from services.tasks.inspection.events import (
    FindingOverdue,
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    InspectionEvent,
    RemedyConfirmed,
)
from services.tasks.inspection.state import (
    Inspection,
    Remedy,
    Status,
    by_inspectors,
    by_team,
    finding_of,
    goes_on,
    stands,
    was_conducted,
)
from services.tasks.rules import Rule
from services.tasks.task.state import head_of, names
from shared.decider import require
from shared.envelope import Act


def record(command: RecordFinding, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    """D11.1: what was found, with a deadline where one was set."""
    by_inspectors(act)
    goes_on(command.inspection_id, inspection)
    was_conducted(command.inspection_id, inspection)
    require(
        command.finding_id not in inspection.findings,
        Rule.FINDING_IS_NEW,
        f"{command.finding_id} is recorded already",
    )
    deadline = terms(act).settle(command.remedy_by)
    return [FindingRecorded.model_validate({**command.model_dump(), "remedy_by": deadline})]


def remedy(command: RemedyFinding, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    """D11.1: the head of the inspected agency answers; late is recorded, never refused."""
    finding = finding_of(command.inspection_id, command.finding_id, inspection)
    require(
        head_of(act, inspection.agencies),
        Rule.REMEDIED_BY_INSPECTED,
        f"only the inspected agency reports its remedy: {names(inspection.agencies)}",
    )
    if finding.state is Remedy.CONFIRMED or finding.remedied == (command.how, command.document):
        return []
    due = finding.remedy_by
    return [
        FindingRemedied(
            inspection_id=command.inspection_id,
            finding_id=command.finding_id,
            how=command.how,
            document=command.document,
            agency=act.actor.mandate.agency,
            late=due is not None and due.passed(act.effective_at.earliest),
        )
    ]


def confirm(command: ConfirmRemedy, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    """D7.3, D11.1: a finding is settled only when its remedy was checked."""
    by_team(act)
    finding = finding_of(command.inspection_id, command.finding_id, inspection)
    if finding.state is Remedy.CONFIRMED:
        return []
    require(
        finding.state is Remedy.REMEDIED,
        Rule.REMEDY_LIES_BEFORE,
        f"no remedy of {command.finding_id} was reported",
    )
    return [RemedyConfirmed.model_validate(command.model_dump())]


def reopen(command: ReopenFinding, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    """D7.3: a remedy that is not enough goes back; the deadline stands unless another is set."""
    by_team(act)
    finding = finding_of(command.inspection_id, command.finding_id, inspection)
    deadline = terms(act).settle(command.remedy_by)
    if finding.state is Remedy.OPEN and deadline in (None, finding.remedy_by):
        return []
    return [FindingReopened.model_validate({**command.model_dump(), "remedy_by": deadline})]


def mark_overdue(command: MarkFindingsOverdue, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    """D7.3: by the clock, once per deadline; a clock that comes late finds nothing to mark."""
    require(
        act.in_capacity(Capacity.POLICY, *SUPPORT_TEAM),
        Rule.FINDINGS_OVERDUE_BY_CLOCK,
        "it follows from the clock, or the support team notices it",
    )
    stands(command.inspection_id, inspection)
    closed, today = inspection.status is Status.CLOSED, noticed(act, command.today)
    return [
        FindingOverdue(
            inspection_id=command.inspection_id,
            finding_id=finding_id,
            remedy_by=finding.remedy_by,
            noticed_on=today,
        )
        for finding_id, finding in inspection.findings.items()
        if finding.state is Remedy.OPEN
        and finding.remedy_by is not None
        and finding.remedy_by.passed(today)
        and finding.overdue != finding.remedy_by
        and (not closed or finding_id in inspection.left_open)
    ]
