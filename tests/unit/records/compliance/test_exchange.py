"""D5.2.b, D11, D7.5, D7.7, D12.2, D6.1.b, D6.1.dd, D10 in the compliance view."""

from services.feedback.activity.events import ActivityReportIssued
from services.feedback.child.events import ChildReportReceived
from services.feedback.information.events import (
    InformationProvided,
    InformationRequestClosed,
    InformationRequested,
)
from services.feedback.report.events import (
    ReportAccepted,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportSubmitted,
    ReportTally,
)
from services.meetings.directive.events import (
    DirectiveAcknowledged,
    DirectiveIssued,
    DirectiveReaddressed,
    DirectiveWithdrawn,
)
from services.members.budget.events import BudgetAllocated, BudgetEstimated
from services.members.commitment.events import CommitmentFulfilled, CommitmentRecorded
from services.members.events import ChildCommitteeRegistered, Role
from services.members.roster.staff_events import (
    SupportStaffAssigned,
    SupportStaffReleased,
    SupportStaffReplacementProposed,
)
from services.records.compliance.standing import Standing
from services.tasks.inspection.events import (
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    InspectionScheduled,
)
from shared.dates import Deadline
from shared.messages import AgencyId, CommitteeId, PersonId
from tests.unit.records.compliance.told import Past

KEPT, BREACHED, AT_RISK = Standing.KEPT, Standing.BREACHED, Standing.AT_RISK
NO_EVIDENCE = Standing.NO_EVIDENCE
SO_A, SO_B, SO_C = AgencyId("so-a"), AgencyId("so-b"), AgencyId("so-c")
DUE = Deadline.parse("2026-03-20")


def requested() -> Past:
    past = Past().regulated()
    asked = ReportRequested(request_id="r", title="Báo cáo quý", to=(SO_A, SO_B), due=DUE)
    past.tell("report.r", asked, at="2026-03-01")
    return past


def sent(past: Past, agency: AgencyId, at: str, late: bool = False) -> None:
    report = ReportSubmitted(request_id="r", agency_id=agency, version=1, late=late)
    past.tell("report.r", report, at=at)


def accepted(past: Past, agency: AgencyId, at: str) -> None:
    past.tell("report.r", ReportAccepted(request_id="r", agency_id=agency, version=1), at=at)


def test_reports_in_time_late_missing_and_incomplete() -> None:
    past = requested()
    assert past.said("D11.3", "2026-03-02") == []
    assert past.said("D5.2.b", "2026-03-15") == [("report_due", AT_RISK)] * 2
    sent(past, SO_A, "2026-03-10")
    assert past.said("D11.3", "2026-03-12") == [("report_incomplete", AT_RISK)]
    accepted(past, SO_A, "2026-03-10")
    assert past.said("D11.3", "2026-03-21") == [("report_done", KEPT), ("report_missing", BREACHED)]
    sent(past, SO_B, "2026-03-22", late=True)
    accepted(past, SO_B, "2026-03-22")
    assert past.said("D11.3", "2026-03-23") == [("report_done", KEPT), ("report_late", BREACHED)]


def test_reports_are_owed_by_the_day_and_the_agencies_that_stand() -> None:
    past = requested()
    longer = ReportRequestExtended(request_id="r", due=Deadline.parse("2026-06-20"), due_before=DUE)
    moved = ReportRequestTransferred(request_id="r", from_agency=SO_B, to=(SO_C,), asked=(SO_A, SO_C))
    past.tell("report.r", longer, moved, at="2026-03-18")
    assert past.said("D11.3", "2026-03-25") == []
    whose = [one.whose for one in past.occasions("D11.3", "2026-06-21")]
    assert whose == ["so-a", "so-c"]


def directed() -> Past:
    past = Past().regulated()
    issued = DirectiveIssued(directive_id="c", text="Rà soát", to=(SO_A,), acknowledge_by=DUE)
    past.tell("directive.c", issued, at="2026-03-02")
    return past


def test_directives_are_acknowledged() -> None:
    past = directed()
    assert past.said("D11.1", "2026-03-21") == [("acknowledgement_missing", BREACHED)]
    known = DirectiveAcknowledged(directive_id="c", agency_id=SO_A, measures="Đã phổ biến")
    past.tell("directive.c", known, at="2026-03-10")
    assert past.said("D11.1", "2026-03-21") == [("acknowledgement_done", KEPT)]


def test_directives_go_with_the_agency_or_are_withdrawn() -> None:
    past = directed()
    moved = DirectiveReaddressed(directive_id="c", from_agency=SO_A, to=(SO_B,), acknowledge_by=DUE)
    past.tell("directive.c", moved, at="2026-03-05")
    assert [one.whose for one in past.occasions("D11.1", "2026-03-21")] == ["so-b"]
    past.tell("directive.c", DirectiveWithdrawn(directive_id="c", reason="thôi"), at="2026-03-06")
    assert past.said("D11.1", "2026-03-21") == []


def test_information_is_given() -> None:
    past = Past().regulated()
    past.tell(
        "information.i",
        InformationRequested(request_id="i", to=SO_A, what="Số liệu", due=DUE),
        at="2026-03-02",
    )
    assert past.said("D7.5", "2026-03-21") == [("information_missing", BREACHED)]
    past.tell(
        "information.i", InformationProvided(request_id="i", content="Đây", agency=SO_A), at="2026-03-25"
    )
    assert past.said("D2.3", "2026-03-26") == [("information_late", BREACHED)]


def test_each_quarter_is_reported() -> None:
    past = Past().regulated()
    assert past.said("D7.7", "2026-04-15") == [("activity_due", AT_RISK)]
    assert past.said("D7.7", "2026-07-01")[0] == ("activity_missing", AT_RISK)
    report = ActivityReportIssued(report_id="q1", period="2026-Q1", title="Báo cáo quý I")
    past.tell("activity.q1", report, at="2026-04-10")
    assert past.said("D7.7", "2026-04-15") == [("activity_reported", KEPT)]


def test_a_committee_below_reports() -> None:
    past = Past().regulated(at="2025-01-01")
    below = ChildCommitteeRegistered(child=CommitteeId("huyen"), name="Ban Chỉ đạo huyện")
    past.tell("committee.charter", below, at="2025-02-01")
    assert past.said("D12.2", "2026-02-01") == [("child_silent", AT_RISK)]
    told = ChildReportReceived(
        child=CommitteeId("huyen"), report_id="q1", version=1, period="2025-Q1", title="Báo cáo"
    )
    past.tell("childreport.huyen-q1", told, at="2025-04-10")
    assert past.said("D12.2", "2026-02-01") == [("child_reported", KEPT)]


def test_of_a_committee_below_that_a_source_does_not_tell_of_nothing_is_claimed() -> None:
    past = Past().regulated(at="2025-01-01", from_source=True)
    below = ChildCommitteeRegistered(child=CommitteeId("huyen"), name="Ban Chỉ đạo huyện")
    past.tell("committee.charter", below, at="2025-02-01", from_source=True)
    assert past.said("D12.2", "2026-02-01") == [("child_unknown", NO_EVIDENCE)]


def test_what_was_closed_while_there_was_time_was_not_missed() -> None:
    past = requested()
    past.tell("report.r", ReportRequestClosed(request_id="r", tally=ReportTally(asked=2)), at="2026-03-10")
    assert past.said("D11.3", "2026-03-31") == []
    late = requested()
    late.tell("report.r", ReportRequestClosed(request_id="r", tally=ReportTally(asked=2)), at="2026-03-25")
    assert late.said("D11.3", "2026-03-31") == [("report_missing", BREACHED)] * 2


def test_information_that_never_came_is_missing_though_nobody_waits_any_more() -> None:
    past = Past().regulated()
    asked = InformationRequested(request_id="i", to=SO_A, what="Số liệu", due=DUE)
    past.tell("information.i", asked, at="2026-03-02")
    closed = InformationRequestClosed(request_id="i", reason="không trả lời", owing=(SO_A,))
    past.tell("information.i", closed, at="2026-04-02")
    assert past.said("D7.5", "2026-04-03") == [("information_missing", BREACHED)]


def test_a_release_from_before_settles_no_later_proposal() -> None:
    past = Past().regulated()
    seated = SupportStaffAssigned(
        seat_id="to-1", post="Thành viên", role=Role.TEAM_MEMBER, holder=PersonId("x"), agency_id=SO_A
    )
    past.tell("member.roster", seated, SupportStaffReleased(seat_id="to-1", reason="nghỉ"), at="2026-01-05")
    past.tell("member.roster", seated, at="2026-01-20")
    past.tell("member.roster", SupportStaffReplacementProposed(seat_id="to-1", reason="x"), at="2026-02-02")
    assert past.said("D6.1.dd", "2026-03-20") == [("staff_not_replaced", AT_RISK)]


def test_findings_are_put_right() -> None:
    past = Past().regulated()
    scheduled = InspectionScheduled(inspection_id="k", agency_id=SO_A, subject="Kiểm tra")
    found = FindingRecorded(inspection_id="k", finding_id="1", finding="Thiếu sổ", remedy_by=DUE)
    past.tell("inspection.k", scheduled, found, at="2026-03-02")
    assert past.said("D11.1", "2026-03-21") == [("finding_missing", BREACHED)]
    remedied = FindingRemedied(inspection_id="k", finding_id="1", how="Đã lập sổ")
    past.tell("inspection.k", remedied, at="2026-03-15")
    assert past.said("D11.1", "2026-03-21") == [("finding_done", KEPT)]
    again = FindingReopened(inspection_id="k", finding_id="1", reason="chưa đủ")
    past.tell("inspection.k", again, at="2026-03-16")
    assert past.said("D11.1", "2026-03-21") == [("finding_missing", BREACHED)]


def test_commitments_are_kept() -> None:
    past = Past().regulated()
    recorded = CommitmentRecorded(
        commitment_id="c", seat_id="ghe-a", content="Lồng ghép", into="Chiến lược ngành", deadline=DUE
    )
    past.tell("commitment.c", recorded, at="2026-02-02")
    assert past.said("D6.1.b", "2026-03-21") == [("commitment_missing", BREACHED)]
    past.tell("commitment.c", CommitmentFulfilled(commitment_id="c", evidence="Xong"), at="2026-03-01")
    assert past.said("D6.1.b", "2026-03-21") == [("commitment_done", KEPT)]


def test_staff_whose_replacement_was_proposed() -> None:
    past = Past().regulated()
    seated = SupportStaffAssigned(
        seat_id="to-1", post="Thành viên", role=Role.TEAM_MEMBER, holder=PersonId("x"), agency_id=SO_A
    )
    past.tell("member.roster", seated, at="2026-01-05")
    proposed = SupportStaffReplacementProposed(seat_id="to-1", reason="chưa đáp ứng")
    past.tell("member.roster", proposed, at="2026-02-02")
    assert past.said("D6.1.dd", "2026-02-20") == []
    assert past.said("D6.1.dd", "2026-03-20") == [("staff_not_replaced", AT_RISK)]
    past.tell("member.roster", SupportStaffReleased(seat_id="to-1", reason="thay"), at="2026-03-21")
    assert past.said("D6.1.dd", "2026-03-22") == [("staff_replaced", KEPT)]


def test_funds() -> None:
    past = Past().regulated()
    past.tell("budget.2026", BudgetAllocated(year=2026, amount=5), at="2026-01-10")
    assert past.said("D10", "2026-02-01") == [("funds_not_estimated", AT_RISK)]
    past.tell("budget.2026", BudgetEstimated(year=2026, amount=5), at="2026-01-11")
    assert past.said("D10", "2026-02-01") == [("funds_kept", KEPT)]
