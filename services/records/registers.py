"""Which registers there are: every table of every read model, and some under the name people use.

To add a friendly one: a line in `FRIENDLY`. In which order each is read: `orders.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Table

from services.members.events import Role
from services.members.projections import seats
from services.records.everything import MODELS
from services.records.orders import Order, order_of
from shared.catalogue import both
from shared.errors import InvalidRequest

COMMITTEE_ROLES: Final = tuple(role.value for role in Role if role.in_committee)


@dataclass(frozen=True)
class Register:
    """A list that people ask for by name; `model` is the read model that its table belongs to."""

    name: str
    model: str
    table: Table
    only: tuple[ColumnElement[bool], ...] = ()
    order: Order = ()

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

REGISTERS: Final[Mapping[str, Register]] = {**_tables(), **{one.name: one for one in FRIENDLY}}


def register_named(name: str) -> Register:
    """Raises InvalidRequest, naming all registers, where there is none of this name."""
    if name not in REGISTERS:
        raise InvalidRequest("name", f"{both('records.no_register', name=name)}: {_listed(REGISTERS)}")
    return REGISTERS[name]


def _listed(names: Any) -> str:
    return ", ".join(sorted(names))
