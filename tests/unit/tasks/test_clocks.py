"""What the clock notes of tasks, action plans and findings, and when it keeps silent."""

from datetime import date

from services.members.events import AgencyMerged
from services.tasks.commands import MarkActionPlanOverdue, MarkTaskOverdue
from services.tasks.events import (
    ActionPlanSubmitted,
    StandingTaskEnded,
    TaskCancelled,
    TaskCompleted,
    TaskExtensionGranted,
    TaskReassigned,
    TaskResultReturned,
)
from services.tasks.inspection.commands import MarkFindingsOverdue
from shared.dates import Deadline
from tests.unit.given import SOURCE, act
from tests.unit.tasks.courses import rung
from tests.unit.tasks.examples import ASSIGNED, BUILDING, DECEMBER, REPORTED, SCIENCE, SEPTEMBER, TASK
from tests.unit.tasks.inspected import CONFIRMED, NOVEMBER, REMEDIED, REOPENED, RUNNING, VISIT

FROM_SOURCE = act("record_keeper", at="2022-09-01", source=SOURCE)
MUCH_LATER = "2026-01-01"
RETURNED = TaskResultReturned(task_id=TASK, missing=("ảnh",))
EXTENDED = TaskExtensionGranted(task_id=TASK, old_deadline=SEPTEMBER, deadline=DECEMBER)
MOVED = TaskReassigned(
    task_id=TASK, from_agency=BUILDING, to=(SCIENCE,), reason="x", lead=(SCIENCE,), with_agencies=()
)
PLANNED = ActionPlanSubmitted(task_id=TASK, summary="Ba bước")
DONE = TaskCompleted(task_id=TASK)


def late(day: str) -> tuple[str, MarkTaskOverdue]:
    return day, MarkTaskOverdue(task_id=TASK, today=date.fromisoformat(day))


def test_the_day_after_the_last_one() -> None:
    assert rung("2022-09-30", ASSIGNED, of=MarkTaskOverdue) == []
    assert rung("2022-10-01", ASSIGNED, of=MarkTaskOverdue) == [late("2022-10-01")]
    assert rung(MUCH_LATER, ASSIGNED, of=MarkTaskOverdue) == [late("2022-10-01")]


def test_without_a_day_or_from_a_source_it_is_silent() -> None:
    for deadline in (None, Deadline.parse("theo quy định")):
        assert rung(MUCH_LATER, ASSIGNED.model_copy(update={"deadline": deadline}), of=MarkTaskOverdue) == []
    assert rung(MUCH_LATER, ASSIGNED.model_copy(update={"standing": True}), of=MarkTaskOverdue) == []
    assert rung(MUCH_LATER, (ASSIGNED, FROM_SOURCE)) == []


def test_an_extension_moves_the_day() -> None:
    assert rung(MUCH_LATER, ASSIGNED, EXTENDED, of=MarkTaskOverdue) == [late("2023-01-01")]


def test_silent_while_a_result_is_checked_and_after_the_end() -> None:
    ended = StandingTaskEnded(task_id=TASK, reason="x")
    for end in (REPORTED, DONE, TaskCancelled(task_id=TASK, reason="x"), ended):
        assert rung(MUCH_LATER, ASSIGNED, end, of=MarkTaskOverdue) == []


def test_a_result_that_is_returned_after_the_deadline_leaves_the_task_overdue_that_day() -> None:
    returned = (RETURNED, act("team_member", at="2022-10-12"))
    assert rung(MUCH_LATER, ASSIGNED, REPORTED, returned, of=MarkTaskOverdue) == [late("2022-10-12")]
    in_time = (RETURNED, act("team_member", at="2022-09-12"))
    assert rung(MUCH_LATER, ASSIGNED, REPORTED, in_time, of=MarkTaskOverdue) == [late("2022-10-01")]


def test_a_task_that_moves_keeps_its_day() -> None:
    assert rung(MUCH_LATER, ASSIGNED, MOVED, of=MarkTaskOverdue) == [late("2022-10-01")]
    assert rung(MUCH_LATER, ASSIGNED, (MOVED, FROM_SOURCE), of=MarkTaskOverdue) == [late("2022-10-01")]
    live = (MOVED, act("chair", at="2023-05-04"))
    assert rung(MUCH_LATER, (ASSIGNED, FROM_SOURCE), live, of=MarkTaskOverdue) == [late("2023-05-04")]


def test_a_merger_alone_sets_no_clock() -> None:
    merged = AgencyMerged(agency_id=BUILDING, name="Sở", successor=SCIENCE, successor_name="Sở mới")
    assert rung(MUCH_LATER, merged) == []


def test_a_key_task_without_its_plan() -> None:
    noted = MarkActionPlanOverdue(task_id=TASK, today=date(2022, 10, 29))
    assert rung("2022-10-28", ASSIGNED, of=MarkActionPlanOverdue) == []
    assert rung(MUCH_LATER, ASSIGNED, of=MarkActionPlanOverdue) == [("2022-10-29", noted)]
    ordinary = ASSIGNED.model_copy(update={"key": False, "plan_due": None})
    assert rung(MUCH_LATER, ordinary, of=MarkActionPlanOverdue) == []
    for end in (PLANNED, DONE, TaskCancelled(task_id=TASK, reason="x")):
        assert rung(MUCH_LATER, ASSIGNED, end, of=MarkActionPlanOverdue) == []


def test_a_finding_that_is_not_remedied() -> None:
    def noted(day: str) -> tuple[str, MarkFindingsOverdue]:
        return day, MarkFindingsOverdue(inspection_id=VISIT, today=date.fromisoformat(day))

    assert rung(MUCH_LATER, *RUNNING, of=MarkFindingsOverdue) == [noted("2022-11-01")]
    assert rung(MUCH_LATER, *RUNNING, REMEDIED, of=MarkFindingsOverdue) == []
    assert rung(MUCH_LATER, *RUNNING, REMEDIED, CONFIRMED, of=MarkFindingsOverdue) == []
    assert rung(MUCH_LATER, *RUNNING, REMEDIED, REOPENED, of=MarkFindingsOverdue) == [noted("2022-11-01")]
    another = REOPENED.model_copy(update={"remedy_by": NOVEMBER})
    assert rung(MUCH_LATER, *RUNNING, REMEDIED, another, of=MarkFindingsOverdue) == [noted("2022-12-01")]


def test_after_the_last_day_that_there_is_nothing_rings() -> None:
    """Neither overdue nor a reminder: there is no day to set, and the policy goes on."""
    endless = ASSIGNED.model_copy(update={"deadline": Deadline(wording="mãi mãi", latest=date.max)})
    assert rung(MUCH_LATER, endless, of=MarkTaskOverdue) == []
