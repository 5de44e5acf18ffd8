"""D9.3, D11.3, D7.3, D6.1.e, D7.4 in the compliance view: in time, late, noticed, planned, checked."""

from services.records.compliance.standing import Standing
from services.tasks.events import (
    ActionPlanSubmitted,
    TaskAssigned,
    TaskCancelled,
    TaskExtensionGranted,
    TaskOrigin,
    TaskOverdue,
    TaskResultReported,
    TaskResultReturned,
    TaskResultVerified,
)
from shared.dates import Deadline
from shared.messages import AgencyId
from tests.unit.records.compliance.told import Past

KEPT, BREACHED, AT_RISK = Standing.KEPT, Standing.BREACHED, Standing.AT_RISK
NO_EVIDENCE = Standing.NO_EVIDENCE
DUE = Deadline.parse("2026-03-20")


def given_task(
    *, due: Deadline | None = DUE, key: bool = False, standing: bool = False, from_source: bool = False
) -> Past:
    past = Past().regulated(at="2026-01-01", from_source=from_source)
    assigned = TaskAssigned(
        task_id="t",
        title="Việc",
        lead=(AgencyId("so-a"),),
        deadline=due,
        origin=TaskOrigin.ASSIGNMENT,
        key=key,
        standing=standing,
    )
    past.tell("task.t", assigned, at="2026-02-02", from_source=from_source)
    return past


def reported(past: Past, at: str) -> None:
    past.tell("task.t", TaskResultReported(task_id="t", result="Xong"), at=at)


def test_a_task_is_due_then_overdue() -> None:
    past = given_task()
    assert past.said("D9.3", "2026-03-01") == []
    assert past.said("D9.3", "2026-03-15") == [("task_due", AT_RISK)]
    assert past.said("D9.3", "2026-03-21") == [("task_missing", BREACHED)]
    (occasion,) = past.occasions("D11.3", "2026-03-21")
    assert (occasion.whose, occasion.record, occasion.evidence) == (
        "so-a",
        ("tasks", "t"),
        ("task-langson.t@0",),
    )


def test_a_result_in_time_keeps_it_and_a_late_one_does_not() -> None:
    past = given_task()
    reported(past, "2026-03-20")
    assert past.said("D9.3", "2026-04-01") == [("task_done", KEPT)]
    late = given_task()
    reported(late, "2026-03-25")
    assert late.said("D9.3", "2026-04-01") == [("task_late", BREACHED)]


def test_a_result_that_came_back_is_none() -> None:
    past = given_task()
    reported(past, "2026-03-18")
    past.tell("task.t", TaskResultReturned(task_id="t", missing=("số liệu",)), at="2026-03-19")
    assert past.said("D9.3", "2026-03-21") == [("task_missing", BREACHED)]


def test_the_deadline_that_stands_counts() -> None:
    past = given_task()
    longer = TaskExtensionGranted(task_id="t", old_deadline=DUE, deadline=Deadline.parse("2026-05-20"))
    past.tell("task.t", longer, at="2026-03-10")
    assert past.said("D9.3", "2026-03-25") == []
    reported(past, "2026-05-01")
    assert past.said("D9.3", "2026-05-02") == [("task_done", KEPT)]


def test_what_has_no_day_or_was_cancelled_is_never_overdue() -> None:
    assert given_task(due=None).said("D9.3", "2027-01-01") == []
    assert given_task(standing=True).said("D9.3", "2027-01-01") == []
    past = given_task()
    past.tell("task.t", TaskCancelled(task_id="t", reason="thôi"), at="2026-03-01")
    assert past.said("D9.3", "2027-01-01") == past.said("D7.3", "2027-01-01") == []


def test_of_a_task_known_from_a_source_there_is_no_evidence() -> None:
    past = given_task(from_source=True)
    assert past.said("D9.3", "2026-06-30") == [("task_unknown", NO_EVIDENCE)]
    assert past.said("D7.3", "2026-06-30") == [("overdue_unknown", NO_EVIDENCE)]


def test_an_overdue_task_is_noticed() -> None:
    past = given_task()
    assert past.said("D7.3", "2026-03-21") == []
    assert past.said("D7.3", "2026-03-23") == [("overdue_unnoticed", BREACHED)]
    seen = TaskOverdue.model_validate({"task_id": "t", "deadline": DUE, "noticed_on": "2026-03-21"})
    past.tell("task.t", seen, at="2026-03-21")
    assert past.said("D7.3", "2026-03-23") == [("overdue_noticed", KEPT)]


def test_what_was_returned_and_reported_anew_on_one_day_lay_with_nobody_unseen() -> None:
    past = given_task()
    reported(past, "2026-03-18")
    past.tell("task.t", TaskResultReturned(task_id="t", missing=("số liệu",)), at="2026-03-25")
    reported(past, "2026-03-26")
    assert past.said("D7.3", "2026-04-30") == []
    slow = given_task()
    reported(slow, "2026-03-18")
    slow.tell("task.t", TaskResultReturned(task_id="t", missing=("số liệu",)), at="2026-03-25")
    reported(slow, "2026-03-28")
    assert slow.said("D7.3", "2026-04-30") == [("overdue_unnoticed", BREACHED)]


def test_before_the_regulation_nothing_asked_for_a_plan() -> None:
    past = Past().regulated(at="2026-01-01", from_source=True)
    task = TaskAssigned(task_id="t", title="Việc", origin=TaskOrigin.EXTERNAL, key=True)
    past.tell("task.t", task, at="2025-12-20", from_source=True)
    past.tell("task.t", ActionPlanSubmitted(task_id="t", summary="Kế hoạch"), at="2026-02-20")
    assert past.said("D6.1.e", "2026-04-01") == []


def test_a_key_task_has_its_plan_in_time() -> None:
    assert given_task().said("D6.1.e", "2026-12-31") == []
    past = given_task(key=True)
    assert past.said("D6.1.e", "2026-03-01") == [("plan_due", AT_RISK)]
    assert past.said("D6.1.e", "2026-03-05") == [("plan_missing", BREACHED)]
    past.tell("task.t", ActionPlanSubmitted(task_id="t", summary="Kế hoạch"), at="2026-03-10")
    assert past.said("D6.1.e", "2026-03-11") == [("plan_late", BREACHED)]


def test_the_days_for_a_plan_are_those_of_the_regulation() -> None:
    past = given_task(key=True)
    past.regulated(at="2026-01-15", action_plan_days=60)
    assert past.said("D6.1.e", "2026-03-20") == []


def test_a_result_is_checked() -> None:
    past = given_task()
    reported(past, "2026-03-02")  # Monday; ten working days later is Monday 16
    assert past.said("D7.4", "2026-03-03") == []
    assert past.said("D7.4", "2026-03-12") == [("check_due", AT_RISK)]
    assert past.said("D7.4", "2026-03-17") == [("check_missing", BREACHED)]
    past.tell("task.t", TaskResultVerified(task_id="t"), at="2026-03-16")
    assert past.said("D7.4", "2026-03-17") == [("check_done", KEPT)]


def test_only_the_result_that_lies_before_the_team_is_to_be_checked() -> None:
    past = given_task()
    reported(past, "2026-03-02")
    reported(past, "2026-03-16")
    assert past.said("D7.4", "2026-03-18") == []  # ten working days from the second one
    past.tell("task.t", TaskCancelled(task_id="t", reason="thôi"), at="2026-03-19")
    assert past.said("D7.4", "2026-06-01") == []
