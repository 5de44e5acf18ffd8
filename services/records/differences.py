"""What differs between two generations of a read model, row by row, with the event that each row comes from.

Both are read in the order of their primary keys and merged, so memory stays flat however large they are.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, RowMapping, Table, select

from services.records.hashes import PAGE, canonical
from shared.readmodels import ReadModel

EXAMPLES: Final = 5
"""Rows of a read model that are shown of each kind of difference."""
ORIGINS: Final = ("event", "reference")
"""Columns that name the event that a row comes from."""

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """A row that differs. `columns` have their values before and after, those of a changed row that differ;
    `event` is the event that the row comes from, STREAM@REVISION, where its table says so."""

    table: str
    kind: Kind
    key: dict[str, Any]
    columns: dict[str, tuple[Any, Any]]
    event: str | None


@dataclass(frozen=True)
class Difference:
    """How many rows of a read model differ, and examples of each kind."""

    added: int
    removed: int
    changed: int
    examples: tuple[Change, ...]


def difference(
    before: Connection, after: Connection, model: ReadModel, examples: int = EXAMPLES
) -> Difference:
    """Compare the rows of a model; each connection is in a transaction that sees one unchanging state."""
    counts: dict[Kind, int] = {"added": 0, "removed": 0, "changed": 0}
    shown: list[Change] = []
    for table in model.tables:
        for old, new in pairs(_rows(before, table), _rows(after, table), table):
            kind = kind_of(old, new)
            counts[kind] += 1
            if sum(one.kind == kind for one in shown) < examples:
                shown.append(_change(table, kind, old, new))
    return Difference(**counts, examples=tuple(shown))


def _rows(db: Connection, table: Table) -> Iterator[RowMapping]:
    query = select(table).order_by(*table.primary_key)
    yield from db.execute(query, execution_options={"yield_per": PAGE}).mappings()


def kind_of(old: object | None, new: object | None) -> Kind:
    return "added" if old is None else "removed" if new is None else "changed"


def _whole(row: RowMapping) -> bytes:
    return canonical(tuple(row.values()))


def pairs(
    before: Iterator[RowMapping],
    after: Iterator[RowMapping],
    table: Table,
    content: Callable[[RowMapping], object] = _whole,
) -> Iterator[tuple[RowMapping | None, RowMapping | None]]:
    """The rows whose `content` differs, each with its partner of the same key, or None where it has none.

    Both sides are in the order of the table's primary key.
    """
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if new is None or (old is not None and _key(old, table) < _key(new, table)):
            yield old, None
            old = next(before, None)
        elif old is None or _key(new, table) < _key(old, table):
            yield None, new
            new = next(after, None)
        else:
            if content(old) != content(new):
                yield old, new
            old, new = next(before, None), next(after, None)


def _key(row: RowMapping, table: Table) -> tuple[Any, ...]:
    """Compared by code points, which is the order of the bytes in which both databases sort."""
    return tuple(row[column.name] for column in table.primary_key)


def _change(table: Table, kind: Kind, old: RowMapping | None, new: RowMapping | None) -> Change:
    row = new if new is not None else old
    assert row is not None
    key = {column.name: row[column.name] for column in table.primary_key}
    none: Mapping[str, Any] = {}
    left, right = (none if one is None else one for one in (old, new))
    columns = {
        name: (left.get(name), right.get(name))
        for name in (column.name for column in table.c)
        if name not in key and left.get(name) != right.get(name)
    }
    event = next((str(row[name]) for name in ORIGINS if row.get(name)), None)
    return Change(table.name, kind, key, columns, event)
