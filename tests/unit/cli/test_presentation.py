"""How values read for people."""

import pytest

from shared.catalogue.columns import chosen, content_of, identity, title_of
from shared.catalogue.presentation import cell, day, marks, names_of, number


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("role", "chair", "Trưởng Ban"),
        ("kind", "periodic", "Họp định kỳ"),
        ("state", "unheard_of", "unheard of"),
        ("since", "2021-10-13", "13/10/2021"),
        ("since", "2021-06", "06/2021"),
        ("since", "2021", "2021"),
        ("recorded", "2022-09-28T18:30:00+00:00", "29/09/2022 01:30:00"),
        ("recorded", "2022-99-28T18:30:00", "2022-99-28T18:30:00"),
        ("acting", True, "có"),
        ("acting", False, ""),
        ("count", 0, "0"),
        ("count", None, ""),
        ("successors", ["so-a", "so-b"], "so-a; so-b"),
        ("successors", [], ""),
        ("points", [{"point_id": "x", "name": "Điểm cầu tỉnh", "count": None}], "Điểm cầu tỉnh"),
        ("title", "Họp quý III", "Họp quý III"),
    ],
)
def test_a_cell(column: str, value: object, shown: str) -> None:
    assert cell(column, value) == shown


def test_agencies_are_called_by_their_names() -> None:
    names = names_of([{"agency": "so-a", "name": "Sở A"}])
    assert cell("lead", ["so-a", "so-b"], names) == "Sở A; so-b"
    assert cell("presiding", "agency:so-a", names) == "Sở A"


def test_numbers_as_viet_nam_writes_them() -> None:
    assert [number(2023), number(16760), number(12.5)] == ["2023", "16.760", "12,5"]


def test_day_leaves_other_text_alone() -> None:
    assert day("quý III/2022") == "quý III/2022"


def test_every_kind_of_doubt_has_a_mark_and_its_text() -> None:
    doubts = {"not_stated": True, "inferred": ["form"], "missing": ["thời hạn"], "conflict": "4 hay 5."}
    found = marks(doubts)
    assert [mark.short for mark in found] == ["không nêu", "suy ra", "thiếu", "mâu thuẫn"]
    assert [mark.what for mark in found] == ["", "hình thức", "thời hạn", "4 hay 5"]
    assert found[3].full == "Các nguồn mâu thuẫn: 4 hay 5"
    assert marks(None) == marks({}) == []


def test_a_table_leaves_out_what_is_empty_or_technical() -> None:
    columns = ["committee", "seat", "post", "role", "agency", "since", "until", "position"]
    rows = [{"post": "Chủ tịch", "role": "chair", "agency": None, "since": "2021", "until": None}]
    assert chosen("members", columns, rows) == ["post", "role", "since"]
    assert chosen("unknown", ["committee", "thing", "position"], []) == ["thing"]
    assert identity(columns) == "seat"
    assert title_of(rows[0], "x") == "Chủ tịch"
    assert title_of({}, "x") == "x"
    assert content_of("lead", {"lead": [], "lead_wording": "các sở"}) == "các sở"


def test_a_policy_that_acted_is_the_system_itself_and_no_code_word() -> None:
    assert cell("person", "policy:tasks_overdue") == "Hệ thống tự động"
    assert cell("by", ["policy:tasks_overdue"]) == "Hệ thống tự động"
