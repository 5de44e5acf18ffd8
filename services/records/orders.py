"""In which order each register is read: what a clerk looks for first stands first, the same every time.

Days are as exact as they are known: `2023` or `2023-06` stands after every day that it can mean, so it
comes first where the newest comes first. After the order told here, the primary key decides.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, case, func
from sqlalchemy.sql.base import ReadOnlyColumnCollection

Columns = ReadOnlyColumnCollection[str, Any]
Order = tuple[ColumnElement[Any], ...]

DONE: Final = ("completed", "cancelled")
"""The states of a task with which nobody has anything to do any more."""


def order_of(table: Table) -> Order:
    """The order of the register of this table; empty where the primary key is order enough."""
    order = ORDERS.get(table.name)
    return order(table.c) if order else ()


def last_day(moment: ColumnElement[str]) -> ColumnElement[str]:
    """A text that sorts as the last day that a partly known day can mean, in every collation."""
    return func.substr(moment.concat("-99-99"), 1, 10)


def newest(moment: ColumnElement[str]) -> ColumnElement[Any]:
    """The newest first, what has no day last."""
    return last_day(moment).desc().nulls_last()


def first_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Rows of this kind before all others."""
    return case((condition, 0), else_=1)


ORDERS: Final[Mapping[str, Callable[[Columns], Order]]] = {
    # The list in force, then former holders by the list to which they belonged; each by rank and place.
    "seats": lambda c: (first_where(c.until.is_(None)), newest(c.since), c.rank, c.place),
    "agencies": lambda c: (first_where(c.until.is_(None)), c.name),
    "committee_names": lambda c: (newest(c.since),),
    "delegations": lambda c: (newest(c.since),),
    "head_counts": lambda c: (newest(c.effective), c.position, c.kind),
    "responsibilities": lambda c: (newest(c.effective), c.position),
    "meetings": lambda c: (newest(c.held), c.held.desc()),
    "agenda": lambda c: (c.meeting, c.position),
    "conclusions": lambda c: (newest(c.effective), c.position),
    "opinion_rounds": lambda c: (newest(c.effective), c.position.desc()),
    "opinions": lambda c: (newest(c.effective), c.round, c.position),
    "programmes": lambda c: (newest(c.effective), c.position.desc()),
    "progress": lambda c: (newest(c.as_of), c.position),
    # Open ones first; the nearest deadline, then those without one; the one that waits longest.
    "tasks": lambda c: (
        first_where(c.state.not_in(DONE)),
        c.deadline_latest.asc().nulls_last(),
        last_day(c.effective),
        c.position,
    ),
    "feedback": lambda c: (newest(c.effective), c.position.desc()),
    "documents": lambda c: (newest(c.date), c.number),
    "figures": lambda c: (c.figure, last_day(c.as_of), c.position),
    "context": lambda c: (newest(c.effective), c.position.desc()),
    # What one source leaves open about one entry touches many events: those stand together.
    "doubts": lambda c: (newest(c.effective), c.source, c.kind, c.text, c.position),
}
