"""Rows after events: a read database in memory, and envelopes as a store would give them back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Table, create_engine, select

from shared.dates import Moment
from shared.decider import Decider
from shared.envelope import Act, Envelope, Metadata
from shared.handling import stream_name
from shared.messages import CommitteeId, Event
from shared.readmodels import ReadModel, Rows

COMMITTEE = CommitteeId("langson")
ROOT = UUID("00000000-0000-5000-8000-000000000064")
BEGAN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def read_database(models: Sequence[ReadModel]) -> Connection:
    """An empty database in memory with the tables of these read models."""
    engine = create_engine("sqlite://", execution_options={"schema_translate_map": {"records": None}})
    db = engine.connect()
    for model in models:
        for table in model.tables:
            table.create(db)
    return db


def envelopes(
    decider: Decider[Any, Any, Any], stream_id: str, events: Sequence[Event], by: Act, first: int = 0
) -> list[Envelope[Event]]:
    """These events as recorded in one stream, one after the other, from revision `first`."""
    stream = stream_name(decider.category, COMMITTEE, stream_id)
    return [
        Envelope(
            event=event,
            event_id=uuid5(ROOT, f"{stream}:{first + n}"),
            stream=stream,
            revision=first + n,
            position=1000 + 64 * (first + n),
            recorded_at=BEGAN + timedelta(minutes=first + n),
            meta=metadata_of(event, by),
        )
        for n, event in enumerate(events)
    ]


def metadata_of(event: Event, by: Act, at: Moment | None = None) -> Metadata:
    return Metadata(
        correlation_id=ROOT,
        causation_id=ROOT,
        command_id=ROOT,
        command_digest="-",
        schema_number=event.schema_number,
        committee=COMMITTEE,
        actor=by.actor,
        clauses=event.clauses,
        effective_at=at or by.effective_at,
        document=by.document,
        source=by.source,
    )


def project(
    models: Sequence[ReadModel], recorded: Sequence[Envelope[Event]], *, twice: bool = False
) -> Connection:
    """The database after these events; `twice` delivers each of them twice."""
    db = read_database(models)
    rows = Rows(db)
    for envelope in recorded:
        for _ in range(2 if twice else 1):
            for model in models:
                model.project(rows, envelope)
    rows.flush()
    return db


def rows(db: Connection, table: Table, **where: Any) -> list[dict[str, Any]]:
    """The rows of a table, in order of its key."""
    query = select(table).filter_by(**where).order_by(*table.primary_key.columns)
    return [dict(row) for row in db.execute(query).mappings()]
