"""The registers of initiatives, obstacles and correspondence after events, delivered once or twice."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Table

from services.feedback.information import decider as information
from services.feedback.information.events import InformationOverdue
from services.feedback.information.records import correspondence
from services.feedback.initiative import decider as initiative
from services.feedback.initiative.records import initiatives
from services.feedback.obstacle import decider as obstacle
from services.feedback.obstacle.events import ObstacleTransferred
from services.feedback.obstacle.records import obstacles
from services.feedback.projections import READ_MODELS
from shared.decider import Decider
from shared.messages import Event
from tests.unit.feedback import test_information as info
from tests.unit.feedback import test_initiative as idea
from tests.unit.feedback import test_obstacle as met
from tests.unit.feedback.examples import FOCAL, SCIENCE, TEAM, TELECOM
from tests.unit.rows import envelopes, project, rows

TWICE = pytest.mark.parametrize("twice", [False, True])


def the_row(
    decider: Decider[Any, Any, Any], item: str, table: Table, events: Sequence[Event], twice: bool
) -> dict[str, Any]:
    recorded = envelopes(decider, item, events, TEAM)
    [row] = rows(project(READ_MODELS, recorded, twice=twice), table)
    again = rows(project(READ_MODELS, [*recorded, *recorded]), table)
    assert again == [row]
    assert [step["type"] for step in row["steps"]] == [type(event).__name__ for event in events]
    return row


@TWICE
def test_an_initiative(twice: bool) -> None:
    events: list[Event] = [idea.PROPOSED, idea.DEFERRED]
    row = the_row(initiative.decider, idea.IDEA, initiatives, events, twice)
    assert (row["title"], row["seat"], row["agency"]) == (idea.PROPOSED.title, idea.SEAT, SCIENCE)
    assert (row["state"], row["reason"], row["assessed"]) == ("deferred", "Chưa có kinh phí", "2022-09-28")
    row = the_row(
        initiative.decider, idea.IDEA, initiatives, [*events, idea.ADOPTED, idea.IMPLEMENTED], twice
    )
    assert (row["state"], row["reason"], row["implemented"]) == ("implemented", None, "2022-09-28")
    assert (row["result"], row["result_document"]) == ("Đã lập 1.658 tổ", "2041/QĐ-UBND")
    assert row["event"] == f"initiative-langson.{idea.IDEA}@0"


@TWICE
def test_an_obstacle(twice: bool) -> None:
    moved = ObstacleTransferred.model_validate({**met.TRANSFER.model_dump(), "agencies": (FOCAL,)})
    events: list[Event] = [met.REPORTED, met.ESCALATED, moved]
    row = the_row(obstacle.decider, met.MET, obstacles, events, twice)
    assert (row["title"], row["field"], row["agency"]) == (met.REPORT.what, "tài chính", SCIENCE)
    assert (row["state"], row["to_chair"], row["agencies"], row["resolved"]) == (
        "escalated",
        True,
        [FOCAL],
        None,
    )
    row = the_row(obstacle.decider, met.MET, obstacles, [*events, met.RESOLVED], twice)
    assert (row["state"], row["to_chair"], row["resolved"]) == ("resolved", True, "2022-09-28")
    assert (row["how"], row["how_document"]) == ("Đã ban hành định mức", "2041/QĐ-UBND")


@TWICE
def test_a_request_for_information(twice: bool) -> None:
    seen = InformationOverdue(request_id=info.R, owing=(TELECOM,), due=info.DUE, seen=date(2022, 10, 9))
    events: list[Event] = [info.ASKED, seen]
    row = the_row(information.decider, info.R, correspondence, events, twice)
    assert (row["agency"], row["owing"], row["due_latest"]) == (TELECOM, [TELECOM], "2022-10-08")
    assert (row["state"], row["overdue"], row["late"]) == ("asked", True, False)
    late = info.PROVIDED.model_copy(update={"late": True})
    row = the_row(information.decider, info.R, correspondence, [*events, late], twice)
    assert (row["state"], row["overdue"], row["late"], row["owing"]) == ("provided", False, True, [])
    assert (row["content"], row["content_document"], row["provided"]) == (
        "412 trạm",
        "2041/QĐ-UBND",
        "2022-09-28",
    )


@TWICE
def test_a_request_that_went_to_successors(twice: bool) -> None:
    partly = info.PROVIDED.model_copy(update={"agency": SCIENCE, "owing": (FOCAL,)})
    closed = info.CLOSED.model_copy(update={"owing": (FOCAL,)})
    row = the_row(information.decider, info.R, correspondence, [info.ASKED, info.MOVED, partly], twice)
    assert (row["state"], row["owing"]) == ("asked", [FOCAL])
    row = the_row(
        information.decider, info.R, correspondence, [info.ASKED, info.MOVED, partly, closed], twice
    )
    assert (row["state"], row["reason"], row["owing"]) == ("closed", closed.reason, [FOCAL])
    no_due = info.ASKED.model_copy(update={"due": None})
    row = the_row(information.decider, info.R, correspondence, [no_due], twice)
    assert (row["due_wording"], row["due_latest"]) == (None, None)
