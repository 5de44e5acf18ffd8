"""What every projection uses: the schema of the read database and the few writes that they need.

A projection is a function `(db, envelope) -> None`: rows after an event. It writes only through `db`,
reads only its own tables, and may be run again from the beginning at any time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import Column, Connection, Executable, MetaData, Table, Update, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import JSON, BigInteger, Integer, String

from shared.envelope import Envelope
from shared.messages import Event

metadata = MetaData(schema="records")
"""All read models. The schema name stands for the generation that is written or read."""

Projection = Callable[[Connection, Envelope[Event]], None]


@dataclass(frozen=True)
class ReadModel:
    """A record that is rebuilt from events: its tables, and the projection that fills them."""

    name: str
    tables: tuple[Table, ...]
    project: Projection


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


def provenance(envelope: Envelope[Event]) -> dict[str, Any]:
    """The values of `provenance_columns` for a row that this event made."""
    meta = envelope.meta
    source = meta.source
    return {
        "event": envelope.reference,
        "effective": str(meta.effective_at),
        "recorded": envelope.recorded_at.isoformat(),
        "position": envelope.position,
        "document": str(meta.document) if meta.document else None,
        "source": source.reference if source else None,
        "stated": int(source.stated) if source else 1,
        "doubts": doubts(envelope),
    }


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


def put(db: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write the row with this primary key; where there is one, only `values` are set in it.

    `values` must be enough for a new row: what a later event knows of a row is a `change`.
    """
    db.execute(_insert(table, db.dialect.name, tuple(key), tuple(values)), {**key, **values})


def put_first(db: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write the row unless there is one with this primary key."""
    db.execute(_insert(table, db.dialect.name, tuple(key), ()), {**key, **values})


def change(db: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """Set `values` in the rows that are like `key`, where None means that nothing is there; how many."""
    here = {f"{KEY}{name}": value for name, value in key.items() if value is not None}
    empty = frozenset(name for name, value in key.items() if value is None)
    return db.execute(_update(table, tuple(key), empty), {**here, **values}).rowcount


KEY: Final = "key of "
"""Begins the names of those parameters that say which rows; no column is called like that."""

# Statements are built once for each table and set of columns: building one anew for each row costs many
# times what the database needs to carry it out.


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
    return update(table).where(
        *(
            table.c[name].is_(None) if name in empty else table.c[name] == bindparam(f"{KEY}{name}")
            for name in key
        )
    )
