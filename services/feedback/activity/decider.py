"""The activity report of a period, and its corrections; every figure names its events (D7.7)."""

import re
from collections.abc import Sequence
from typing import assert_never

from services.feedback.activity.commands import (
    REFERENCE,
    ActivityCommand,
    CorrectActivityReport,
    IssueActivityReport,
)
from services.feedback.activity.events import (
    ActivityEvent,
    ActivityReportCorrected,
    ActivityReportIssued,
    FigureKind,
    ReportFigure,
)
from services.feedback.report.periods import Period
from services.feedback.rules import Rule
from services.members.capacity import SUPPORT_TEAM
from shared.decider import Decider, require
from shared.envelope import Act

Report = ActivityEvent | None
"""The report as it stands: issued, or as it was last corrected."""


def issue(command: IssueActivityReport, act: Act, report: Report) -> list[ActivityEvent]:
    """D7.7: the support team reports a period, with figures that can be traced."""
    _by_team(act)
    _for_a_period(command.period, act)
    _traceable(command.figures)
    require(
        report is None, Rule.ACTIVITY_REPORT_IS_NEW, f"{command.report_id} was issued: correct it instead"
    )
    return [ActivityReportIssued.model_validate(command.model_dump())]


def correct(command: CorrectActivityReport, act: Act, report: Report) -> list[ActivityEvent]:
    """D7.7, D7.8: what was wrong stays on record; what is right is a new event."""
    _by_team(act)
    require(report is not None, Rule.ACTIVITY_REPORT_STANDS, f"{command.report_id} was never issued")
    assert report is not None
    _traceable(command.figures)
    given = {one.key: ReportFigure.model_validate(one.model_dump()) for one in command.figures}
    before = {one.key: one for one in report.figures}
    corrected = tuple(key for key, one in given.items() if before.get(key) != one)
    if not corrected:
        return []
    return [
        ActivityReportCorrected(
            report_id=command.report_id,
            period=report.period,
            title=report.title,
            figures=tuple({**before, **given}.values()),
            corrected=corrected,
            reason=command.reason,
        )
    ]


def _by_team(act: Act) -> None:
    require(
        act.in_capacity(*SUPPORT_TEAM),
        Rule.ACTIVITY_REPORTED_BY_TEAM,
        "the support team reports on the activity of the committee",
    )


def _for_a_period(label: str, act: Act) -> None:
    """D7.7: of a period that has begun; a report of the year may be made before its last day."""
    require(
        _is_period(label),
        Rule.ACTIVITY_PERIOD_IS_KNOWN,
        f"{label!r} is no period: write 2026, 2026-Q3, 2026-07 or 2026-W30",
    )
    require(
        Period.named(label).first <= act.effective_at.latest or act.source is not None,
        Rule.ACTIVITY_PERIOD_IS_KNOWN,
        f"{label} has not begun on {act.effective_at.latest}: report on a period that has",
    )


def _is_period(label: str) -> bool:
    try:
        Period.named(label)
    except ValueError:
        return False
    return True


def _traceable(figures: Sequence[ReportFigure]) -> None:
    """D7.7: each figure stands once and names the events that it rests on, as many as it counts."""
    keys = [one.key for one in figures]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    require(not twice, Rule.FIGURE_STANDS_ONCE, f"a figure stands once: {', '.join(twice)}")
    for one in figures:
        events = set(one.evidence)
        require(
            bool(events or one.value == 0) and all(re.fullmatch(REFERENCE, event) for event in events),
            Rule.FIGURE_CITES_EVENTS,
            f"{one.key} = {one.value} names the events that it rests on, each as stream@revision",
        )
        require(
            one.kind is not FigureKind.COUNT or one.value == len(events),
            Rule.FIGURE_IS_ITS_COUNT,
            f"{one.key} = {one.value} counts {len(events)} events",
        )


def decide(command: ActivityCommand, act: Act, report: Report) -> list[ActivityEvent]:
    match command:
        case IssueActivityReport():
            return issue(command, act, report)
        case CorrectActivityReport():
            return correct(command, act, report)
        case _:
            assert_never(command)


def evolve(report: Report, event: ActivityEvent) -> Report:
    return event


decider: Decider[ActivityCommand, ActivityEvent, Report] = Decider(
    category="activity",
    stream_id=lambda command: command.report_id,
    initial=None,
    decide=decide,
    evolve=evolve,
)
