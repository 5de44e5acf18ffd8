"""What agencies send, and whether it is accepted or goes back with what is missing (D5.2.b, D11.3)."""

from services.feedback.report.commands import ReturnReport, SubmitReport
from services.feedback.report.events import ReportAccepted, ReportEvent, ReportReturned, ReportSubmitted
from services.feedback.report.fields import missing, wrong
from services.feedback.report.state import Request, still_open
from services.feedback.rules import Rule
from services.feedback.state import head_of
from services.members.capacity import SUPPORT_TEAM
from shared.decider import require
from shared.envelope import Act


def submit(command: SubmitReport, act: Act, request: Request) -> list[ReportEvent]:
    """D5.2.b, D11.3: recorded however late it comes, late where it certainly is; the template alone says
    whether it is complete."""
    requested = still_open(request)
    agency = command.agency_id
    require(
        head_of(act, (agency,)) or act.in_capacity(*SUPPORT_TEAM),
        Rule.REPORT_BY_ITS_HEAD,
        f"the head of {agency} reports, or the support team notes the report",
    )
    require(agency in request.asked, Rule.REPORT_FROM_THOSE_ASKED, f"{agency} is not asked for this report")
    before = request.answers.get(agency)
    if before and (before.latest.values, before.latest.document) == (command.values, command.document):
        return []
    due, came = request.due.latest if request.due else None, act.effective_at.earliest
    days_late = max((came - due).days, 0) if due else 0
    version = before.latest.version + 1 if before else 1
    submitted = ReportSubmitted(
        request_id=command.request_id,
        agency_id=agency,
        version=version,
        late=days_late > 0,
        days_late=days_late,
        values=command.values,
        document=command.document,
    )
    lacks, unfit = missing(requested.fields, command.values), wrong(requested.fields, command.values)
    about = {"request_id": command.request_id, "agency_id": agency, "version": version}
    if lacks or unfit:
        return [submitted, ReportReturned.model_validate({**about, "missing": lacks, "wrong": unfit})]
    return [submitted, ReportAccepted.model_validate(about)]


def give_back(command: ReturnReport, act: Act, request: Request) -> list[ReportEvent]:
    """D5.2.b: the support team returns for its content what the template found complete."""
    require(act.in_capacity(*SUPPORT_TEAM), Rule.REPORT_RETURNED_BY_TEAM, "the support team returns a report")
    still_open(request)
    answer = request.answers.get(command.agency_id)
    require(
        answer is not None, Rule.REPORT_WAS_SUBMITTED, f"{command.agency_id} has sent no report to return"
    )
    assert answer is not None
    if answer.accepted is None:
        return []
    return [
        ReportReturned(
            request_id=command.request_id,
            agency_id=command.agency_id,
            version=answer.accepted,
            reasons=command.reasons,
        )
    ]
