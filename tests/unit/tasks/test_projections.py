"""The records of programmes and tasks after events, delivered once or twice."""

from datetime import date
from typing import Any

import pytest

from services.tasks import context_fact
from services.tasks.events import (
    ActionPlanAccepted,
    ActionPlanSubmitted,
    ContextNoted,
    PlannedItem,
    ProgrammeAmended,
    ProgrammeDrafted,
    ProgrammeIssued,
    ProgrammeRegistered,
    ProgrammeReturned,
    ProgrammeSubmitted,
    ProgressReported,
    TaskAssigned,
    TaskCancelled,
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
from services.tasks.programme import decider as programme
from services.tasks.programme.records import context, figures, programmes, progress
from services.tasks.projections import READ_MODELS
from services.tasks.task import decider as task
from services.tasks.task.records import obstacles, tasks
from shared.dates import Deadline, Moment
from shared.decider import Decider
from shared.envelope import Envelope
from shared.messages import AgencyId, DocumentRef, Event
from tests.unit.given import DECISION, SOURCE, act
from tests.unit.rows import envelopes, project, rows
from tests.unit.tasks.examples import ASSIGNED, BUILDING, DECEMBER, DISTRICT, SCIENCE, SEPTEMBER, TASK

TWICE = pytest.mark.parametrize("twice", [False, True])
P = "ke-hoach-2023"


def recorded(decider: Decider[Any, Any, Any], stream_id: str, *events: Event) -> list[Envelope[Event]]:
    return envelopes(decider, stream_id, events, act("issuer", at="2022-09-28", document=DECISION))


def the_task(*events: Event, twice: bool = False) -> dict[str, Any]:
    db = project(READ_MODELS, recorded(task.decider, TASK, *events), twice=twice)
    [row] = rows(db, tasks)
    return row


@TWICE
def test_a_programme_of_the_committee(twice: bool) -> None:
    items = (PlannedItem(what="Tập huấn", deadline=DECEMBER),)
    both = (*items, PlannedItem(what="Kiểm tra"))
    events = (
        ProgrammeDrafted(programme_id=P, title="Chương trình", year=2023, items=items),
        ProgrammeSubmitted(programme_id=P),
        ProgrammeReturned(programme_id=P, reasons=("thiếu hạn",)),
        ProgrammeDrafted(programme_id=P, title="Chương trình", year=2023, items=items),
        ProgrammeSubmitted(programme_id=P),
        ProgrammeIssued(programme_id=P, title="Chương trình", year=2023, items=items),
        ProgrammeAmended(programme_id=P, title="Chương trình", items=both, reason="bổ sung"),
    )
    db = project(READ_MODELS, recorded(programme.decider, P, *events), twice=twice)
    [row] = rows(db, programmes)
    assert (row["state"], row["outside"], row["year"], row["number"]) == (
        "issued",
        False,
        2023,
        "2041/QĐ-UBND",
    )
    assert [item["what"] for item in row["items"]] == ["Tập huấn", "Kiểm tra"]
    assert [step["type"] for step in row["steps"]] == [type(event).__name__ for event in events]
    assert row["steps"][2]["reasons"] == ["thiếu hạn"]
    assert row["event"] == f"programme-langson.{P}@5"


@TWICE
def test_a_programme_from_outside_and_its_figures(twice: bool) -> None:
    plan = DocumentRef(number="247/KH-UBND", date=date(2022, 12, 14), issuer="UBND tỉnh")
    basis = (DocumentRef(number="49-NQ/TU"),)
    events = (
        ProgrammeRegistered(
            programme_id=P, title="Kế hoạch", document=plan, figures={"to": 1680}, basis=basis
        ),
        ProgressReported(programme_id=P, summary="Giữa năm", figures={"to": 1676}, as_of=Moment("2023-06")),
        ProgressReported(
            programme_id=P, summary="Ước", figures={"to": "trên 1600"}, as_of=Moment("2023"), estimated=True
        ),
    )
    db = project(READ_MODELS, recorded(programme.decider, P, *events), twice=twice)
    [row] = rows(db, programmes)
    assert (row["state"], row["outside"], row["number"]) == ("registered", True, "247/KH-UBND 14/12/2022")
    assert (row["issuer"], row["basis"]) == ("UBND tỉnh", ["49-NQ/TU"])
    assert sorted((one["as_of"], one["estimated"]) for one in rows(db, progress)) == [
        ("2023", True),
        ("2023-06", False),
    ]
    stated = {(one["value"], one["as_of"], one["kind"], one["estimated"]) for one in rows(db, figures)}
    assert stated == {
        ("1680", "2022-09-28", "target", False),
        ("1676", "2023-06", "reported", False),
        ("trên 1600", "2023", "reported", True),
    }
    assert {one["origin"] for one in rows(db, figures)} == {f"programme:{P}"}


@TWICE
def test_context_and_its_figures(twice: bool) -> None:
    noted = ContextNoted(
        context_id="dti-2022",
        kind="report",
        title="Xếp hạng DTI",
        figures={"hang": 6},
        agencies=("Bộ TT&TT",),
        because="do bộ công bố",
    )
    db = project(READ_MODELS, recorded(context_fact.decider, "dti-2022", noted), twice=twice)
    [row] = rows(db, context)
    assert (row["kind"], row["figures"], row["agencies"]) == ("report", {"hang": 6}, ["Bộ TT&TT"])
    assert (row["positions"], row["because"]) == ([], "do bộ công bố")
    [figure] = rows(db, figures)
    assert (figure["value"], figure["kind"], figure["origin"]) == ("6", "noted", "context:dti-2022")


@TWICE
def test_a_task_from_assignment_to_completion(twice: bool) -> None:
    moved = TaskReassigned(
        task_id=TASK,
        from_agency=BUILDING,
        to=(SCIENCE,),
        reason="sáp nhập",
        lead=(SCIENCE,),
        with_agencies=(DISTRICT,),
    )
    events: tuple[Event, ...] = (
        ASSIGNED,
        ActionPlanSubmitted(task_id=TASK, summary="Ba bước"),
        ActionPlanAccepted(task_id=TASK),
        TaskProgressReported(task_id=TASK, percent=40),
        TaskProgressReported(task_id=TASK, text="Đã khảo sát"),
        TaskOverdue(task_id=TASK, deadline=SEPTEMBER, noticed_on=date(2022, 10, 1)),
        TaskExtensionRequested(task_id=TASK, deadline=DECEMBER, reason="chờ"),
        TaskExtensionGranted(task_id=TASK, old_deadline=SEPTEMBER, deadline=DECEMBER),
        moved,
        TaskResultReported(task_id=TASK, result="Xong", agency=SCIENCE, late=True),
        TaskResultReturned(task_id=TASK, missing=("ảnh",)),
        TaskResultReported(task_id=TASK, result="Xong, có ảnh", agency=SCIENCE, late=True),
        TaskResultVerified(task_id=TASK),
        TaskCompleted(task_id=TASK, late=True),
    )
    row = the_task(*events, twice=twice)
    assert (row["state"], row["completed"], row["overdue"], row["late"]) == (
        "completed",
        "2022-09-28",
        False,
        True,
    )
    assert (row["lead"], row["with_agencies"]) == ([SCIENCE], [DISTRICT])
    assert (row["deadline_wording"], row["deadline_latest"]) == ("quý IV/2022", "2022-12-31")
    assert (row["action_plan"], row["percent"], row["result"]) == ("accepted", 40, "Xong, có ảnh")
    assert [one["deadline_wording"] for one in row["deadlines"]] == ["tháng 9/2022", "quý IV/2022"]
    assert [one["lead"] for one in row["holders"]] == [[BUILDING], [SCIENCE]]
    assert row["holders"][1]["reason"] == "sáp nhập"
    assert [step["type"] for step in row["steps"]] == [type(event).__name__ for event in events]
    assert row["event"] == f"task-langson.{TASK}@0"


def test_what_is_missing_is_flagged_and_not_filled_in() -> None:
    bare = TaskAssigned(task_id=TASK, title="Rà soát", origin=TaskOrigin.EXTERNAL, lead_wording="các ngành")
    row = the_task(bare)
    assert (row["lead_missing"], row["deadline_missing"], row["deadline_latest"]) == (True, True, None)
    assert (row["lead_wording"], row["action_plan"], row["deadlines"]) == ("các ngành", None, [])
    standing = bare.model_copy(update={"standing": True})
    assert the_task(standing)["deadline_missing"] is False
    worded = bare.model_copy(update={"deadline": Deadline.parse("theo quy định")})
    row = the_task(worded)
    assert (row["deadline_missing"], row["deadline_wording"], row["deadline_latest"]) == (
        False,
        "theo quy định",
        None,
    )
    given = TaskReassigned(
        task_id=TASK, from_agency=None, to=(SCIENCE,), reason="x", lead=(SCIENCE,), with_agencies=()
    )
    assert the_task(bare, given)["lead_missing"] is False


def test_overdue_until_the_deadline_moves_or_the_task_ends() -> None:
    late = TaskOverdue(task_id=TASK, deadline=SEPTEMBER, noticed_on=date(2022, 10, 1))
    assert the_task(ASSIGNED)["action_plan"] == "missing"
    assert the_task(ASSIGNED, late)["overdue"] is True
    asked = TaskExtensionRequested(task_id=TASK, deadline=DECEMBER, reason="chờ")
    declined = TaskExtensionDeclined(task_id=TASK, deadline=DECEMBER, reason="đủ")
    assert the_task(ASSIGNED, late, asked, declined)["overdue"] is True
    cancelled = the_task(ASSIGNED, late, TaskCancelled(task_id=TASK, reason="thôi"))
    assert (cancelled["state"], cancelled["overdue"]) == ("cancelled", False)


def test_a_task_of_a_programme_names_it_so_that_its_sheet_shows_how_each_item_stands() -> None:
    item = ASSIGNED.model_copy(update={"origin": TaskOrigin.PROGRAMME, "origin_ref": f"{P}#3"})
    assert the_task(item)["programme"] == P
    assert the_task(ASSIGNED.model_copy(update={"origin_ref": f"{P}#3"}))["programme"] is None


@TWICE
def test_what_was_returned_is_no_result_and_a_plan_stays_late(twice: bool) -> None:
    events = (
        ASSIGNED,
        ActionPlanSubmitted(task_id=TASK, summary="Ba bước", late=True),
        ActionPlanSubmitted(task_id=TASK, summary="Bốn bước"),
        TaskResultReported(task_id=TASK, result="Xong", agency=BUILDING, late=True),
        TaskResultReturned(task_id=TASK, missing=("ảnh",)),
    )
    row = the_task(*events, twice=twice)
    assert (row["state"], row["result"], row["late"]) == ("open", None, None)
    assert row["steps"][3]["result"] == "Xong"
    assert (row["action_plan"], row["plan_late"]) == ("submitted", True)


@TWICE
def test_obstacles(twice: bool) -> None:
    events = (
        ASSIGNED,
        TaskObstacleReported(task_id=TASK, number=1, obstacle="Thiếu kinh phí", proposal="Bổ sung"),
        TaskObstacleReported(task_id=TASK, number=2, obstacle="Mất sóng"),
        TaskObstacleResolved(task_id=TASK, number=1, how="Đã bổ sung"),
    )
    db = project(READ_MODELS, recorded(task.decider, TASK, *events), twice=twice)
    found = [(one["number"], one["obstacle"], one["resolved"], one["how"]) for one in rows(db, obstacles)]
    assert found == [(1, "Thiếu kinh phí", "2022-09-28", "Đã bổ sung"), (2, "Mất sóng", None, None)]


def test_a_tail_that_is_delivered_again_changes_nothing() -> None:
    moved = TaskReassigned(
        task_id=TASK, from_agency=BUILDING, to=(SCIENCE,), reason="x", lead=(SCIENCE,), with_agencies=()
    )
    granted = TaskExtensionGranted(task_id=TASK, old_deadline=SEPTEMBER, deadline=DECEMBER)
    all_of_it = recorded(task.decider, TASK, ASSIGNED, moved, granted)
    once = rows(project(READ_MODELS, all_of_it), tasks)
    assert rows(project(READ_MODELS, [*all_of_it, *all_of_it[1:]]), tasks) == once
    assert rows(project(READ_MODELS, [*all_of_it, *all_of_it]), tasks) == once


def test_a_row_says_where_it_comes_from() -> None:
    by = act("record_keeper", at="2021-07", source=SOURCE.model_copy(update={"missing": ("thời hạn",)}))
    lead: tuple[AgencyId, ...] = (DISTRICT,)
    bare = TaskAssigned(task_id=TASK, title="Ra quân", lead=lead, origin=TaskOrigin.EXTERNAL)
    db = project(READ_MODELS, envelopes(task.decider, TASK, [bare], by))
    [row] = rows(db, tasks)
    assert (row["source"], row["doubts"]) == (SOURCE.reference, {"missing": ["thời hạn"]})
