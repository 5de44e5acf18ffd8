"""In which order each register is read."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import ColumnElement, insert, select

from services.records.orders import ORDERS
from services.records.registers import REGISTERS
from shared.followers.database import in_memory
from shared.readmodels import metadata

BLANK: Mapping[str, Any] = {"committee": "langson", "recorded": "", "event": "x@0", "stated": 1, "doubts": {}}


def read(name: str, rows: Sequence[Mapping[str, Any]], shown: str) -> list[Any]:
    """These rows of a register as they are read; whatever a table needs besides is filled in."""
    table = REGISTERS[name].table
    with in_memory(metadata).begin() as db:
        for n, row in enumerate(rows):
            filled = {
                column.name: _blank(column.type.python_type, n)
                for column in table.c
                if not column.nullable and column.name not in BLANK
            }
            db.execute(insert(table).values({**filled, **BLANK, "position": n, **row}))
        order: Sequence[ColumnElement[Any]] = REGISTERS[name].ordered_by
        return list(db.execute(select(table.c[shown]).order_by(*order)).scalars())


def _blank(kind: type, n: int) -> Any:
    return {str: str(n), int: n, bool: False, dict: []}.get(kind, [])


def test_every_order_belongs_to_a_register() -> None:
    assert ORDERS.keys() <= REGISTERS.keys()


@pytest.mark.parametrize(
    ("name", "shown", "given", "expected"),
    [
        (
            "meetings",
            "held",
            [{"held": day} for day in ("2022-09-28", "2023", "2023-10-11", "2024-06", "2024-06-30")],
            ["2024-06", "2024-06-30", "2023", "2023-10-11", "2022-09-28"],
        ),
        (
            "tasks",
            "task",
            [
                {"task": "done", "state": "completed", "deadline_latest": "2020-01-01"},
                {"task": "no deadline", "state": "open", "effective": "2022"},
                {"task": "older", "state": "open", "effective": "2021-05-01"},
                {"task": "late", "state": "open", "deadline_latest": "2023-01-01"},
                {"task": "first", "state": "reported", "deadline_latest": "2021-01-01"},
            ],
            ["first", "late", "older", "no deadline", "done"],
        ),
        (
            "documents",
            "number",
            [
                {"number": "undated", "date": None},
                {"number": "2", "date": "2022-01-01"},
                {"number": "1", "date": "2022-01-01"},
                {"number": "new", "date": "2025-01-01"},
            ],
            ["new", "1", "2", "undated"],
        ),
        (
            "agencies",
            "name",
            [{"name": "A", "until": "2025-03-01"}, {"name": "C"}, {"name": "B"}],
            ["B", "C", "A"],
        ),
        (
            "figures",
            "as_of",
            [
                {"figure": "b", "as_of": "2020"},
                {"figure": "a", "as_of": "2021"},
                {"figure": "a", "as_of": "2021-06-01"},
            ],
            ["2021-06-01", "2021", "2020"],
        ),
        (
            "doubts",
            "position",
            [
                {"effective": "2020", "text": "a"},
                {"effective": "2021", "text": "b", "source": "x", "kind": "missing"},
                {"effective": "2021", "text": "a", "source": "x", "kind": "missing"},
                {"effective": "2021", "text": "b", "source": "x", "kind": "missing"},
            ],
            [2, 1, 3, 0],
        ),
        (
            "seats",
            "seat",
            [
                {"seat": "old", "since": "2020", "until": "2021", "rank": 0},
                {"seat": "deputy", "since": "2021", "rank": 1},
                {"seat": "chair", "since": "2021", "rank": 0},
            ],
            ["chair", "deputy", "old"],
        ),
    ],
)
def test_what_is_looked_for_first_stands_first(
    name: str, shown: str, given: list[dict[str, Any]], expected: list[Any]
) -> None:
    assert read(name, given, shown) == expected
