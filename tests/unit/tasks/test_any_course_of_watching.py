"""Any course of commands about targets, inspections and reminders: what holds after each of them."""

from datetime import date

from hypothesis import strategies as st

from services.tasks.inspection import decider as inspection
from services.tasks.inspection.commands import CancelInspection, MarkFindingsOverdue, TransferInspection
from services.tasks.inspection.events import (
    FindingOverdue,
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    InspectionCancelled,
    InspectionClosed,
    InspectionConducted,
    InspectionScheduled,
    RemedyConfirmed,
)
from services.tasks.inspection.state import Inspection, Status
from services.tasks.reminder import decider as reminder
from services.tasks.reminder.commands import IssueReminder
from services.tasks.reminder.events import About, ReminderIssued
from services.tasks.target import decider as target
from services.tasks.target.commands import AssessTarget, ReviseTargets
from services.tasks.target.events import Outcome, TargetAssessed, TargetsRevised, TargetsSet
from shared.dates import Deadline, Moment
from shared.messages import Command, Event
from tests.unit.given import SOURCE, act
from tests.unit.histories import acts, machine
from tests.unit.tasks.examples import BUILDING, SCIENCE, TRANSPORT, head
from tests.unit.tasks.inspected import (
    CLOSE,
    CONDUCT,
    CONFIRM,
    DECIDED,
    RECORD,
    REMEDY,
    REOPEN,
    SCHEDULE,
    VISIT,
    F,
    G,
)
from tests.unit.tasks.test_target import ONLINE, OTHER, SET

AGENCIES = (BUILDING, SCIENCE, TRANSPORT)
DEADLINES = (Deadline.parse("2026-01-31"), Deadline.parse("2026-06-30"), Deadline.parse("theo quy định"))
DAYS = (date(2026, 2, 1), date(2026, 7, 1), date(2026, 12, 31))

ABLE = (act("chair", at="2026-03-02"), act("team_member", at="2026-03-02"), act("policy", at="2026-03-02"))
BEFORE = act("record_keeper", at="2026-03-02", bound=False, source=SOURCE)
by = st.sampled_from((*ABLE, head(BUILDING, at="2026-03-02"), BEFORE)) | acts(agencies=AGENCIES)
"""Half of them by somebody who may do much, so that courses go far."""

deadlines, days = st.none() | st.sampled_from(DEADLINES), st.sampled_from(DAYS)
lists = st.sampled_from(((ONLINE,), (OTHER,), (ONLINE, OTHER)))
target_commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(lambda listed: SET.model_copy(update={"targets": listed}), lists),
    st.builds(ReviseTargets, set_id=st.just(SET.set_id), targets=lists, reason=st.just("x")),
    st.builds(
        AssessTarget,
        set_id=st.just(SET.set_id),
        target_id=st.sampled_from(("ct-1", "ct-2", "ct-3")),
        outcome=st.sampled_from(Outcome),
        as_of=st.sampled_from(("2026-01", "2026-06-30", "2027")).map(Moment),
        estimated=st.booleans(),
    ),
)


def a_set_holds(events: list[Event], state: target.TargetSet) -> None:
    if not events:
        assert state.title is None
        return
    assert isinstance(events[0], TargetsSet)
    assert sum(isinstance(event, TargetsSet) for event in events) == 1
    listed, last = set[str](), dict[str, TargetAssessed]()
    for event in events:
        match event:
            case TargetsSet() | TargetsRevised():
                listed = {one.target_id for one in event.targets}
                assert listed
            case TargetAssessed():
                assert event.target_id in listed
                assert last.get(event.target_id) != event, "the same again is no news"
                last[event.target_id] = event
    assert set(state.targets) == listed
    assert state.assessed == last


findings = st.sampled_from((F, G))
inspection_commands: st.SearchStrategy[Command] = st.one_of(
    st.just(CONDUCT),
    st.sampled_from(
        (
            SCHEDULE,
            SCHEDULE.model_copy(update={"plan": None}),
            SCHEDULE.model_copy(update={"decision": DECIDED}),
            CancelInspection(inspection_id=VISIT, reason="x"),
        )
    ),
    st.builds(
        lambda finding, due: RECORD.model_copy(update={"finding_id": finding, "remedy_by": due}),
        findings,
        deadlines,
    ),
    st.builds(
        lambda finding, how: REMEDY.model_copy(update={"finding_id": finding, "how": how}),
        findings,
        st.sampled_from(("một", "hai")),
    ),
    st.builds(lambda finding: CONFIRM.model_copy(update={"finding_id": finding}), findings),
    st.builds(
        lambda finding, due: REOPEN.model_copy(update={"finding_id": finding, "remedy_by": due}),
        findings,
        deadlines,
    ),
    st.builds(MarkFindingsOverdue, inspection_id=st.just(VISIT), today=days),
    st.builds(lambda left: CLOSE.model_copy(update={"left_open": left}), st.sampled_from(((), (F,), (F, G)))),
    st.builds(
        TransferInspection,
        inspection_id=st.just(VISIT),
        from_agency=st.sampled_from(AGENCIES),
        to=st.lists(st.sampled_from(AGENCIES), min_size=1, max_size=2).map(tuple),
        reason=st.just("x"),
    ),
)


def an_inspection_holds(events: list[Event], state: Inspection) -> None:
    if not events:
        return
    first, *later = events
    assert isinstance(first, InspectionScheduled)
    assert not any(isinstance(event, InspectionScheduled) for event in later)
    conducted, closed = False, None
    remedied, confirmed = set[str](), set[str]()
    recorded, overdue = set[str](), dict[str, Deadline]()
    for event in later:
        match event:
            case InspectionConducted():
                assert not conducted
                conducted = True
            case FindingRecorded():
                assert conducted
                assert closed is None
                assert event.finding_id not in recorded
                recorded.add(event.finding_id)
            case FindingRemedied():
                assert event.finding_id in recorded - confirmed
                remedied.add(event.finding_id)
            case RemedyConfirmed():
                assert event.finding_id in remedied
                confirmed.add(event.finding_id)
            case FindingReopened():
                remedied.discard(event.finding_id)
                confirmed.discard(event.finding_id)
            case FindingOverdue():
                assert event.finding_id not in remedied
                assert event.remedy_by.passed(event.noticed_on)
                assert overdue.get(event.finding_id) != event.remedy_by, "once per deadline"
                overdue[event.finding_id] = event.remedy_by
            case InspectionClosed():
                assert conducted
                assert closed is None
                closed = event
                assert set(event.left_open) == recorded - confirmed
            case InspectionCancelled():
                assert not conducted
    assert state.unconfirmed == recorded - confirmed
    if state.status is Status.CLOSED:
        assert state.unconfirmed <= state.left_open
    assert state.agencies
    assert len(set(state.agencies)) == len(state.agencies)


reminder_commands: st.SearchStrategy[Command] = st.builds(
    lambda due, days, today: IssueReminder(
        about=About.TASK, about_id="x", title="x", agencies=(BUILDING,), due=due, days=days, today=today
    ),
    st.sampled_from(DEADLINES),
    st.sampled_from((-150, -1, 1, 185)),
    st.sampled_from(DAYS),
)


def reminders_hold(events: list[Event], state: reminder.Reminders) -> None:
    issued = [event for event in events if isinstance(event, ReminderIssued)]
    told = [("x", None, event.due.latest, event.days, one) for event in issued for one in event.agencies]
    assert len(set(told)) == len(told)
    assert state.issued == set(told)
    for event in issued:
        assert event.due.latest is not None
        assert (event.issued_on - event.due.latest).days == event.days


TestTargets = machine(target.decider, target_commands, by, a_set_holds, examples=20)
TestInspection = machine(inspection.decider, inspection_commands, by, an_inspection_holds)
TestReminders = machine(reminder.decider, reminder_commands, by, reminders_hold, examples=15)
