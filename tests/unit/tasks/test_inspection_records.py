"""The inspection file after events, delivered once or twice."""

from datetime import date
from typing import Any

import pytest

from services.tasks.inspection.decider import decider
from services.tasks.inspection.events import (
    FindingOverdue,
    InspectionCancelled,
    InspectionTransferred,
)
from services.tasks.inspection.records import findings, inspections
from services.tasks.projections import READ_MODELS
from shared.messages import Event
from tests.unit.rows import envelopes, project, rows
from tests.unit.tasks.examples import BUILDING, TEAM, TRANSPORT
from tests.unit.tasks.inspected import (
    ALSO_FOUND,
    CLOSED,
    CONFIRMED,
    NOVEMBER,
    OCTOBER,
    REMEDIED,
    REOPENED,
    RUNNING,
    SCHEDULED,
    VISIT,
    F,
    G,
)

TWICE = pytest.mark.parametrize("twice", [False, True])
LATE = FindingOverdue(inspection_id=VISIT, finding_id=F, remedy_by=OCTOBER, noticed_on=date(2022, 11, 1))
MOVED = InspectionTransferred(
    inspection_id=VISIT, from_agency=BUILDING, to=(TRANSPORT,), agencies=(TRANSPORT,), reason="sáp nhập"
)


def filed(*events: Event, twice: bool = False) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The row of the inspection, and those of its findings by id."""
    db = project(READ_MODELS, envelopes(decider, VISIT, events, TEAM), twice=twice)
    [row] = rows(db, inspections)
    return row, {one["finding"]: one for one in rows(db, findings)}


@TWICE
def test_from_schedule_to_conclusion(twice: bool) -> None:
    closed = CLOSED.model_copy(update={"left_open": (G,)})
    course = (*RUNNING, ALSO_FOUND, LATE, REMEDIED, REOPENED, REMEDIED, CONFIRMED, MOVED, closed)
    row, found = filed(*course, twice=twice)
    assert (row["state"], row["agencies"], row["programme"]) == ("closed", [TRANSPORT], SCHEDULED.plan)
    assert (row["planned"], row["conducted"]) == ("tháng 10/2022", "2022-09-20")
    assert (row["findings"], row["findings_open"], row["findings_overdue"]) == (2, 1, 0)
    assert (row["conclusion"], row["left_open"]) == (CLOSED.conclusion, [G])
    assert [step["type"] for step in row["steps"]] == [
        "InspectionScheduled",
        "InspectionConducted",
        "InspectionTransferred",
        "InspectionClosed",
    ]
    assert (found[F]["state"], found[F]["agencies"], found[F]["how"]) == (
        "confirmed",
        [TRANSPORT],
        REMEDIED.how,
    )
    assert [step["type"] for step in found[F]["steps"]] == [
        "FindingRecorded",
        "FindingOverdue",
        "FindingRemedied",
        "FindingReopened",
        "FindingRemedied",
        "RemedyConfirmed",
    ]
    assert (found[G]["state"], found[G]["deadline_latest"]) == ("open", None)


@TWICE
def test_overdue_until_remedied_and_confirmed_or_given_another_day(twice: bool) -> None:
    row, found = filed(*RUNNING, LATE, REMEDIED, twice=twice)
    assert (row["findings_overdue"], found[F]["overdue"], found[F]["state"]) == (1, True, "remedied")
    again = REOPENED.model_copy(update={"remedy_by": NOVEMBER})
    row, found = filed(*RUNNING, LATE, again, twice=twice)
    assert (row["findings_overdue"], found[F]["deadline_wording"]) == (0, "tháng 11/2022")


@TWICE
def test_a_remedy_that_was_not_enough_is_none(twice: bool) -> None:
    _, found = filed(*RUNNING, REMEDIED, REOPENED, twice=twice)
    assert (found[F]["state"], found[F]["how"], found[F]["late"]) == ("open", None, None)
    assert found[F]["steps"][1]["how"] == REMEDIED.how


def test_cancelled() -> None:
    row, found = filed(SCHEDULED, InspectionCancelled(inspection_id=VISIT, reason="trùng"))
    assert (row["state"], row["steps"][1]["reason"], found) == ("cancelled", "trùng", {})
