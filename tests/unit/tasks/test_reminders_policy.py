"""Who is reminded of what, on which days, and when it stops."""

from datetime import date
from typing import Any

from services.feedback.report.events import (
    ReportAccepted,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportReturned,
    ReportSubmitted,
    ReportTally,
)
from services.meetings.events import (
    Answer,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
    RoundForm,
    Tally,
)
from services.members.events import RegulationAdopted
from services.members.parameters import Parameters
from services.tasks.events import (
    ActionPlanSubmitted,
    TaskCancelled,
    TaskCompleted,
    TaskExtensionGranted,
    TaskReassigned,
    TaskResultReturned,
)
from services.tasks.inspection.events import InspectionTransferred
from services.tasks.reminder.commands import IssueReminder
from services.tasks.reminder.events import About
from shared.messages import AgencyId, DocumentRef
from tests.unit.given import SOURCE, act
from tests.unit.tasks.courses import Step, rung
from tests.unit.tasks.examples import (
    ASSIGNED,
    BUILDING,
    DECEMBER,
    DISTRICT,
    PLAN_DUE,
    REPORTED,
    SCIENCE,
    SEPTEMBER,
    TASK,
    TRANSPORT,
)
from tests.unit.tasks.inspected import FOUND, REMEDIED, REOPENED, RUNNING, VISIT, F

MUCH_LATER = "2026-01-01"
ORDINARY = ASSIGNED.model_copy(update={"key": False, "plan_due": None})
ALL_DAYS = ["2022-09-23", "2022-09-29", "2022-10-01", "2022-10-07", "2022-10-30"]
MOVED = TaskReassigned(
    task_id=TASK, from_agency=BUILDING, to=(SCIENCE,), reason="x", lead=(SCIENCE,), with_agencies=()
)
ROUND = OpinionRequested(
    round_id="dot-1", subject="Dự thảo", asked=("ghe-a", "ghe-b"), form=RoundForm.WRITTEN, due=SEPTEMBER
)
REPORT = ReportRequested(request_id="bc-1", title="Báo cáo quý III", to=(BUILDING, SCIENCE), due=SEPTEMBER)


def reminders(*steps: Step, until: str = MUCH_LATER) -> list[tuple[str, Any]]:
    return rung(until, *steps, of=IssueReminder)


def days(*steps: Step) -> list[str]:
    return [day for day, _ in reminders(*steps)]


def answered(seat: str) -> OpinionSubmitted:
    return OpinionSubmitted(round_id="dot-1", seat_id=seat, version=1, answer=Answer.AGREE)


def test_the_leads_are_reminded_by_the_schedule() -> None:
    told = reminders(ORDINARY)
    assert [day for day, _ in told] == ALL_DAYS
    assert told[0][1] == IssueReminder(
        about=About.TASK,
        about_id=TASK,
        title=ASSIGNED.title,
        agencies=(BUILDING,),
        due=SEPTEMBER,
        days=-7,
        today=date(2022, 9, 23),
    )
    assert [one.days for _, one in told] == [-7, -1, 1, 7, 30]


def test_the_regulation_sets_the_schedule() -> None:
    adopted = RegulationAdopted(
        regulation=DocumentRef(number="64/QĐ-BCĐ"),
        title="Quy chế",
        parameters=Parameters(remind_before_days=(3,), remind_after_days=()),
    )
    assert days(adopted, ORDINARY) == ["2022-09-27"]


def test_nobody_is_reminded_of_days_gone_by_nor_by_a_source() -> None:
    assert days((ORDINARY, act("chair", at="2022-09-25"))) == ALL_DAYS[1:]
    assert days((ORDINARY, act("record_keeper", source=SOURCE))) == []
    assert days(ORDINARY.model_copy(update={"standing": True})) == []


def test_it_stops_with_the_result_and_goes_on_when_that_is_returned() -> None:
    assert days(ORDINARY, REPORTED) == []
    assert days(ORDINARY, REPORTED, TaskResultReturned(task_id=TASK, missing=("x",))) == ALL_DAYS
    assert days(ORDINARY, TaskCompleted(task_id=TASK)) == []
    assert days(ORDINARY, TaskCancelled(task_id=TASK, reason="x")) == []


def test_another_day_and_another_lead() -> None:
    extended = TaskExtensionGranted(task_id=TASK, old_deadline=SEPTEMBER, deadline=DECEMBER)
    assert days(ORDINARY, extended) == ["2022-12-24", "2022-12-30", "2023-01-01", "2023-01-07", "2023-01-30"]
    assert {one.agencies for _, one in reminders(ORDINARY, MOVED)} == {(SCIENCE,)}
    assert days(ORDINARY, REPORTED, extended) == []
    leaderless = ORDINARY.model_copy(update={"lead": ()})
    assert days(leaderless) == []


def test_action_plans() -> None:
    told = [(day, one) for day, one in reminders(ASSIGNED) if one.about is About.ACTION_PLAN]
    assert [one.days for _, one in told] == [-7, -1, 1, 7, 30]
    assert {one.due.latest for _, one in told} == {PLAN_DUE}
    planned = ActionPlanSubmitted(task_id=TASK, summary="Ba bước")
    assert {one.about for _, one in reminders(ASSIGNED, planned)} == {About.TASK}


def test_findings_until_they_are_remedied() -> None:
    told = reminders(*RUNNING)
    assert [day for day, _ in told] == ["2022-10-24", "2022-10-30", "2022-11-01", "2022-11-07", "2022-11-30"]
    first = told[0][1]
    assert (first.about_id, first.finding_id, first.title) == (VISIT, F, FOUND.finding)
    assert first.agencies == (BUILDING,)
    assert days(*RUNNING, REMEDIED) == []
    assert len(days(*RUNNING, REMEDIED, REOPENED)) == 5
    moved = InspectionTransferred(
        inspection_id=VISIT, from_agency=BUILDING, to=(TRANSPORT,), agencies=(TRANSPORT,)
    )
    assert {one.agencies for _, one in reminders(*RUNNING, moved)} == {(TRANSPORT,)}


def test_seats_that_have_not_answered() -> None:
    assert {one.seats for _, one in reminders(ROUND)} == {("ghe-a", "ghe-b")}
    assert {one.seats for _, one in reminders(ROUND, answered("ghe-a"))} == {("ghe-b",)}
    assert days(ROUND, answered("ghe-a"), answered("ghe-b")) == []
    extended = OpinionRoundExtended(round_id="dot-1", due_before=SEPTEMBER, due=DECEMBER, reason="chờ")
    assert days(ROUND, extended)[0] == "2022-12-24"
    assert days(ROUND, OpinionRoundClosed(round_id="dot-1", tally=Tally())) == []
    dateless = ROUND.model_copy(update={"due": None})
    assert days(dateless) == []
    assert len(days(dateless, extended)) == 5


def test_agencies_that_have_not_reported() -> None:
    submitted = ReportSubmitted(request_id="bc-1", agency_id=BUILDING, version=1)
    accepted = ReportAccepted(request_id="bc-1", agency_id=BUILDING, version=1)
    returned = ReportReturned(request_id="bc-1", agency_id=BUILDING, version=1, missing=("số liệu",))
    assert {one.agencies for _, one in reminders(REPORT)} == {(BUILDING, SCIENCE)}
    assert {one.agencies for _, one in reminders(REPORT, submitted, accepted)} == {(SCIENCE,)}
    owing = {frozenset(one.agencies) for _, one in reminders(REPORT, submitted, returned)}
    assert owing == {frozenset({BUILDING, SCIENCE})}
    extended = ReportRequestExtended(request_id="bc-1", due=DECEMBER)
    assert days(REPORT, extended)[0] == "2022-12-24"
    assert days(REPORT, ReportRequestClosed(request_id="bc-1", tally=ReportTally())) == []


def test_who_came_after_owes_the_report() -> None:
    heirs = (AgencyId("xa-1"), AgencyId("xa-2"))
    moved = ReportRequestTransferred(
        request_id="bc-1", from_agency=SCIENCE, to=heirs, asked=(BUILDING, *heirs), reason="x"
    )
    assert {one.agencies for _, one in reminders(REPORT, moved)} == {(BUILDING, *heirs)}
    of_another = moved.model_copy(update={"from_agency": DISTRICT})
    assert {one.agencies for _, one in reminders(REPORT, of_another)} == {(BUILDING, SCIENCE)}
