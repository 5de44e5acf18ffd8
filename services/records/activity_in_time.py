"""Figures of what came by its day, and of what came late: answers, reports, completed tasks.

Late is what was recorded as late. On time is nothing that had no day to come by, so that on time and late may
be less than all.
"""

from collections.abc import Iterable
from enum import StrEnum

from services.feedback.events import FeedbackAnswered, FeedbackReceived, FeedbackReopened
from services.feedback.report.events import (
    ReportAccepted,
    ReportRequested,
    ReportRequestExtended,
    ReportReturned,
    ReportSubmitted,
)
from services.feedback.report.periods import Period
from services.records.activity_sums import Found, Past, happened_in
from services.tasks.events import TaskAssigned, TaskCompleted, TaskExtensionGranted
from shared.envelope import Envelope
from shared.messages import Event


class InTime(StrEnum):
    """How something came that had a day to come by."""

    ON_TIME = "on_time"
    LATE = "late"


def _how(late: bool, limited: bool) -> InTime | None:
    if late:
        return InTime.LATE
    return InTime.ON_TIME if limited else None


def _those(
    how: InTime | None, told: Iterable[tuple[Envelope[Event], InTime | None]], period: Period
) -> list[str]:
    """Those of the period that came so; all of them without a `how`."""
    return [one.reference for one, came in told if how in (None, came) and happened_in(one, period)]


def tasks_completed_on_time(past: Past, period: Period) -> list[str]:
    """Tasks that were completed in the period by their deadline; those that had none are not among them."""
    limited: dict[str, bool] = {}
    completed: list[tuple[Envelope[Event], InTime | None]] = []
    for one in past:
        match one.event:
            case TaskAssigned() | TaskExtensionGranted() as event:
                limited[event.task_id] = event.deadline is not None and event.deadline.latest is not None
            case TaskCompleted() as event:
                completed.append((one, _how(event.late, limited.get(event.task_id, False))))
    return _those(InTime.ON_TIME, completed, period)


def feedback_answers(how: InTime | None) -> Found:
    """Feedback that got its answer in the period, by the first answer since it was received or reopened: a
    better one that follows makes it neither later nor earlier. None for all, with or without a limit."""

    def found(past: Past, period: Period) -> list[str]:
        limited: dict[str, bool] = {}
        answers: list[tuple[Envelope[Event], InTime | None]] = []
        for one in past:
            match one.event:
                case FeedbackReceived() | FeedbackReopened() as event:
                    limited[event.feedback_id] = event.answer_by is not None
                case FeedbackAnswered() as event if event.feedback_id in limited:
                    answers.append((one, _how(event.late, limited.pop(event.feedback_id))))
        return _those(how, answers, period)

    return found


def reports_accepted(how: InTime | None) -> Found:
    """Reports that stand accepted at the end of the period and came to that in it; by the event of it.

    As in the tally of a request: late is what came late while nothing was accepted; what was returned for
    its content is owed again. None for all, with or without a last day.
    """

    def found(past: Past, period: Period) -> list[str]:
        limited: dict[str, bool] = {}
        late: set[tuple[str, str]] = set()
        accepted: dict[tuple[str, str], tuple[Envelope[Event], int]] = {}
        for one in past:
            match one.event:
                case ReportRequested() | ReportRequestExtended() as event:
                    limited[event.request_id] = event.due.latest is not None
                case ReportSubmitted() as event:
                    if event.late and (event.request_id, event.agency_id) not in accepted:
                        late.add((event.request_id, event.agency_id))
                case ReportAccepted() as event:
                    key = event.request_id, event.agency_id
                    first = accepted[key][0] if key in accepted else one
                    accepted[key] = first, event.version
                case ReportReturned() as event:
                    key = event.request_id, event.agency_id
                    if key in accepted and accepted[key][1] == event.version:
                        del accepted[key]
        told = [(one, _how(key in late, limited.get(key[0], False))) for key, (one, _) in accepted.items()]
        return _those(how, told, period)

    return found
