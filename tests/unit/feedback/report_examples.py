"""Templates, requests and people that the tests of reports share."""

from datetime import date
from typing import Any

from services.feedback.report.commands import FieldAsked, RequestReport, SubmitReport
from services.feedback.report.decider import decider
from services.feedback.report.events import (
    FieldKind,
    ReportAccepted,
    ReportRequested,
    ReportReturned,
    ReportSubmitted,
    TemplateField,
)
from services.members.capacity import Capacity
from shared.dates import Deadline
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef, Event
from tests.unit.given import DECISION, SOURCE, Story, act

R = "bao-cao-quy-2"
A, B, C = AgencyId("so-cong-thuong"), AgencyId("so-xay-dung"), AgencyId("huyen-mau")
ALL = (A, B, C)
DUE = Deadline(wording="trước ngày 26/7/2026", latest=date(2026, 7, 25))
LATER = Deadline(wording="10/8/2026", latest=date(2026, 8, 10))
PAPER = DocumentRef(number="12/BC-SCT")

CHAIR = act(Capacity.CHAIR, person="truong-ban", at="2026-07-01")
FOR_CHAIR = act(Capacity.STANDING_DEPUTY, person="pho-tt", acts_for="truong-ban", at="2026-07-01")
DEPUTY = act(Capacity.DEPUTY, person="pho-truong-ban", at="2026-07-01")
OTHER_DEPUTY = act(Capacity.DEPUTY, person="pho-truong-ban-khac", at="2026-07-01")
TEAM = act(Capacity.TEAM_MEMBER, person="thanh-vien-to", at="2026-07-01")
TEAM_BY_PAPER = act(Capacity.TEAM_LEADER, person="to-truong", document=DECISION, at="2026-07-01")
POLICY = act(Capacity.POLICY, person="policy:x", at="2026-07-26")
CLOCK = act(Capacity.POLICY, person="policy:x", at="2035-01-01")
"""A policy on a day on which every day of these tests has come."""
MEMBER = act(Capacity.MEMBER, person="thanh-vien", at="2026-07-01")
BEFORE = act(Capacity.RECORD_KEEPER, at="2021-07-01", bound=False, source=SOURCE)
FROM_SOURCE = act(Capacity.RECORD_KEEPER, at="2026-07-01", source=SOURCE)


def head(agency: AgencyId, at: str = "2026-07-20") -> Act:
    return act(Capacity.AGENCY, person=f"agency:{agency}", agency=agency, at=at)


FIELDS = (
    FieldAsked(name="so_dich_vu", label="Số dịch vụ công trực tuyến", kind=FieldKind.NUMBER),
    FieldAsked(name="kinh_phi", label="Kinh phí", kind=FieldKind.MONEY),
    FieldAsked(name="ngay", label="Ngày chốt số liệu", kind=FieldKind.DATE),
    FieldAsked(name="kho_khan", label="Khó khăn", required=False),
    FieldAsked(name="van_ban", label="Văn bản", kind=FieldKind.DOCUMENT, required=False),
)
ASK = RequestReport(
    request_id=R,
    title="Báo cáo chuyển đổi số quý II",
    to=(*ALL, A),
    due=DUE,
    template_id="quy",
    version=1,
    fields=FIELDS,
    period="2026-Q2",
    from_conclusion="meeting-langson.hop-24-6@5",
)
REQUESTED = ReportRequested(
    **{
        **ASK.model_dump(exclude={"to", "fields"}),
        "to": ALL,
        "fields": tuple(TemplateField.model_validate(one.model_dump()) for one in FIELDS),
        "requested_by": "pho-truong-ban",
    }
)
FULL: dict[str, Any] = {"so_dich_vu": "95,5", "kinh_phi": 1_200_000, "ngay": "30/6/2026"}
EMPTY: dict[str, Any] = {"so_dich_vu": 12, "ngay": " "}


def send(agency: AgencyId, values: dict[str, Any], document: DocumentRef | None = None) -> SubmitReport:
    return SubmitReport(request_id=R, agency_id=agency, values=values, document=document)


def sent(agency: AgencyId, version: int = 1, days_late: int = 0, **values: Any) -> ReportSubmitted:
    return ReportSubmitted(
        request_id=R,
        agency_id=agency,
        version=version,
        late=days_late > 0,
        days_late=days_late,
        values=values or FULL,
    )


def accepted(agency: AgencyId, version: int = 1) -> ReportAccepted:
    return ReportAccepted(request_id=R, agency_id=agency, version=version)


def returned(agency: AgencyId, version: int = 1, **because: Any) -> ReportReturned:
    because = because or {"missing": ("kinh_phi", "ngay")}
    return ReportReturned(request_id=R, agency_id=agency, version=version, **because)


def story(*events: Event) -> Story:
    return Story(decider).given(*events)
