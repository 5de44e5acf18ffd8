"""For each command of directives, a moment at which somebody competent may ask it."""

from datetime import date

from services.meetings.directive.commands import (
    AcknowledgeDirective,
    DirectiveCommand,
    IssueDirective,
    MarkAcknowledgementsOverdue,
    ReaddressDirective,
    WithdrawDirective,
)
from services.meetings.directive.decider import decider
from services.meetings.directive.events import SUPPORT_TEAM_ID, DirectiveIssued
from shared.dates import Deadline
from shared.messages import AgencyId
from tests.unit.specimens import Specimen

D, AGENCY = "chi-dao-mau", AgencyId("so-mau")
ISSUE = IssueDirective(
    directive_id=D,
    text="Đẩy nhanh việc gắn mã QR.",
    to=(AGENCY,),
    acknowledge_by=Deadline(wording="ngày 10/6/2026", latest=date(2026, 6, 10)),
)
TO_TEAM = ISSUE.model_copy(update={"to": (), "to_support_team": True})
ISSUED = DirectiveIssued.model_validate(
    ISSUE.model_dump() | {"to_support_team": True, "issued_by": "nguoi-ban-hanh"}
)


def of_directive(
    command: DirectiveCommand, *, agency: str | None = None, person: str | None = None
) -> Specimen:
    return Specimen(command, decider, (ISSUED,), agency=agency, person=person)


SPECIMENS: tuple[Specimen, ...] = (
    Specimen(ISSUE, decider),
    Specimen(TO_TEAM, decider),
    of_directive(
        AcknowledgeDirective(directive_id=D, agency_id=AGENCY, measures="đã họp giao ban"), agency=AGENCY
    ),
    of_directive(
        AcknowledgeDirective(directive_id=D, agency_id=SUPPORT_TEAM_ID, measures="đã họp Tổ giúp việc")
    ),
    of_directive(MarkAcknowledgementsOverdue(directive_id=D, today=date(2026, 6, 15))),
    of_directive(
        ReaddressDirective(directive_id=D, from_agency=AGENCY, to=(AgencyId("so-ke-tuc"),), reason="hợp nhất")
    ),
    of_directive(WithdrawDirective(directive_id=D, reason="đã thay thế"), person="nguoi-ban-hanh"),
)
