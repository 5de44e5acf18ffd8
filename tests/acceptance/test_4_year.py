"""A whole invented year on the running system, told as a newcomer sees it with `bcd run --demo`."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.acceptance.system import System

pytestmark = pytest.mark.timeout(600)

STORY = "examples/nam-mau/nam-mau.yaml"
MAU = ("--committee", "mau")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    system = System(tmp_path_factory.mktemp("year") / "data")
    try:
        system.start("--demo")
        yield system
    finally:
        system.stop()


def rows(system: System, name: str, as_of: str | None = None) -> list[dict[str, Any]]:
    """The rows of a register of the committee of the story, asked as the command line asks for them."""
    question = {"name": name, "committee": "mau", "as_of": as_of, "limit": 1000}
    answer = system.query("register", {key: value for key, value in question.items() if value})
    assert answer["total"] == len(answer["rows"])
    found: list[dict[str, Any]] = answer["rows"]
    return found


def test_it_is_told_to_its_end_and_says_that_it_is_invented(demo: System) -> None:
    assert "DỮ LIỆU GIẢ ĐỊNH" in demo.told
    assert "Đã kể xong" in demo.told
    assert "tới ngày 12/01/2026" in demo.told
    assert "Quy chế không cho phép" in demo.told
    health = demo.json("status")
    assert health["healthy"] is True, health["faults"]
    policies = next(one for one in health["followers"] if one["name"] == "policies")
    assert policies["behind"] == 0
    assert (demo.folder / "clock").read_text().strip() == "2026-01-12"


def test_four_quarters_each_with_its_meeting(demo: System) -> None:
    listed = demo.json("records", "list", "quarters", *MAU)["rows"]
    quarters = {row["quarter"]: row for row in listed}
    assert {name: row["state"] for name, row in quarters.items()} == {
        f"2025-Q{n}": "met" for n in range(1, 5)
    }
    kinds = Counter(row["kind"] for row in rows(demo, "meetings"))
    assert kinds == {"periodic": 4, "extraordinary": 1, "expanded": 1, "working_session": 1, "workshop": 1}


def test_both_rounds_of_opinions_with_what_came_late_and_what_changed(demo: System) -> None:
    tallies = {row["round"]: row["tally"] for row in rows(demo, "opinion_rounds")}
    assert tallies == {
        "y-kien-1": {"agree": 5, "agree_with_comments": 3, "disagree": 0, "no_answer": 2},
        "y-kien-2": {"agree": 5, "agree_with_comments": 1, "disagree": 1, "no_answer": 2},
    }
    opinions = rows(demo, "opinions")
    assert sorted(row["seat"] for row in opinions if row["late"]) == ["ghe-xay-dung", "ghe-y-te"]
    assert sorted(row["seat"] for row in opinions if row["version"] == 2) == [
        "ghe-tai-chinh",
        "ghe-van-phong",
    ]


def test_forty_tasks_extended_overdue_and_reminded_of(demo: System) -> None:
    tasks = rows(demo, "tasks")
    assert len(tasks) == 44
    assert Counter(row["state"] for row in tasks) == {"completed": 35, "open": 7, "cancelled": 1, "ended": 1}
    moved = [row for row in tasks if any(step["type"] == "TaskExtensionGranted" for step in row["deadlines"])]
    assert len(moved) == 3
    assert sum(bool(row["late"]) for row in tasks) == 6
    assert len(demo.events("--type", "TaskOverdue", "--stream", "task-mau.")) == 11
    assert len(rows(demo, "reminders")) >= 50


def test_the_merged_agency_is_followed_by_its_successor(demo: System) -> None:
    heir, ended = "so-khoa-hoc-so-hoa", {"so-so-hoa", "so-khoa-hoc"}

    def held(day: str) -> tuple[int, set[str], set[str]]:
        tasks = rows(demo, "tasks", day)
        open_ones = {lead for row in tasks if row["state"] == "open" for lead in row["lead"]}
        feedback = {who for row in rows(demo, "feedback", day) for who in row["lies_with"]}
        return len(rows(demo, "members", day)), open_ones, feedback

    seats, leads, answering = held("2025-06-30")
    assert (seats, ended <= leads, ended <= answering) == (14, True, True)
    seats, leads, answering = held("2025-07-02")
    assert (seats, leads & ended, heir in leads, heir in answering) == (13, set(), True, True)


def test_more_is_never_spent_than_was_allocated(demo: System) -> None:
    [budget] = rows(demo, "budgets")
    assert (budget["amount_allocated"], budget["amount_spent"]) == (2_350_000_000, 2_215_000_000)
    lines = rows(demo, "budget_lines")
    assert lines
    assert all(row["amount_spent"] <= row["amount_allocated"] for row in lines)


def test_every_figure_of_the_report_of_the_year_leads_to_its_events(demo: System) -> None:
    there = {event["reference"] for event in demo.events()}
    figures = [row for row in rows(demo, "activity_figures") if row["activity_report"] == "hoat-dong-2025"]
    assert len(figures) > 20
    assert all(set(row["evidence"]) <= there for row in figures)
    said = {row["key"]: row["value"] for row in figures}
    assert said["meetings_periodic"] == 4
    assert said["tasks_assigned"] == len(demo.events("--type", "TaskAssigned", "--stream", "task-mau.")) == 44


def test_the_committee_above_sees_the_report_from_below_and_no_more(demo: System) -> None:
    assert {row["child_report"] for row in rows(demo, "child_reports")} == {"huyen-2025-q2", "huyen-2025"}
    own = demo.json("records", "list", "tasks", "--committee", "mauhuyen")
    assert own["total"] == 1
    assert own["rows"][0]["task"] not in {row["task"] for row in rows(demo, "tasks")}


def test_what_was_kept_and_what_was_breached_on_purpose(demo: System) -> None:
    answer = demo.json("compliance", *MAU, "--as-of", "2025-12-31")
    stood = {
        one["clause"]: "".join(one["standings"][quarter]["standing"][0] for quarter in answer["quarters"])
        for one in answer["clauses"]
    }
    for kept in ("D4.1", "D4.3", "D8.2", "D9.1", "D10", "D12.3"):
        assert stood[kept] == "kkkk", kept
    assert stood["D6.1.c"] == "bnbn"  # late and missing opinions in both rounds
    assert stood["D6.1.d"] == "bkbk"  # absent without a word; absent though it was declined
    assert stood["D6.1.e"][0] == "b"  # an action plan came late
    assert stood["D9.3"] == "bbbb"  # tasks that came late
    assert stood["D7.6"] == "kbkb"  # feedback answered late, and not at all
    assert stood["D8.1"] == "kakk"  # a duty that nobody leads
    assert stood["D12.1"] == "aaaa"  # for all of it the chair answers


def test_the_standing_deputy_acts_for_the_chair_within_the_delegation_only(demo: System) -> None:
    def acts_for(answer: dict[str, Any]) -> list[tuple[str, list[str]]]:
        return [(one["acts_for"], one["matters"]) for one in answer["capacities"] if one["acts_for"]]

    def on(day: str) -> list[tuple[str, list[str]]]:
        question = {"person": "pho-chu-tich-tinh-mau", "committee": "mau", "at": day}
        return acts_for(demo.query("powers", question))

    within = demo.json("authority", "pho-chu-tich-tinh-mau", *MAU, "--at", "2025-08-13")
    assert acts_for(within) == [("chu-tich-tinh-mau", ["meetings", "directives"])]
    assert on("2025-06-24") == [("chu-tich-tinh-mau", [])]  # the chair is away
    assert on("2025-09-02") == []


def test_the_log_and_every_document_of_the_year_verify(demo: System) -> None:
    demo.caught_up()
    done = demo.bcd("audit", "verify", "--only", "log,documents")
    assert done.returncode == 0, done.stdout + done.stderr


def test_told_again_nothing_is_added_and_all_is_rebuilt_alike(demo: System) -> None:
    before = len(demo.events())
    again = demo.bcd("story", STORY)
    assert again.returncode == 0, again.stderr
    assert "0 bước mới" in again.stdout
    assert len(demo.events()) == before
    report = demo.json("rebuild")
    unlike = [model["model"] for model in report["models"] if model["before"] != model["after"]]
    assert report["equal"] is True, (report["not_compared"], unlike)
    assert report["events"] == before
