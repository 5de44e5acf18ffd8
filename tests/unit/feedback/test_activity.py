"""Activity reports: who reports, figures that name their events, corrections beside what was issued."""

from typing import Any

import pytest
from hypothesis import strategies as st

from services.feedback.activity.commands import CorrectActivityReport, FigureAsked, IssueActivityReport
from services.feedback.activity.decider import decider
from services.feedback.activity.events import (
    ActivityReportCorrected,
    ActivityReportIssued,
    FigureKind,
    ReportFigure,
)
from services.feedback.activity.records import READ_MODELS, activity_figures, activity_reports
from services.feedback.rules import Rule
from shared.messages import Command, DocumentRef, Event
from tests.unit.feedback.report_examples import BEFORE, CHAIR, MEMBER, TEAM
from tests.unit.given import Story
from tests.unit.histories import acts, machine
from tests.unit.rows import envelopes, project, rows

REPORT = "2026-q3"


def figure(key: str, value: int, *events: str, **more: Any) -> FigureAsked:
    return FigureAsked(key=key, label=key, value=value, evidence=events, **more)


MEETINGS = figure("meetings_periodic", 1, "meeting-langson.hop-quy-3@0")
SPENT = figure("expenditure", 12_000_000, "budget-langson.2026@3", kind=FigureKind.SUM, unit="đồng")
NONE = figure("opinions_silent", 0)
ISSUE = IssueActivityReport(
    report_id=REPORT,
    period="2026-Q3",
    title="Báo cáo kết quả quý III/2026",
    figures=(MEETINGS, SPENT, NONE),
    text="Ban đã họp một phiên.",
    document=DocumentRef(number="05/BC-TGV"),
)
ISSUED = ActivityReportIssued.model_validate(ISSUE.model_dump())
RIGHT = figure("meetings_periodic", 2, "meeting-langson.hop-quy-3@0", "meeting-langson.hop-them@0")
MORE = figure("conclusions", 1, "meeting-langson.hop-quy-3@9")
CORRECT = CorrectActivityReport(report_id=REPORT, figures=(RIGHT, MORE), reason="sót một phiên")
CORRECTED = ActivityReportCorrected(
    report_id=REPORT,
    period="2026-Q3",
    title="Báo cáo kết quả quý III/2026",
    figures=tuple(ReportFigure.model_validate(one.model_dump()) for one in (RIGHT, SPENT, NONE, MORE)),
    corrected=("meetings_periodic", "conclusions"),
    reason="sót một phiên",
)


def story(*events: Event) -> Story:
    return Story(decider).given(*events)


def with_figures(*figures: FigureAsked) -> IssueActivityReport:
    return ISSUE.model_copy(update={"figures": figures})


def test_the_support_team_reports() -> None:
    for who in (TEAM, BEFORE):
        story().when(ISSUE, who).then(ISSUED)
    for who in (CHAIR, MEMBER):
        story().when(ISSUE, who).then_refused(Rule.ACTIVITY_REPORTED_BY_TEAM)
        story(ISSUED).when(CORRECT, who).then_refused(Rule.ACTIVITY_REPORTED_BY_TEAM)


def test_a_report_is_issued_once_then_corrected() -> None:
    story(ISSUED).when(ISSUE, TEAM).then_refused(Rule.ACTIVITY_REPORT_IS_NEW)
    course = story(ISSUED).when(CORRECT, TEAM).then(CORRECTED)
    course.when(CORRECT, TEAM).then_nothing()
    story().when(CORRECT, TEAM).then_refused(Rule.ACTIVITY_REPORT_STANDS)


def test_a_report_is_for_a_period() -> None:
    odd = ISSUE.model_copy(update={"period": "2026-Q7"})
    story().when(odd, TEAM).then_refused(Rule.ACTIVITY_PERIOD_IS_KNOWN)


def test_a_report_is_for_a_period_that_has_begun() -> None:
    """The report of a year may be made before its last day, and none before its first."""
    for period, rule in (("2026", None), ("2026-Q4", Rule.ACTIVITY_PERIOD_IS_KNOWN)):
        told = story().when(ISSUE.model_copy(update={"period": period}), TEAM)
        if rule is None:
            told.then(ISSUED.model_copy(update={"period": period}))
        else:
            told.then_refused(Rule.ACTIVITY_PERIOD_IS_KNOWN)


@pytest.mark.parametrize("evidence", [(), ("hop-quy-3",), ("meeting-langson.hop-quy-3",)])
def test_a_figure_cites_its_events(evidence: tuple[str, ...]) -> None:
    sum_ = figure("expenditure", 5, *evidence, kind=FigureKind.SUM)
    story().when(with_figures(sum_), TEAM).then_refused(Rule.FIGURE_CITES_EVENTS)
    one = figure("meetings_periodic", 1, *evidence)
    story().when(with_figures(one), TEAM).then_refused(Rule.FIGURE_CITES_EVENTS)


def test_a_count_is_as_many_as_its_events() -> None:
    for value, events in ((2, ("a-b.c@1",)), (0, ("a-b.c@1",)), (2, ("a-b.c@1", "a-b.c@1"))):
        wrong = figure("meetings_periodic", value, *events)
        story().when(with_figures(wrong), TEAM).then_refused(Rule.FIGURE_IS_ITS_COUNT)
        once_more = CORRECT.model_copy(update={"figures": (wrong,)})
        story(ISSUED).when(once_more, TEAM).then_refused(Rule.FIGURE_IS_ITS_COUNT)


def test_a_figure_stands_once() -> None:
    story().when(with_figures(MEETINGS, MEETINGS), TEAM).then_refused(Rule.FIGURE_STANDS_ONCE)


FIGURE = st.builds(
    figure,
    st.sampled_from(["a", "b", "c"]),
    st.integers(0, 3),
    *[st.sampled_from(["x-y.z@1", "x-y.z@2", "x"])] * 2,
    kind=st.sampled_from(FigureKind),
)
FIGURES = st.lists(FIGURE, max_size=3).map(tuple) | st.just((MEETINGS, SPENT))
COMMANDS: st.SearchStrategy[Command] = st.builds(
    IssueActivityReport,
    report_id=st.just(REPORT),
    period=st.sampled_from(["2026-Q3", "2026-Q9"]),
    title=st.just("Báo cáo"),
    figures=FIGURES,
) | st.builds(
    CorrectActivityReport,
    report_id=st.just(REPORT),
    figures=FIGURES.filter(bool),
    reason=st.just("sai"),
)


def every_figure_can_be_traced(events: list[Event], report: Any) -> None:
    for event in events:
        assert isinstance(event, ActivityReportIssued | ActivityReportCorrected)
        assert len({one.key for one in event.figures}) == len(event.figures)
        for one in event.figures:
            assert one.evidence or one.value == 0
            assert one.kind is FigureKind.SUM or one.value == len(set(one.evidence))
    assert [isinstance(event, ActivityReportIssued) for event in events] == [
        n == 0 for n in range(len(events))
    ]


TestActivity = machine(decider, COMMANDS, acts(), every_figure_can_be_traced, examples=15)


@pytest.mark.parametrize("twice", [False, True])
def test_the_registers(twice: bool) -> None:
    recorded = envelopes(decider, REPORT, (ISSUED, CORRECTED), TEAM)
    db = project(READ_MODELS, recorded, twice=twice)
    [row] = rows(db, activity_reports)
    assert (row["period"], row["report_document"], row["figure_count"]) == ("2026-Q3", "05/BC-TGV", 4)
    assert (row["corrected"], row["corrected_because"]) == ("2026-07-01", "sót một phiên")
    assert row["event"] == f"activity-langson.{REPORT}@0"
    found = {one["key"]: one for one in rows(db, activity_figures)}
    assert [one["place"] for one in found.values()] == [4, 2, 1, 3]
    assert (found["meetings_periodic"]["value"], found["meetings_periodic"]["evidence"]) == (
        2,
        list(RIGHT.evidence),
    )
    assert found["meetings_periodic"]["event"] == f"activity-langson.{REPORT}@1"
    assert found["expenditure"]["event"] == f"activity-langson.{REPORT}@0"
    assert (found["expenditure"]["kind"], found["expenditure"]["unit"]) == ("sum", "đồng")
