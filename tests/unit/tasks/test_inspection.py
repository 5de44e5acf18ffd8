"""Inspections: by the plan or a decision, conducted, their findings remedied and confirmed, concluded."""

from dataclasses import replace
from datetime import date

import pytest

from services.tasks.inspection.commands import CancelInspection, MarkFindingsOverdue, TransferInspection
from services.tasks.inspection.events import (
    FindingOverdue,
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    InspectionCancelled,
    InspectionClosed,
    InspectionScheduled,
    InspectionTransferred,
    RemedyConfirmed,
)
from services.tasks.rules import Rule
from shared.dates import Moment
from shared.envelope import Act
from shared.messages import Event
from tests.unit.given import SOURCE
from tests.unit.tasks.examples import (
    BEFORE,
    BUILDING,
    CHAIR,
    DEPUTY,
    FOR_CHAIR,
    KEEPER,
    LEAD,
    OUTSIDE,
    PARTNER,
    POLICY,
    SCIENCE,
    STRANGER,
    TEAM,
    TRANSPORT,
    head,
)
from tests.unit.tasks.inspected import (
    ALSO_FOUND,
    CLOSE,
    CLOSED,
    CONDUCT,
    CONDUCTED,
    CONFIRM,
    CONFIRMED,
    DECIDED,
    FOUND,
    NOVEMBER,
    OCTOBER,
    RECORD,
    REMEDIED,
    REMEDY,
    REOPEN,
    REOPENED,
    RUNNING,
    SCHEDULE,
    SCHEDULED,
    VISIT,
    F,
    G,
    story,
)

BY_DECISION = SCHEDULE.model_copy(update={"plan": None, "decision": DECIDED})
UNGROUNDED = SCHEDULE.model_copy(update={"plan": None})
LATE = MarkFindingsOverdue(inspection_id=VISIT, today=date(2022, 11, 1))
OVERDUE = FindingOverdue(inspection_id=VISIT, finding_id=F, remedy_by=OCTOBER, noticed_on=date(2022, 11, 1))
CANCEL = CancelInspection(inspection_id=VISIT, reason="trùng kế hoạch thanh tra")
CANCELLED = InspectionCancelled(inspection_id=VISIT, reason="trùng kế hoạch thanh tra")
MOVE = TransferInspection(inspection_id=VISIT, from_agency=BUILDING, to=(TRANSPORT,), reason="sáp nhập")
MOVED = InspectionTransferred(
    inspection_id=VISIT, from_agency=BUILDING, to=(TRANSPORT,), agencies=(TRANSPORT,), reason="sáp nhập"
)


@pytest.mark.parametrize(
    ("command", "who"),
    [
        (SCHEDULE, CHAIR),
        (SCHEDULE, FOR_CHAIR),
        (SCHEDULE, TEAM),
        (BY_DECISION, CHAIR),
        (BY_DECISION, DEPUTY),
        (BY_DECISION, KEEPER),
        (UNGROUNDED, KEEPER),
        (UNGROUNDED, BEFORE),
    ],
)
def test_scheduled_once_by_who_may(command: object, who: Act) -> None:
    told = story().when(command, who).then_happened(InspectionScheduled)  # type: ignore[arg-type]
    told.when(command, who).then_refused(Rule.INSPECTION_IS_NEW)  # type: ignore[arg-type]


def test_it_belongs_to_the_plan_or_to_a_decision() -> None:
    story().when(UNGROUNDED, CHAIR).then_refused(Rule.INSPECTION_GROUNDED)
    story().when(SCHEDULE, DEPUTY).then_refused(Rule.SCHEDULED_BY)
    story().when(BY_DECISION, TEAM).then_refused(Rule.SCHEDULED_BY)
    for who in (LEAD, OUTSIDE, POLICY):
        story().when(BY_DECISION, who).then_refused(Rule.SCHEDULED_BY)


def test_a_delegation_for_other_matters_is_not_enough() -> None:
    for_funds = FOR_CHAIR.actor.mandate.model_copy(update={"matters": ("funds",)})
    limited = replace(FOR_CHAIR, actor=FOR_CHAIR.actor.model_copy(update={"mandate": for_funds}))
    story().when(SCHEDULE, limited).then_refused(Rule.SCHEDULED_BY)


def test_from_schedule_to_conclusion() -> None:
    told = story()
    told.when(SCHEDULE, TEAM).then(SCHEDULED)
    told.when(CONDUCT, TEAM).then(CONDUCTED)
    told.when(CONDUCT, TEAM).then_nothing()
    corrected = CONDUCT.model_copy(update={"on": Moment("2022-09-21")})
    told.when(corrected, TEAM).then(CONDUCTED.model_copy(update={"on": Moment("2022-09-21")}))
    told.when(RECORD, DEPUTY).then(FOUND)
    told.when(REMEDY, LEAD).then(REMEDIED)
    told.when(REMEDY, LEAD).then_nothing()
    told.when(REOPEN, TEAM).then(REOPENED)
    told.when(REOPEN, TEAM).then_nothing()
    told.when(REMEDY, LEAD).then_happened(FindingRemedied)
    told.when(CONFIRM, TEAM).then(CONFIRMED)
    told.when(CONFIRM, TEAM).then_nothing()
    told.when(REMEDY, LEAD).then_nothing()
    told.when(CLOSE, CHAIR).then(CLOSED)
    told.when(CLOSE, CHAIR).then_nothing()
    told.when(RECORD, TEAM).then_refused(Rule.INSPECTION_GOES_ON)
    told.when(REOPEN, TEAM).then_refused(Rule.FINDING_STAYS_CLOSED)


def test_nothing_before_it_is_scheduled_or_conducted() -> None:
    for command, who in ((CONDUCT, TEAM), (RECORD, TEAM), (REMEDY, LEAD), (CLOSE, CHAIR), (CANCEL, CHAIR)):
        story().when(command, who).then_refused(Rule.INSPECTION_STANDS)
    story().when(LATE, POLICY).then_refused(Rule.INSPECTION_STANDS)
    story().when(MOVE, POLICY).then_refused(Rule.INSPECTION_STANDS)
    for command, who in ((RECORD, TEAM), (REMEDY, LEAD), (CLOSE, CHAIR)):
        story(SCHEDULED).when(command, who).then_refused(Rule.CONDUCTED_FIRST)


def test_who_inspects_and_when() -> None:
    for who in (LEAD, OUTSIDE, POLICY):
        story(SCHEDULED).when(CONDUCT, who).then_refused(Rule.INSPECTED_BY_COMMITTEE)
        story(SCHEDULED, CONDUCTED).when(RECORD, who).then_refused(Rule.INSPECTED_BY_COMMITTEE)
    ahead = CONDUCT.model_copy(update={"on": Moment("2022-10-20")})
    story(SCHEDULED).when(ahead, TEAM).then_refused(Rule.CONDUCTED_IS_PAST)
    story(*RUNNING).when(RECORD, TEAM).then_refused(Rule.FINDING_IS_NEW)


def test_who_remedies_and_who_checks() -> None:
    for who in (PARTNER, STRANGER, TEAM, CHAIR):
        story(*RUNNING).when(REMEDY, who).then_refused(Rule.REMEDIED_BY_INSPECTED)
    for who in (LEAD, CHAIR, POLICY):
        story(*RUNNING, REMEDIED).when(CONFIRM, who).then_refused(Rule.CHECKED_BY_TEAM)
        story(*RUNNING, REMEDIED).when(REOPEN, who).then_refused(Rule.CHECKED_BY_TEAM)
    story(*RUNNING).when(CONFIRM, TEAM).then_refused(Rule.REMEDY_LIES_BEFORE)
    unknown = CONFIRM.model_copy(update={"finding_id": G})
    story(*RUNNING).when(unknown, TEAM).then_refused(Rule.FINDING_STANDS)


def test_a_remedy_that_comes_late_is_recorded_as_late() -> None:
    told = story(*RUNNING).when(REMEDY, head(BUILDING, at="2022-11-05"))
    told.then(REMEDIED.model_copy(update={"late": True}))


def test_overdue_once_per_deadline() -> None:
    told = story(*RUNNING, ALSO_FOUND)
    told.when(LATE.model_copy(update={"today": date(2022, 10, 31)}), POLICY).then_nothing()
    told.when(LATE, POLICY).then(OVERDUE)
    told.when(LATE, TEAM).then_nothing()
    story(*RUNNING).when(LATE, TEAM).then_nothing()  # the day lies ahead of the act
    again = REOPEN.model_copy(update={"remedy_by": NOVEMBER})
    told.when(again, TEAM).then_happened(FindingReopened)
    told.when(LATE, POLICY).then_nothing()
    later = LATE.model_copy(update={"today": date(2022, 12, 1)})
    told.when(later, POLICY).then_happened(FindingOverdue)
    story(*RUNNING).when(LATE, LEAD).then_refused(Rule.FINDINGS_OVERDUE_BY_CLOCK)
    story(*RUNNING, REMEDIED).when(LATE, POLICY).then_nothing()


def test_closed_only_when_settled_or_left_open_by_the_conclusion() -> None:
    told = story(*RUNNING, REMEDIED)
    told.when(CLOSE, CHAIR).then_refused(Rule.FINDINGS_SETTLED)
    open_still = CLOSE.model_copy(update={"left_open": (F, "ph-khong-co")})
    told.when(open_still, CHAIR).then(CLOSED.model_copy(update={"left_open": (F,)}))
    told.when(LATE, POLICY).then_nothing()
    told.when(REOPEN, TEAM).then_happened(FindingReopened)
    told.when(LATE, POLICY).then_happened(FindingOverdue)
    told.when(REMEDY, LEAD).then_happened(FindingRemedied)
    told.when(CONFIRM, TEAM).then_happened(RemedyConfirmed)


def test_who_concludes() -> None:
    for who in (TEAM, LEAD, POLICY, OUTSIDE):
        story(SCHEDULED, CONDUCTED).when(CLOSE, who).then_refused(Rule.CONCLUDED_BY_LEADERS)
    story(SCHEDULED, CONDUCTED).when(CLOSE, replace(TEAM, source=SOURCE)).then_happened(InspectionClosed)


def test_cancelled_before_it_took_place() -> None:
    told = story(SCHEDULED).when(CANCEL, DEPUTY).then(CANCELLED)
    told.when(CANCEL, DEPUTY).then_nothing()
    told.when(CONDUCT, TEAM).then_refused(Rule.INSPECTION_GOES_ON)
    story(SCHEDULED, CONDUCTED).when(CANCEL, CHAIR).then_refused(Rule.INSPECTION_NOT_CONDUCTED)
    for who in (TEAM, LEAD, POLICY):
        story(SCHEDULED).when(CANCEL, who).then_refused(Rule.INSPECTION_CANCELLED_BY)


def test_the_successor_answers() -> None:
    told = story(*RUNNING).when(MOVE, POLICY).then(MOVED)
    told.when(MOVE, POLICY).then_nothing()
    told.when(REMEDY, LEAD).then_refused(Rule.REMEDIED_BY_INSPECTED)
    told.when(REMEDY, head(TRANSPORT)).then_happened(FindingRemedied)
    story(SCHEDULED).when(MOVE, DEPUTY).then(MOVED).when(MOVE, DEPUTY).then_nothing()
    for who in (TEAM, LEAD, OUTSIDE):
        story(SCHEDULED).when(MOVE, who).then_refused(Rule.FOLLOWS_THE_INSPECTED)


@pytest.mark.parametrize(
    ("history", "moves"),
    [
        ((SCHEDULED, CANCELLED), False),
        ((*RUNNING, REMEDIED, CONFIRMED, CLOSED), False),
        ((*RUNNING, CLOSED.model_copy(update={"left_open": (F,)})), True),
        ((*RUNNING, REMEDIED, CLOSED.model_copy(update={"left_open": (F,)}), CONFIRMED), True),
    ],
)
def test_what_is_over_stays_where_it_is(history: tuple[Event, ...], moves: bool) -> None:
    told = story(*history).when(MOVE, POLICY)
    assert bool(told.outcome) is moves


def test_deadlines_settle_where_the_regulation_says_so() -> None:
    sunday = OCTOBER.model_copy(update={"latest": date(2022, 10, 30)})
    rolling = replace(TEAM, terms={"roll_deadlines": True})
    [found] = (
        story(SCHEDULED, CONDUCTED).when(RECORD.model_copy(update={"remedy_by": sunday}), rolling).outcome
    )
    assert isinstance(found, FindingRecorded)
    assert found.remedy_by is not None
    assert found.remedy_by.latest == date(2022, 10, 31)


def test_an_agency_that_is_not_inspected_is_not_moved() -> None:
    of_another = MOVE.model_copy(update={"from_agency": SCIENCE})
    story(*RUNNING).when(of_another, POLICY).then_nothing()
    story(*RUNNING).when(of_another, CHAIR).then_refused(Rule.LEAVES_THE_INSPECTED)
