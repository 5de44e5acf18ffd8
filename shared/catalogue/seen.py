"""What a row says to whoever looks at it on a day: from the row and that day alone, stored nowhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from shared.catalogue import catalogue
from shared.catalogue.presentation import DOUBTS
from shared.dates import Moment

Row = Mapping[str, Any]
UNTIL: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "meetings": ("held", ("convened", "postponed")),
    "opinion_rounds": ("due_latest", ("open",)),
    "tasks": ("deadline_latest", ("open",)),
    "report_requests": ("due_latest", ("open",)),
    "reports": ("due_latest", ("asked",)),
}
"""By register, the day after which these states say less than is known: nothing more was recorded."""
NOT_COUNTED: Final = ("invited", "present", "absent")
"""Numbers of a meeting that are no numbers where nobody kept the list."""
FEW: Final = 3
"""Rows from which on a doubt that all of them share is told once."""


def seen(name: str, rows: Iterable[Row], on: date) -> list[dict[str, Any]]:
    """The rows of a register as they read on a day."""
    return [_seen(name, row, on) for row in rows]


def _seen(name: str, row: Row, on: date) -> dict[str, Any]:
    new = dict(row)
    if "state" in row:
        new["state"] = state_of(name, row, on)
    if name == "meetings":
        if not any(row.get(column) for column in NOT_COUNTED):
            new |= {column: None for column in NOT_COUNTED if column in row}
        if row.get("first_held") == row.get("held"):
            new["first_held"] = None
    if name == "doubts":
        text = str(row.get("text"))
        part = catalogue().get(f"part.{text}")
        # What is not stated names its whole entry, as day|kind|title.
        new["text"] = part.vi if part else text.split("|", 2)[-1]
    return new


def state_of(name: str, row: Row, on: date) -> str:
    """The code under `state` in the catalogue; under the register's name where that has a word of its own."""
    state = str(row["state"])
    day, states = UNTIL.get(name, ("", ()))
    if row.get("overdue") is True:
        code = "overdue"
    elif state in states and row.get(day) and Moment(str(row[day])).latest < on:
        code = f"{state}_past"
    else:
        code = state
    return f"{name}.{code}" if f"state.{name}.{code}" in catalogue() else code


def shared_doubts(rows: Sequence[Row]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The doubts that all of these rows share, and the rows without them."""
    if len(rows) < FEW:
        return {}, [dict(row) for row in rows]
    first = rows[0].get("doubts") or {}
    common = {
        kind: first[kind]
        for kind in DOUBTS
        if first.get(kind) and all((row.get("doubts") or {}).get(kind) == first[kind] for row in rows)
    }
    own = [
        {kind: what for kind, what in (row.get("doubts") or {}).items() if kind not in common} for row in rows
    ]
    return common, [{**row, "doubts": doubts} for row, doubts in zip(rows, own, strict=True)]


def gathered(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Doubts that one source raises about several events, once, with `times`; they stand side by side."""
    found: list[dict[str, Any]] = []
    for row in rows:
        same = ("kind", "text", "source", "effective")
        if found and all(found[-1].get(name) == row.get(name) for name in same):
            found[-1]["times"] += 1
        else:
            found.append({**row, "times": 1, "doubts": {}})
    return found
