"""Action plans, progress and obstacles; deadlines that move or pass; results that are checked."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from services.tasks.commands import (
    AcceptActionPlan,
    DeclineExtension,
    GrantExtension,
    MarkTaskOverdue,
    ReportTaskObstacle,
    ReportTaskProgress,
    ReportTaskResult,
    RequestExtension,
    ResolveTaskObstacle,
    ReturnTaskResult,
    SubmitActionPlan,
    VerifyTaskResult,
)
from services.tasks.events import (
    ActionPlanAccepted,
    ActionPlanSubmitted,
    TaskCompleted,
    TaskExtensionDeclined,
    TaskExtensionGranted,
    TaskExtensionRequested,
    TaskObstacleReported,
    TaskObstacleResolved,
    TaskOrigin,
    TaskOverdue,
    TaskProgressReported,
    TaskReassigned,
    TaskResultReported,
    TaskResultReturned,
    TaskResultVerified,
)
from services.tasks.rules import Rule
from services.tasks.task.state import TEAM as THE_TEAM
from shared.dates import Deadline, Moment
from shared.envelope import Act
from tests.unit.given import act
from tests.unit.tasks.examples import (
    ASSIGNED,
    BEFORE,
    BUILDING,
    CHAIR,
    DECEMBER,
    DEPUTY,
    KEEPER,
    LEAD,
    OUTSIDE,
    PARTNER,
    PLAN,
    POLICY,
    REPORTED,
    SCIENCE,
    SEPTEMBER,
    STRANGER,
    TASK,
    TEAM,
    head,
    story,
)

DONE = TaskCompleted(task_id=TASK)
SUBMIT_PLAN = SubmitActionPlan(task_id=TASK, summary="Ba bước, xong trước 30/9", document=PLAN)
PLANNED = ActionPlanSubmitted(task_id=TASK, summary="Ba bước, xong trước 30/9", document=PLAN)
ACCEPT_PLAN = AcceptActionPlan(task_id=TASK)
PROGRESS = ReportTaskProgress(task_id=TASK, percent=40, text="Đã khảo sát")
OBSTACLE = ReportTaskObstacle(task_id=TASK, obstacle="Thiếu kinh phí", proposal="Bổ sung dự toán")
RESOLVE = ResolveTaskObstacle(task_id=TASK, number=1, how="Đã bổ sung")
ASK = RequestExtension(task_id=TASK, deadline=DECEMBER, reason="chờ kinh phí")
ASKED = TaskExtensionRequested(task_id=TASK, deadline=DECEMBER, reason="chờ kinh phí")
GRANT, DECLINE = GrantExtension(task_id=TASK), DeclineExtension(task_id=TASK, reason="đủ thời gian")
GRANTED = TaskExtensionGranted(task_id=TASK, old_deadline=SEPTEMBER, deadline=DECEMBER)
LATE = MarkTaskOverdue(task_id=TASK, today=date(2022, 10, 1))
OVERDUE = TaskOverdue(task_id=TASK, deadline=SEPTEMBER, noticed_on=date(2022, 10, 1))
RESULT = ReportTaskResult(task_id=TASK, result="Đã gắn 120 biển")
VERIFY, SEND_BACK = VerifyTaskResult(task_id=TASK), ReturnTaskResult(task_id=TASK, missing=("ảnh chụp",))


def test_the_lead_of_a_key_task_has_a_plan_accepted() -> None:
    told = story(ASSIGNED)
    told.when(SUBMIT_PLAN, LEAD).then(PLANNED)
    told.when(SUBMIT_PLAN, LEAD).then_nothing()
    told.when(ACCEPT_PLAN, DEPUTY).then(ActionPlanAccepted(task_id=TASK))
    told.when(ACCEPT_PLAN, DEPUTY).then_nothing()
    better = SUBMIT_PLAN.model_copy(update={"summary": "Bốn bước"})
    told.when(better, LEAD).then_happened(ActionPlanSubmitted)
    told.when(ACCEPT_PLAN, CHAIR).then_happened(ActionPlanAccepted)


def test_plans_are_for_key_tasks_by_their_lead() -> None:
    ordinary = ASSIGNED.model_copy(update={"key": False})
    story(ordinary).when(SUBMIT_PLAN, LEAD).then_refused(Rule.KEY_TASK_HAS_PLAN)
    story(ASSIGNED).when(SUBMIT_PLAN, PARTNER).then_refused(Rule.PLAN_BY_LEAD)
    story(ASSIGNED).when(ACCEPT_PLAN, CHAIR).then_refused(Rule.PLAN_LIES_BEFORE)
    story(ASSIGNED, PLANNED).when(ACCEPT_PLAN, TEAM).then_refused(Rule.PLAN_ACCEPTED_BY_LEADERS)


@pytest.mark.parametrize("who", [LEAD, PARTNER, TEAM, BEFORE])
def test_progress_by_who_carries_it_out(who: Act) -> None:
    reported = TaskProgressReported(task_id=TASK, percent=40, text="Đã khảo sát")
    story(ASSIGNED).when(PROGRESS, who).then(reported).when(PROGRESS, who).then(reported)


def test_progress_says_something() -> None:
    with pytest.raises(ValidationError):
        ReportTaskProgress(task_id=TASK)


def test_strangers_report_nothing() -> None:
    story(ASSIGNED).when(PROGRESS, STRANGER).then_refused(Rule.REPORTED_BY_HOLDER)
    story(ASSIGNED).when(OBSTACLE, STRANGER).then_refused(Rule.REPORTED_BY_HOLDER)


def test_obstacles_are_numbered_and_resolved_once() -> None:
    told = story(ASSIGNED)
    first = {"task_id": TASK, "obstacle": "Thiếu kinh phí", "proposal": "Bổ sung dự toán"}
    told.when(OBSTACLE, LEAD).then(TaskObstacleReported.model_validate({**first, "number": 1}))
    told.when(OBSTACLE, PARTNER).then(TaskObstacleReported.model_validate({**first, "number": 2}))
    told.when(RESOLVE, DEPUTY).then(TaskObstacleResolved(task_id=TASK, number=1, how="Đã bổ sung"))
    told.when(RESOLVE, LEAD).then_nothing()
    third = RESOLVE.model_copy(update={"number": 3})
    told.when(third, TEAM).then_refused(Rule.OBSTACLE_STANDS)
    told.when(RESOLVE, PARTNER).then_refused(Rule.OBSTACLE_RESOLVED_BY)


def test_an_extension_is_asked_for_and_granted() -> None:
    told = story(ASSIGNED)
    told.when(ASK, LEAD).then(ASKED)
    told.when(ASK, LEAD).then_nothing()
    told.when(GRANT, DEPUTY).then(GRANTED)
    told.when(GRANT, DEPUTY).then_refused(Rule.EXTENSION_ASKED)
    assert told.state.deadline == DECEMBER


def test_another_day_may_be_granted_or_none() -> None:
    other = Deadline.parse("tháng 11/2022")
    told = story(ASSIGNED, ASKED).when(GRANT.model_copy(update={"deadline": other}), CHAIR)
    told.then(TaskExtensionGranted(task_id=TASK, old_deadline=SEPTEMBER, deadline=other))
    told = story(ASSIGNED, ASKED).when(DECLINE, CHAIR)
    told.then(TaskExtensionDeclined(task_id=TASK, deadline=DECEMBER, reason="đủ thời gian"))
    told.when(DECLINE, CHAIR).then_refused(Rule.EXTENSION_ASKED)
    told.when(ASK, LEAD).then(ASKED)


def test_who_asks_and_who_decides() -> None:
    story(ASSIGNED).when(ASK, PARTNER).then_refused(Rule.EXTENSION_BY_LEAD)
    another = ASK.model_copy(update={"deadline": Deadline.parse("năm 2023")})
    story(ASSIGNED, ASKED).when(another, LEAD).then_refused(Rule.ONE_EXTENSION_AT_A_TIME)
    story(ASSIGNED, ASKED).when(GRANT, TEAM).then_refused(Rule.EXTENSION_DECIDED_BY)
    story(ASSIGNED, ASKED).when(DECLINE, OUTSIDE).then_refused(Rule.EXTENSION_DECIDED_BY)
    outside = ASSIGNED.model_copy(update={"origin": TaskOrigin.EXTERNAL, "authority": "ubnd-tinh"})
    story(outside, ASKED).when(GRANT, OUTSIDE).then(GRANTED)
    of_another = outside.model_copy(update={"authority": "bo-tttt"})
    story(of_another, ASKED).when(GRANT, OUTSIDE).then_refused(Rule.EXTENSION_DECIDED_BY)


@pytest.mark.parametrize("who", [POLICY, TEAM])
def test_overdue_once_per_deadline(who: Act) -> None:
    told, who = story(ASSIGNED), replace(who, effective_at=Moment("2023-01-02"))
    told.when(LATE, who).then(OVERDUE)
    told.when(LATE, who).then_nothing()
    told.when(ASK, LEAD).when(GRANT, CHAIR).then(GRANTED)
    told.when(LATE, POLICY).then_nothing()
    told.when(MarkTaskOverdue(task_id=TASK, today=date(2023, 1, 1)), who).then_happened(TaskOverdue)


@pytest.mark.parametrize("missing", [(), ("",), ("x" * 10_001,), ("ảnh",) * 101])
def test_what_is_missing_is_said_and_no_endless_list(missing: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        ReturnTaskResult(task_id=TASK, missing=missing)


def test_nobody_notices_what_lies_ahead() -> None:
    ahead = MarkTaskOverdue(task_id=TASK, today=date(2030, 1, 1))
    story(ASSIGNED).when(ahead, TEAM).then_refused(Rule.DEADLINE_PASSED)


def test_a_deadline_that_stands_is_neither_asked_for_nor_granted_again() -> None:
    told = story(ASSIGNED, ASKED, GRANTED)
    told.when(ASK, LEAD).then_nothing()
    told.when(GRANT.model_copy(update={"deadline": DECEMBER}), CHAIR).then_nothing()
    told.when(GRANT, CHAIR).then_refused(Rule.EXTENSION_ASKED)


def test_not_overdue_before_the_day_nor_without_one() -> None:
    last_day = MarkTaskOverdue(task_id=TASK, today=date(2022, 9, 30))
    story(ASSIGNED).when(last_day, TEAM).then_refused(Rule.DEADLINE_PASSED)
    story(ASSIGNED).when(last_day, POLICY).then_nothing()
    for deadline in (None, Deadline.parse("theo quy định")):
        open_ended = ASSIGNED.model_copy(update={"deadline": deadline})
        story(open_ended).when(LATE, TEAM).then_refused(Rule.DEADLINE_PASSED)
        story(open_ended).when(LATE, POLICY).then_nothing()
    story(ASSIGNED, REPORTED).when(LATE, POLICY).then_nothing()
    story(ASSIGNED, DONE).when(LATE, POLICY).then_nothing()
    story(ASSIGNED).when(LATE, LEAD).then_refused(Rule.OVERDUE_BY_CLOCK)
    story().when(LATE, POLICY).then_refused(Rule.TASK_STANDS)


def test_complete_only_when_verified() -> None:
    told = story(ASSIGNED)
    told.when(VERIFY, TEAM).then_refused(Rule.RESULT_LIES_BEFORE)
    told.when(RESULT, LEAD).then(REPORTED)
    told.when(RESULT, LEAD).then_nothing()
    told.when(SEND_BACK, TEAM).then(TaskResultReturned(task_id=TASK, missing=("ảnh chụp",)))
    told.when(SEND_BACK, TEAM).then_nothing()
    another = SEND_BACK.model_copy(update={"missing": ("biên bản",)})
    told.when(another, TEAM).then_refused(Rule.RESULT_LIES_BEFORE)
    told.when(RESULT, LEAD).then(REPORTED)
    told.when(VERIFY, KEEPER).then(TaskResultVerified(task_id=TASK), TaskCompleted(task_id=TASK))
    told.when(VERIFY, TEAM).then_nothing()
    told.when(RESULT, LEAD).then_refused(Rule.TASK_IS_OPEN)


def test_late_is_recorded() -> None:
    told = story(ASSIGNED).when(RESULT, head(BUILDING, at="2022-10-05"))
    told.then(REPORTED.model_copy(update={"late": True}))
    told.when(VERIFY, TEAM).then(TaskResultVerified(task_id=TASK), TaskCompleted(task_id=TASK, late=True))


@pytest.mark.parametrize("who", [PARTNER, STRANGER, TEAM, CHAIR, POLICY])
def test_only_the_lead_reports_the_result(who: Act) -> None:
    story(ASSIGNED).when(RESULT, who).then_refused(Rule.RESULT_BY_LEAD)


def test_the_new_lead_reports_after_a_move() -> None:
    moved = TaskReassigned(
        task_id=TASK, from_agency=BUILDING, to=(SCIENCE,), reason="x", lead=(SCIENCE,), with_agencies=()
    )
    story(ASSIGNED, moved).when(RESULT, LEAD).then_refused(Rule.RESULT_BY_LEAD)
    story(ASSIGNED, moved).when(RESULT, STRANGER).then_happened(TaskResultReported)


def test_nobody_reports_what_nobody_leads_but_a_source_from_before() -> None:
    leaderless = ASSIGNED.model_copy(update={"lead": ()})
    story(leaderless).when(RESULT, PARTNER).then_refused(Rule.RESULT_BY_LEAD)
    story(leaderless).when(RESULT, BEFORE).then_happened(TaskResultReported)


@pytest.mark.parametrize("who", [LEAD, CHAIR, POLICY])
def test_only_the_team_checks(who: Act) -> None:
    story(ASSIGNED, REPORTED).when(VERIFY, who).then_refused(Rule.VERIFIED_BY_TEAM)
    story(ASSIGNED, REPORTED).when(SEND_BACK, who).then_refused(Rule.VERIFIED_BY_TEAM)


def test_nothing_goes_on_before_assignment_or_after_the_end() -> None:
    for command, who in (
        (SUBMIT_PLAN, LEAD),
        (PROGRESS, TEAM),
        (OBSTACLE, TEAM),
        (ASK, LEAD),
        (RESULT, LEAD),
    ):
        story().when(command, who).then_refused(Rule.TASK_STANDS)
        story(ASSIGNED, DONE).when(command, who).then_refused(Rule.TASK_IS_OPEN)
    story().when(VERIFY, TEAM).then_refused(Rule.TASK_STANDS)
    story(ASSIGNED, DONE).when(GRANT, CHAIR).then_refused(Rule.TASK_IS_OPEN)


def test_what_the_team_was_given_itself_a_leader_checks() -> None:
    leader, own = act("team_leader"), ASSIGNED.model_copy(update={"lead": (THE_TEAM,)})
    story(own).when(RESULT, TEAM).then_refused(Rule.RESULT_BY_LEAD)
    told = story(own).when(RESULT, leader).then_happened(TaskResultReported)
    for who in (TEAM, leader, KEEPER):
        told.when(VERIFY, who).then_refused(Rule.TEAM_ANSWERS_TO_LEADERS)
        told.when(SEND_BACK, who).then_refused(Rule.TEAM_ANSWERS_TO_LEADERS)
    told.when(VERIFY, DEPUTY).then_happened(TaskResultVerified, TaskCompleted)
    story(ASSIGNED).when(RESULT, leader).then_refused(Rule.RESULT_BY_LEAD)
