"""What every projection uses: the schema of the read database and the few writes that they need.

A projection is a function `(db, envelope) -> None`: rows after an event. It writes only through `db`,
reads only its own tables, and may be run again from the beginning at any time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, and_, insert, update
from sqlalchemy.types import JSON, Integer, String

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
        Column("position", Integer, nullable=False),
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
    """Set `values` in the row with this key; insert it where there is none."""
    if not change(db, table, key, values):
        db.execute(insert(table).values({**key, **values}))


def change(db: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """Set `values` in the rows with this key; how many there were."""
    here = and_(*(table.c[name] == value for name, value in key.items()))
    return db.execute(update(table).where(here).values(dict(values))).rowcount
