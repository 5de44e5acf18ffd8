"""Reminders before and after a deadline, by the schedule of the regulation, until what is owed has come.

D5.2.b, D7.3: of tasks, action plans and findings here; of opinions and reports in the other contexts.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from services.feedback.report.events import (
    ReportAccepted,
    ReportEvent,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportReturned,
    ReportSubmitted,
)
from services.meetings.events import (
    OpinionEvent,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
)
from services.members.parameters import remember_parameters, remembered
from services.tasks.events import (
    ActionPlanSubmitted,
    StandingTaskEnded,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskEvent,
    TaskExtensionGranted,
    TaskReassigned,
    TaskResultReported,
    TaskResultReturned,
)
from services.tasks.handovers import INSPECTION
from services.tasks.inspection.events import (
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    InspectionEvent,
    RemedyConfirmed,
)
from services.tasks.reminder.commands import IssueReminder
from services.tasks.reminder.events import About
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import AgencyId, CommitteeId, Event, Message
from shared.policies import Alarm, Asked, Holdings, Policy

NAME: Final = "reminders"
WATCHED, ADDRESSED, CHECKED = "reminder", "reminded", "task_being_checked"
"""The kinds under which `Holdings` keeps what is watched, who still owes it, and which results lie before
the support team."""


class Watched(Message):
    """What somebody will be reminded of, as policies remember it."""

    about: About
    about_id: str
    title: str
    finding_id: str | None = None
    due: Deadline | None = None

    @property
    def item(self) -> str:
        return "/".join(filter(None, (self.about.value, self.about_id, self.finding_id)))


def remember_deadlines(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Which days the regulation's schedule sets for each thing that is owed, and by whom it is owed."""
    remember_parameters(envelope, holdings)
    event = envelope.event
    if isinstance(event, TaskEvent):
        _of_task(event, envelope, holdings)
    elif isinstance(event, InspectionEvent):
        _of_finding(event, envelope, holdings)
    elif isinstance(event, OpinionEvent):
        _of_opinions(event, envelope, holdings)
    elif isinstance(event, ReportEvent):
        _of_reports(event, envelope, holdings)


def _of_task(event: TaskEvent, envelope: Envelope[Event], holdings: Holdings) -> None:
    committee = envelope.committee
    task = Watched(about=About.TASK, about_id=event.task_id, title="")
    plan = Watched(about=About.ACTION_PLAN, about_id=event.task_id, title="")
    match event:
        case TaskAssigned():
            deadline = None if event.standing else event.deadline
            _watch(envelope, holdings, task, event.lead, deadline, event.title)
            if event.plan_due is not None:
                due = Deadline(wording=event.plan_due.isoformat(), latest=event.plan_due)
                _watch(envelope, holdings, plan, event.lead, due, event.title)
        case TaskReassigned():
            for watched in (task, plan):
                if _known(holdings, committee, watched.item):
                    _address(holdings, committee, watched.item, event.lead)
        case TaskExtensionGranted():
            _watch(envelope, holdings, task, None, event.deadline)
        case TaskResultReported():
            holdings.hold(committee, CHECKED, event.task_id, ("result",))
        case TaskResultReturned():
            holdings.let_go(committee, CHECKED, event.task_id)
        case ActionPlanSubmitted():
            _forget(holdings, committee, plan.item)
        case TaskCompleted() | TaskCancelled() | StandingTaskEnded():
            holdings.let_go(committee, CHECKED, event.task_id)
            _forget(holdings, committee, task.item)
            _forget(holdings, committee, plan.item)


def _of_finding(event: InspectionEvent, envelope: Envelope[Event], holdings: Holdings) -> None:
    match event:
        case FindingRecorded(remedy_by=due, finding=text):
            _watch(envelope, holdings, _finding(event), None, due, text)
        case FindingReopened(remedy_by=due):
            _watch(envelope, holdings, _finding(event), None, due)
        case FindingRemedied() | RemedyConfirmed():
            holdings.let_sleep(envelope.committee, NAME, _finding(event).item)


def _finding(event: FindingRecorded | FindingReopened | FindingRemedied | RemedyConfirmed) -> Watched:
    return Watched(about=About.FINDING, about_id=event.inspection_id, finding_id=event.finding_id, title="")


def _of_opinions(event: OpinionEvent, envelope: Envelope[Event], holdings: Holdings) -> None:
    round_ = Watched(about=About.OPINION_ROUND, about_id=event.round_id, title="")
    match event:
        case OpinionRequested():
            _watch(envelope, holdings, round_, event.asked, event.due, event.subject)
        case OpinionRoundExtended():
            _watch(envelope, holdings, round_, None, event.due)
        case OpinionSubmitted():
            _settled(holdings, envelope.committee, round_.item, event.seat_id)
        case OpinionRoundClosed():
            _forget(holdings, envelope.committee, round_.item)


def _of_reports(event: ReportEvent, envelope: Envelope[Event], holdings: Holdings) -> None:
    committee = envelope.committee
    report = Watched(about=About.REPORT, about_id=event.request_id, title="")
    match event:
        case ReportRequested():
            _watch(envelope, holdings, report, event.to, event.due, event.title)
        case ReportRequestExtended():
            _watch(envelope, holdings, report, None, event.due)
        case ReportSubmitted() | ReportAccepted():
            _settled(holdings, committee, report.item, event.agency_id)
        case ReportReturned():
            holdings.hold(committee, ADDRESSED, report.item, (event.agency_id,))
        case ReportRequestTransferred():
            owing = holdings.holders(committee, ADDRESSED, report.item)
            if event.from_agency in owing:
                others = (agency for agency in owing if agency != event.from_agency)
                _address(holdings, committee, report.item, (*others, *event.to))
        case ReportRequestClosed():
            _forget(holdings, committee, report.item)


def remind(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """A reminder to those who still owe it; nothing where nobody does."""
    committee = alarm.because.committee
    known = _known(holdings, committee, alarm.item)
    if known is None or known.due is None or known.due.latest is None:
        return
    if known.about is About.TASK and holdings.holders(committee, CHECKED, known.about_id):
        return
    if known.about is About.FINDING:
        owing = holdings.holders(committee, INSPECTION, known.about_id)
    else:
        owing = holdings.holders(committee, ADDRESSED, alarm.item)
    if owing:
        to_seats = known.about is About.OPINION_ROUND
        command = IssueReminder(
            about=known.about,
            about_id=known.about_id,
            finding_id=known.finding_id,
            title=known.title,
            agencies=() if to_seats else tuple(map(AgencyId, owing)),
            seats=tuple(owing) if to_seats else (),
            due=known.due,
            days=(alarm.day - known.due.latest).days,
            today=alarm.day,
        )
        yield Asked(service="tasks", command=command, key=alarm.item)


def _watch(
    envelope: Envelope[Event],
    holdings: Holdings,
    watched: Watched,
    owing: Iterable[str] | None,
    due: Deadline | None,
    title: str | None = None,
) -> None:
    """Watch something from this event on; title, debtors and day stay as they were where not told again."""
    committee = envelope.committee
    before = _known(holdings, committee, watched.item)
    if before is not None:
        watched = before
    told = {"title": title if title is not None else watched.title, "due": due or watched.due}
    now = watched.model_copy(update=told)
    holdings.let_go(committee, WATCHED, now.item)
    holdings.hold(committee, WATCHED, now.item, (now.model_dump_json(),))
    if owing is not None:
        _address(holdings, committee, now.item, owing)
    last = now.due.latest if now.due else None
    limits = remembered(holdings, committee)
    offsets = {*(-days for days in limits.remind_before_days), *limits.remind_after_days}
    began = envelope.meta.effective_at.latest.toordinal()
    days = [last.toordinal() + offset for offset in offsets] if last else []
    to_come = [date.fromordinal(day) for day in days if began < day <= date.max.toordinal()]
    holdings.wake(envelope, NAME, now.item, to_come)


def _known(holdings: Holdings, committee: CommitteeId, item: str) -> Watched | None:
    known = holdings.holders(committee, WATCHED, item)
    return Watched.model_validate_json(known[0]) if known else None


def _address(holdings: Holdings, committee: CommitteeId, item: str, owing: Iterable[str]) -> None:
    holdings.let_go(committee, ADDRESSED, item)
    holdings.hold(committee, ADDRESSED, item, owing)


def _settled(holdings: Holdings, committee: CommitteeId, item: str, holder: str) -> None:
    """One of those who owed it has done so."""
    owing = holdings.holders(committee, ADDRESSED, item)
    _address(holdings, committee, item, [one for one in owing if one != holder])


def _forget(holdings: Holdings, committee: CommitteeId, item: str) -> None:
    holdings.let_go(committee, WATCHED, item)
    holdings.let_go(committee, ADDRESSED, item)
    holdings.let_sleep(committee, NAME, item)


POLICIES: Final = (Policy(NAME, remember=remember_deadlines, ring=remind),)
