"""Which registers there are: every table of every read model, some under the name people use, some counted.

To add a friendly one: a line in `FRIENDLY`; one that is counted when it is asked for: a line in `COUNTED`. In
which order each is read: `orders.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Table

from services.members.events import Role
from services.members.projections import seats
from services.records.by_agency import tables as counted
from services.records.by_agency.opinions import opinion_discipline
from services.records.by_agency.overdue import overdue_tasks
from services.records.by_agency.reporting import reporting_discipline
from services.records.everything import MODELS
from services.records.orders import Order, order_of
from services.records.views import View
from shared.catalogue import both
from shared.errors import InvalidRequest

COMMITTEE_ROLES: Final = tuple(role.value for role in Role if role.in_committee)


Made = Callable[[View, str, date], Iterable[Mapping[str, Any]]]
"""Counts the rows of a committee in a view, without the committee, as they read on a day."""


@dataclass(frozen=True)
class Register:
    """A list that people ask for by name; `model` is the read model that its table belongs to.

    Where its rows are `made`, they are made from that one and `others`; the table stands in no database, and
    has another name than the register, as that of every register that is no read model itself.
    """

    name: str
    model: str
    table: Table
    only: tuple[ColumnElement[bool], ...] = ()
    order: Order = ()
    others: tuple[str, ...] = ()
    made: Made | None = None

    @property
    def models(self) -> frozenset[str]:
        """The read models that must be there to show it."""
        return frozenset({self.model, *self.others})

    @property
    def identity(self) -> Column[Any]:
        """The column by which a record is asked for: the first of the key after the committee."""
        key = list(self.table.primary_key)
        return key[1] if len(key) > 1 else key[0]

    @property
    def ordered_by(self) -> Order:
        return (*self.order, *self.table.primary_key)


def _tables() -> dict[str, Register]:
    found: dict[str, Register] = {}
    for model in MODELS.models:
        found[model.name] = Register(model.name, model.name, model.tables[0], order=order_of(model.tables[0]))
    for model in MODELS.models:
        for table in model.tables:
            found[table.name] = Register(table.name, model.name, table, order=order_of(table))
    return found


def _in_force(name: str, among: ColumnElement[bool]) -> Register:
    return Register(
        name, "members", seats, (seats.c.until.is_(None), among), (seats.c.rank, seats.c.place, seats.c.seat)
    )


FRIENDLY: Final = (
    _in_force("members", seats.c.role.in_(COMMITTEE_ROLES)),
    _in_force("support_team", seats.c.role.not_in(COMMITTEE_ROLES)),
)

COUNTED: Final = (
    Register(
        "opinion_discipline",
        "opinions",
        counted.opinion_discipline,
        order=(counted.opinion_discipline.c.on_time_rate.asc().nulls_last(),),
        others=("members",),
        made=opinion_discipline,
    ),
    Register(
        "reporting_discipline",
        "reports",
        counted.reporting_discipline,
        order=(counted.reporting_discipline.c.on_time_rate.asc().nulls_last(),),
        made=reporting_discipline,
    ),
    Register(
        "overdue_tasks",
        "tasks",
        counted.overdue_tasks,
        order=(counted.overdue_tasks.c.whose, counted.overdue_tasks.c.deadline_latest),
        made=overdue_tasks,
    ),
)

REGISTERS: Final[Mapping[str, Register]] = {
    **_tables(),
    **{one.name: one for one in (*FRIENDLY, *COUNTED)},
}


def register_named(name: str) -> Register:
    """Raises InvalidRequest, naming all registers, where there is none of this name."""
    if name not in REGISTERS:
        raise InvalidRequest("name", f"{both('records.no_register', name=name)}: {_listed(REGISTERS)}")
    return REGISTERS[name]


def _listed(names: Any) -> str:
    return ", ".join(sorted(names))
