"""What every projection uses: the schema of the read database and the few writes that they need.

A projection is a function `(db, envelope) -> None`: rows after an event. It writes and reads only its own
tables, only through `db`, and may be run again from the beginning at any time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, Final, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    MetaData,
    RowMapping,
    Select,
    Table,
    Update,
    bindparam,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import JSON, BigInteger, Integer, String

from shared.envelope import Envelope
from shared.messages import DocumentRef, Event

metadata = MetaData(schema="records")
"""All read models. The schema name stands for the generation that is written or read."""


def provenance_columns() -> list[Column[Any]]:
    """The columns by which every row says where it comes from: event, document, source, and its doubts."""
    return [
        Column("event", String, nullable=False),
        Column("effective", String, nullable=False),
        Column("recorded", String, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("document", String),
        Column("source", String),
        Column("stated", Integer, nullable=False),
        Column("doubts", JSON, nullable=False),
    ]


@lru_cache(maxsize=1)
def provenance(envelope: Envelope[Event]) -> Mapping[str, Any]:
    """The values of `provenance_columns` for a row that this event made."""
    meta = envelope.meta
    source = meta.source
    return {
        "event": envelope.reference,
        "effective": str(meta.effective_at),
        "recorded": envelope.recorded_at.isoformat(),
        "position": envelope.position,
        "document": cited(meta.document),
        "source": source.reference if source else None,
        "stated": int(source.stated) if source else 1,
        "doubts": doubts(envelope),
    }


def cited(document: DocumentRef | None) -> str | None:
    """A document as rows show it."""
    return str(document) if document else None


def doubts(envelope: Envelope[Event]) -> dict[str, Any]:
    """What the source of an event leaves open: inferred parts, missing parts, contradictions."""
    source = envelope.meta.source
    if source is None:
        return {}
    found: dict[str, Any] = {}
    if not source.stated:
        found["not_stated"] = True
    if source.inferred:
        found["inferred"] = list(source.inferred)
    if source.missing:
        found["missing"] = list(source.missing)
    if source.conflict:
        found["conflict"] = source.conflict
    return found


KEY: Final = "key of "
"""Begins the names of those parameters that say which rows; no column is called like that."""
ROOM: Final = 500
"""Rows of a table that wait to be written, at most."""

Key = Mapping[str, Any]
"""Columns that say which rows; None means that nothing is there."""


class Rows:
    """The read models' tables within one transaction.

    Rows that are put wait, so that many are written in one call: before their table is looked at or changed,
    and when `flush` is called, as it must be at the end. Statements are built once for each table and set of
    columns: building one anew costs many times what the database needs to carry it out.
    """

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._dialect = db.dialect.name
        self._waiting: dict[Table, tuple[Executable, list[dict[str, Any]]]] = {}

    def put(self, table: Table, key: Key, values: Mapping[str, Any]) -> None:
        """Write the row with this primary key; where there is one, only `values` are set in it.

        `values` must be enough for a new row: what a later event tells of a row is a `change`.
        """
        self._put(_insert(table, self._dialect, tuple(key), tuple(values)), table, {**key, **values})

    def put_first(self, table: Table, key: Key, values: Mapping[str, Any]) -> None:
        """Write the row unless there is one with this primary key."""
        self._put(_insert(table, self._dialect, tuple(key), ()), table, {**key, **values})

    def change(self, table: Table, key: Key, values: Mapping[str, Any]) -> int:
        """Set `values` in the rows with this key; how many there were."""
        self._write(table)
        return self._db.execute(_update(table, *_shape(key)), {**_where(key), **values}).rowcount

    def find(self, table: Table, key: Key) -> Sequence[RowMapping]:
        """The rows with this key, in the order of the primary key."""
        self._write(table)
        return self._db.execute(_select(table, *_shape(key)), _where(key)).mappings().all()

    def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """Whatever else a projection needs; build the statement once."""
        self.flush()
        return self._db.execute(statement, dict(values or {}))

    def flush(self) -> None:
        """Write all that waits."""
        for table in list(self._waiting):
            self._write(table)

    def _put(self, statement: Executable, table: Table, row: dict[str, Any]) -> None:
        waiting = self._waiting.get(table)
        if waiting and not (waiting[0] is statement and _alike(waiting[1], row) and len(waiting[1]) < ROOM):
            self._write(table)
        self._waiting.setdefault(table, (statement, []))[1].append(row)

    def _write(self, table: Table) -> None:
        if table in self._waiting:
            self._db.execute(*self._waiting.pop(table))


def _alike(rows: Sequence[Mapping[str, Any]], row: Mapping[str, Any]) -> bool:
    """Whether a row has the columns of those that wait, so that one call can write them all."""
    return rows[0].keys() == row.keys()


Projection = Callable[[Rows, Envelope[Event]], None]


@dataclass(frozen=True)
class ReadModel:
    """A record that is rebuilt from events: its tables, and the projection that fills them.

    The projection is given the events of one of these types; without any, every event.
    """

    name: str
    tables: tuple[Table, ...]
    project: Projection
    events: type[Event] | UnionType = Event

    def takes(self, event_type: type[Event]) -> bool:
        return issubclass(event_type, self.events)


def _shape(key: Key) -> tuple[tuple[str, ...], frozenset[str]]:
    """The columns of a key, and those of them that are to be empty."""
    return tuple(key), frozenset(name for name, value in key.items() if value is None)


def _where(key: Key) -> dict[str, Any]:
    return {f"{KEY}{name}": value for name, value in key.items() if value is not None}


@lru_cache(maxsize=1000)
def _insert(table: Table, dialect: str, key: tuple[str, ...], replaced: tuple[str, ...]) -> Executable:
    if set(key) != set(table.primary_key.columns.keys()):
        raise ValueError(f"{key} is not the primary key of {table.name}")
    made: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    if not replaced:
        return cast(Executable, made.on_conflict_do_nothing(index_elements=key))
    fresh = {name: made.excluded[name] for name in replaced}
    return cast(Executable, made.on_conflict_do_update(index_elements=key, set_=fresh))


@lru_cache(maxsize=1000)
def _update(table: Table, key: tuple[str, ...], empty: frozenset[str]) -> Update:
    return update(table).where(*_conditions(table, key, empty))


@lru_cache(maxsize=1000)
def _select(table: Table, key: tuple[str, ...], empty: frozenset[str]) -> Select[Any]:
    return select(table).where(*_conditions(table, key, empty)).order_by(*table.primary_key)


def _conditions(table: Table, key: tuple[str, ...], empty: frozenset[str]) -> list[ColumnElement[bool]]:
    return [
        table.c[name].is_(None) if name in empty else table.c[name] == bindparam(f"{KEY}{name}")
        for name in key
    ]
