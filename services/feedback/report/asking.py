"""To ask for a report, to give more time, to ask the successors, to end it with a tally (D5.2.b)."""

from services.feedback.report.commands import (
    CloseReportRequest,
    ExtendReport,
    MarkReportsOverdue,
    RequestReport,
    TransferReport,
)
from services.feedback.report.events import (
    ReportEvent,
    ReportOverdue,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportTally,
)
from services.feedback.report.fields import named_once
from services.feedback.report.state import Request, asks_for_reports, may_ask, stands, still_open
from services.feedback.rules import Rule
from services.feedback.state import by_clock, handed_on
from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, for_the_chair
from services.members.events import Matter
from services.members.parameters import terms
from shared.decider import require
from shared.envelope import Act


def request(command: RequestReport, act: Act, request: Request) -> list[ReportEvent]:
    """D5.2.b: a leader asks agencies, by a template and a deadline; a regime asks by itself each period."""
    asks_for_reports(act, Capacity.POLICY)
    require(
        bool(command.to) or act.source is not None,
        Rule.REPORT_NAMES_AGENCIES,
        "name the agencies that report",
    )
    require(
        command.regime_id is None or act.in_capacity(Capacity.POLICY) or act.source is not None,
        Rule.REPORT_REGIME_ASKS_BY_ITSELF,
        f"{command.regime_id} asks by itself when a period begins: ask without naming it, or set it anew",
    )
    named_once(command.fields, act)
    before = request.requested
    if (
        before
        and command.regime_id
        and (before.regime_id, before.period) == (command.regime_id, command.period)
    ):
        return []  # a clock that comes twice
    require(before is None, Rule.REPORT_REQUEST_IS_NEW, f"{command.request_id} was requested already")
    requested = ReportRequested.model_validate(
        {
            **command.model_dump(),
            "to": tuple(dict.fromkeys(command.to)),
            "due": terms(act).settle(command.due),
            "requested_by": act.actor.person,
        }
    )
    return [requested]


def extend(command: ExtendReport, act: Act, request: Request) -> list[ReportEvent]:
    """D5.2.b: whoever asked gives more time, or the chair does; until then nobody is overdue any more."""
    requested = still_open(request)
    asker = act.actor.person == requested.requested_by or for_the_chair(act, Matter.DIRECTIVES)
    by_itself = requested.regime_id is not None and act.in_capacity(*LEADERS)
    require(
        may_ask(act) and (asker or by_itself),
        Rule.REPORT_EXTENDED_BY_ASKER,
        f"{requested.requested_by} who asked gives more time, or the chair",
    )
    due = terms(act).settle(command.due)
    assert due is not None
    if due == request.due:
        return []
    old, new = request.due.latest if request.due else None, due.latest
    require(
        act.source is not None or old is None or (new is not None and new > old),
        Rule.REPORT_EXTENSION_IS_LATER,
        f"the new deadline is not after {old}",
    )
    return [
        ReportRequestExtended(
            request_id=command.request_id, due=due, due_before=request.due, reason=command.reason
        )
    ]


def transfer(command: TransferReport, act: Act, request: Request) -> list[ReportEvent]:
    """D1.2, D11.3: the successors owe what an agency that ended still owed; what it sent stays its own."""
    require(
        act.in_capacity(Capacity.POLICY),
        Rule.REPORT_FOLLOWS_AGENCY,
        "a report follows its agency by itself; request another one instead",
    )
    stands(request)
    ended = command.from_agency
    if request.closed or ended not in request.asked or request.accepted(ended):
        return []
    asked = handed_on(request.asked, ended, command.to)
    if asked == request.asked:
        return []
    return [
        ReportRequestTransferred(
            request_id=command.request_id,
            from_agency=ended,
            to=command.to,
            asked=asked,
            reason=command.reason,
        )
    ]


def mark_overdue(command: MarkReportsOverdue, act: Act, request: Request) -> list[ReportEvent]:
    """D5.2.b: once for each silent agency and deadline. A clock that comes after the end marks nothing."""
    by_clock(act, command.today, Rule.REPORT_OVERDUE_BY_CLOCK)
    due = request.due
    if request.closed or due is None or not due.passed(command.today):
        return []
    return [
        ReportOverdue(request_id=command.request_id, agency_id=agency, due=due, seen=command.today)
        for agency in request.silent
        if agency not in request.overdue
    ]


def close(command: CloseReportRequest, act: Act, request: Request) -> list[ReportEvent]:
    """D5.2.b: the request ends with a tally of those who are asked on that day."""
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM),
        Rule.REPORT_CLOSED_FROM_WITHIN,
        "the chair, a deputy or the support team closes a request",
    )
    stands(request)
    if request.closed:
        return []
    return [ReportRequestClosed(request_id=command.request_id, tally=tally(request))]


def tally(request: Request) -> ReportTally:
    """Each agency that is asked, once: by what is accepted of it, else by what it sent."""
    accepted = [agency for agency in request.asked if request.accepted(agency)]
    late = sum(request.answers[agency].late for agency in accepted)
    silent = len(request.silent)
    return ReportTally(
        asked=len(request.asked),
        on_time=len(accepted) - late,
        late=late,
        returned=len(request.asked) - len(accepted) - silent,
        silent=silent,
    )
