"""What can be asked of the records; the same code for now and for any day in the past."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, String, and_, cast, func, or_, select

from services.members.projections import head_counts
from services.records.journal import journal
from services.records.registers import REGISTERS, Register
from services.records.searching import lend
from services.records.selecting import Selection, conditions, equals, ordering
from services.records.views import View

Row = dict[str, Any]
MANY: Final = 500
"""Related rows and events of one record that are shown at most."""
LISTED: Final = "listed"
"""The kind of head count that was counted from the list itself."""


def listed(
    db: Connection, register: Register, committee: str, asked: Selection, limit: int, offset: int
) -> tuple[list[Row], int]:
    """A page of a register, and how many rows it has in all; raises InvalidRequest for what cannot be."""
    lend(db)
    here = and_(register.table.c.committee == committee, *register.only, *conditions(register, asked))
    total = db.execute(select(func.count()).select_from(register.table).where(here)).scalar_one()
    order = ordering(register, asked.sort)
    query = select(register.table).where(here).order_by(*order).limit(limit).offset(offset)
    return _finished(db, register, committee, db.execute(query).mappings()), total


def columns(register: Register) -> list[str]:
    """The columns of the rows that `listed` gives."""
    return [*(column.name for column in register.table.c), *_computed(register)]


def record(db: Connection, register: Register, committee: str, identity: str) -> list[Row]:
    """The rows of one record; empty where there is none."""
    here = and_(register.table.c.committee == committee, equals(register, register.identity.name, identity))
    query = select(register.table).where(here).order_by(*register.ordered_by).limit(MANY)
    return _finished(db, register, committee, db.execute(query).mappings())


def related(db: Connection, register: Register, committee: str, identity: str) -> dict[str, list[Row]]:
    """Rows of other tables that name the record in a column of the same name, by table."""
    name = register.identity.name
    found: dict[str, list[Row]] = {}
    for other in _naming(register):
        here = and_(other.table.c.committee == committee, equals(other, name, identity))
        query = select(other.table).where(here).order_by(*other.ordered_by).limit(MANY)
        if rows := [dict(row) for row in db.execute(query).mappings()]:
            found[other.name] = rows
    return found


def follow_ups(db: Connection, committee: str, origins: Iterable[str]) -> list[Row]:
    """The tasks that come from one of these."""
    tasks = REGISTERS["tasks"].table
    here = and_(tasks.c.committee == committee, tasks.c.origin_ref.in_(list(origins)))
    query = select(tasks).where(here).order_by(*REGISTERS["tasks"].ordered_by).limit(MANY)
    return [dict(row) for row in db.execute(query).mappings()]


def models_of(register: Register) -> set[str]:
    """The read models that a record of this register, and what is shown around it, lie in."""
    if register.made:
        return set(register.models)
    return {register.model, REGISTERS["tasks"].model, *(other.model for other in _naming(register))}


def evidence(view: View, committee: str, identity: str, rows: Iterable[Row]) -> list[Row]:
    """The events behind a record, in their order: those that name it, and those that its rows come from."""
    references = list(dict.fromkeys(str(row["event"]) for row in rows if row.get("event")))[:MANY]
    named = json.dumps(identity, ensure_ascii=False)
    names_it = cast(journal.c.data, String).contains(named, autoescape=True)
    its_own = journal.c.stream.endswith(f"-{committee}.{identity}", autoescape=True)
    query = (
        select(journal)
        .where(journal.c.committee == committee, view.counting)
        .where(or_(names_it, its_own, journal.c.reference.in_(references)))
        .order_by(journal.c.position)
        .limit(MANY)
    )
    return [dict(row) for row in view.events.execute(query).mappings()]


def cited(view: View, committee: str, references: Iterable[str]) -> list[Row]:
    """These events of the committee, in their order."""
    wanted = list(dict.fromkeys(references))[:MANY]
    here = and_(journal.c.committee == committee, view.counting, journal.c.reference.in_(wanted))
    query = select(journal).where(here).order_by(journal.c.position)
    return [dict(row) for row in view.events.execute(query).mappings()]


def _naming(register: Register) -> list[Register]:
    """The registers of the other tables that have a column for the identity of this one's records."""
    name = register.identity.name
    every = [other for title, other in REGISTERS.items() if other.table.name == title]
    around = [other for other in every if other.table is not register.table and name in other.table.c]
    return around if name != "committee" else []


def _computed(register: Register) -> Sequence[str]:
    return ("listed", "differs") if register.table is head_counts else ()


def _finished(db: Connection, register: Register, committee: str, found: Iterable[Any]) -> list[Row]:
    """The rows as plain dictionaries, with the columns that are computed.

    Beside a reported number stands the one on the list that the same document decided, and whether they are
    the same number; it is no judgement: a kind may count a part of the list.
    """
    rows = [dict(row) for row in found]
    if register.table is not head_counts:
        return rows
    counted = _listed_counts(db, committee)
    for row in rows:
        count = counted.get(row["document"]) if row["document"] and row["kind"] != LISTED else None
        row |= {"listed": count, "differs": None if count is None else count != row["count"]}
    return rows


def _listed_counts(db: Connection, committee: str) -> dict[str, int]:
    """By document, the number of members on the list that it decided; the last one where it did twice."""
    here = and_(head_counts.c.committee == committee, head_counts.c.kind == LISTED)
    query = select(head_counts.c.document, head_counts.c.count).where(here).order_by(head_counts.c.position)
    return {row.document: row[1] for row in db.execute(query) if row.document}
