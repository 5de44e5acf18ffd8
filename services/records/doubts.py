"""The register of doubts: what the sources leave open or contradict, event by event, never smoothed over."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Column, Integer, String, Table

from shared.envelope import Envelope, Source
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

doubts: Final = Table(
    "doubts",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", String, nullable=False),
    Column("type", String, nullable=False),
    *provenance_columns(),
)
"""`kind` is not_stated, inferred, missing or conflict; the provenance repeats all doubts of the event."""


def doubt_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a doubt."""
    source = envelope.meta.source
    if source is None:
        return
    for number, (kind, text) in enumerate(_doubts(source), start=1):
        key = {
            "committee": envelope.committee,
            "event_id": str(envelope.event_id),
            "kind": kind,
            "number": number,
        }
        db.put(doubts, key, {"text": text, "type": envelope.type, **provenance(envelope)})


def _doubts(source: Source) -> Iterator[tuple[str, str]]:
    if not source.stated:
        yield "not_stated", source.entry or source.reference
    for part in source.inferred:
        yield "inferred", part
    for part in source.missing:
        yield "missing", part
    if source.conflict:
        yield "conflict", source.conflict


READ_MODELS: Final = (ReadModel("doubts", (doubts,), doubt_register),)
