"""How tasks come to agencies, move between them, and are taken back."""

from dataclasses import replace

import pytest

from services.tasks.commands import AssignTask, CancelTask, ReassignTask
from services.tasks.events import TaskAssigned, TaskCancelled, TaskCompleted, TaskOrigin, TaskReassigned
from services.tasks.rules import Rule
from shared.envelope import Act
from shared.messages import AgencyId
from tests.unit.given import DECISION
from tests.unit.tasks.examples import (
    ASSIGN,
    ASSIGNED,
    BEFORE,
    BUILDING,
    CHAIR,
    DEPUTY,
    DISTRICT,
    FOR_CHAIR,
    KEEPER,
    LEAD,
    OUTSIDE,
    PLAN_DUE,
    POLICY,
    SCIENCE,
    TASK,
    TEAM,
    TRANSPORT,
    UNDOCUMENTED,
    story,
)

CONCLUSION = ASSIGN.model_copy(update={"origin": TaskOrigin.CONCLUSION, "origin_ref": "meeting-langson.q3@7"})
PROGRAMME = ASSIGN.model_copy(update={"origin": TaskOrigin.PROGRAMME, "origin_ref": "chuong-trinh-2023#1"})
EXTERNAL = ASSIGN.model_copy(update={"origin": TaskOrigin.EXTERNAL})
MOVE = ReassignTask(task_id=TASK, from_agency=BUILDING, to=(SCIENCE,), reason="sáp nhập")
CANCEL = CancelTask(task_id=TASK, reason="không còn phù hợp")
CANCELLED = TaskCancelled(task_id=TASK, reason="không còn phù hợp")
DONE = TaskCompleted(task_id=TASK)


def without_lead(command: AssignTask) -> AssignTask:
    return command.model_copy(update={"lead": (), "lead_wording": None})


@pytest.mark.parametrize(
    ("command", "who"),
    [
        (ASSIGN, CHAIR),
        (ASSIGN, DEPUTY),
        (ASSIGN, BEFORE),
        (CONCLUSION, POLICY),
        (CONCLUSION, FOR_CHAIR),
        (CONCLUSION.model_copy(update={"deadline": None}), POLICY),
        (PROGRAMME, TEAM),
        (PROGRAMME, CHAIR),
        (EXTERNAL, OUTSIDE),
        (EXTERNAL, TEAM),
        (without_lead(EXTERNAL), KEEPER),
    ],
)
def test_assigned_by_who_may(command: AssignTask, who: Act) -> None:
    told = story().when(command, who)
    due = PLAN_DUE if who is not BEFORE else None
    authority = "ubnd-tinh" if who is OUTSIDE else None
    told.then(TaskAssigned.model_validate({**command.model_dump(), "plan_due": due, "authority": authority}))
    told.when(command, who).then_refused(Rule.TASK_IS_NEW)


@pytest.mark.parametrize("who", [TEAM, LEAD, OUTSIDE, POLICY])
def test_only_leaders_assign(who: Act) -> None:
    story().when(ASSIGN, who).then_refused(Rule.ASSIGNED_BY_LEADERS)


def test_a_conclusion_is_followed_cited_and_led() -> None:
    story().when(CONCLUSION, DEPUTY).then_refused(Rule.FOLLOWS_CONCLUSION)
    uncited = CONCLUSION.model_copy(update={"origin_ref": None})
    story().when(uncited, CHAIR).then_refused(Rule.CONCLUSION_CITED)
    story().when(without_lead(CONCLUSION), POLICY).then_refused(Rule.TASK_HAS_LEAD)


def test_only_a_source_leaves_the_lead_open() -> None:
    story().when(without_lead(ASSIGN), CHAIR).then_refused(Rule.TASK_HAS_LEAD)
    story().when(without_lead(EXTERNAL), OUTSIDE).then_refused(Rule.TASK_HAS_LEAD)


def test_a_programme_is_organised_and_cited() -> None:
    story().when(PROGRAMME, OUTSIDE).then_refused(Rule.PROGRAMME_ORGANISED)
    uncited = PROGRAMME.model_copy(update={"origin_ref": None})
    story().when(uncited, TEAM).then_refused(Rule.PROGRAMME_CITED)


def test_an_outside_authority_assigns_by_its_document() -> None:
    story().when(EXTERNAL, CHAIR).then_refused(Rule.EXTERNAL_RECORDED)
    story().when(EXTERNAL, UNDOCUMENTED).then_refused(Rule.EXTERNAL_BY_DOCUMENT)


@pytest.mark.parametrize("who", [POLICY, CHAIR, DEPUTY])
def test_moved_in_its_place(who: Act) -> None:
    told = story(ASSIGNED).when(MOVE, who)
    told.then(
        TaskReassigned(
            task_id=TASK,
            from_agency=BUILDING,
            to=(SCIENCE,),
            reason="sáp nhập",
            lead=(SCIENCE,),
            with_agencies=(DISTRICT,),
        )
    )


def test_moved_to_many_and_nobody_twice() -> None:
    communes = (AgencyId("xa-1"), AgencyId("xa-2"))
    many = ReassignTask(task_id=TASK, from_agency=DISTRICT, to=communes, reason="bỏ cấp huyện")
    told = story(ASSIGNED).when(many, POLICY)
    assert told.state.with_agencies == communes
    assert told.state.lead == (BUILDING,)
    both = ASSIGNED.model_copy(update={"lead": (BUILDING, SCIENCE), "with_agencies": (SCIENCE,)})
    folded = story(both).when(MOVE, POLICY)
    assert (folded.state.lead, folded.state.with_agencies) == ((SCIENCE,), ())


def test_moved_twice_is_quiet_and_from_somebody_else_refused() -> None:
    told = story(ASSIGNED).when(MOVE, POLICY).then_happened(TaskReassigned)
    told.when(MOVE, POLICY).then_nothing()
    told.when(MOVE, CHAIR).then_nothing()
    to_another = MOVE.model_copy(update={"to": (TRANSPORT,)})
    told.when(to_another, CHAIR).then_refused(Rule.HELD_BY_WHOM_IT_LEAVES)
    to_itself = MOVE.model_copy(update={"from_agency": SCIENCE})
    told.when(to_itself, CHAIR).then_nothing()


def test_a_task_without_a_lead_gets_one() -> None:
    leaderless = ASSIGNED.model_copy(update={"lead": ()})
    give = ReassignTask(task_id=TASK, to=(TRANSPORT,), reason="phân công chủ trì")
    told = story(leaderless).when(give, DEPUTY).then_happened(TaskReassigned)
    assert told.state.lead == (TRANSPORT,)
    story(ASSIGNED).when(give, DEPUTY).then_refused(Rule.HELD_BY_WHOM_IT_LEAVES)


def test_only_leaders_move_a_task_and_only_while_it_goes_on() -> None:
    story(ASSIGNED).when(MOVE, TEAM).then_refused(Rule.REASSIGNED_BY_LEADERS)
    story().when(MOVE, POLICY).then_refused(Rule.TASK_STANDS)
    story(ASSIGNED, DONE).when(MOVE, CHAIR).then_refused(Rule.TASK_IS_OPEN)
    story(ASSIGNED, DONE).when(MOVE, POLICY).then_nothing()


def test_cancelled_once_by_a_leader() -> None:
    told = story(ASSIGNED).when(CANCEL, CHAIR).then(CANCELLED)
    told.when(CANCEL, CHAIR).then_nothing()
    story(ASSIGNED, DONE).when(CANCEL, CHAIR).then_refused(Rule.TASK_IS_OPEN)


def test_an_outside_authority_cancels_only_its_own() -> None:
    story(ASSIGNED).when(CANCEL, OUTSIDE).then_refused(Rule.CANCELLED_BY_LEADERS)
    outside = ASSIGNED.model_copy(update={"origin": TaskOrigin.EXTERNAL})
    by_id = outside.model_copy(update={"authority": "ubnd-tinh"})
    story(by_id).when(CANCEL, OUTSIDE).then(CANCELLED)
    recorded = story().when(EXTERNAL, replace(TEAM, document=DECISION))
    assert recorded.state.authority == DECISION.issuer
    recorded.when(CANCEL, OUTSIDE).then(CANCELLED)  # its document names it
    of_another = outside.model_copy(update={"authority": "bo-tttt"})
    for task in (outside, of_another):
        story(task).when(CANCEL, OUTSIDE).then_refused(Rule.CANCELLED_BY_LEADERS)
    story(ASSIGNED).when(CANCEL, LEAD).then_refused(Rule.CANCELLED_BY_LEADERS)
