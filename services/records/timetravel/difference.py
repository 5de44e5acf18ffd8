"""What differs between two moments, record by record, with the events that made each difference."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, and_, func, not_, select

from services.records.as_of import AsOf
from services.records.differences import Kind, kind_of, pairs
from services.records.hashes import canonical
from services.records.journal import journal, recorded
from services.records.projecting import Models
from services.records.timetravel.touches import NOTHING, RowKey, Touches, key_of, touches
from services.records.views import CHUNK, View, Views
from shared.followers.database import in_memory
from shared.readmodels import metadata, provenance_columns

BEHIND: Final = frozenset(column.name for column in provenance_columns())
"""Where a row comes from: no content of the record, and different after every event."""
NAMED: Final = 1000
"""Events between the moments that are named as causes, at most; beyond it a record names its own last one."""


@dataclass(frozen=True)
class Difference:
    """One record: the columns that differ with their content before and after, and the events that did it."""

    register: str
    key: Mapping[str, Any]
    kind: Kind
    columns: Mapping[str, tuple[Any, Any]]
    causes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        columns = {name: {"from": before, "to": after} for name, (before, after) in self.columns.items()}
        return {
            "register": self.register,
            "key": dict(self.key),
            "kind": self.kind,
            "columns": columns,
            "causes": list(self.causes),
        }


@dataclass(frozen=True)
class Differences:
    """A page of them; `totals` counts all, `events` are those that count at one of the moments only."""

    found: tuple[Difference, ...]
    totals: Mapping[str, Mapping[Kind, int]]
    events: int
    position: int


def differences(
    views: Views,
    models: Models,
    committee: str,
    before: AsOf,
    after: AsOf,
    registers: Sequence[Table],
    limit: int,
    offset: int = 0,
) -> Differences:
    """Of one committee, in these tables of these models, in the order of the tables and their keys."""
    wanted = models.only({model.name for model in models.models if set(model.tables) & set(registers)})
    names = [model.name for model in wanted.models]
    with _both(views, committee, before, after, names) as (old, new):
        totals: dict[str, dict[Kind, int]] = {}
        shown: list[_Pair] = []
        merged = (one for table in registers for one in _merged(table, committee, old.db, new.db))
        for n, one in enumerate(merged):
            of_register = totals.setdefault(one.table.name, {"added": 0, "removed": 0, "changed": 0})
            of_register[one.kind] += 1
            if offset <= n < offset + limit:
                shown.append(one)
        causes = _causes(old, new, committee, wanted) if shown else NOTHING
        found = tuple(one.told(causes) for one in shown)
        between = _count(new, old, committee) + _count(old, new, committee)
        return Differences(found, totals, between, max(old.position, new.position))


@contextmanager
def _both(
    views: Views, committee: str, before: AsOf, after: AsOf, models: Sequence[str]
) -> Iterator[tuple[View, View]]:
    """Both views, opened in an order of their own: two comparisons never wait for each other's."""
    if repr(before) <= repr(after):
        with views.as_of(committee, before, models) as old, views.as_of(committee, after, models) as new:
            yield old, new
    else:
        with views.as_of(committee, after, models) as new, views.as_of(committee, before, models) as old:
            yield old, new


@dataclass(frozen=True)
class _Pair:
    table: Table
    before: RowMapping | None
    after: RowMapping | None

    @property
    def kind(self) -> Kind:
        return kind_of(self.before, self.after)

    def told(self, causes: Touches) -> Difference:
        row = self.after if self.after is not None else self.before
        assert row is not None
        key = [column.name for column in self.table.primary_key]
        known = causes.get(key_of(self.table, dict(row))) or ([row["event"]] if "event" in row else [])
        content = [name for name in row if name not in BEHIND and name not in key]
        columns = {name: (_of(self.before, name), _of(self.after, name)) for name in content}
        return Difference(
            self.table.name,
            {name: row[name] for name in key if name != "committee"},
            self.kind,
            {name: pair for name, pair in columns.items() if pair[0] != pair[1]},
            tuple(known),
        )


def _of(row: RowMapping | None, name: str) -> Any:
    return None if row is None else row[name]


def _merged(table: Table, committee: str, old: Connection, new: Connection) -> Iterator[_Pair]:
    """The committee's rows of both sides by key, side by side; those of the same content left out."""
    content = [column.name for column in table.c if column.name not in BEHIND]
    for before, after in pairs(
        _rows(old, table, committee),
        _rows(new, table, committee),
        table,
        lambda row: canonical([row[name] for name in content]),
    ):
        yield _Pair(table, before, after)


def _rows(db: Connection, table: Table, committee: str) -> Iterator[RowMapping]:
    query = select(table).where(table.c.committee == committee).order_by(*table.primary_key)
    yield from db.execute(query, execution_options={"yield_per": CHUNK}).mappings()


def _only(here: View, there: View, committee: str) -> Any:
    """The events that count at one moment and not at the other."""
    return and_(
        journal.c.committee == committee,
        here.counting,
        journal.c.position <= here.position,
        not_(and_(there.counting, journal.c.position <= there.position)),
    )


def _count(here: View, there: View, committee: str) -> int:
    query = select(func.count()).select_from(journal).where(_only(here, there, committee))
    return here.events.execute(query).scalar_one()


def _causes(old: View, new: View, committee: str, models: Models) -> Touches:
    """Which rows each of the events wrote that count at one moment only."""
    found: dict[RowKey, list[str]] = {}
    for here, there in ((new, old), (old, new)):
        query = select(journal.c.reference).where(_only(here, there, committee)).order_by(journal.c.position)
        noted = set(here.events.execute(query.limit(NAMED)).scalars())
        if noted:
            for row, references in _touched(here, committee, models, noted).items():
                found.setdefault(row, []).extend(references)
    return found


def _touched(view: View, committee: str, models: Models, noted: set[str]) -> Touches:
    here = and_(journal.c.committee == committee, journal.c.type.in_(models.types()), view.counting)
    query = journal.select().where(here).order_by(journal.c.position)
    rows: Any = view.events.execute(query, execution_options={"yield_per": CHUNK}).mappings()
    engine = in_memory(metadata, [table for model in models.models for table in model.tables])
    try:
        with engine.begin() as db:
            return touches(db, models, (recorded(row) for row in rows), noted)
    finally:
        engine.dispose()
