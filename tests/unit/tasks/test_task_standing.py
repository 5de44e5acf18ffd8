"""Standing tasks, action plans that do not come, own resources, deadlines that fall on a day of rest."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from services.tasks.commands import (
    EndStandingTask,
    GrantExtension,
    MarkActionPlanOverdue,
    MarkTaskOverdue,
    MobiliseResources,
    ReportTaskProgress,
    ReportTaskResult,
    RequestExtension,
    SubmitActionPlan,
)
from services.tasks.events import (
    ActionPlanOverdue,
    ActionPlanSubmitted,
    ResourcesMobilised,
    StandingTaskEnded,
    TaskAssigned,
    TaskExtensionGranted,
    TaskExtensionRequested,
    TaskProgressReported,
)
from services.tasks.rules import Rule
from services.tasks.task.state import TEAM as TEAM_ITSELF
from shared.dates import Deadline, Moment
from shared.envelope import Act
from shared.messages import AgencyId
from tests.unit.given import SOURCE, act
from tests.unit.tasks.examples import (
    ASSIGN,
    ASSIGNED,
    BEFORE,
    BUILDING,
    CHAIR,
    DECEMBER,
    DEPUTY,
    DISTRICT,
    LEAD,
    OUTSIDE,
    PARTNER,
    PLAN_DUE,
    POLICY,
    REPORTED,
    SCIENCE,
    STRANGER,
    TASK,
    TEAM,
    head,
    story,
)

STANDING = ASSIGNED.model_copy(update={"standing": True, "deadline": None, "key": False, "plan_due": None})
END = EndStandingTask(task_id=TASK, reason="đã chuyển cho Sở khác")
ENDED = StandingTaskEnded(task_id=TASK, reason="đã chuyển cho Sở khác")
PROGRESS = ReportTaskProgress(task_id=TASK, text="Trực 24/7", period="2022-Q3")
NO_PLAN = MarkActionPlanOverdue(task_id=TASK, today=date(2022, 10, 29))
UNPLANNED = ActionPlanOverdue(task_id=TASK, due=PLAN_DUE, noticed_on=date(2022, 10, 29))
PUT = MobiliseResources(task_id=TASK, people=5, what="Tổ kỹ thuật", from_agency=BUILDING)
MOBILISED = ResourcesMobilised(task_id=TASK, people=5, what="Tổ kỹ thuật", from_agency=BUILDING)
SATURDAY = Deadline(wording="01/10/2022", latest=date(2022, 10, 1))


def rolling(by: Act) -> Act:
    """The same act under a regulation that moves deadlines off days of rest."""
    return replace(by, terms={"roll_deadlines": True})


def test_a_standing_task_has_no_deadline() -> None:
    both = ASSIGN.model_copy(update={"standing": True})
    story().when(both, CHAIR).then_refused(Rule.STANDING_NEVER_DUE)
    story().when(both, replace(CHAIR, source=SOURCE)).then_happened(TaskAssigned)
    dated = STANDING.model_copy(update={"deadline": DECEMBER})
    late = MarkTaskOverdue(task_id=TASK, today=date(2030, 1, 1))
    story(dated).when(late, POLICY).then_nothing()
    ask = RequestExtension(task_id=TASK, deadline=DECEMBER, reason="chờ")
    story(STANDING).when(ask, LEAD).then_refused(Rule.STANDING_NEVER_DUE)


def test_a_standing_task_is_reported_on_by_period() -> None:
    told = story(STANDING)
    told.when(PROGRESS, LEAD)
    told.then(TaskProgressReported(task_id=TASK, text="Trực 24/7", period="2022-Q3"))
    undated = PROGRESS.model_copy(update={"period": None})
    told.when(undated, LEAD).then_refused(Rule.STANDING_BY_PERIOD)
    story(ASSIGNED).when(undated, LEAD).then_happened(TaskProgressReported)
    told.when(ReportTaskResult(task_id=TASK, result="Xong"), LEAD).then_refused(Rule.STANDING_HAS_NO_RESULT)
    with pytest.raises(ValidationError):
        ReportTaskProgress(task_id=TASK, text="x", period="quý 3")


@pytest.mark.parametrize("who", [CHAIR, DEPUTY, BEFORE])
def test_a_leader_ends_it(who: Act) -> None:
    told = story(STANDING).when(END, who).then(ENDED)
    told.when(END, who).then_nothing()
    told.when(PROGRESS, LEAD).then_refused(Rule.TASK_IS_OPEN)


def test_who_may_not_end_what() -> None:
    for who in (TEAM, LEAD, OUTSIDE, POLICY):
        story(STANDING).when(END, who).then_refused(Rule.STANDING_ENDED_BY_LEADERS)
    story(ASSIGNED).when(END, CHAIR).then_refused(Rule.ONLY_STANDING_ENDS)
    story().when(END, CHAIR).then_refused(Rule.TASK_STANDS)


@pytest.mark.parametrize("who", [POLICY, TEAM])
def test_a_plan_that_does_not_come_is_overdue_once(who: Act) -> None:
    who = replace(who, effective_at=Moment("2022-10-29"))
    told = story(ASSIGNED).when(NO_PLAN, who).then(UNPLANNED)
    told.when(NO_PLAN, who).then_nothing()
    planned = ActionPlanSubmitted(task_id=TASK, summary="Ba bước")
    story(ASSIGNED, planned).when(NO_PLAN, who).then_nothing()
    story(STANDING, ENDED).when(NO_PLAN, who).then_nothing()


def test_a_plan_is_not_overdue_before_its_day() -> None:
    on_the_day = MarkActionPlanOverdue(task_id=TASK, today=PLAN_DUE)
    story(ASSIGNED).when(on_the_day, POLICY).then_nothing()
    story(ASSIGNED).when(on_the_day, TEAM).then_refused(Rule.PLAN_DAY_PASSED)
    story(STANDING).when(NO_PLAN, TEAM).then_refused(Rule.PLAN_DAY_PASSED)
    story(ASSIGNED).when(NO_PLAN, LEAD).then_refused(Rule.PLAN_OVERDUE_BY_CLOCK)
    story().when(NO_PLAN, POLICY).then_refused(Rule.TASK_STANDS)


def test_a_first_plan_after_its_day_is_late_and_a_better_one_is_not() -> None:
    submit = SubmitActionPlan(task_id=TASK, summary="Ba bước")
    told = story(ASSIGNED).when(submit, head(BUILDING, at="2022-10-28"))
    told.then(ActionPlanSubmitted(task_id=TASK, summary="Ba bước"))
    better = submit.model_copy(update={"summary": "Bốn bước"})
    told.when(better, head(BUILDING, at="2022-11-05"))
    told.then(ActionPlanSubmitted(task_id=TASK, summary="Bốn bước"))
    late = story(ASSIGNED).when(submit, head(BUILDING, at="2022-10-29"))
    late.then(ActionPlanSubmitted(task_id=TASK, summary="Ba bước", late=True))


def test_a_plan_is_not_noticed_to_be_overdue_ahead_of_its_day() -> None:
    story(ASSIGNED).when(NO_PLAN, TEAM).then_refused(Rule.PLAN_DAY_PASSED)


def test_the_regulation_says_by_when_a_plan_is_due() -> None:
    quick = replace(CHAIR, terms={"action_plan_days": 3, "roll_deadlines": True})
    [assigned] = story().when(ASSIGN, quick).outcome
    assert isinstance(assigned, TaskAssigned)
    assert assigned.plan_due == date(2022, 10, 3), "the third day is a Saturday"


def test_the_lead_mobilises_its_own() -> None:
    told = story(ASSIGNED).when(PUT, LEAD).then(MOBILISED)
    told.when(PUT, LEAD).then_nothing()
    more = PUT.model_copy(update={"people": 7})
    told.when(more, LEAD).then_happened(ResourcesMobilised)


def test_nobody_mobilises_for_another() -> None:
    for who in (PARTNER, STRANGER, TEAM, CHAIR, POLICY):
        story(ASSIGNED).when(PUT, who).then_refused(Rule.RESOURCES_BY_LEAD)
    of_others = PUT.model_copy(update={"from_agency": DISTRICT})
    story(ASSIGNED).when(of_others, LEAD).then_refused(Rule.OWN_RESOURCES)
    two = ASSIGNED.model_copy(update={"lead": (BUILDING, SCIENCE)})
    of_the_other = PUT.model_copy(update={"from_agency": AgencyId(SCIENCE)})
    story(two).when(of_the_other, LEAD).then_refused(Rule.OWN_RESOURCES)
    story(two).when(of_the_other, STRANGER).then_happened(ResourcesMobilised)
    story().when(PUT, LEAD).then_refused(Rule.TASK_STANDS)
    shared = ASSIGNED.model_copy(update={"lead": (BUILDING, TEAM_ITSELF)})
    from_building = act("team_leader", agency=BUILDING)  # sent to the team, and not the agency's head
    story(shared).when(PUT, from_building).then_refused(Rule.OWN_RESOURCES)
    own = PUT.model_copy(update={"from_agency": TEAM_ITSELF})
    story(shared).when(own, from_building).then_happened(ResourcesMobilised)


def test_deadlines_settle_where_the_regulation_says_so() -> None:
    weekend = ASSIGN.model_copy(update={"deadline": SATURDAY})
    monday = date(2022, 10, 3)
    [stays] = story().when(weekend, CHAIR).outcome
    [moves] = story().when(weekend, rolling(CHAIR)).outcome
    assert isinstance(stays, TaskAssigned)
    assert isinstance(moves, TaskAssigned)
    assert stays.deadline == SATURDAY
    assert moves.deadline is not None
    assert (moves.deadline.latest, moves.deadline.wording) == (monday, "01/10/2022")
    ask = RequestExtension(task_id=TASK, deadline=SATURDAY, reason="chờ")
    told = story(ASSIGNED).when(ask, rolling(LEAD)).then_happened(TaskExtensionRequested)
    told.when(ask, rolling(LEAD)).then_nothing()
    told.when(GrantExtension(task_id=TASK, deadline=SATURDAY), rolling(CHAIR))
    told.then_happened(TaskExtensionGranted)
    assert told.state.deadline.latest == monday


def test_what_ends_a_result_ends_nothing_else() -> None:
    """A task that is being checked still takes no end: it is completed or returned."""
    story(ASSIGNED, REPORTED).when(END, CHAIR).then_refused(Rule.ONLY_STANDING_ENDS)
