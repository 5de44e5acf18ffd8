"""The documents of one body in one year: numbered in order of issue, and never edited (D2.1, D9.1)."""

from typing import assert_never

from services.meetings.document import course
from services.meetings.document.commands import (
    CorrectDocument,
    DispatchDocument,
    HandOverSeries,
    IssueDocument,
    RecallDocument,
    ReplaceDocument,
    SeriesCommand,
    VoidNumber,
)
from services.meetings.document.events import NumberVoided, SeriesEvent, SeriesHandedOver
from services.meetings.document.issuing import issue
from services.meetings.document.secrecy import require_no_secret
from services.meetings.document.signing import may_keep, may_sign
from services.meetings.document.state import Series, evolve
from services.meetings.rules import Rule
from services.members.capacity import Capacity
from shared.decider import Decider, require
from shared.envelope import Act
from shared.text import slug


def void(command: VoidNumber, act: Act, series: Series) -> list[SeriesEvent]:
    """D2.1: a gap is always explained; only the next number can stay without a document."""
    require(
        may_keep(act, command.series, series.agency),
        Rule.TEAM_KEEPS_RECORDS,
        "the support team voids a number, or who signs in the series; an agency's its head",
    )
    require_no_secret(None, (command.reason,))
    if command.number in series.void:
        return []
    require(
        command.number == series.next,
        Rule.NUMBER_IS_NEXT,
        f"{command.number} is not the next number, {series.next}; an issued document is recalled instead",
    )
    return [
        NumberVoided(series=command.series, year=command.year, number=command.number, reason=command.reason)
    ]


def hand_over(command: HandOverSeries, act: Act, series: Series) -> list[SeriesEvent]:
    """D1.2: the successor of an agency that ended goes on with its numbers."""
    require(
        act.in_capacity(Capacity.POLICY) or may_sign(act, command.series, command.from_agency),
        Rule.HANDED_TO_SUCCESSOR,
        "a series goes over when its agency ends, or by that agency's head",
    )
    if series.agency == command.to_agency:
        return []
    require(
        series.agency == command.from_agency and series.agency is not None,
        Rule.HANDED_TO_SUCCESSOR,
        f"the series is not {command.from_agency}'s but {series.agency or 'of no agency'}",
    )
    return [SeriesHandedOver.model_validate(command.model_dump())]


def decide(command: SeriesCommand, act: Act, series: Series) -> list[SeriesEvent]:
    """Two abbreviations that differ only in their marks would share a stream: the first one has it."""
    require(
        series.symbol in (None, command.series),
        Rule.SERIES_HAS_ONE_BODY,
        f"this is the series {series.symbol}, and not {command.series}",
    )
    match command:
        case IssueDocument():
            return issue(command, act, series)
        case ReplaceDocument():
            return course.replace_document(command, act, series)
        case CorrectDocument():
            return course.correct_document(command, act, series)
        case RecallDocument():
            return course.recall(command, act, series)
        case DispatchDocument():
            return course.dispatch(command, act, series)
        case VoidNumber():
            return void(command, act, series)
        case HandOverSeries():
            return hand_over(command, act, series)
        case _:
            assert_never(command)


decider: Decider[SeriesCommand, SeriesEvent, Series] = Decider(
    category="series",
    stream_id=lambda command: f"{slug(command.series)}-{command.year}",
    initial=Series(),
    decide=decide,
    evolve=evolve,
)
