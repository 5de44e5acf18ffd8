"""What a row says on the day on which it is looked at."""

from datetime import date
from typing import Any

import pytest

from services.published import CODEC
from shared.catalogue import catalogue, word
from shared.catalogue.called import names_for
from shared.catalogue.presentation import cell, ground
from shared.catalogue.seen import gathered, seen, shared_doubts, state_of

ON = date(2023, 6, 30)


@pytest.mark.parametrize(
    ("name", "row", "code"),
    [
        ("meetings", {"state": "convened", "held": "2022-09-28"}, "meetings.convened_past"),
        ("meetings", {"state": "convened", "held": "2023"}, "convened"),
        ("meetings", {"state": "convened", "held": "2023-06-30"}, "convened"),
        ("meetings", {"state": "closed", "held": "2022-09-28"}, "meetings.closed"),
        ("tasks", {"state": "open", "deadline_latest": None}, "tasks.open"),
        ("tasks", {"state": "open", "deadline_latest": "2021-09-20"}, "tasks.open_past"),
        ("tasks", {"state": "open", "deadline_latest": "2021-09-20", "overdue": True}, "tasks.overdue"),
        ("opinion_rounds", {"state": "open", "due_latest": None, "overdue": ["a"]}, "opinion_rounds.open"),
        ("programmes", {"state": "issued"}, "issued"),
    ],
)
def test_a_state_follows_from_the_row_and_the_day(name: str, row: dict[str, Any], code: str) -> None:
    assert state_of(name, row, ON) == code
    assert word("state", code) != code


def test_nothing_is_claimed_of_lists_that_nobody_kept() -> None:
    row = {"state": "closed", "held": "2022", "first_held": "2022", "invited": 0, "present": 0, "absent": 0}
    [told] = seen("meetings", [row], ON)
    assert told["present"] is told["first_held"] is None
    assert row["present"] == 0
    [kept] = seen("meetings", [{**row, "absent": 1}], ON)
    assert kept["present"] == 0


def test_what_is_not_stated_is_called_by_its_entry() -> None:
    rows = [
        {"kind": "not_stated", "text": "2025-03-01|membership|Năm cặp"},
        {"kind": "inferred", "text": "date"},
    ]
    assert [row["text"] for row in seen("doubts", rows, ON)] == ["Năm cặp", "ngày"]


def test_a_doubt_that_all_rows_share_is_told_once() -> None:
    rows = [{"doubts": {"conflict": "19 hay 23", "missing": [str(n)]}} for n in range(3)]
    common, own = shared_doubts(rows)
    assert common == {"conflict": "19 hay 23"}
    assert [row["doubts"] for row in own] == [{"missing": [str(n)]} for n in range(3)]
    assert shared_doubts(rows[:2])[0] == {}
    assert shared_doubts([*rows, {"doubts": {}}])[0] == {}


def test_the_same_doubt_about_several_events_is_one_line() -> None:
    same = {"kind": "conflict", "text": "4 hay 5", "source": "x", "effective": "2021"}
    told = gathered([same, same, {**same, "text": "khác"}, same])
    assert [row["times"] for row in told] == [2, 1, 1]


def test_ids_are_called_by_names() -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "agencies": [{"committee": "x", "agency": "so-a", "name": "Sở A"}],
        "seats": [{"committee": "x", "seat": "giam-doc", "post": "Giám đốc", "holder": "ong-a"}],
        "meetings": [{"committee": "x", "meeting": "m1", "title": "Họp quý I"}],
    }
    asked = []

    def ask(name: str, on: str | None) -> list[dict[str, Any]]:
        asked.append((name, on))
        return rows[name]

    names = names_for(ask, ["seat", "meeting"], "2022-09-28")
    assert asked == [("agencies", None), ("seats", "2022-09-28"), ("meetings", None)]
    assert cell("seat", "giam-doc", names) == "Giám đốc"
    assert cell("meeting", "m1", names) == "Họp quý I"
    assert cell("person", "ong-a", names) == "Giám đốc"
    assert cell("person", "giam-doc", names) == "giam-doc"  # a seat's id is nobody's name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("chair since 2021-10-13", "Trưởng Ban từ 13/10/2021"),
        ("head of so-a", "Người đứng đầu Sở A"),
        ("no regulation bound on 2020-06-17", "Chưa có quy chế nào ràng buộc vào 17/06/2020"),
        ("D7.8: recorded from https://a.vn", "Điều 7.8: ghi lại từ nguồn"),
        ("follows from an event", "Theo sự kiện trước đó"),
        ("64/QĐ-BCĐ", "64/QĐ-BCĐ"),
    ],
)
def test_the_ground_of_a_mandate_in_vietnamese(text: str, told: str) -> None:
    assert ground(text, {"so-a": "Sở A"}) == told


def test_numbers_quarters_and_origins() -> None:
    assert cell("value", "12.52") == "12,52"
    assert cell("value", "19881") == "19.881"
    assert cell("value", "11/11") == "11/11"
    assert cell("quarter", "2022-Q3") == "Quý III/2022"
    assert cell("origin", "programme:p1", {"programmes:p1": "Kế hoạch"}) == "Kế hoạch"
    assert cell("origin", "programme:p1") == "Chương trình"


def test_every_event_has_a_name_for_people() -> None:
    assert {f"event.{name}" for name in CODEC.types} - catalogue().keys() == set()
