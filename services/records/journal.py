"""The journal (D2.1, D7.8): every event as a row, with who answers for it, why, and on which document.

It is the responsibility ledger, and what the registers are folded from as of any day.
"""

import json
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    RowMapping,
    Select,
    String,
    Table,
    cast,
    select,
)
from sqlalchemy.types import JSON

from shared.envelope import Envelope
from shared.eventstore.port import RecordedEvent
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata

journal: Final = Table(
    "journal",
    metadata,
    Column("committee", String, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("stream", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("recorded", String, nullable=False),
    Column("effective", String, nullable=False),
    Column("earliest", String, nullable=False),
    Column("latest", String, nullable=False),
    Column("person", String, nullable=False),
    Column("capacity", String, nullable=False),
    Column("mandate", String, nullable=False),
    Column("ground", String, nullable=False),
    Column("acts_for", String),
    Column("bound", Integer, nullable=False),
    Column("entered_by", String),
    Column("clauses", JSON, nullable=False),
    Column("document", String),
    Column("source", String),
    Column("causation", String, nullable=False),
    Column("correlation", String, nullable=False),
    Column("shape", Integer, nullable=False),
    Column("data", JSON, nullable=False),
    Column("metadata", JSON, nullable=False),
    Index("journal_by_stream", "stream", "revision"),
    Index("journal_by_latest", "committee", "latest"),
    Index("journal_by_person", "committee", "person"),
)
"""`effective` is the day as it is known, `earliest` and `latest` the days that it can mean; `shape` is the
schema number of `data`, which was lifted to it where the event was recorded with an older one."""


def ledger(db: Rows, envelope: Envelope[Event]) -> None:
    """One row an event, in any committee, of any type."""
    meta = envelope.meta
    mandate = meta.actor.mandate
    key = {"committee": envelope.committee, "position": envelope.position}
    values: dict[str, Any] = {
        "event_id": str(envelope.event_id),
        "reference": envelope.reference,
        "stream": envelope.stream,
        "revision": envelope.revision,
        "type": envelope.type,
        "recorded": envelope.recorded_at.isoformat(),
        "effective": str(meta.effective_at),
        "earliest": meta.effective_at.earliest.isoformat(),
        "latest": meta.effective_at.latest.isoformat(),
        "person": meta.actor.person,
        "capacity": meta.actor.capacity,
        "mandate": mandate.capacity,
        "ground": mandate.ground,
        "acts_for": mandate.acts_for,
        "bound": int(mandate.bound),
        "entered_by": meta.entered_by,
        "clauses": list(meta.clauses),
        "document": cited(meta.document),
        "source": meta.source.reference if meta.source else None,
        "causation": str(meta.causation_id),
        "correlation": str(meta.correlation_id),
        "shape": envelope.event.schema_number,
        "data": envelope.event.model_dump(mode="json"),
        "metadata": meta.model_dump(mode="json", by_alias=True, exclude_none=True),
    }
    db.put(journal, key, values)


def events_where(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The rows of which `recorded` makes events, in the order of the store; JSON stays as it is written."""
    plain = ("event_id", "type", "stream", "revision", "position", "recorded", "shape")
    written = (cast(journal.c[name], String).label(name) for name in ("data", "metadata"))
    query = select(*(journal.c[name] for name in plain), *written)
    return query.where(*conditions).order_by(journal.c.position)


def recorded(row: RowMapping) -> RecordedEvent:
    """The event that a row was made from, in the shape that it has in the row."""
    return RecordedEvent(
        id=UUID(row["event_id"]),
        type=row["type"],
        data=_written(row["data"]),
        metadata=_lifted(row["metadata"], row["shape"]),
        stream=row["stream"],
        revision=row["revision"],
        position=row["position"],
        recorded_at=datetime.fromisoformat(row["recorded"]),
    )


def _written(value: Any) -> bytes:
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).encode()


def _lifted(metadata: Any, shape: int) -> bytes:
    """With the schema number of the shape that the data has in the row."""
    if isinstance(metadata, str):
        if f'"schema":{shape},' in metadata:  # in a text within it, the quotes would be escaped
            return metadata.encode()
        metadata = json.loads(metadata)
    return _written({**metadata, "schema": shape})


READ_MODELS: Final = (ReadModel("journal", (journal,), ledger),)
