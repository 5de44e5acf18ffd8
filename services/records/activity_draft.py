"""The draft of an activity report (D7.7): figures, those of the period before, what was issued, the rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from services.feedback.activity.events import ActivityReportCorrected, ActivityReportIssued, ReportFigure
from services.feedback.report.events import Rhythm
from services.feedback.report.periods import Period
from services.members.events import (
    CommitteeEstablished,
    CommitteeRenamed,
    RegulationAdopted,
    RegulationAmended,
)
from services.members.parameters import STANDARD, Parameters
from services.records.activity import SECTIONS, figures
from shared.catalogue import both
from shared.envelope import Envelope
from shared.errors import InvalidRequest
from shared.messages import Event

Past = Sequence[Envelope[Event]]
EARLIEST: Final = 1900
"""The first year that may be asked for."""
CUT: Final = 15
"""The day of a month from which its facts belong to the next report (Nghị định 09/2019/NĐ-CP, Điều 12)."""


def draft(past: Past, label: str, today: date, window: bool = False) -> dict[str, Any]:
    """Everything that a report of the period says, as plain values; `events` are those that its figures name.

    With `window` the period is that of Nghị định 09/2019/NĐ-CP, from the 15th to the 14th. Raises
    InvalidRequest where there is no such period.
    """
    period = _period(label, window)
    before = _before(period, label, window)
    made = figures(past, period, today)
    earlier = {one.key: one.value for one in figures(past, before, today)}
    until = min(today, period.last)
    return {
        "wording": period.wording,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "until": until.isoformat(),
        "figures": [one.model_dump(mode="json") for one in made],
        "sections": {name: list(keys) for name, keys in SECTIONS.items()},
        "previous": {
            "period": before.label,
            "wording": before.wording,
            "first": before.first.isoformat(),
            "last": before.last.isoformat(),
            "values": earlier,
        },
        "issued": _issued(past, label, made),
        "rules": _rules(past, until),
        "called": _called(past, until),
        "events": _events(past, made),
    }


def windowed(period: Period) -> Period:
    """From the 15th of the month before the period to the 14th of its last month."""
    first = (period.first - timedelta(days=1)).replace(day=CUT)
    return replace(period, first=first, last=period.last.replace(day=CUT - 1))


def _period(label: str, window: bool) -> Period:
    try:
        period: Period | None = Period.named(label)
    except ValueError:
        period = None
    if period is None or period.first.year < EARLIEST:
        raise InvalidRequest("period", both("activity_draft.no_period", period=label))
    if window and "-W" in label:
        raise InvalidRequest("window", both("activity_report.no_window", period=label))
    return windowed(period) if window else period


def _before(period: Period, label: str, window: bool) -> Period:
    """The one of the same length that ended the day before."""
    rhythm = next(one for one in Rhythm if Period.of(one, label))
    before = Period.containing(rhythm, Period.named(label).first - timedelta(days=1))
    return windowed(before) if window else before


def _issued(past: Past, label: str, made: Iterable[ReportFigure]) -> list[dict[str, Any]]:
    """The reports of the period that were issued, as they stand; `differs` are the figures that the draft
    tells otherwise: another value, or the same from other events."""
    stands: dict[str, dict[str, Any]] = {}
    drafted = {one.key: one for one in made}
    for one in past:
        match one.event:
            case ActivityReportIssued() | ActivityReportCorrected() as event if event.period == label:
                known = stands.get(event.report_id) or {"issued": str(one.meta.effective_at)}
                corrected = isinstance(event, ActivityReportCorrected)
                stands[event.report_id] = {
                    "report": event.report_id,
                    "title": event.title,
                    "issued": known["issued"],
                    "corrected": str(one.meta.effective_at) if corrected else None,
                    "event": one.reference,
                    "values": {figure.key: figure.value for figure in event.figures},
                    "differs": [f.key for f in event.figures if _differs(f, drafted.get(f.key))],
                }
    return list(stands.values())


def _differs(issued: ReportFigure, drafted: ReportFigure | None) -> bool:
    if drafted is None:  # a figure that only people count
        return False
    return issued.value != drafted.value or set(issued.evidence) != set(drafted.evidence)


def _rules(past: Past, on: date) -> dict[str, Any]:
    """By which regulation and which calendar the figures of that day stand."""
    regulation: str | None = None
    amendment: str | None = None
    parameters: Parameters = STANDARD
    for one in past:
        if one.meta.effective_at.latest > on:
            continue
        match one.event:
            case RegulationAdopted() as adopted:
                regulation, amendment = str(adopted.regulation), None
                parameters = adopted.parameters or STANDARD
            case RegulationAmended() as amended:
                amendment, parameters = str(amended.amendment), amended.parameters or parameters
    return {"regulation": regulation, "amendment": amendment, "calendar": parameters.work.version}


def _called(past: Past, on: date) -> str | None:
    """The committee's name on the day; its first name where it had none yet."""
    name: str | None = None
    for one in past:
        match one.event:
            case CommitteeEstablished() as established if name is None:
                name = established.name
            case CommitteeRenamed() as renamed if one.meta.effective_at.latest <= on:
                name = renamed.new_name
    return name


def _events(past: Past, made: Iterable[ReportFigure]) -> dict[str, Mapping[str, Any]]:
    cited = {reference for one in made for reference in one.evidence}
    return {
        one.reference: {
            "type": one.type,
            "effective": str(one.meta.effective_at),
            "recorded": one.recorded_at.isoformat(),
            "position": one.position,
        }
        for one in past
        if one.reference in cited
    }
