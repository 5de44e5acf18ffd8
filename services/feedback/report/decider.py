"""A request for reports, from asking to the tally. What it decides stands in the rooms `asking.py` and
`answers.py`."""

from dataclasses import replace
from typing import assert_never

from services.feedback.report import answers, asking
from services.feedback.report.commands import (
    CloseReportRequest,
    ExtendReport,
    MarkReportsOverdue,
    ReportCommand,
    RequestReport,
    ReturnReport,
    SubmitReport,
    TransferReport,
)
from services.feedback.report.events import (
    ReportAccepted,
    ReportEvent,
    ReportOverdue,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportReturned,
    ReportSubmitted,
)
from services.feedback.report.state import Answer, Request
from shared.decider import Decider
from shared.envelope import Act


def decide(command: ReportCommand, act: Act, request: Request) -> list[ReportEvent]:
    match command:
        case RequestReport():
            return asking.request(command, act, request)
        case SubmitReport():
            return answers.submit(command, act, request)
        case ReturnReport():
            return answers.give_back(command, act, request)
        case ExtendReport():
            return asking.extend(command, act, request)
        case TransferReport():
            return asking.transfer(command, act, request)
        case MarkReportsOverdue():
            return asking.mark_overdue(command, act, request)
        case CloseReportRequest():
            return asking.close(command, act, request)
        case _:
            assert_never(command)


def evolve(request: Request, event: ReportEvent) -> Request:
    match event:
        case ReportRequested():
            return Request(requested=event, due=event.due, asked=event.to)
        case ReportSubmitted():
            return _with(request, event, _sent(request.answers.get(event.agency_id), event))
        case ReportAccepted():
            answer = request.answers[event.agency_id]
            return _with(request, event, replace(answer, accepted=event.version))
        case ReportReturned():
            return _with(request, event, _returned(request.answers[event.agency_id], event))
        case ReportOverdue():
            return replace(request, overdue=request.overdue | {event.agency_id})
        case ReportRequestExtended():
            return replace(request, due=event.due, overdue=frozenset())
        case ReportRequestTransferred():
            return replace(request, asked=event.asked)
        case ReportRequestClosed():
            return replace(request, closed=True)
        case _:
            assert_never(event)


def _with(
    request: Request, event: ReportSubmitted | ReportAccepted | ReportReturned, answer: Answer
) -> Request:
    return replace(request, answers={**request.answers, event.agency_id: answer})


def _sent(before: Answer | None, event: ReportSubmitted) -> Answer:
    if before is None:
        return Answer(latest=event, late=event.late)
    late = before.late or (event.late and before.accepted is None)
    return replace(before, latest=event, late=late)


def _returned(answer: Answer, event: ReportReturned) -> Answer:
    accepted = None if answer.accepted == event.version else answer.accepted
    return replace(answer, accepted=accepted, returned=event.version)


decider: Decider[ReportCommand, ReportEvent, Request] = Decider(
    category="report",
    stream_id=lambda command: command.request_id,
    initial=Request(),
    decide=decide,
    evolve=evolve,
)
