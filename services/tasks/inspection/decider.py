"""An inspection from the plan or decision to its conclusion. Its findings: `findings.py`."""

from dataclasses import replace
from typing import assert_never

from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, for_the_chair
from services.members.events import Matter
from services.members.parameters import terms
from services.tasks.inspection import findings as inspection_findings
from services.tasks.inspection.commands import (
    CancelInspection,
    CloseInspection,
    ConductInspection,
    ConfirmRemedy,
    InspectionCommand,
    MarkFindingsOverdue,
    RecordFinding,
    RemedyFinding,
    ReopenFinding,
    ScheduleInspection,
    TransferInspection,
)
from services.tasks.inspection.events import (
    FindingOverdue,
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    InspectionCancelled,
    InspectionClosed,
    InspectionConducted,
    InspectionEvent,
    InspectionScheduled,
    InspectionTransferred,
    RemedyConfirmed,
)
from services.tasks.inspection.state import (
    Finding,
    Inspection,
    Remedy,
    Status,
    by_inspectors,
    goes_on,
    stands,
    was_conducted,
)
from services.tasks.rules import Rule
from services.tasks.task.state import names
from shared.decider import Decider, require
from shared.envelope import Act


def schedule(command: ScheduleInspection, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    """D4.1, D11.1: an inspection belongs to the yearly plan or to a decision; who may order it follows."""
    planned, decided = command.plan is not None, command.decision is not None
    require(
        planned or decided or act.source is not None,
        Rule.INSPECTION_GROUNDED,
        "name the yearly inspection plan or the decision; only a source may leave both open",
    )
    recorded = act.source is not None and act.in_capacity(*SUPPORT_TEAM)
    require(
        for_the_chair(act, Matter.PROGRAMMES)
        or (decided and act.in_capacity(*LEADERS))
        or (planned and act.in_capacity(*SUPPORT_TEAM))
        or recorded,
        Rule.SCHEDULED_BY,
        "the chair, or who acts for the chair; a deputy by a decision; the support team from the plan",
    )
    require(
        inspection.status is Status.NONE,
        Rule.INSPECTION_IS_NEW,
        f"{command.inspection_id} is scheduled already",
    )
    day = terms(act).settle(command.on)
    return [InspectionScheduled.model_validate({**command.model_dump(), "on": day})]


def transfer(command: TransferInspection, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    """D1: who comes after the inspected agency answers for what was found there."""
    require(
        act.in_capacity(Capacity.POLICY, *LEADERS),
        Rule.FOLLOWS_THE_INSPECTED,
        "it follows the inspected agency to its successors, or a leader says who answers",
    )
    stands(command.inspection_id, inspection)
    over = inspection.status is Status.CANCELLED or (
        inspection.status is Status.CLOSED and not inspection.left_open
    )
    if over:
        return []
    there = command.from_agency in inspection.agencies
    require(
        there or act.in_capacity(Capacity.POLICY) or set(command.to) <= set(inspection.agencies),
        Rule.LEAVES_THE_INSPECTED,
        f"{command.inspection_id} lies with {names(inspection.agencies)}",
    )
    after = (
        one
        for agency in inspection.agencies
        for one in (command.to if agency == command.from_agency else (agency,))
    )
    agencies = tuple(dict.fromkeys(after))
    if agencies == inspection.agencies:
        return []
    return [
        InspectionTransferred(
            inspection_id=command.inspection_id,
            from_agency=command.from_agency,
            to=command.to,
            agencies=agencies,
            reason=command.reason,
        )
    ]


def conduct(command: ConductInspection, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    """D11.1: it took place; another day or other inspectors are told anew, and the last word counts."""
    by_inspectors(act)
    goes_on(command.inspection_id, inspection)
    require(
        command.on.earliest <= act.effective_at.latest,
        Rule.CONDUCTED_IS_PAST,
        f"{command.on} lies ahead of {act.effective_at}: record it when it took place",
    )
    if inspection.conducted == (command.on, command.by):
        return []
    return [InspectionConducted.model_validate(command.model_dump())]


def close(command: CloseInspection, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    """D11.1: concluded when every finding is remedied and confirmed; what is not, the conclusion names."""
    require(
        act.in_capacity(*LEADERS) or (act.source is not None and act.in_capacity(*SUPPORT_TEAM)),
        Rule.CONCLUDED_BY_LEADERS,
        "the chair or a deputy concludes an inspection; the support team records it from a source",
    )
    if inspection.status is Status.CLOSED:
        return []
    goes_on(command.inspection_id, inspection)
    was_conducted(command.inspection_id, inspection)
    unsettled = inspection.unconfirmed - set(command.left_open)
    require(
        not unsettled,
        Rule.FINDINGS_SETTLED,
        f"neither confirmed nor left open by the conclusion: {', '.join(sorted(unsettled))}",
    )
    known = [one for one in dict.fromkeys(command.left_open) if one in inspection.unconfirmed]
    return [InspectionClosed.model_validate({**command.model_dump(), "left_open": known})]


def cancel(command: CancelInspection, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    require(act.in_capacity(*LEADERS), Rule.INSPECTION_CANCELLED_BY, "only the chair or a deputy cancels it")
    if inspection.status is Status.CANCELLED:
        return []
    goes_on(command.inspection_id, inspection)
    require(
        inspection.status is Status.SCHEDULED,
        Rule.INSPECTION_NOT_CONDUCTED,
        f"{command.inspection_id} took place: close it with a conclusion",
    )
    return [InspectionCancelled(inspection_id=command.inspection_id, reason=command.reason)]


def decide(command: InspectionCommand, act: Act, inspection: Inspection) -> list[InspectionEvent]:
    match command:
        case ScheduleInspection():
            return schedule(command, act, inspection)
        case TransferInspection():
            return transfer(command, act, inspection)
        case ConductInspection():
            return conduct(command, act, inspection)
        case RecordFinding():
            return inspection_findings.record(command, act, inspection)
        case RemedyFinding():
            return inspection_findings.remedy(command, act, inspection)
        case ConfirmRemedy():
            return inspection_findings.confirm(command, act, inspection)
        case ReopenFinding():
            return inspection_findings.reopen(command, act, inspection)
        case MarkFindingsOverdue():
            return inspection_findings.mark_overdue(command, act, inspection)
        case CloseInspection():
            return close(command, act, inspection)
        case CancelInspection():
            return cancel(command, act, inspection)
        case _:
            assert_never(command)


def evolve(inspection: Inspection, event: InspectionEvent) -> Inspection:
    match event:
        case InspectionScheduled():
            return Inspection(Status.SCHEDULED, (event.agency_id,))
        case InspectionTransferred():
            return replace(inspection, agencies=event.agencies)
        case InspectionConducted():
            return replace(inspection, status=Status.CONDUCTED, conducted=(event.on, event.by))
        case FindingRecorded():
            return _with(inspection, event.finding_id, Finding(remedy_by=event.remedy_by))
        case FindingRemedied():
            told = event.how, event.document
            finding = _known(inspection, event.finding_id)
            return _with(inspection, event.finding_id, replace(finding, state=Remedy.REMEDIED, remedied=told))
        case RemedyConfirmed():
            finding = _known(inspection, event.finding_id)
            return _with(inspection, event.finding_id, replace(finding, state=Remedy.CONFIRMED))
        case FindingReopened():
            finding = _known(inspection, event.finding_id)
            due = event.remedy_by or finding.remedy_by
            again = replace(finding, state=Remedy.OPEN, remedy_by=due, remedied=None)
            return _with(inspection, event.finding_id, again)
        case FindingOverdue():
            finding = _known(inspection, event.finding_id)
            return _with(inspection, event.finding_id, replace(finding, overdue=event.remedy_by))
        case InspectionClosed():
            return replace(inspection, status=Status.CLOSED, left_open=frozenset(event.left_open))
        case InspectionCancelled():
            return replace(inspection, status=Status.CANCELLED)
        case _:
            assert_never(event)


def _known(inspection: Inspection, finding_id: str) -> Finding:
    return inspection.findings.get(finding_id, Finding())


def _with(inspection: Inspection, finding_id: str, finding: Finding) -> Inspection:
    return replace(inspection, findings={**inspection.findings, finding_id: finding})


decider: Decider[InspectionCommand, InspectionEvent, Inspection] = Decider(
    category="inspection",
    stream_id=lambda command: command.inspection_id,
    initial=Inspection(),
    decide=decide,
    evolve=evolve,
)
