"""Figures that follow from several events: meetings held, what is open at the end, sums of money."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from services.feedback.events import (
    FeedbackClosed,
    FeedbackDeclined,
    FeedbackForwarded,
    FeedbackReceived,
    FeedbackReopened,
)
from services.feedback.report.periods import Period
from services.meetings.events import (
    Attendance,
    AttendanceRecorded,
    MeetingCancelled,
    MeetingConvened,
    MeetingKind,
    MeetingPostponed,
    OpinionOverdue,
    OpinionSubmitted,
)
from services.members.budget.events import (
    AllocationAmended,
    BudgetAllocated,
    ExpenditureCorrected,
    ExpenditureRecorded,
)
from services.tasks.events import (
    StandingTaskEnded,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskExtensionGranted,
)
from services.tasks.inspection.events import FindingRemedied, FindingReopened
from shared.dates import Deadline, Moment
from shared.envelope import Envelope
from shared.messages import Event

Past = Sequence[Envelope[Event]]
Found = Callable[[Past, Period], list[str]]
Added = tuple[int, list[str]]
"""A sum, and the events that it is made of."""


def happened_in(envelope: Envelope[Event], period: Period) -> bool:
    return within(envelope.meta.effective_at, period)


def within(moment: Moment, period: Period) -> bool:
    """Whether a moment, however exactly it is known, lies in the period as a whole."""
    return period.first <= moment.earliest and moment.latest <= period.last


def _held(past: Past, period: Period) -> dict[str, Envelope[Event]]:
    """The meetings of the period by their id: held in it by the last day that was told, and not cancelled."""
    convened: dict[str, Envelope[Event]] = {}
    days: dict[str, Moment] = {}
    for one in past:
        match one.event:
            case MeetingConvened() as event:
                convened[event.meeting_id], days[event.meeting_id] = one, event.held
            case MeetingPostponed() as event:
                days[event.meeting_id] = event.held
            case MeetingCancelled() as event:
                days.pop(event.meeting_id, None)
    return {
        meeting: convened[meeting]
        for meeting, day in days.items()
        if meeting in convened and within(day, period)
    }


def meetings_of(kind: MeetingKind | None) -> Found:
    """The meetings of one kind that were held; None for those of which no source tells the kind."""

    def found(past: Past, period: Period) -> list[str]:
        return [
            one.reference
            for one in _held(past, period).values()
            if isinstance(one.event, MeetingConvened) and one.event.kind is kind
        ]

    return found


def _attendance(past: Past, period: Period) -> Iterable[tuple[Envelope[Event], AttendanceRecorded]]:
    """What was noted last of each participant of the meetings of the period."""
    meetings = _held(past, period)
    last: dict[tuple[str, str], tuple[Envelope[Event], AttendanceRecorded]] = {}
    for one in past:
        match one.event:
            case AttendanceRecorded() as noted if noted.meeting_id in meetings:
                last[noted.meeting_id, noted.participant] = (one, noted)
    return last.values()


def present(past: Past, period: Period) -> Added:
    """Heads that were there: a group that attends as one counts as many as it is."""
    there = [(one, noted) for one, noted in _attendance(past, period) if noted.status is Attendance.PRESENT]
    return sum(noted.count or 1 for _, noted in there), [one.reference for one, _ in there]


def absent(past: Past, period: Period) -> list[str]:
    return [one.reference for one, noted in _attendance(past, period) if noted.status is Attendance.ABSENT]


def opinions_silent(past: Past, period: Period) -> list[str]:
    """Seats whose deadline passed in the period and that had still not answered at its end."""
    silent: dict[tuple[str, str], str] = {}
    for one in past:
        match one.event:
            case OpinionOverdue() as event if happened_in(one, period):
                silent[event.round_id, event.seat_id] = one.reference
            case OpinionSubmitted() as event:
                silent.pop((event.round_id, event.seat_id), None)
    return list(silent.values())


def _open_tasks(past: Past) -> dict[str, tuple[str, Deadline | None, str]]:
    """Open tasks: the event that assigned each, its deadline, and the event that set the deadline."""
    tasks: dict[str, tuple[str, Deadline | None, str]] = {}
    for one in past:
        match one.event:
            case TaskAssigned() as event:
                tasks[event.task_id] = (one.reference, event.deadline, one.reference)
            case TaskExtensionGranted() as event if event.task_id in tasks:
                tasks[event.task_id] = (tasks[event.task_id][0], event.deadline, one.reference)
            case TaskCompleted() | TaskCancelled() | StandingTaskEnded() as ended:
                tasks.pop(ended.task_id, None)
    return tasks


def tasks_open(past: Past, period: Period) -> list[str]:
    """Tasks that are open at the end of the period, by the event that assigned each."""
    return [assigned for assigned, _, _ in _open_tasks(past).values()]


def tasks_open_overdue(past: Past, period: Period) -> list[str]:
    """Those of them whose deadline has passed by then, by the event that set the deadline."""
    return [
        by
        for _, deadline, by in _open_tasks(past).values()
        if deadline and deadline.passed(period.next_begins)
    ]


def findings_remedied(past: Past, period: Period) -> list[str]:
    """Findings that were remedied in the period that its end finds remedied still."""
    remedied: dict[tuple[str, str], Envelope[Event]] = {}
    for one in past:
        match one.event:
            case FindingRemedied() as event:
                remedied.setdefault((event.inspection_id, event.finding_id), one)
            case FindingReopened() as event:
                remedied.pop((event.inspection_id, event.finding_id), None)
    return [one.reference for one in remedied.values() if happened_in(one, period)]


def feedback_open(past: Past, period: Period) -> list[str]:
    """Feedback that is open at the end of the period, by the event that received or reopened it."""
    lying: dict[str, str] = {}
    for one in past:
        match one.event:
            case FeedbackReceived() | FeedbackReopened() as event:
                lying[event.feedback_id] = one.reference
            case FeedbackClosed() | FeedbackDeclined() | FeedbackForwarded() as event:
                lying.pop(event.feedback_id, None)
    return list(lying.values())


def allocated(past: Past, period: Period) -> Added:
    """What stands allocated for the year of the period's end."""
    amount, by = 0, ""
    for one in past:
        match one.event:
            case BudgetAllocated() | AllocationAmended() as event if event.year == period.last.year:
                amount, by = event.amount, one.reference
    return amount, [by] if by else []


def spent(past: Past, period: Period) -> Added:
    """What was spent on days of the period, as it was last corrected by its end."""
    return _spent(past, lambda year, day: within(day, period))


def spent_in_year(past: Past, period: Period) -> Added:
    """What was spent of the allocation of that year, up to the end of the period."""
    return _spent(past, lambda year, day: year == period.last.year and _by(day, period.last))


def _by(moment: Moment, day: date) -> bool:
    return moment.latest <= day


def _spent(past: Past, counts: Callable[[int, Moment], bool]) -> Added:
    amounts: dict[tuple[int, str], int] = {}
    evidence: dict[tuple[int, str], list[str]] = {}
    for one in past:
        match one.event:
            case ExpenditureRecorded() as event if counts(event.year, event.spent_on):
                amounts[event.year, event.expenditure_id] = event.amount
                evidence[event.year, event.expenditure_id] = [one.reference]
            case ExpenditureCorrected() as event if (event.year, event.expenditure_id) in amounts:
                amounts[event.year, event.expenditure_id] = event.amount
                evidence[event.year, event.expenditure_id].append(one.reference)
    return sum(amounts.values()), [by for events in evidence.values() for by in events]
