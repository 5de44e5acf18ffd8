"""The records of targets: each set with its own denominator, estimates apart, nothing overwritten."""

from typing import Any

import pytest

from services.tasks.projections import READ_MODELS
from services.tasks.target.decider import decider
from services.tasks.target.events import Outcome, Target, TargetAssessed, TargetsRevised, TargetsSet
from services.tasks.target.records import assessments, share, target_sets, targets
from shared.dates import Moment
from shared.messages import Event
from tests.unit.rows import envelopes, project, rows
from tests.unit.tasks.examples import CHAIR

TWICE = pytest.mark.parametrize("twice", [False, True])
S = "chi-tieu-2025"


def listed(number: int) -> tuple[Target, ...]:
    return tuple(Target(target_id=f"ct-{n}", name=f"Chỉ tiêu {n}") for n in range(1, number + 1))


def made(number: int, set_id: str = S) -> TargetsSet:
    return TargetsSet(set_id=set_id, title="Chỉ tiêu năm 2025", period="2025", targets=listed(number))


def told(n: int, outcome: Outcome, as_of: str = "2025-12-31", **more: Any) -> TargetAssessed:
    return TargetAssessed(set_id=S, target_id=f"ct-{n}", outcome=outcome, as_of=Moment(as_of), **more)


def the_set(*events: Event, twice: bool = False) -> dict[str, Any]:
    db = project(READ_MODELS, envelopes(decider, S, events, CHAIR), twice=twice)
    [row] = rows(db, target_sets)
    return row


@TWICE
def test_thirty_four_targets_with_four_outcomes(twice: bool) -> None:
    achieved = [told(n, Outcome.ACHIEVED) for n in range(1, 24)]
    others = [told(24, Outcome.NOT_ACHIEVED), told(25, Outcome.NOT_ACHIEVED)]
    never = [told(26, Outcome.NOT_CARRIED_OUT), told(27, Outcome.NOT_CARRIED_OUT)]
    unknown = [told(n, Outcome.NO_INFORMATION) for n in range(28, 35)]
    row = the_set(made(34), *achieved, *others, *never, *unknown, twice=twice)
    assert (row["denominator"], row["assessed"], row["achieved"], row["not_achieved"]) == (34, 27, 23, 2)
    assert (row["not_carried_out"], row["no_information"], row["unassessed"]) == (2, 7, 0)
    assert row["achieved_of_all"] == "23/34 (67,6%)"
    assert row["achieved_of_assessed"] == "23/27 (85,2%)"


def test_two_sets_count_apart() -> None:
    one = envelopes(decider, S, [made(2), told(1, Outcome.ACHIEVED)], CHAIR)
    other = envelopes(decider, "dai-han", [made(30, "dai-han")], CHAIR, first=9)
    found = {row["set"]: row for row in rows(project(READ_MODELS, [*one, *other]), target_sets)}
    assert found[S]["achieved_of_all"] == "1/2 (50,0%)"
    assert found["dai-han"]["achieved_of_all"] == "0/30 (0,0%)"
    assert found["dai-han"]["achieved_of_assessed"] == "0/0"
    assert found["dai-han"]["unassessed"] == 30


@TWICE
def test_every_assessment_is_kept_and_the_latest_shown(twice: bool) -> None:
    course = [
        made(1),
        told(1, Outcome.ACHIEVED, "2025-12", estimated=True, value="ước 81"),
        told(1, Outcome.NOT_ACHIEVED, "2025-12", value="79"),
        told(1, Outcome.ACHIEVED, "2025-12", estimated=True, value="ước 82"),
        told(1, Outcome.ACHIEVED, "2025-06", value="80"),
    ]
    db = project(READ_MODELS, envelopes(decider, S, course, CHAIR), twice=twice)
    assert len(rows(db, assessments)) == 4
    assert {row["name"] for row in rows(db, assessments)} == {"Chỉ tiêu 1"}
    [shown] = rows(db, targets)
    assert (shown["outcome"], shown["reached"], shown["estimated"]) == ("not_achieved", "79", False)
    [row] = rows(db, target_sets)
    assert (row["estimates"], row["not_achieved"]) == (0, 1)
    later = told(1, Outcome.ACHIEVED, "2026-03", estimated=True)
    assert the_set(*course, later)["estimates"] == 1


@TWICE
def test_a_revised_list_counts_anew_and_forgets_nothing(twice: bool) -> None:
    revised = TargetsRevised(set_id=S, title="Điều chỉnh", targets=listed(3)[1:], reason="trùng")
    db = project(
        READ_MODELS,
        envelopes(decider, S, [made(2), told(1, Outcome.ACHIEVED), revised], CHAIR),
        twice=twice,
    )
    [row] = rows(db, target_sets)
    assert (row["title"], row["denominator"], row["achieved"], row["unassessed"]) == ("Điều chỉnh", 2, 0, 2)
    assert [step["type"] for step in row["steps"]] == ["TargetsSet", "TargetsRevised"]
    states = {one["target"]: (one["state"], one["outcome"]) for one in rows(db, targets)}
    assert states == {"ct-1": ("ended", "achieved"), "ct-2": ("in_force", None), "ct-3": ("in_force", None)}
    assert len(rows(db, assessments)) == 1


def test_a_share_names_its_whole() -> None:
    assert [share(21, 30), share(2, 3), share(1, 3), share(0, 0)] == [
        "21/30 (70,0%)",
        "2/3 (66,7%)",
        "1/3 (33,3%)",
        "0/0",
    ]
