"""Commands of the reporting regime at a moment at which somebody competent may ask them."""

from datetime import date

from services.feedback.report import decider as report
from services.feedback.report import regime as report_regime
from services.feedback.report import template as report_template
from services.feedback.report.commands import (
    CloseReportRequest,
    DefineTemplate,
    EndReportRegime,
    ExtendReport,
    MarkReportsOverdue,
    ReturnReport,
    TransferReport,
)
from shared.messages import AgencyId
from tests.unit.feedback.report_examples import (
    ASK,
    FIELDS,
    FULL,
    LATER,
    REQUESTED,
    A,
    B,
    R,
    accepted,
    send,
    sent,
)
from tests.unit.feedback.test_report_regime import IN_FORCE, SET
from tests.unit.specimens import Specimen

ASKER = "pho-truong-ban"
SPECIMENS = (
    Specimen(DefineTemplate(template_id="quy", title="Mẫu quý", fields=FIELDS), report_template.decider),
    Specimen(ASK, report.decider, document=True),
    Specimen(send(A, FULL), report.decider, (REQUESTED,), agency=A),
    Specimen(
        ReturnReport(request_id=R, agency_id=A, reasons="xem lại"),
        report.decider,
        (REQUESTED, sent(A), accepted(A)),
        agency=A,
    ),
    Specimen(
        ExtendReport(request_id=R, due=LATER, reason="mưa lũ"), report.decider, (REQUESTED,), person=ASKER
    ),
    Specimen(
        TransferReport(request_id=R, from_agency=A, to=(B, AgencyId("xa-mot")), reason="sắp xếp"),
        report.decider,
        (REQUESTED,),
        agency=A,
    ),
    Specimen(
        MarkReportsOverdue(request_id=R, today=date(2026, 7, 26)),
        report.decider,
        (REQUESTED,),
        at="2026-07-26",
    ),
    Specimen(CloseReportRequest(request_id=R), report.decider, (REQUESTED,)),
    Specimen(SET, report_regime.decider, document=True),
    Specimen(
        EndReportRegime(regime_id="quy", reason="đổi chế độ"),
        report_regime.decider,
        (IN_FORCE,),
        document=True,
    ),
)
