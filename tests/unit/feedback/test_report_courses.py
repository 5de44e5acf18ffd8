"""Random courses of requests, regimes, templates and activity reports: what holds after each step."""

from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from services.feedback.report import decider as report
from services.feedback.report import regime as report_regime
from services.feedback.report import template as report_template
from services.feedback.report.asking import tally
from services.feedback.report.commands import (
    CloseReportRequest,
    DefineTemplate,
    EndReportRegime,
    ExtendReport,
    FieldAsked,
    MarkReportsOverdue,
    ReturnReport,
    SetReportRegime,
    TransferReport,
)
from services.feedback.report.events import (
    ReportAccepted,
    ReportOverdue,
    ReportRegimeEnded,
    ReportRegimeSet,
    ReportRequestClosed,
    ReportRequested,
    ReportReturned,
    ReportSubmitted,
    Rhythm,
    TemplateDefined,
)
from services.feedback.report.state import Request
from shared.dates import Deadline
from shared.messages import AgencyId, Command, Event
from tests.unit.feedback.report_examples import ALL, ASK, EMPTY, FULL, PAPER, A, B, R, send
from tests.unit.histories import acts, machine

AGENCIES = (*ALL, AgencyId("xa-mot"))
AGENCY = st.sampled_from(AGENCIES)
DAYS = ("2026-07-01", "2026-07-25", "2026-07-26", "2026-08-15")
DUE = st.sampled_from(["2026-07-25", "2026-08-10", "theo quy định"]).map(Deadline.parse)
VALUES: Any = st.sampled_from([FULL, EMPTY, {**FULL, "kinh_phi": "x"}, {**FULL, "so_dich_vu": 1}])
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.sampled_from([ASK, ASK.model_copy(update={"regime_id": "quy"})]),
    st.builds(send, AGENCY, VALUES, st.sampled_from([None, PAPER])),
    st.builds(ReturnReport, request_id=st.just(R), agency_id=AGENCY, reasons=st.just("xem lại")),
    st.builds(ExtendReport, request_id=st.just(R), due=DUE, reason=st.just("mưa lũ")),
    st.builds(
        TransferReport,
        request_id=st.just(R),
        from_agency=AGENCY,
        to=st.lists(AGENCY, min_size=1, max_size=3).map(tuple),
        reason=st.just("sắp xếp"),
    ),
    st.builds(MarkReportsOverdue, request_id=st.just(R), today=st.dates(date(2026, 7, 1), date(2026, 9, 1))),
    st.just(CloseReportRequest(request_id=R)),
)


def the_tally_adds_up(events: list[Event], request: Request) -> None:
    """Each asked agency is in one column; late is late; one version is accepted; versions count up."""
    now = tally(request)
    assert now.asked == len(set(request.asked)) == len(request.asked)
    assert now.asked == now.on_time + now.late + now.returned + now.silent
    assert min(now.on_time, now.late, now.returned, now.silent) >= 0
    for agency, answer in request.answers.items():
        mine = [one for one in events if getattr(one, "agency_id", None) == agency]
        versions = [one.version for one in mine if isinstance(one, ReportSubmitted)]
        assert versions == list(range(1, len(versions) + 1))
        standing: int | None = None
        late = False
        for one in mine:
            if isinstance(one, ReportSubmitted):
                assert one.late == (one.days_late > 0)
                late = late or (one.late and standing is None)
            elif isinstance(one, ReportAccepted):
                standing = one.version
            elif isinstance(one, ReportReturned) and one.version == standing:
                standing = None
        assert (answer.accepted, answer.late) == (standing, late)
    marked = [(one.agency_id, one.due) for one in events if isinstance(one, ReportOverdue)]
    closings = [one.tally for one in events if isinstance(one, ReportRequestClosed)]
    assert len(closings) <= 1
    assert sum(isinstance(one, ReportRequested) for one in events) <= 1
    if closings:
        assert isinstance(events[-1], ReportRequestClosed)
        assert closings[0] == now
    if len({type(one) for one in events}) and not any("Extended" in type(one).__name__ for one in events):
        assert len(marked) == len(set(marked)), "once for each silent agency and deadline"


TestRequest = machine(report.decider, COMMANDS, acts(agencies=(None, A, B), days=DAYS), the_tally_adds_up)

FIELD = FieldAsked(name="a", label="A")


def versions_count_up(events: list[Event], template: TemplateDefined | None) -> None:
    defined = [one for one in events if isinstance(one, TemplateDefined)]
    assert [one.version for one in defined] == list(range(1, len(defined) + 1))
    assert template == (defined[-1] if defined else None)
    assert all(one != other for one, other in pairwise(defined))


TestTemplate = machine(
    report_template.decider,
    st.builds(
        DefineTemplate,
        template_id=st.just("quy"),
        title=st.sampled_from(["một", "hai"]),
        fields=st.sampled_from([(FIELD,), (FIELD, FIELD), ()]),
    ),
    acts(),
    versions_count_up,
    examples=15,
)


def terms_follow_the_last_event(events: list[Event], regime: Any) -> None:
    set_ = [one for one in events if isinstance(one, ReportRegimeSet)]
    assert regime.terms == (set_[-1] if set_ else None)
    assert regime.ended == bool(events and isinstance(events[-1], ReportRegimeEnded))
    assert all(one != other for one, other in pairwise(events))


TestRegime = machine(
    report_regime.decider,
    st.one_of(
        st.builds(
            SetReportRegime,
            regime_id=st.just("quy"),
            title=st.just("Báo cáo quý"),
            rhythm=st.sampled_from(Rhythm),
            to=st.sampled_from([(), ALL]),
            due_days=st.integers(0, 30),
            since=st.sampled_from([None, date(2026, 7, 1)]),
            fields=st.sampled_from([(FIELD,), ()]),
        ),
        st.just(EndReportRegime(regime_id="quy", reason="đổi chế độ")),
    ),
    acts(),
    terms_follow_the_last_event,
    examples=15,
)
